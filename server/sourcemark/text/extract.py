"""Get an article's paragraphs out of plain text or an HTML page."""

import logging
import re
from typing import Any

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
# the same answer whenever it is asked, so not today
_NO_DAY = "2100-01-01"
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|article|p)\b", re.I | re.S)


class ExtractError(Exception):
    """A page that no article could be read from; the message says why."""


class MissingExtraError(ExtractError):
    """A page that no article could be read from because trafilatura is not installed."""


def blocks_of_text(text: str) -> list[str]:
    """Return the blocks of a plain text as exact slices of it; a blank line ends one.

    A line break inside one stays, so that what is found in a block can be found in the text.
    """
    return [part for part in _BLANK_LINE.split(text) if part.strip()]


def paragraphs_of_text(text: str) -> list[str]:
    """Return the paragraphs of a plain text; a blank line ends one, a line break inside one is a space."""
    return [" ".join(block.split()) for block in blocks_of_text(text)]


def paragraphs_of_html(html: str) -> list[str]:
    """Return the paragraphs of an HTML page's article, found by trafilatura.

    https://trafilatura.readthedocs.io. Raises ExtractError when no article is found in the page, or when
    trafilatura, the extra `sourcemark[html]`, is not installed.
    """
    text = _trafilatura().extract(html, output_format="txt", include_comments=False, include_tables=False)
    if not text:
        raise ExtractError("No article was found in this page. Paste its text into a file and label that.")
    return [line for line in text.splitlines() if line.strip()]


def metadata_of_html(html: str) -> dict[str, str | None]:
    """Return what an HTML page says of its article: `title`, `published` (YYYY-MM-DD), `author` and `site`.

    None stands for what it does not say; no date is guessed from its text. Raises MissingExtraError when
    trafilatura is not installed.
    """
    dates = {"original_date": True, "extensive_search": False, "max_date": _NO_DAY}
    found = _trafilatura().extract_metadata(html, date_config=dates)
    return {
        "title": found.title,
        "published": found.date,
        "author": found.author,
        "site": found.sitename,
    }


def _trafilatura() -> Any:
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtraError(
            "Reading HTML needs trafilatura, which is not installed: pip install 'sourcemark[html]'. "
            "Plain text works without it."
        ) from error
    # it would write to the terminal about each page that holds no article
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura


def is_html(text: str) -> bool:
    """Whether a text starts the way an HTML page does."""
    return _LOOKS_LIKE_HTML.match(text) is not None
