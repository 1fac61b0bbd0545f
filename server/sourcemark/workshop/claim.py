"""One service at a time in a state folder."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from sourcemark.lock import exclusive
from sourcemark.settings import variable_of
from sourcemark.workshop.trouble import FileError, in_words

_LOCK: Final = "service.lock"


class ClaimedError(FileError):
    """Another service has the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another Sourcemark is running, by another port, and keeps its workshop in {folder}. Stop that "
            f"one, or give this one a folder of its own in {variable_of('state_folder')}."
        )


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold the state folder for as long as the block lasts; it is made where it is not there.

    Raises ClaimedError where another service holds it, FileError where it cannot be written.
    """
    path = folder / _LOCK
    with ExitStack() as holding:
        with in_words(path):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            held = holding.enter_context(exclusive(path))
        if not held:
            raise ClaimedError(folder)
        yield
