"""A service that is killed while a room and readers use it loses nothing that it has acknowledged.

`make soak` does it 200 times.
"""

from pathlib import Path

from soak.killing import SHORT, kill


def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(tmp_path: Path) -> None:
    figures = kill(tmp_path / "state", seed=6, phases=SHORT)
    assert figures["kills"] == len(SHORT)
    assert figures["acknowledged"]["answering"]
    assert figures["acknowledged"]["reading"]
    assert figures["acknowledged"]["correcting"]
