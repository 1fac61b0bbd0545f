"""What is written from the code is what the code says."""

from pathlib import Path
import re

import msgspec
import pytest
from reference import HERE, PAGES

from sourcemark.settings import Settings, variable_of
from sourcemark.web.kinds import KINDS


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_written_from_the_code_is_current(name: str) -> None:
    written = (HERE / name).read_text("utf-8")
    assert written == PAGES[name](), f"docs/{name} is old: run python docs/reference.py"


def test_every_setting_has_a_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", (HERE / "settings.md").read_text("utf-8"), re.MULTILINE)
    assert rows == [variable_of(field.name) for field in msgspec.structs.fields(Settings)]


def test_every_object_that_is_linked_is_there() -> None:
    text = (HERE / "api-reference.md").read_text("utf-8")
    headings = {heading.lower() for heading in re.findall(r"^### (\w+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= headings


@pytest.mark.parametrize("path", sorted(HERE.rglob("*")), ids=lambda path: path.name)
def test_a_setting_that_is_named_anywhere_is_one(path: Path) -> None:
    """In pages, units, images and configurations alike."""
    if path.suffix in {".png", ".svg", ".pyc"} or path.is_dir():
        return
    known = {variable_of(field.name) for field in msgspec.structs.fields(Settings)}
    for variable in re.findall(r"\bSOURCEMARK_[A-Z_]*[A-Z]\b", path.read_text("utf-8")):
        assert variable in known, f"{path.name} names {variable}"


def test_every_kind_of_problem_that_is_refused_with_is_known() -> None:
    text = (HERE / "api-reference.md").read_text("utf-8")
    for line in re.findall(r"^- Refuses with (.+), and with", text, re.MULTILINE):
        assert set(re.findall(r"[a-z]+(?:-[a-z]+)*", line)) <= set(KINDS)
