"""What is said of how far a run is, for people and for logs."""

from collections.abc import Iterator

import pytest

from sourcemark.archive.items import ArchiveArticle, Item, Rejected
from sourcemark.archive.progress import Lines, progress
from sourcemark.archive.work import Done


class Source:
    def items(self) -> Iterator[Item | Rejected]:
        return (Item(str(number), b"") for number in range(1_500))

    def read(self, item: Item) -> ArchiveArticle | Rejected:
        return Rejected(item.where, None, "nothing")


def test_lines_say_the_rate_and_the_time_left_of_what_is_done_now(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = 0.0
    with Lines(lambda: now) as told:
        told.total = 1_500
        told(Done(500, 0, earlier=True))
        told(Done(90, 10))
        assert capsys.readouterr().err == ""
        now = 20.0
        told(Done(100, 0))
        # 200 of them in 20 seconds: the others were done before
        assert capsys.readouterr().err == (
            "700 of 1,500 articles in 3 shards, 10 rejected; 10 a second, 80 seconds left\n"
        )
        told(Done(100, 0))
        assert capsys.readouterr().err == ""
    assert capsys.readouterr().err == (
        "800 of 1,500 articles in 4 shards, 10 rejected; 15 a second, 47 seconds left\n"
    )


def test_the_items_are_counted_meanwhile() -> None:
    told = Lines()
    told.count(Source())
    told.counting.join()
    assert told.total == 1_500


def test_a_bar_shows_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(is_quiet=False, is_terminal=True) as told:
        told.total = 1_500
        told(Done(490, 10))
        told.say("Nobody is there.")
    assert "500/1500" in (shown := capsys.readouterr().err)
    assert "Nobody is there.\n" in shown
    assert "1 shard, 10 rejected" in shown
    assert "articles/s" in shown or "s/ articles" in shown


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(is_quiet=True, is_terminal=True) as told:
        told.count(Source())
        told(Done(1, 1))
        told.say("Nobody is there.")
    assert capsys.readouterr() == ("", "")
