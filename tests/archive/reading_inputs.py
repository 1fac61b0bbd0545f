"""Inputs made of the project's own articles, and what is read of them."""

from collections.abc import Sequence
import json
from pathlib import Path
from typing import Any

from sourcemark.archive.inputs import ReaderOptions, source_of
from sourcemark.archive.items import ArchiveArticle, Item, Rejected, Source
from sourcemark.resources import folder

SEEDS = folder("seeds") / "articles.jsonl"
PAGES = sorted((folder("seeds") / "pages").glob("*.html"))


def articles() -> list[dict[str, Any]]:
    """Return the seed articles, as they stand in their file."""
    return [json.loads(line) for line in SEEDS.read_bytes().splitlines()]


def texts() -> dict[str, str]:
    """Return the seed articles as texts with a blank line after each paragraph, by id."""
    return {article["id"]: "\n\n".join(article["paragraphs"]) for article in articles()}


def read_all(source: Source) -> list[ArchiveArticle | Rejected]:
    """Return what all items of a source turn out to be."""
    return [source.read(item) if isinstance(item, Item) else item for item in source.items()]


def read(*paths: str | Path, **options: Any) -> list[ArchiveArticle | Rejected]:
    """Return what inputs hold."""
    return read_all(source_of(paths, ReaderOptions(**options)))


def only_articles(found: Sequence[ArchiveArticle | Rejected]) -> list[ArchiveArticle]:
    """Return the articles; there is nothing else."""
    rejected = [each for each in found if isinstance(each, Rejected)]
    assert not rejected, rejected
    return [each for each in found if isinstance(each, ArchiveArticle)]


def blocks_by_id(found: Sequence[ArchiveArticle | Rejected]) -> dict[str, list[str]]:
    """Return the blocks of the articles, by id; there is nothing else."""
    return {each.id: list(each.article.blocks) for each in only_articles(found)}


def reasons(found: Sequence[ArchiveArticle | Rejected]) -> list[str | None]:
    """Return why each item is rejected, or None for an article."""
    return [each.reason if isinstance(each, Rejected) else None for each in found]
