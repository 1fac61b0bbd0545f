"""The threat model is whole, and every test that it and the other promises lean on is there."""

from pathlib import Path
import re

import pytest

ROOT = Path(__file__).parents[2]
MODEL = (ROOT / "docs" / "security.md").read_text("utf-8")
REPORTING = (ROOT / "SECURITY.md").read_text("utf-8")

ACTORS = (
    "A web page",
    "A page's script in the reader's browser",
    "Another device on the LAN",
    "A malicious article",
    "A swapped model file",
    "A curious library administrator",
    "A compromised dependency",
)
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", MODEL, re.MULTILINE | re.DOTALL))


def rows(section: str) -> list[list[str]]:
    """Return the rows of the tables in a section, without their heads."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    return [row for row in cells if row[0] != "what it could want"]


@pytest.mark.parametrize("actor", ACTORS)
def test_for_each_actor_it_says_what_they_want_what_stops_them_and_which_test_shows_it(actor: str) -> None:
    assert rows(actor)
    for row in rows(actor):
        _, stops, shown = row
        # what nothing stops is said as plainly as what something does
        assert re.search(r"`tests/", shown) or re.match(r"\*\*(not stopped|nothing)\*\*: ", stops), row


def test_there_is_nobody_else() -> None:
    assert [name for name in SECTIONS if name.startswith(("A ", "Another "))] == list(ACTORS)


@pytest.mark.parametrize("document", ["security.md", "security/door.md", "reliability.md"])
def test_every_test_that_is_named_is_there(document: str) -> None:
    text = (ROOT / "docs" / document).read_text("utf-8")
    named = set(re.findall(r"`((?:tests|benchmarks)/[\w/.-]+)`", text))
    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_test_of_the_extension_that_is_named_is_there() -> None:
    text = (ROOT / "docs" / "security" / "extension.md").read_text("utf-8")
    named = re.findall(r"`((?:browser|extension|unit)/[\w-]+(?:\.test)?\.(?:py|js))(?:::([^`]+))?`", text)
    assert len(named) > 20
    for file, name in named:
        assert name in (ROOT / "tests" / file).read_text("utf-8"), f"{file} has no test called {name!r}"


def test_a_hole_is_reported_in_private_and_to_no_person() -> None:
    assert "private vulnerability reporting" in REPORTING
    assert re.findall(r"\S+@\S+", REPORTING) == []
    for heading in ("What helps", "What to expect"):
        assert f"**{heading}**" in REPORTING
