"""Disks on which nothing more can be written, and folders in which nobody may write. All are real."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
import os
from pathlib import Path
import subprocess
import sys

import pytest

Full = Callable[[Path], AbstractContextManager[None]]
"""Leaves a folder's disk without room for as long as the block lasts."""


@contextmanager
def small_disk(folder: Path, size: str = "8m") -> Iterator[None]:
    """Put a small disk of its own under `folder`, which only an administrator may do."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only an administrator of Linux may mount a small disk")
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Take all the room that the folder's disk has left, and give it back."""
    rest = folder / "everything else"
    with rest.open("wb", buffering=0) as file:
        for size in (65_536, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        rest.unlink()


@contextmanager
def growing_nothing(folder: Path) -> Iterator[None]:
    """Let this process write to no file, as under a quota."""
    resource = pytest.importorskip("resource", reason="POSIX limits the size of files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python ignores SIGXFSZ, so a write past the limit is an error like any other
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def disk(kind: str, folder: Path) -> Iterator[Full]:
    """Make `folder` lie on a disk that can be full: a small one, or one that is full for this process."""
    folder.mkdir()
    with ExitStack() as stack:
        if kind == "small disk":
            stack.enter_context(small_disk(folder))
        yield filled if kind == "small disk" else growing_nothing


KINDS = ("small disk", "no growth")


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write into `folder`: by its permissions, or for an administrator by how it is mounted."""
    folder.mkdir()
    if os.name == "posix" and os.geteuid() != 0:
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
    else:
        with small_disk(folder):
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
            yield
