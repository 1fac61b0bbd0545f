"""Corrections are kept once for each contributor and sentence, and are gone when they are deleted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
import os
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from corrections.conftest import Open
from corrections.giving import AFTER, ANNA, BEFORE, BEN, CLEO, MODEL, SENTENCE, correction, kept
from sourcemark.corrections.errors import DayFullError
from sourcemark.corrections.place import Database, File, Place
from sourcemark.corrections.store import Store
from sourcemark.corrections.tables import Contributor, Correction
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELLED, OFFICIAL


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 30, 22, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_a_reader_gives_is_kept_with_the_day_and_nothing_else(
    place: Place, open_store: Open, clock: Clock
) -> None:
    store = open_store(place, now=clock)
    id = store.give(correction(), ANNA)
    (found,) = store.corrections()
    columns = {column.key: getattr(found, column.key) for column in Correction.__table__.columns}
    assert len(columns.pop("digest")) == 64
    assert columns == {
        "id": id,
        "before": BEFORE,
        "sentence": SENTENCE,
        "after": AFTER,
        "given": OFFICIAL,
        "given_state": LABELLED,
        "proposed": EYEWITNESS,
        "model": MODEL,
        "day": clock.now.date(),
        "contributor_number": found.contributor.number,
    }
    assert {column.key for column in Contributor.__table__.columns} == {"number", "token"}
    assert found.contributor.token == ANNA


def test_what_is_missing_is_kept_as_missing(store: Store) -> None:
    store.give(correction(proposed=None, before=None, after=None, given=None, given_state="unsure"), None)
    (found,) = store.corrections()
    assert (found.before, found.after, found.given, found.proposed) == (None, None, None, None)
    assert found.contributor.token is None


def test_any_text_is_kept_as_it_is(store: Store) -> None:
    for sentence in ("x'); DROP TABLE correction; --", "%s :id \\ \x1b[2J \ufeff", "א😀\r\n\u2028" * 3000):
        store.give(correction(sentence), None)
        assert (sentence, None) in kept(store)


def test_nothing_is_there_before_the_first_correction(tmp_path: Path) -> None:
    place = File(tmp_path / "data" / "corrections.sqlite")
    store = Store(place)
    assert not store.open()
    assert (store.examine(), list(store.corrections())) == (None, [])
    assert (store.take_back("nothing"), store.purge()) == (False, 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="other systems keep the user's folders apart")
def test_the_file_and_what_lies_beside_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    place = File(tmp_path / "data" / "corrections.sqlite")
    store = Store(place)
    store.give(correction(), None)
    with store._storage.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA busy_timeout")) == 10_000
        list(connection.execute(text("SELECT * FROM correction")))
        there = {each.name: each.stat().st_mode & 0o777 for each in place.path.parent.iterdir()}
    assert there == {f"corrections.sqlite{end}": 0o600 for end in ("", "-wal", "-shm")}
    assert place.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_correction_without_a_contributor_cannot_be_kept(store: Store) -> None:
    store.give(correction(), None)
    with Session(store._storage.engine) as session, pytest.raises(DBAPIError):
        session.execute(text("UPDATE correction SET contributor_number = 7"))


class TestOneContributor:
    def test_the_same_again_is_the_same_correction(self, store: Store) -> None:
        for token in (ANNA, None):
            id = store.give(correction(), token)
            assert store.give(correction(), token) == id
            assert store.give(correction(SENTENCE.replace(" ", "\n  ")), token) == id
            assert store.give(correction(given=ANONYMOUS, before=None, model="0" * 12), token) == id
        assert store.examine() == 2

    def test_the_last_word_on_a_sentence_counts(self, store: Store) -> None:
        first = store.give(correction(), ANNA)
        other = store.give(correction("Another sentence."), ANNA)
        second = store.give(correction(proposed=ANONYMOUS), ANNA)
        assert kept(store) == {(SENTENCE, ANNA): ANONYMOUS, ("Another sentence.", ANNA): EYEWITNESS}
        assert len({first, second, other}) == 3
        assert not store.take_back(first)
        assert store.take_back(second)
        assert kept(store) == {("Another sentence.", ANNA): EYEWITNESS}

    def test_others_keep_their_own_word(self, store: Store) -> None:
        ids = {store.give(correction(), token) for token in (ANNA, BEN, None)}
        store.give(correction(proposed=None), CLEO)
        assert len(ids) == 3
        assert kept(store) == {
            (SENTENCE, ANNA): EYEWITNESS,
            (SENTENCE, BEN): EYEWITNESS,
            (SENTENCE, None): EYEWITNESS,
            (SENTENCE, CLEO): None,
        }

    def test_a_day_takes_so_many_and_no_more(self, place: Place, open_store: Open, clock: Clock) -> None:
        store = open_store(place, now=clock, a_day=3)
        for number in range(3):
            store.give(correction(f"Sentence {number}."), ANNA)
        with pytest.raises(DayFullError) as full:
            store.give(correction("Sentence 3."), ANNA)
        assert (full.value.limit, full.value.seconds) == (3, 105 * 60 + 1)
        # what is there can be given again, or given otherwise
        store.give(correction("Sentence 0."), ANNA)
        store.give(correction("Sentence 0.", ANONYMOUS), ANNA)
        store.give(correction("Sentence 3."), BEN)
        clock.now = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
        store.give(correction("Sentence 3."), ANNA)
        # the word of yesterday is one of today where it changes
        store.give(correction("Sentence 1.", ANONYMOUS), ANNA)
        store.give(correction("Sentence 2.", ANONYMOUS), ANNA)
        with pytest.raises(DayFullError):
            store.give(correction("Sentence 0.", EYEWITNESS), ANNA)
        assert kept(store)["Sentence 0.", ANNA] == ANONYMOUS

    def test_at_the_same_moment_is_one_after_the_other(self, place: Place, open_store: Open) -> None:
        stores = [open_store(place, a_day=5) for _ in range(2)]
        together = Barrier(8)

        def give(number: int) -> str | None:
            together.wait()
            try:
                return stores[number % 2].give(correction(f"Sentence {number // 2}."), ANNA)
            except DayFullError:
                return None

        with ThreadPoolExecutor(8) as readers:
            given = list(readers.map(give, range(8)))
        assert len(set(given)) == 4
        assert None not in given
        assert [given[number] for number in (0, 2, 4, 6)] == [given[number] for number in (1, 3, 5, 7)]
        assert stores[0].examine() == 4
        assert len({each.contributor.number for each in stores[0].corrections()}) == 1


def files_of(place: Place, request: pytest.FixtureRequest) -> Iterator[bytes]:
    """Yield what is on the disk, but for PostgreSQL's journal, which it keeps for itself and reuses."""
    if isinstance(place, File):
        yield from (each.read_bytes() for each in place.path.parent.iterdir())
        return
    cluster = request.getfixturevalue("cluster")
    name = place.url.partition("@/")[2].partition("?")[0]
    # files of tables that were written anew are unlinked by then
    cluster.say("CHECKPOINT")
    ((oid,),) = cluster.say(f"SELECT oid FROM pg_database WHERE datname = '{name}'")
    yield from (each.read_bytes() for each in (cluster.folder / "data" / "base" / str(oid)).iterdir())


