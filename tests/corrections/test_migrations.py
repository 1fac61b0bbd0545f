"""An older file is brought up to date, a newer one is left alone, and a kill half-way changes nothing."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import sqlite3
import sys

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
import pytest
from sqlalchemy import inspect

from corrections.conftest import Open
from corrections.giving import SENTENCE, correction, kept
from corrections.versions import first_version_killed, later_version, name_of, open_and_be_killed
from sourcemark.corrections.errors import CorrectionsError, NewerStoreError, NotAStoreError
from sourcemark.corrections.place import Database, File, Place
from sourcemark.corrections.store import Store
from sourcemark.corrections.tables import Base
from sourcemark.labels import EYEWITNESS

VERSION = {"version_table": "sourcemark_version"}


def tables(store: Store) -> Mapping[str, set[str]]:
    """Return the columns of every table."""
    inspector = inspect(store._storage.engine)
    return {
        table: {column["name"] for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
    }


def files(place: File) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in place.path.parent.iterdir()}


def test_the_migrations_make_the_tables_that_are_used(store: Store) -> None:
    store._storage.create()
    store.open()
    with store._storage.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=VERSION)
        ours = {
            table: {column.name for column in Base.metadata.tables[table].columns}
            for table in Base.metadata.tables
        }
        assert tables(store) == ours | {"sourcemark_version": {"version_num"}}
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def test_an_older_one_is_brought_up_to_date_with_all_that_is_in_it(
    place: Place, open_store: Open, tmp_path: Path
) -> None:
    open_store(place).give(correction(), None)
    later = open_store(place, scripts=later_version(tmp_path / "later"))
    assert later.open()
    assert {"later", "token"} <= tables(later)["contributor"]
    assert "later" in tables(later)
    assert kept(later) == {(SENTENCE, None): EYEWITNESS}
    later.give(correction("Another sentence."), None)


def test_a_newer_one_is_refused_in_words_and_left_as_it_is(
    place: Place, open_store: Open, tmp_path: Path
) -> None:
    newer = open_store(place, scripts=later_version(tmp_path / "later"))
    newer.give(correction(), None)
    before = files(place) if isinstance(place, File) else {}
    for ask in ("open", "examine", "corrections", "purge"):
        older = open_store(place)
        with pytest.raises(NewerStoreError, match=r"by a newer version of Sourcemark.* Use that version"):
            list(getattr(older, ask)())
    with pytest.raises(NewerStoreError):
        older.give(correction("Another sentence."), None)
    assert (files(place) if isinstance(place, File) else {}) == before
    assert kept(newer) == {(SENTENCE, None): EYEWITNESS}


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed there in this way")
class TestKilled:
    def test_in_the_middle_of_the_first_tables(self, place: Place, open_store: Open, tmp_path: Path) -> None:
        open_and_be_killed(name_of(place), first_version_killed(tmp_path / "killed"))
        store = open_store(place)
        # nothing half-made is there
        assert tables(store) == {}
        assert store.examine() == 0
        store.give(correction(), None)
        assert kept(store) == {(SENTENCE, None): EYEWITNESS}

    def test_in_the_middle_of_a_change(self, place: Place, open_store: Open, tmp_path: Path) -> None:
        store = open_store(place)
        store.give(correction(), None)
        before = tables(store)
        open_and_be_killed(name_of(place), later_version(tmp_path / "killed", killed=True))
        # nothing half-changed is there: this version goes on
        assert tables(store) == before
        assert kept(open_store(place)) == {(SENTENCE, None): EYEWITNESS}
        # and the later one, started again, finishes
        later = open_store(place, scripts=later_version(tmp_path / "later"))
        assert later.open()
        assert {"later", "correction", "contributor"} <= tables(later).keys()
        assert kept(later) == {(SENTENCE, None): EYEWITNESS}

    def test_after_the_file_was_made_and_before_anything_was_in_it(self, tmp_path: Path) -> None:
        place = File(tmp_path / "corrections.sqlite")
        place.path.touch(0o600)
        store = Store(place)
        assert store.open()
        assert list(store.corrections()) == []


def test_several_that_open_it_at_once_wait_for_each_other(place: Place, open_store: Open) -> None:
    stores = [open_store(place) for _ in range(4)]
    with ThreadPoolExecutor(4) as services:
        ids = set(services.map(lambda store: store.give(correction(), None), stores))
    assert len(ids) == 1
    assert [store.examine() for store in stores] == [1] * 4


class TestSomethingElse:
    def test_a_file_of_another_program_is_left_as_it_is(self, tmp_path: Path) -> None:
        place = File(tmp_path / "history.sqlite")
        file = sqlite3.connect(place.path)
        file.execute("CREATE TABLE correction (id)")
        file.close()
        before = files(place)
        with pytest.raises(NotAStoreError, match=r"history\.sqlite holds something else than corrections"):
            Store(place).open()
        assert files(place) == before

    def test_a_database_of_another_program_is_left_as_it_is(
        self, request: pytest.FixtureRequest, open_store: Open
    ) -> None:
        cluster = request.getfixturevalue("cluster")
        name = cluster.empty_database()
        cluster.say("CREATE TABLE alembic_version (version_num text)", name)
        store = open_store(Database(cluster.url(name)))
        with pytest.raises(NotAStoreError, match=f"postgresql:///{name} holds something else"):
            store.open()
        assert tables(store) == {"alembic_version": {"version_num"}}

    @pytest.mark.parametrize(
        "content",
        [b"no database, but long enough for one" * 200, b"SQLite format 3\0" + bytes(range(256)) * 40],
        ids=["text", "the beginning of a database"],
    )
    def test_a_file_that_is_none_is_left_as_it_is(self, tmp_path: Path, content: bytes) -> None:
        place = File(tmp_path / "corrections.sqlite")
        place.path.write_bytes(content)
        for ask in ("open", "examine", "corrections"):
            with pytest.raises(CorrectionsError, match="damaged or something else"):
                list(getattr(Store(place), ask)())
        assert files(place) == {"corrections.sqlite": content}
