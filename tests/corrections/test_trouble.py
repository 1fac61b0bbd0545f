"""What cannot be kept is said in words, nothing is lost silently, and no word of a correction is in them."""

from collections.abc import Iterator
from dataclasses import dataclass
import os
from pathlib import Path
import shutil
import sqlite3
import sys
import traceback

import pytest
from sqlalchemy.exc import DBAPIError

from corrections.conftest import Open
from corrections.giving import ANNA, SENTENCE, correction, kept
from disks import KINDS, Full, disk, filled, read_only, small_disk
from sourcemark.corrections import place as places
from sourcemark.corrections.errors import CorrectionsError
from sourcemark.corrections.place import Database, File, Place, place_named
from sourcemark.corrections.store import Store
from sourcemark.corrections.trouble import in_words
from sourcemark.labels import ANONYMOUS, EYEWITNESS
from sourcemark.settings import SettingsError

if sys.platform != "win32":
    from corrections.cluster import GUARDED, Cluster, running, unprivileged


@dataclass
class Here:
    """A place on a disk that can be full."""

    folder: Path
    full: Full
    place: File


@pytest.fixture(params=KINDS)
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Here]:
    folder = tmp_path / "disk"
    with disk(request.param, folder) as full:
        yield Here(folder, full, File(folder / "corrections.sqlite"))


def refused(store: Store, words: str, sentence: str = "A heron stood there.") -> None:
    """Assert that a correction is not kept, and that it is said why, without a word of it."""
    with pytest.raises(CorrectionsError, match=words) as error:
        store.give(correction(sentence), ANNA)
    assert "heron" not in str(error.value)
    # nor is it in what a log of the whole error would hold
    assert "heron" not in "".join(
        line for line in traceback.format_exception(error.value) if not line.startswith("  ")
    )


class TestFullDisk:
    def test_a_correction_that_finds_no_room_is_refused_and_what_was_there_stays(self, here: Here) -> None:
        store = Store(here.place)
        store.give(correction(), ANNA)
        with here.full(here.folder):
            refused(store, "Nothing was changed in .*, because its disk is full .*Make room", "heron " * 2000)
        assert kept(store) == {(SENTENCE, ANNA): EYEWITNESS}
        store.give(correction("Another sentence."), ANNA)
        assert store.examine() == 2

    def test_the_first_one_is_not_kept_by_half(self, here: Here) -> None:
        store = Store(here.place)
        with here.full(here.folder):
            refused(store, "Make room")
        store.give(correction(), ANNA)
        assert kept(store) == {(SENTENCE, ANNA): EYEWITNESS}

    def test_the_place_is_tried(self, here: Here) -> None:
        places.try_out(here.place)
        with here.full(here.folder), pytest.raises(CorrectionsError, match="Make room on that disk"):
            places.try_out(here.place)
        assert list(here.folder.iterdir()) == []


def test_a_folder_in_which_nobody_may_write_is_told(tmp_path: Path) -> None:
    with read_only(tmp_path / "closed"):
        place = File(tmp_path / "closed" / "corrections.sqlite")
        refused(Store(place), "give this user account the right to write there")
        with pytest.raises(CorrectionsError, match="the right to write there"):
            places.try_out(place)


def test_a_file_that_nobody_may_write_is_told(tmp_path: Path) -> None:
    Store(File(tmp_path / "corrections.sqlite")).give(correction(), ANNA)
    with read_only(tmp_path / "closed"):
        pass
    folder = tmp_path / "closed again"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only an administrator can put a file where nobody may write")
    with small_disk(folder):
        shutil.copy(tmp_path / "corrections.sqlite", folder)
        os.system(f"mount -o remount,ro '{folder}'")
        refused(Store(File(folder / "corrections.sqlite")), "may not write to")


def test_something_in_the_way_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    refused(Store(File(tmp_path / "data" / "corrections.sqlite")), "cannot be created or read")


