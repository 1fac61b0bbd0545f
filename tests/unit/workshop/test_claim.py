"""One service at a time in a state folder, and none that is gone is in the way of the next."""

from pathlib import Path
import stat
import subprocess
import sys

import pytest

from disks import read_only
from sourcemark.workshop.claim import ClaimedError, claimed
from sourcemark.workshop.trouble import FileError

HOLDING = """
from pathlib import Path
import sys
from sourcemark.workshop.claim import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_service_is_told_until_the_first_has_ended(tmp_path: Path) -> None:
    with claimed(tmp_path):
        with pytest.raises(ClaimedError) as error, claimed(tmp_path):
            pytest.fail("both have it")
        assert str(error.value) == (
            f"Another Sourcemark is running, by another port, and keeps its workshop in {tmp_path}. "
            "Stop that one, or give this one a folder of its own in SOURCEMARK_STATE_FOLDER."
        )
    with claimed(tmp_path):
        pass


def test_services_with_folders_of_their_own_do_not_meet(tmp_path: Path) -> None:
    with claimed(tmp_path / "one"), claimed(tmp_path / "two"):
        pass


def test_a_process_that_is_killed_lets_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDING, tmp_path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(ClaimedError), claimed(tmp_path):
            pytest.fail("both have it")
        first.kill()
        first.wait()
        with claimed(tmp_path):
            pass


def test_what_stays_is_an_empty_file_of_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "sourcemark"
    with claimed(folder):
        pass
    (left,) = folder.iterdir()
    assert left.read_bytes() == b""
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_had_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with (
        pytest.raises(FileError, match=r"may not write to .*file.*SOURCEMARK_STATE_FOLDER"),
        claimed(tmp_path / "file"),
    ):
        pytest.fail("it is a file")


def test_a_folder_that_may_only_be_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    with (
        read_only(folder),
        pytest.raises(FileError, match=r"may not write to .*Give this user account the right to write there"),
        claimed(folder),
    ):
        pytest.fail("nobody may write there")
