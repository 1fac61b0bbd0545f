"""Get an article's paragraphs out of plain text or an HTML page."""

import re

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|article|p)\b", re.I | re.S)


class ExtractError(Exception):
    """A page that no article could be read from; the message says why."""


def paragraphs_of_text(text: str) -> list[str]:
    """Return the paragraphs of a plain text; a blank line ends one, a line break inside one is a space."""
    return [" ".join(part.split()) for part in _BLANK_LINE.split(text) if part.strip()]


def paragraphs_of_html(html: str) -> list[str]:
    """Return the paragraphs of an HTML page's article, found by trafilatura.

    https://trafilatura.readthedocs.io. Raises ExtractError when no article is found in the page, or when
    trafilatura, the extra `sourcemark[html]`, is not installed.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise ExtractError(
            "Reading HTML needs trafilatura, which is not installed: pip install 'sourcemark[html]'. "
            "Plain text works without it."
        ) from error
    text = trafilatura.extract(html, output_format="txt", include_comments=False, include_tables=False)
    if not text:
        raise ExtractError("No article was found in this page. Paste its text into a file and label that.")
    return [line for line in text.splitlines() if line.strip()]


def is_html(text: str) -> bool:
    """Whether a text starts the way an HTML page does."""
    return _LOOKS_LIKE_HTML.match(text) is not None
