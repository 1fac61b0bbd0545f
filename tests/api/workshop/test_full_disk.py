"""A room whose facilitator's disk is full is told so: no answer is confirmed that is not kept."""

from collections.abc import Iterator
from dataclasses import dataclass
import json
from pathlib import Path

import pytest

from api.wire import running
from api.workshop.browser import Browser
from api.workshop.evening import Evening
from disks import KINDS, Full, disk
from sourcemark.labeler import Labeler
from sourcemark.labels import ANONYMOUS, OFFICIAL
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.workshop import workshop_of

WHAT_TO_DO = "Make room on that disk, or name another folder in SOURCEMARK_STATE_FOLDER, and do it again."


@dataclass
class Place:
    """An evening whose file lies on a disk that can be full."""

    folder: Path
    full: Full
    evening: Evening


@pytest.fixture(params=KINDS)
def here(request: pytest.FixtureRequest, fast: Labeler, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "disk"
    with disk(request.param, folder) as full:
        app = create_app(Settings(state_folder=str(folder)), fast)
        with running(app) as server:
            yield Place(folder, full, Evening(server.address, workshop_of(app)))


def test_an_answer_that_cannot_be_kept_is_refused_in_words_and_can_be_sent_again(here: Place) -> None:
    evening = here.evening
    evening.open()
    person = evening.join()
    evening.go_on("Label alone")
    person.again()
    person.send("/answer", choice=OFFICIAL)
    with here.full(here.folder):
        refused = person.send("/answer", choice=ANONYMOUS)
        assert refused.status == 503
        assert "so what you sent last is not counted; what was counted before is kept." in refused.text
        assert "Tell the facilitator, then send it again." in refused.text
        assert str(here.folder) not in refused.html
        # looking on needs no room, and nobody is told that the workshop has ended
        news = Browser().open(f"{person.page.address.removesuffix('/answer')}/live")
        assert news.status == 200
        assert "mark" in json.loads(news.body)
        assert {key: each.counts for key, each in evening.workshop.state().answered.items()} == {
            (1, 1): {OFFICIAL: 1}
        }
    # what was ticked still is
    assert "Sentence 3 of" in person.send("/answer").text
    assert evening.workshop.state().answered[1, 2].counts == {ANONYMOUS: 1}


def test_nobody_joins_and_no_slip_is_counted_that_cannot_be_kept(here: Place) -> None:
    evening = here.evening
    evening.open()
    person = evening.join()
    evening.go_to("exit-0")
    person.again()
    with here.full(here.folder):
        late = evening.join()
        assert late.page.status == 503
        assert "Tell the facilitator" in late.page.text
        assert person.send("/slip", easier="easier", look="yes").status == 503
    assert (evening.workshop.state().joined, evening.workshop.state().slips) == (1, {})
    assert late.send("/w").status == 200
    assert evening.workshop.state().joined == 2
    assert "Thank you." in person.send("/slip", easier="easier", look="yes").text


def test_the_facilitator_is_told_what_to_do(here: Place) -> None:
    evening = here.evening
    evening.open()
    evening.desk()
    with here.full(here.folder):
        refused = evening.facilitator.send("/move", "Go on: Label alone")
        assert refused.status == 503
        assert WHAT_TO_DO in refused.text
    assert "Go on: Talk in pairs" in evening.go_on("Label alone").html


def test_a_workshop_that_finds_no_room_is_not_opened_and_that_is_said(here: Place) -> None:
    evening = here.evening
    evening.facilitator.open(f"{evening.address}/workshop")
    form = evening.facilitator.send("/workshop/sentences", first__text="The mayor said so. It rained.")
    with here.full(here.folder):
        refused = evening.facilitator.send("/workshop/open")
        assert refused.status == 503
        assert WHAT_TO_DO in refused.text
    evening.facilitator.page = form
    assert "Go on: Label alone" in evening.facilitator.send("/workshop/open").html


def test_a_workshop_on_a_full_disk_can_be_ended(here: Place) -> None:
    evening = here.evening
    evening.open()
    with here.full(here.folder):
        evening.desk()
        evening.facilitator.follow("End and delete …")
        assert "The workshop has ended" in evening.facilitator.send("/end").text
    assert list(here.folder.iterdir()) == []


def test_a_file_that_was_damaged_meanwhile_is_no_workshop_that_ended(evening: Evening) -> None:
    evening.open()
    person, desk = evening.join(), evening.desk().address
    evening.workshop.store.path.write_bytes(b"something else" * 400)
    assert Browser().open(f"{person.page.address}/live").status == 503
    page = evening.facilitator.open(desk)
    assert page.status == 503
    assert "delete it and open a new workshop" in page.text
