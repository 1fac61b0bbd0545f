"""Name, size and SHA-256 of each input, for the manifest: counted while it is read."""

from collections.abc import Sequence
import hashlib
from pathlib import Path

import msgspec

from sourcemark.archive.inputs.folders import files_of
from sourcemark.archive.inputs.naming import STANDARD_INPUT, names_of
from sourcemark.archive.inputs.options import AUTO, InputError, ReaderOptions
from sourcemark.archive.inputs.streams import Counted, InputFile, opened


class InputDigest(msgspec.Struct, frozen=True):
    """An input as it was read. Of a folder, the bytes of its files together."""

    name: str
    bytes: int
    sha256: str
    """Of a folder, over the lines "sha256  relative/path" of its files, as `sha256sum` prints them."""


class Digests:
    """Collects the inputs as `Inputs.items` comes to their ends."""

    def __init__(self) -> None:
        self._digests: list[InputDigest] = []

    def add(self, name: str, read: "Counted | FolderDigest") -> None:
        """Take in a file, or a folder, that was read to its end."""
        self._digests.append(InputDigest(name, read.bytes, read.sha256))

    def all(self) -> list[InputDigest]:
        """Return the inputs that were read to their ends, in order."""
        return list(self._digests)


class FolderDigest:
    """Collects the files of one folder."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.bytes = 0

    def add(self, relative: str, read: Counted) -> None:
        """Take in a file that was read to its end, by its path in the folder."""
        self.bytes += read.bytes
        self._hash.update(f"{read.sha256}  {relative}\n".encode())

    @property
    def sha256(self) -> str:
        """Over the files taken in so far, in hex."""
        return self._hash.hexdigest()


def digests_of(paths: Sequence[str | Path], reader: ReaderOptions | None = None) -> list[InputDigest]:
    """Read inputs from beginning to end, and return what `Digests` says of them when they are labelled.

    Of `reader`, only the patterns count. Raises InputError for standard input, which can be read only once,
    and OSError for a file that is missing.
    """
    reader = reader or ReaderOptions()
    digests = Digests()
    for name, path in zip(names_of(paths), map(str, paths), strict=True):
        if path == STANDARD_INPUT:
            raise InputError("Standard input can be read only once: its digest is known when it is labelled.")
        if Path(path).is_dir():
            digests.add(name, _folder(Path(path), reader))
        else:
            with opened(InputFile(Path(path), name, name, AUTO)) as read:
                read.finish()
                digests.add(name, read)
    return digests.all()


def _folder(path: Path, reader: ReaderOptions) -> FolderDigest:
    folder = FolderDigest()
    for relative, file in files_of(path, reader.patterns):
        try:
            with opened(InputFile(file, relative, relative, AUTO)) as read:
                read.finish()
                folder.add(relative, read)
        except (OSError, InputError):
            # it is rejected where the folder is labelled
            continue
    return folder