def test_a_file_that_another_program_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sourcemark.corrections.sqlite._BUSY_SECONDS", 0.01)
    place = File(tmp_path / "corrections.sqlite")
    store = Store(place)
    store.give(correction(), ANNA)
    holding = sqlite3.connect(place.path, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    refused(store, "Another program holds .* for itself")
    # whoever looks is not kept waiting
    assert kept(store) == {(SENTENCE, ANNA): EYEWITNESS}
    holding.execute("COMMIT")
    holding.execute("BEGIN")
    holding.execute("SELECT * FROM correction").fetchall()
    # deleted it is, and that its text is still there is said
    with pytest.raises(CorrectionsError, match=r"are deleted, but another program .* do it again"):
        store.purge()
    holding.close()
    assert store.purge() == 0
    assert SENTENCE.encode() not in b"".join(each.read_bytes() for each in tmp_path.iterdir())


def test_a_damaged_file_is_told_by_the_doctor_and_left(tmp_path: Path) -> None:
    place = File(tmp_path / "corrections.sqlite")
    store = Store(place)
    for number in range(3):
        store.give(correction(f"Sentence {number}, " + "word " * 900), ANNA)
    content = bytearray(place.path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    place.path.write_bytes(content)
    with pytest.raises(CorrectionsError, match="damaged"):
        store.examine()
    assert place.path.read_bytes() == content


@pytest.mark.skipif(os.name != "posix", reason="other systems keep the user's folders apart")
def test_a_file_that_others_can_read_is_told(tmp_path: Path) -> None:
    place = File(tmp_path / "corrections.sqlite")
    store = Store(place)
    store.give(correction(), ANNA)
    place.path.chmod(0o644)
    with pytest.raises(CorrectionsError, match="Run: chmod 600"):
        store.examine()


class TestPostgres:
    def test_a_database_that_does_not_answer_is_told(self, cluster: "Cluster", open_store: Open) -> None:
        for address in (
            "postgresql://anna:secret@127.0.0.1:1/labels",
            "postgresql://anna:secret@/labels?unix_sock=/nowhere/.s.PGSQL.5432",
        ):
            store = open_store(Database(address))
            refused(store, "does not answer. Nothing was kept .* Start it")
            with pytest.raises(CorrectionsError) as error:
                store.open()
            assert "secret" not in str(error.value)

    def test_whoever_is_not_let_in_is_told(self, cluster: "Cluster", open_store: Open) -> None:
        name = cluster.empty_database()
        cluster.say(f"CREATE ROLE {GUARDED} LOGIN PASSWORD 'right'")
        wrong = Database(cluster.url(name, f"{GUARDED}:wrong"))
        refused(open_store(wrong), r"refuses the user or the password \(28P01\)\. Correct them")
        nobody = open_store(Database(cluster.url(name, "nobody")))
        refused(nobody, r"the user or the password \(28000\)")
        refused(
            open_store(Database(cluster.url("labels"))),
            r"There is no database postgresql:///labels \(3D000\)\. Create it",
        )

    def test_what_was_said_is_told_where_the_connection_was_gone_before_it_could_be_closed(self) -> None:
        with (
            pytest.raises(CorrectionsError, match=r"refuses the user or the password \(28P01\)"),
            in_words(Database("postgresql:///labels")),
        ):
            # as pg8000 does it
            try:
                try:
                    raise RuntimeError({"C": "28P01"})
                except RuntimeError:
                    raise BrokenPipeError from None
            except BrokenPipeError as gone:
                try:
                    raise RuntimeError("network error") from gone
                except RuntimeError as error:
                    raise DBAPIError(None, None, error) from error

    def test_whoever_may_not_write_is_told(self, cluster: "Cluster", open_store: Open) -> None:
        name = cluster.empty_database()
        cluster.say("CREATE ROLE reader LOGIN")
        reader = open_store(Database(cluster.url(name, "reader")))
        refused(reader, r"does not let Sourcemark write \(42501\)")
        cluster.say("CREATE ROLE visitor LOGIN; ALTER ROLE visitor SET default_transaction_read_only = on")
        visitor = open_store(Database(cluster.url(name, "visitor")))
        refused(visitor, r"does not let Sourcemark write \(25006\)")

    def test_a_full_disk_is_told_and_what_was_there_stays(self, cluster: "Cluster", open_store: Open) -> None:
        folder = cluster.folder / "small"
        folder.mkdir()
        with small_disk(folder, "24m"):
            within = folder / "space"
            within.mkdir()
            shutil.chown(within, unprivileged())
            cluster.say(f"CREATE TABLESPACE small LOCATION '{within}'")
            name = cluster.empty_database("small", "TABLESPACE small")
            store = open_store(Database(cluster.url(name)))
            store.give(correction(), ANNA)
            with filled(folder):
                # larger than what a page has left, and than what it can be packed into
                text = "heron " + " ".join(f"{number:x}" for number in range(7**5, 7**5 + 9_000))
                refused(store, "because its disk is full", text)
            assert kept(store) == {(SENTENCE, ANNA): EYEWITNESS}
            store.give(correction("Another sentence."), ANNA)
            store.close()
            cluster.say(f"DROP DATABASE {name}")
            cluster.say("DROP TABLESPACE small")

    def test_a_connection_that_was_lost_is_told_and_replaced(self, open_store: Open) -> None:
        with running() as cluster:
            store = open_store(Database(cluster.url(cluster.empty_database())))
            id = store.give(correction(), ANNA)
            cluster.stop()
            refused(store, "does not answer")
            with pytest.raises(CorrectionsError, match="does not answer"):
                store.take_back(id)
            cluster.start()
            # what was confirmed is there, and nothing else
            assert kept(store) == {(SENTENCE, ANNA): EYEWITNESS}
            store.give(correction("Another sentence.", ANONYMOUS), ANNA)
            # one that breaks in the middle keeps nothing, and the next one is a new one
            with pytest.raises(CorrectionsError, match="does not answer"), store._transaction() as session:
                session.connection()
                cluster.stop()
                list(store._storage.engine.raw_connection().cursor().execute("SELECT 1"))
            cluster.start()
            assert store.examine() == 2

    def test_without_the_driver_it_says_how_to_get_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pg8000", None)
        with pytest.raises(SettingsError, match=r"pip install 'sourcemark\[postgres\]'"):
            Store(Database("postgresql://localhost/labels"))

    @pytest.mark.parametrize(
        "address",
        [
            "postgresql://anna:secret@localhost:secret/labels",
            "postgresql://anna:secret@localhost/labels?sslmode=require",
            "postgresql://localhost/labels",
        ],
    )
    def test_an_address_that_is_none_is_told_without_the_password(self, address: str) -> None:
        with pytest.raises(SettingsError, match="no address of a database") as error:
            Store(Database(address))
        assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "name", ["on", "sqlight", "mysql://anna:secret@localhost/labels", "sqlite:///secret.sqlite"]
)
def test_what_is_no_place_is_told_without_repeating_it(name: str) -> None:
    with pytest.raises(SettingsError, match=r"is off, sqlite, the path of a file") as error:
        place_named(name, {})
    assert "secret" not in str(error.value)


def test_a_place_has_a_name(tmp_path: Path) -> None:
    known: dict[str, Place | None] = {
        "off": None,
        "sqlite": File(tmp_path / "sourcemark" / "corrections.sqlite"),
        "club.sqlite": File(Path("club.sqlite")),
        "postgresql://localhost/labels": Database("postgresql://localhost/labels"),
    }
    assert {name: place_named(name, {"XDG_DATA_HOME": str(tmp_path)}) for name in known} == known
