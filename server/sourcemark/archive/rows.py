"""A row of the output: one sentence with everything that is said of it."""

from collections.abc import Iterator
import hashlib
from typing import Any, Final, TypeAlias

from sourcemark.archive.items import ArchiveArticle
from sourcemark.article import LabelledArticle, LabelledSentence
from sourcemark.labels import SCORE_IDS

Row: TypeAlias = dict[str, Any]

TEXT: Final = "text"
COLUMNS: Final = (
    "number",
    "article",
    "block",
    "start",
    "end",
    "digest",
    "label",
    "state",
    *SCORE_IDS,
    "speaker",
    "named",
    "evidence",
)
"""Of every row; then comes the text where it is asked for, and then the columns that are kept."""

_DIGITS: Final = 16
_DECIMALS: Final = 4


def rows_of(
    number: int, archived: ArchiveArticle, labelled: LabelledArticle, with_text: bool
) -> Iterator[Row]:
    """Yield the rows of one article, `number` being its place among the items of the input, from 0."""
    for sentence in labelled.sentences:
        text = archived.article.text(sentence.span)
        row = _row(number, archived.id, sentence, text)
        if with_text:
            row[TEXT] = text
        row.update(archived.kept)
        yield row


def _row(number: int, article: str, sentence: LabelledSentence, text: str) -> Row:
    speaker = sentence.speaker
    return {
        "number": number,
        "article": article,
        "block": sentence.block,
        "start": sentence.start,
        "end": sentence.end,
        "digest": hashlib.sha256(text.encode()).hexdigest()[:_DIGITS],
        "label": sentence.label,
        "state": sentence.state,
        **{score: round(sentence.scores[score], _DECIMALS) for score in SCORE_IDS},
        "speaker": speaker.name if speaker else None,
        "named": speaker.named if speaker else None,
        "evidence": [
            {"kind": each.kind, "block": each.span.block, "start": each.span.start, "end": each.span.end}
            for each in sentence.evidence
        ],
    }