class TestDeleting:
    def test_a_reader_takes_back_what_was_given(self, store: Store) -> None:
        id = store.give(correction(), ANNA)
        store.give(correction(), BEN)
        assert store.take_back(id)
        assert not store.take_back(id)
        assert kept(store) == {(SENTENCE, BEN): EYEWITNESS}

    def test_ids_that_are_none_delete_nothing(self, store: Store) -> None:
        store.give(correction(), ANNA)
        for nothing in ("", "%", "nothing", "😀", "x" * 10_000):
            assert not store.take_back(nothing)
        assert store.examine() == 1

    def test_what_was_taken_back_is_not_in_the_file(self, tmp_path: Path) -> None:
        place = File(tmp_path / "corrections.sqlite")
        store = Store(place)
        id = store.give(correction("A heron stood on the pier."), None)
        assert store.take_back(id)
        store.give(correction("A heron flew off."), None)
        store.give(correction("A heron flew off.", None), None)
        store.give(correction("A heron flew off.", ANONYMOUS, before="Otherwise."), None)
        there = b"".join(each.read_bytes() for each in tmp_path.iterdir())
        assert b"on the pier" not in there
        assert there.count(b"flew off") == 1

    def test_a_purge_leaves_no_text_on_the_disk(self, store: Store, request: pytest.FixtureRequest) -> None:
        for number in range(6):
            store.give(correction(f"heron{'q7'}x3 no. {number}, " + "word " * 200), ANNA)
        assert any(b"heronq7x3" in each for each in files_of(store.place, request))
        assert store.purge() == 6
        assert not any(b"heronq7x3" in each for each in files_of(store.place, request))
        assert not any(ANNA.encode() in each for each in files_of(store.place, request))
        assert store.examine() == 0

    def test_the_old_ones_go_alone(self, place: Place, open_store: Open, clock: Clock) -> None:
        store = open_store(place, now=clock)
        for day in (1, 2, 3):
            clock.now = clock.now.replace(day=day)
            store.give(correction(f"Sentence {day}."), None)
        assert store.purge(older_than=1) == 1
        assert set(kept(store)) == {("Sentence 2.", None), ("Sentence 3.", None)}
        assert store.purge(older_than=0) == 1
        assert store.purge(older_than=36_500) == 0

    def test_one_contributor_goes_alone_and_is_forgotten(self, store: Store) -> None:
        for token in (ANNA, BEN):
            for number in range(3):
                store.give(correction(f"Sentence {number}."), token)
        number = {each.contributor.token: each.contributor.number for each in store.corrections()}[ANNA]
        assert store.purge(contributor=number) == 3
        assert {token for _, token in kept(store)} == {BEN}
        with Session(store._storage.engine) as session:
            assert [each.token for each in session.query(Contributor)] == [BEN]
        assert store.purge(contributor=number + 7) == 0
        assert store.examine() == 3


def test_a_service_goes_on_where_the_file_is_deleted_while_it_runs(tmp_path: Path) -> None:
    place = File(tmp_path / "corrections.sqlite")
    store = Store(place)
    store.give(correction(), None)
    place.path.unlink()
    assert list(store.corrections()) == []
    store.give(correction("Another sentence."), None)
    assert kept(store) == {("Another sentence.", None): EYEWITNESS}


def test_two_services_share_what_is_kept(place: Place, open_store: Open) -> None:
    one, other = open_store(place), open_store(place)
    id = one.give(correction(), ANNA)
    assert other.give(correction(), ANNA) == id
    assert other.take_back(id)
    assert one.examine() == 0


def test_a_database_is_told_without_its_password() -> None:
    place = Database("postgresql://anna:secret@db.example:5433/labels?ssl_context=secret")
    assert str(place) == "postgresql://db.example:5433/labels"
