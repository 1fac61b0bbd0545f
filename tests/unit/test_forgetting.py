"""The service starts a second time with memory that is overwritten, and what it starts does without."""

import os
import platform
import subprocess
import sys

import pytest

from sourcemark.forgetting import overwrite_what_is_let_go_of

TOLD = ("PYTHONMALLOC", "MALLOC_PERTURB_", "GLIBC_TUNABLES")

SCRIPT = """
import os, sys
from sourcemark.forgetting import overwrite_what_is_let_go_of
before = dict(os.environ)
overwrite_what_is_let_go_of()
print(os.getpid(), sys.argv[1:], sys.flags.dev_mode, [n for n in before if n not in os.environ])
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc overwrites")
def test_the_same_process_goes_on_with_its_arguments_and_without_what_it_was_told() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in TOLD}
    with subprocess.Popen(
        [sys.executable, "-X", "dev", "-c", SCRIPT, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout
        printed = process.stdout.read()
    assert printed == f"{process.pid} ['serve', '--port', '0'] True {list(TOLD)}\n"


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    monkeypatch.delattr(os, "execve")
    overwrite_what_is_let_go_of()
