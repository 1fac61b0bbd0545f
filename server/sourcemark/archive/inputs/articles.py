"""Make an article of what an item was found to hold, or say why none can be made."""

from collections.abc import Mapping, Sequence
import re
from typing import Final

from sourcemark.archive.inputs.options import LINES, ReaderOptions
from sourcemark.archive.items import ArchiveArticle, Rejected
from sourcemark.article import Article
from sourcemark.text.extract import blocks_of_text

MOST_BLOCKS: Final = 5_000
"""Blocks (paragraphs) of one article; an item with more is rejected."""

LONGEST_NAME: Final = 8_000
"""Characters of an id or of the value of a kept column."""

_LINE_END: Final = re.compile(r"\r\n?|\n")


class RefusedError(Exception):
    """Why no article can be made of an item, in words that repeat nothing of it."""


def article_of(where: str, fields: Mapping[str, object], options: ReaderOptions) -> ArchiveArticle | Rejected:
    """Return the article of a row: its columns by name, as they stand in the input."""
    known = None
    try:
        known = _id(fields.get(options.id_column or "id"))
        text = fields.get(options.text_column or text_column_of(fields))
        title = fields.get(options.title_column or "title")
        if title is not None and not isinstance(title, str):
            raise RefusedError("Its title is not text.")
        kept = {name: value_of(fields.get(name), name) for name in options.keep}
        return finished(where, known, _blocks(text, options), title, kept)
    except RefusedError as error:
        return Rejected(where, known, str(error))


def text_column_of(fields: Mapping[str, object]) -> str:
    """Return the column that the text stands in where none was named."""
    return "paragraphs" if fields.get("paragraphs") is not None else "text"


def finished(
    where: str, known: str | None, blocks: Sequence[str], title: str | None, kept: Mapping[str, str | None]
) -> ArchiveArticle:
    """Return the article with these blocks. Raises RefusedError where it is none."""
    if not any(map(str.strip, blocks)):
        raise RefusedError("It holds no text.")
    if len(blocks) > MOST_BLOCKS:
        raise RefusedError(f"It has {len(blocks):,} paragraphs; at most {MOST_BLOCKS:,} are read.")
    texts = [*blocks, title or "", *filter(None, kept.values())]
    if not all(map(is_unicode, texts)):
        raise RefusedError("Its text is no whole Unicode text. Its encoding may be another than was told.")
    return ArchiveArticle(known or where, where, Article(tuple(blocks), title or None), kept)


def cut(text: str, options: ReaderOptions) -> list[str]:
    """Return the blocks of a text: exact slices of it, in order."""
    if options.paragraphs == LINES:
        return [line for line in _LINE_END.split(text) if line.strip()]
    return blocks_of_text(text)


def value_of(value: object, name: str) -> str | None:
    """Return the value of a kept column as text. Raises RefusedError where it is no single value."""
    text = _plain(value)
    if value is not None and text is None:
        raise RefusedError(f"Its column “{name}” is neither text nor a number.")
    if text is not None and len(text) > LONGEST_NAME:
        raise RefusedError(f"Its column “{name}” is longer than {LONGEST_NAME:,} characters.")
    return text


def is_unicode(text: str) -> bool:
    """Whether a text has no halves of surrogate pairs, which stand for what could not be decoded."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _id(value: object) -> str | None:
    text = _plain(value)
    if value is not None and text is None:
        raise RefusedError("Its id is neither text nor a number.")
    if text is not None and len(text) > LONGEST_NAME:
        raise RefusedError(f"Its id is longer than {LONGEST_NAME:,} characters.")
    if text is not None and not is_unicode(text):
        raise RefusedError("Its id is no whole Unicode text. Its encoding may be another than was told.")
    return text or None


def _plain(value: object) -> str | None:
    """Return a text as it is, a number as JSON writes it, and None for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value) if isinstance(value, int | float) else None


def _blocks(text: object, options: ReaderOptions) -> list[str]:
    if text is None:
        raise RefusedError("It has no text.")
    if isinstance(text, str):
        return cut(text, options)
    if not isinstance(text, list):
        raise RefusedError("Its text is neither text nor a list of paragraphs.")
    if not all(isinstance(paragraph, str) for paragraph in text):
        raise RefusedError("One of its paragraphs is not text.")
    return text
