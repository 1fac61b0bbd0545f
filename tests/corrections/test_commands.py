"""`sourcemark corrections list | export | delete | purge`, as people use them."""

import json
from pathlib import Path
import re
import subprocess
import sys

from click.testing import CliRunner, Result
import pytest

from corrections.giving import ANNA, BEN, SENTENCE, correction, kept
from corrections.versions import later_version, name_of
from sourcemark.cli import main
from sourcemark.corrections.place import File, Place
from sourcemark.corrections.store import Store
from sourcemark.labels import EYEWITNESS
from sourcemark.model.corpus import read_corpus


def run(place: Place | None, *arguments: str, stdin: str | None = None, **settings: str) -> Result:
    """Run a command on a place; None for the one of the settings."""
    named = ["--database", name_of(place)] if place else []
    return CliRunner(env=settings).invoke(main, ["corrections", *arguments, *named], input=stdin)


def test_the_list_counts_label_by_label_and_shows_who_agrees_and_who_does_not(
    store: Store, place: Place
) -> None:
    for token in (ANNA, BEN, None):
        store.give(correction("Agreed."), token)
        store.give(correction("Contested.\x1b[2J", EYEWITNESS if token else None), token)
    result = run(place, "list")
    assert result.exit_code == 0
    assert f"6 corrections of 2 sentences by 3 contributors, in {place}" in result.stdout
    said = re.sub(" +", " ", result.stdout)
    assert "official_statement eyewitness_quote 5\nofficial_statement none 1\n" in said
    assert f"token {ANNA} 2\n" in said
    assert "this computer 2\n" in said
    assert "Proposed by several contributors: 1 sentence\n Agreed.\n 3 × eyewitness_quote\n" in said
    assert "Contradicting, none of them left out: 1 sentence\n Contested. [2J\n" in said
    assert " 2 × eyewitness_quote\n 1 × none\n" in said
    assert "\x1b" not in result.stdout


def test_each_one_is_shown_with_the_id_that_deletes_it(store: Store, place: Place) -> None:
    ids = {store.give(correction(sentence), ANNA) for sentence in ("One.", "Two.", "Three.")}
    shown = run(place, "list", "--each").stdout.splitlines()
    assert {line.split()[0] for line in shown} == ids
    first, *others = sorted(ids)
    assert run(place, "delete", first).stdout == "Deleted 1 correction.\n"
    again = run(place, "delete", first, *others)
    assert again.exit_code == 1
    assert "Deleted 2 corrections." in again.stdout
    assert "1 id was of no correction. `sourcemark corrections list --each` shows the ids." in again.stderr
    assert run(place, "list").stdout == f"There are no corrections in {place}.\n"


def test_an_id_is_never_taken_for_an_option(store: Store) -> None:
    ids = {store.give(correction(f"Sentence {number}.", EYEWITNESS), ANNA) for number in range(3)}
    assert all(re.fullmatch(r"[0-9A-Za-z_][0-9A-Za-z_-]{21}", id) for id in ids)


def test_the_export_goes_to_a_file_or_on_to_another_program(
    store: Store, place: Place, tmp_path: Path
) -> None:
    store.give(correction(), ANNA)
    path = tmp_path / "corrections.jsonl"
    result = run(place, "export", "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert [each.sentences[0].label for each in read_corpus(path)] == [EYEWITNESS]
    printed = run(place, "export").stdout
    assert printed == path.read_text("utf-8")
    assert json.loads(printed)["paragraphs"][1] == SENTENCE


def test_all_are_purged_only_by_whoever_confirms_it(store: Store, place: Place) -> None:
    store.give(correction(), ANNA)
    asked = run(place, "purge", stdin="n\n")
    assert asked.exit_code == 1
    assert f"Delete all corrections in {place}? [y/N]" in asked.stdout
    assert store.examine() == 1
    assert run(place, "purge", stdin="y\n").exit_code == 0
    assert store.examine() == 0
    store.give(correction(), ANNA)
    assert run(place, "purge", "--yes").stdout == f"Deleted 1 correction in {place}.\n"


def test_some_are_purged_without_a_question(store: Store, place: Place) -> None:
    for token in (ANNA, BEN):
        store.give(correction(), token)
    assert "Deleted 0 corrections" in run(place, "purge", "--older-than", "30").stdout
    number = {each.contributor.token: str(each.contributor.number) for each in store.corrections()}[BEN]
    assert "Deleted 1 correction " in run(place, "purge", "--contributor", number).stdout
    assert kept(store) == {(SENTENCE, ANNA): EYEWITNESS}


def test_where_nothing_was_given_the_commands_make_nothing(tmp_path: Path) -> None:
    place = tmp_path / "sourcemark" / "corrections.sqlite"
    known = {"XDG_DATA_HOME": str(tmp_path), "SOURCEMARK_CORRECTIONS": ""}
    assert run(None, "list", **known).stdout == f"There are no corrections in {place}.\n"
    assert run(None, "export", **known).stdout == ""
    assert run(None, "purge", "--yes", **known).stdout == f"Deleted 0 corrections in {place}.\n"
    assert run(None, "delete", "nothing", **known).exit_code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "named", "words"),
    [
        ({"SOURCEMARK_CORRECTIONS": "off"}, [], "No corrections are kept here, because they are off."),
        ({"SOURCEMARK_PUBLIC": "true"}, [], "Name the place of others with --database."),
        ({}, ["--database", "sqlight"], "is off, sqlite, the path of a file that ends in .sqlite"),
        ({}, ["--database", "postgresql://anna:secret@127.0.0.1:1/labels"], "does not answer"),
    ],
)
def test_where_there_is_no_place_it_says_so(settings: dict[str, str], named: list[str], words: str) -> None:
    result = run(None, "list", *named, **settings)
    assert result.exit_code == 1
    assert re.fullmatch(r"Error: [^\n]+\n", result.stderr)
    assert words in result.stderr
    assert "secret" not in result.output


def test_a_newer_file_is_told_and_no_service_starts_on_it(tmp_path: Path) -> None:
    place = File(tmp_path / "corrections.sqlite")
    Store(place, scripts=later_version(tmp_path / "later")).give(correction(), None)
    known = {"SOURCEMARK_CORRECTIONS": str(place), "SOURCEMARK_STATE_FOLDER": str(tmp_path / "state")}
    for command in (["corrections", "list"], ["serve", "--port", "0", "--model", "fast"]):
        result = CliRunner(env=known).invoke(main, command)
        assert result.exit_code == 1
        assert "Error: The corrections in" in result.stderr
        assert "were written by a newer version of Sourcemark" in result.stderr


def test_no_other_command_waits_for_the_database_s_library() -> None:
    script = (
        "import sourcemark.cli, sourcemark.web.app, sys;"
        "sys.exit(bool({'sqlalchemy', 'alembic', 'pg8000'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
