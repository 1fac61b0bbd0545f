"""The word lists stay clean and agree with the tables in their README."""

import csv
import re

import pytest

from sourcemark.resources import folder

LEXICONS = folder("seeds") / "lexicons"

COLUMNS = {
    "anonymity.csv": ["phrase", "kind"],
    "cues.csv": ["cue", "kind", "forms_of"],
    "documents.csv": ["word", "kind"],
    "first_hand.csv": ["phrase", "kind"],
    "media.csv": ["word", "kind"],
    "names.csv": ["word", "kind"],
    "organisations.csv": ["word", "kind"],
    "roles.csv": ["word", "kind"],
    "titles.csv": ["word", "kind"],
}


def read(name: str) -> tuple[list[str], list[list[str]]]:
    with (LEXICONS / name).open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    return header, rows


def documented_kinds(name: str) -> list[str]:
    readme = (LEXICONS / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"## `{name}`\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def test_every_list_has_its_columns_described_here():
    assert {path.name for path in LEXICONS.glob("*.csv")} == set(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
class TestLexicon:
    def test_begins_with_its_header(self, name):
        header, rows = read(name)
        assert header == COLUMNS[name]
        assert rows

    def test_has_no_blank_or_missing_cell(self, name):
        header, rows = read(name)
        assert [row for row in rows if len(row) != len(header) or not all(row)] == []

    def test_lists_no_entry_twice(self, name):
        entries = [row[0] for row in read(name)[1]]
        assert sorted(entries) == sorted(set(entries))

    def test_is_written_as_it_is_matched(self, name):
        """Lower case, single spaces, straight apostrophes: what the reader compares tokens with."""
        for entry, *_ in read(name)[1]:
            assert entry == " ".join(entry.lower().replace("’", "'").split())

    def test_uses_exactly_the_kinds_its_readme_describes(self, name):
        assert {row[1] for row in read(name)[1]} == set(documented_kinds(name))

    def test_keeps_each_kind_together_and_in_order(self, name):
        kinds = documented_kinds(name)
        rows = read(name)[1]
        assert rows == sorted(rows, key=lambda row: (kinds.index(row[1]), row[0]))
