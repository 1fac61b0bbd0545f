"""No page of the repository leads nowhere, and every page can be found."""

from pathlib import Path
import re
import tomllib
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
FIGURE = ROOT / "docs" / "images" / "path-of-a-sentence.svg"
PLACES = ("docs", "examples", "seeds", "models", "benchmarks")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(path for place in PLACES for path in (ROOT / place).rglob("*.md"))])
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(path: Path) -> set[str]:
    """Return what a link can lead to in a page: its headings, as GitHub writes them."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.M | re.S), re.M
    )
    plain = (re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", heading) for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in plain}


def links(path: Path) -> list[str]:
    """Return where a page leads to, other sites left out."""
    text = CODE.sub("`", path.read_text("utf-8"))
    return [each for each in re.findall(r"\]\(<?([^)>]+)>?\)", text) if not re.match(r"[a-z]+:", each)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        target, _, anchor = link.partition("#")
        there = path.parent / target if target else path
        assert there.exists(), f"{name_of(path)} links to {target}"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{name_of(path)} links to {link}"


def test_a_code_in_a_link_s_words_does_not_hide_it(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A [b](c.md) `d`\n[`code`](here.md#a-b-d)\n```\n[no](link.md)\n```\n", "utf-8")
    assert links(page) == ["c.md", "here.md#a-b-d"]
    assert anchors(page) == {"a-b-d"}


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = ROOT / "docs" / "README.md"
    listed = {(contents.parent / link.partition("#")[0]).resolve() for link in links(contents)}
    assert [name_of(path) for path in DOCUMENTS if path not in listed and path != contents] == []


def test_the_version_has_its_part_in_what_changed() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert re.search(rf"^## {re.escape(version)}$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def colours(style: str) -> dict[str, str]:
    """Return what a style sheet fills each kind of thing with."""
    return dict(re.findall(r"^ *\.?(\S.*?) \{ fill: (#[0-9a-f]{6})", style, re.MULTILINE))


def luminance(colour: str) -> float:
    """Return the relative luminance. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class TestFigure:
    def test_it_says_in_words_what_it_shows(self) -> None:
        figure = ElementTree.parse(FIGURE).getroot()
        names = {each.get("id"): each.text for each in figure if each.get("id")}
        assert figure.get("role") == "img"
        assert figure.get("aria-labelledby") == "title desc"
        assert len(names["desc"]) > len(names["title"]) > 10
        shown = [
            each.text
            for each in figure.iter("{http://www.w3.org/2000/svg}text")
            if each.get("class") == "name"
        ]
        assert len(shown) == 8
        assert all(f"{number}. {name}: " in names["desc"] for number, name in enumerate(shown, start=1))

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_its_words_can_be_read_on_any_ground(self, scheme: str) -> None:
        style = FIGURE.read_text("utf-8").partition("<style>")[2].partition("</style>")[0]
        light, _, dark = style.partition("@media (prefers-color-scheme: dark)")
        chosen = colours(light) | (colours(dark) if scheme == "dark" else {})
        for words in ("text", "example"):
            for ground in ("ground", "step", "here .step"):
                assert contrast(chosen[words], chosen[ground]) >= 4.5, (words, ground)
