"""The folder OUT: its files, who may write them, and what may be written over."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
import os
from pathlib import Path
import secrets
from typing import BinaryIO, Final, TypeVar

import msgspec

from sourcemark.archive.cutting import name_of
from sourcemark.archive.errors import ArchiveError, in_words
from sourcemark.archive.manifest import FORMAT, Manifest, Record
from sourcemark.lock import exclusive

_LOCK: Final = ".lock"
_UNFINISHED: Final = ".tmp"

Kind = TypeVar("Kind", Manifest, Record)


class Place:
    """OUT. Pickled into the workers, which see the same folder."""

    def __init__(self, folder: Path, form: str) -> None:
        self.folder = folder
        self.manifest = folder / "manifest.json"
        self.rejected = folder / "rejected.jsonl"
        self._sentences = folder / "sentences"
        self._shards = folder / "shards"
        self._form = form

    def part(self, index: int) -> Path:
        """Return the file of a shard's rows."""
        return self._sentences / f"{name_of(index)}.{self._form}"

    def record(self, index: int) -> Path:
        """Return the file that says what a shard came to."""
        return self._shards / f"{name_of(index)}.json"

    def records(self) -> int:
        """Return how many shards have such a file."""
        with in_words(self._shards):
            return sum(path.suffix == ".json" for path in self._shards.iterdir())

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder where it is not there, and hold it for as long as the block lasts.

        Raises ArchiveError where another run holds it, or where it has files that no run of ours made.
        """
        self._refuse_strangers()
        with ExitStack() as holding:
            with in_words(self.folder):
                self.folder.mkdir(parents=True, exist_ok=True)
                had = holding.enter_context(exclusive(self.folder / _LOCK))
            if not had:
                raise ArchiveError(
                    f"Another run is writing to {self.folder}. Wait for it, or choose another folder for OUT."
                )
            yield

    def prepare(self) -> None:
        """Make the folders, and clear away what a run that was stopped had not finished."""
        for folder in (self._sentences, self._shards):
            with in_words(folder):
                folder.mkdir(exist_ok=True)
        for folder in (self.folder, self._sentences, self._shards):
            with in_words(folder):
                for path in folder.glob(f"*{_UNFINISHED}"):
                    path.unlink(missing_ok=True)

    def _refuse_strangers(self) -> None:
        with in_words(self.folder):
            if not self.folder.exists() or self.manifest.exists():
                return
            there = {path.name for path in self.folder.iterdir() if path.suffix != _UNFINISHED}
        if there - {_LOCK}:
            raise ArchiveError(
                f"{self.folder} holds other files and no archive. Nothing was changed there: choose a new or "
                "empty folder for OUT."
            )


def refuse_inside(out: Path, inputs: Sequence[str]) -> None:
    """Raise ArchiveError where OUT lies in a folder that is read: its files would be read as articles."""
    for each in inputs:
        if Path(each).is_dir() and out.resolve().is_relative_to(Path(each).resolve()):
            raise ArchiveError(
                f"{out} lies in {each}, which is to be read. Choose a folder for OUT outside of it."
            )


def read(path: Path, kind: type[Kind]) -> Kind | None:
    """Return what a file of ours says, or None where it is not there. Raises ArchiveError."""
    with in_words(path):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
    try:
        number = msgspec.json.decode(content, type=_Versioned).format
        if number <= FORMAT:
            return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ArchiveError(
            f"{path} is damaged or something else. Nothing was changed: choose another folder for OUT, or "
            "delete this file, and what belongs to it is done again."
        ) from error
    raise ArchiveError(
        f"{path} was written by a newer version of Sourcemark (format {number}; this one knows {FORMAT}). "
        "Nothing was changed: go on with that version, or choose another folder for OUT."
    )


class _Versioned(msgspec.Struct):
    format: int


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of `path` once all of it is on the disk."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_UNFINISHED}")
    with in_words(path):
        try:
            with beside.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
            _keep_names(path.parent)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def write(path: Path, content: bytes) -> None:
    """Write a file as `written` does."""
    with written(path) as file:
        file.write(content)


def write_json(path: Path, value: object) -> None:
    """Write JSON that people can read too."""
    write(path, msgspec.json.format(msgspec.json.encode(value)) + b"\n")


def _keep_names(folder: Path) -> None:
    """See to it that a new name outlives a loss of power; only POSIX has a way to ask for that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
