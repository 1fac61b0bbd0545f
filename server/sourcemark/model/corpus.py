"""Read articles with sentence labels, one JSON object a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sourcemark.article import Article, Span
from sourcemark.labels import SCORE_IDS


class CorpusError(Exception):
    """A corpus that cannot be read; the message says what is wrong and where."""


class _Sentence(msgspec.Struct):
    paragraph: int
    start: int
    end: int
    label: str
    speaker: str | None = None
    doubtful: bool = False


class _Line(msgspec.Struct):
    id: str
    paragraphs: list[str]
    sentences: list[_Sentence]
    title: str | None = None
    corpus: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """A sentence as an annotator labelled it; the span is in code points."""

    span: Span
    label: str
    speaker: str | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with the label of every sentence, in order."""

    id: str
    corpus: str
    outlet: str
    article: Article
    sentences: tuple[AnnotatedSentence, ...]


def read_corpus(path: Path) -> list[AnnotatedArticle]:
    """Read a corpus file: JSON lines with `id`, `paragraphs` and `sentences`.

    Raises CorpusError when the file is missing, a line is no such object, or a label is unknown.
    """
    if not path.is_file():
        raise CorpusError(
            f"There is no corpus at {path}. The news articles that the shipped model was trained on are not "
            "part of this project; `seeds/articles.jsonl` holds the project's own."
        )
    decoder = msgspec.json.Decoder(_Line)
    articles = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                articles.append(_annotated(decoder.decode(line)))
            except (msgspec.DecodeError, ValueError) as error:
                raise CorpusError(f"Line {number} of {path} is not an annotated article: {error}.") from error
    if not articles:
        raise CorpusError(f"The corpus {path} holds no article.")
    return articles


def _annotated(line: _Line) -> AnnotatedArticle:
    return AnnotatedArticle(
        line.id,
        line.corpus,
        line.outlet,
        Article(tuple(line.paragraphs), line.title),
        tuple(_checked(sentence, line.paragraphs) for sentence in line.sentences),
    )


def _checked(sentence: _Sentence, paragraphs: Sequence[str]) -> AnnotatedSentence:
    if sentence.label not in SCORE_IDS:
        raise ValueError(f"unknown label “{sentence.label}”")
    if not 0 <= sentence.paragraph < len(paragraphs):
        raise ValueError(f"a sentence lies in paragraph {sentence.paragraph} of {len(paragraphs)}")
    if not 0 <= sentence.start < sentence.end <= len(paragraphs[sentence.paragraph]):
        raise ValueError(f"a sentence lies outside paragraph {sentence.paragraph}")
    return AnnotatedSentence(
        Span(sentence.paragraph, sentence.start, sentence.end),
        sentence.label,
        sentence.speaker,
        sentence.doubtful,
    )


def best_overlap(span: Span, candidates: Sequence[Span]) -> int | None:
    """Return the index of the candidate that shares most code points with `span`, or None.

    Two systems may cut sentences differently; this is how one's sentences are scored by the other's.
    """
    shared = [
        min(span.end, other.end) - max(span.start, other.start) if other.block == span.block else 0
        for other in candidates
    ]
    best = max(range(len(shared)), key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] > 0 else None
