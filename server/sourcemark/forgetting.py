"""Runs the service so that memory is overwritten as soon as it is let go of.

What a program has let go of keeps its bytes until something else needs the place. The GNU C library can
overwrite it at once, if it is told so when the program starts (mallopt(3), MALLOC_PERTURB_; glibc manual,
"Memory Allocation Tunables"), and Python can take all its memory from there (PYTHONMALLOC).
"""

import os
import platform
import sys
from typing import Final

_TOLD: Final = {
    "PYTHONMALLOC": "malloc",
    "MALLOC_PERTURB_": "165",
    # or each thread keeps what it let go of for itself, as it is
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
}


def overwrite_what_is_let_go_of() -> None:
    """Start this program again, as the same process, with memory that is overwritten; once is enough.

    Does nothing where there is another C library: on Windows, macOS, Alpine Linux.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    if _TOLD.items() <= os.environ.items():
        # not for the programs that are started from here, such as the browser
        for name in _TOLD:
            del os.environ[name]
        return
    os.execve(sys.executable, sys.orig_argv, {**os.environ, **_TOLD})
