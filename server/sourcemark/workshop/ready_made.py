"""The ready-made workshops that ship: an article of ours, chosen sentences, goals and questions.

Each is a file in `seeds/workshops`, in the order of its difficulty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
import tomllib
from typing import Final

import msgspec

from sourcemark.article import Span
from sourcemark.resources import folder
from sourcemark.text.segment import sentence_spans
from sourcemark.workshop.plan import PlannedArticle

LICENCE: Final = "CC0 1.0"


class ReadyMadeError(ValueError):
    """A file of a ready-made workshop cannot be used. The message says which, and why."""


@dataclass(frozen=True, slots=True)
class ReadySentence:
    """A chosen sentence, and where it stands."""

    number: int
    """From 1, through both articles."""
    candidate: int
    """Its number among all sentences of the articles, from 1, as `sourcemark.workshop.planning` counts."""
    text: str
    note: str
    """What the facilitator may ask about it; empty where it speaks for itself."""
    span: Span


@dataclass(frozen=True, slots=True)
class ReadyArticle:
    """One of the articles of a ready-made workshop, with the sentences chosen from it."""

    article: PlannedArticle
    sentences: tuple[ReadySentence, ...]


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A workshop that only needs to be opened."""

    id: str
    title: str
    about: str
    goals: tuple[str, ...]
    questions: tuple[str, ...]
    articles: tuple[ReadyArticle, ...]

    @property
    def sentences(self) -> tuple[ReadySentence, ...]:
        """The chosen sentences of all articles."""
        return tuple(sentence for article in self.articles for sentence in article.sentences)


def read_ready_made() -> tuple[ReadyMade, ...]:
    """Return the ready-made workshops, the easiest first; none where the installation has none.

    Raises ReadyMadeError where a file is not in the format, or names a sentence that its article lacks.
    """
    try:
        seeds = folder("seeds")
    except FileNotFoundError:
        return ()
    articles = _articles(seeds / "articles.jsonl")
    # the number that a file's name begins with is its place in the order of difficulty
    return tuple(_read(path, articles) for path in sorted((seeds / "workshops").glob("*.toml")))


class _Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    note: str = ""


class _Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    sentences: tuple[_Sentence, ...]


class _Workshop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    about: str
    goals: tuple[str, ...]
    questions: tuple[str, ...]
    articles: tuple[_Article, ...]


class _Seed(msgspec.Struct, frozen=True):
    """An article of `articles.jsonl`, without its labels: the room is to find its own."""

    id: str
    outlet: str
    title: str
    paragraphs: tuple[str, ...]


def _articles(path: Path) -> dict[str, PlannedArticle]:
    seeds = msgspec.json.Decoder(_Seed).decode_lines(path.read_bytes())
    return {
        seed.id: PlannedArticle(seed.title, seed.paragraphs, f"{seed.outlet} (invented)", LICENCE)
        for seed in seeds
    }


def _read(path: Path, articles: dict[str, PlannedArticle]) -> ReadyMade:
    try:
        read = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Workshop)
        found = _place(read.articles, articles)
    except ValueError as error:
        raise ReadyMadeError(f"The workshop “{path.name}” cannot be read: {error}") from error
    return ReadyMade(path.stem, read.title, read.about, read.goals, read.questions, found)


def _place(chosen: Iterable[_Article], articles: dict[str, PlannedArticle]) -> tuple[ReadyArticle, ...]:
    found: list[ReadyArticle] = []
    # of the articles that came before: chosen sentences, and all sentences
    number = candidate = 0
    for each in chosen:
        if each.id not in articles:
            raise ValueError(f"there is no article “{each.id}”.")
        article = articles[each.id]
        sentences = [
            Span(index, *span) for index, block in enumerate(article.blocks) for span in sentence_spans(block)
        ]
        places = _in_order(each, [article.blocks[span.block][span.start : span.end] for span in sentences])
        found.append(
            ReadyArticle(
                article,
                tuple(
                    ReadySentence(
                        number + n, candidate + place + 1, picked.text, picked.note, sentences[place]
                    )
                    for n, (picked, place) in enumerate(zip(each.sentences, places, strict=True), start=1)
                ),
            )
        )
        number += len(places)
        candidate += len(sentences)
    return tuple(found)


def _in_order(article: _Article, texts: list[str]) -> list[int]:
    """Return where the chosen sentences stand among all `texts` of their article, each after the last."""
    places: list[int] = []
    for chosen in article.sentences:
        after = places[-1] + 1 if places else 0
        try:
            places.append(texts.index(chosen.text, after))
        except ValueError:
            raise ValueError(f"“{chosen.text}” is no sentence of {article.id}, or out of order.") from None
    return places
