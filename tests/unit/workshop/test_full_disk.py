"""On a full disk nothing is confirmed that is not kept, nothing is lost, and the workshop can be ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from disks import KINDS, Full, disk
from sourcemark.labels import ANONYMOUS, OFFICIAL
from sourcemark.workshop import place
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import Answered
from sourcemark.workshop.store import Store
from sourcemark.workshop.trouble import FileError
from unit.workshop.workshops import PLAN, state_of


@dataclass
class Place:
    """A store on a disk that can be full."""

    folder: Path
    full: Full
    store: Store


@pytest.fixture(params=KINDS)
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "disk"
    with disk(request.param, folder) as full:
        yield Place(folder, full, Store(folder / "workshop.sqlite"))


def test_an_answer_that_finds_no_room_is_refused_and_what_was_there_stays(here: Place) -> None:
    keys = here.store.open(PLAN)
    secret = here.store.join(keys.code)
    here.store.move(keys.facilitator, Stage.ALONE)
    here.store.answer(secret, 1, [OFFICIAL])
    before = state_of(here.store)
    with here.full(here.folder):
        for sentence in (1, 2):
            with pytest.raises(FileError, match=r"workshop\.sqlite, because its disk is full .*Make room"):
                here.store.answer(secret, sentence, [ANONYMOUS])
        # looking needs no room
        assert state_of(here.store) == before
        assert here.store.answers(secret)[1] == {1: (OFFICIAL,)}
    here.store.answer(secret, 2, [ANONYMOUS])
    assert state_of(here.store).answered == {
        (1, 1): Answered(1, {OFFICIAL: 1}),
        (1, 2): Answered(1, {ANONYMOUS: 1}),
    }


def test_a_workshop_that_finds_no_room_is_not_opened_by_half(here: Place) -> None:
    with here.full(here.folder):
        with pytest.raises(FileError, match="its disk is full"):
            here.store.open(PLAN)
        assert here.store.state() is None
    assert here.store.open(PLAN) == state_of(here.store).keys


def test_a_full_disk_keeps_nothing_that_is_to_be_deleted(here: Place) -> None:
    keys = here.store.open(PLAN)
    with here.full(here.folder):
        here.store.end(keys.facilitator)
        assert not here.store.path.exists()
        assert here.store.state() is None


def test_the_place_is_tried_before_a_workshop_is_opened(here: Place) -> None:
    place.try_out(here.folder)
    with here.full(here.folder), pytest.raises(FileError, match="its disk is full"):
        place.try_out(here.folder)
    assert list(here.folder.iterdir()) == []
