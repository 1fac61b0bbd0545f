"""Open an input as a stream of bytes: counted and hashed as it stands on the disk, then unpacked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
import gzip
import hashlib
import io
from pathlib import Path
import stat
import sys
from typing import Any, BinaryIO, Final
import zlib

from sourcemark.archive.inputs.options import InputError

HEAD: Final = 16_384
"""First bytes of an input that its kind is told by."""

_GZIP: Final = b"\x1f\x8b"
_BLOCK: Final = 1 << 16


class BrokenInputError(OSError):
    """An input that cannot be read on from here; the message is a reason for `Rejected`."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of the input, or standard input."""

    path: Path | None
    """None for standard input."""
    name: str
    """How it is called in `where`."""
    id: str
    """The id of the article, where the file is one."""
    kind: str
    head: bytes = b""
    """What was read of standard input already."""


class Counted(io.RawIOBase):
    """Bytes of an input as they pass: how many, and their SHA-256."""

    def __init__(self, stream: BinaryIO | io.FileIO, head: bytes = b"") -> None:
        self._stream = stream
        self._head = head
        self._hash = hashlib.sha256()
        self.bytes = 0

    def readable(self) -> bool:
        """Return True, as `io.RawIOBase` asks for it."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer, as `io.RawIOBase` asks for it; return how many bytes."""
        size = len(buffer)
        content = self._head[:size] or self._stream.read(size)
        self._head = self._head[size:]
        self._hash.update(content)
        self.bytes += len(content)
        buffer[: len(content)] = content
        return len(content)

    @property
    def sha256(self) -> str:
        """Of the bytes that passed, in hex."""
        return self._hash.hexdigest()

    def finish(self) -> None:
        """Read what is left, so that all bytes are counted."""
        buffer = bytearray(_BLOCK)
        while self.readinto(buffer):
            pass

    def close(self) -> None:
        """Stay open: readers around it close it as soon as they are at their end, and more may follow."""


class _Unpacked(io.RawIOBase):
    """What a gzip holds; one that breaks off or is damaged says so in our own words."""

    def __init__(self, stream: "io.BufferedReader[io.RawIOBase]") -> None:
        self._file = gzip.GzipFile(fileobj=stream)

    def readable(self) -> bool:
        """Return True, as `io.RawIOBase` asks for it."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer, as `io.RawIOBase` asks for it; return how many bytes."""
        try:
            # one piece at a time: what can be unpacked before a break is not lost with it
            content = self._file.read1(len(buffer))
        except EOFError:
            raise BrokenInputError("The gzip breaks off here: the rest is missing.") from None
        except (gzip.BadGzipFile, zlib.error):
            raise BrokenInputError("The gzip is damaged here: the rest cannot be unpacked.") from None
        buffer[: len(content)] = content
        return len(content)


@contextmanager
def opened(file: InputFile) -> Iterator[Counted]:
    """Open an input. Raises OSError where it cannot be, and InputError for what is no file."""
    if file.path is None:
        yield Counted(sys.stdin.buffer, file.head)
        return
    kind = file.path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise InputError("The folder cannot be listed.")
    if not stat.S_ISREG(kind):
        # a pipe or a device would wait, or never end
        raise InputError(f"“{file.name}” is no ordinary file. Standard input is named -.")
    with file.path.open("rb", buffering=0) as content:
        yield Counted(content)


def unpacked(stream: io.RawIOBase) -> "io.BufferedReader[io.RawIOBase]":
    """Return the content of an input: what is in it where it is a gzip, whatever its name, or else itself."""
    buffered = io.BufferedReader(stream, _BLOCK)
    packed = buffered.peek(len(_GZIP)).startswith(_GZIP)
    return io.BufferedReader(_Unpacked(buffered), _BLOCK) if packed else buffered


def head_of(stream: "io.BufferedReader[io.RawIOBase]") -> bytes:
    """Return the first bytes of what is unpacked, which stay to be read; none where it is damaged there."""
    try:
        return stream.peek(HEAD)[:HEAD]
    except BrokenInputError:
        return b""


def read_at_most(stream: Any, limit: int) -> bytes:
    """Read to the end of a stream, or one byte more than `limit`."""
    parts, left = [], limit + 1
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
