"""Paragraphs are found in plain text and in pages, and a page without an article is said to be one."""

import subprocess
import sys

import pytest

from sourcemark.resources import folder
from sourcemark.text.extract import (
    ExtractError,
    blocks_of_text,
    is_html,
    metadata_of_html,
    paragraphs_of_html,
    paragraphs_of_text,
)

SENTENCE = "The ministry of water said in a statement on Tuesday that the old dam above the town would hold."
PAGE = f"""<!doctype html>
<html><head><title>Dam</title></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Dam will hold</h1>
<p>{SENTENCE}</p>
<p>“I have <em>never</em> seen
so much&nbsp;water,” said Ana Ruiz &amp; her son, who live below it and carried their things upstairs.</p>
<p>{SENTENCE.replace("Tuesday", "Friday")}</p></article>
<footer>Copyright</footer></body></html>"""


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("One.\n \t\nTwo.", ["One.", "Two."]),
        ("\n\n\nOne.\n\n\n\nTwo.\n\n", ["One.", "Two."]),
        ("One line\nand another.\n\nTwo.", ["One line and another.", "Two."]),
        ("  One   line.\t\n", ["One line."]),
        ("", []),
        (" \n\n \n", []),
    ],
)
def test_a_blank_line_ends_a_paragraph_and_a_line_break_is_a_space(text: str, paragraphs: list[str]) -> None:
    assert paragraphs_of_text(text) == paragraphs


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One  line\nand another.\n\n\tTwo. \n", ["One  line\nand another.", "\tTwo. \n"]),
        ("\n\nOne.\r\n\r\nTwo.", ["One.\r", "Two."]),
        (" \n\n ", []),
    ],
)
def test_blocks_of_a_text_are_exact_slices_of_it(text: str, blocks: list[str]) -> None:
    assert blocks_of_text(text) == blocks


def test_what_a_page_says_of_its_article_is_found_and_no_date_is_guessed() -> None:
    page = (folder("seeds") / "pages" / "seed-border-crisis.html").read_text(encoding="utf-8")
    found = metadata_of_html(page)
    assert (found["published"], found["author"], found["site"]) == ("2024-02-14", "Marnie Duxbury", None)
    assert metadata_of_html(PAGE.replace("Friday", "3 May 2021"))["published"] is None


def test_a_page_without_an_article_is_not_spoken_of_in_the_terminal() -> None:
    program = (
        "from sourcemark.text.extract import ExtractError, paragraphs_of_html\n"
        "try: paragraphs_of_html('<html></html>')\n"
        "except ExtractError: pass\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><html>",
        "<!DOCTYPE HTML>",
        "\n  <html lang=en>",
        "<!-- saved from a page -->\n<!-- twice --><html>",
        "<body>",
        "<article class=story>",
        "<p>One.",
    ],
)
def test_a_text_that_starts_like_a_page_is_one(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text", ["", "One.", "He said <p> is a tag.", "<pre>x", "<party> said", "< p>", "<!-- only a comment -->"]
)
def test_a_text_that_only_has_a_tag_in_it_is_none(text: str) -> None:
    assert not is_html(text)


def test_the_paragraphs_of_a_page_are_those_of_its_article() -> None:
    paragraphs = paragraphs_of_html(PAGE)
    assert SENTENCE in paragraphs
    assert (
        "“I have never seen so much water,” said Ana Ruiz & her son, who live below it and carried their "
        "things upstairs." in [" ".join(paragraph.split()) for paragraph in paragraphs]
    )
    assert not any("Copyright" in paragraph or "Sport" in paragraph for paragraph in paragraphs)


def test_a_seed_page_gives_its_article() -> None:
    page = (folder("seeds") / "pages" / "seed-border-crisis.html").read_text(encoding="utf-8")
    text = " ".join(paragraphs_of_html(page))
    assert "Despite Veskara’s claim that its soldiers are going home" in text
    assert "There was no independent way of counting the trains." in text


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><p> </p></body></html>", "<p>"])
def test_a_page_without_an_article_is_said_to_be_one(page: str) -> None:
    with pytest.raises(ExtractError, match=r"^No article was found in this page\. Paste its text"):
        paragraphs_of_html(page)


def test_without_the_extra_for_pages_it_is_said_how_to_install_it() -> None:
    # a process of its own: here trafilatura may be imported already
    program = (
        "import sys; sys.modules['trafilatura'] = None\n"
        "from sourcemark.text.extract import ExtractError, paragraphs_of_html, paragraphs_of_text\n"
        "print(paragraphs_of_text('One.'))\n"
        "try: paragraphs_of_html('<p>One.')\n"
        "except ExtractError as error: print(error)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines() == [
        "['One.']",
        "Reading HTML needs trafilatura, which is not installed: pip install 'sourcemark[html]'. "
        "Plain text works without it.",
    ]
