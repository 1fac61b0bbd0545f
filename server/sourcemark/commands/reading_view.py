"""The reading view of the command line: an article with its labels, in colour and in letters."""

from collections import Counter
from collections.abc import Iterator, Sequence
import textwrap
from typing import NamedTuple

import click

from sourcemark.article import NOT_ENGLISH, TOO_LONG, LabelledArticle, LabelledSentence
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELS, NONE, OFFICIAL, UNSURE

_WIDTH = 100


class _Look(NamedTuple):
    letter: str
    colour: str


# never by colour alone: the letter carries the label
_LOOKS = {
    OFFICIAL: _Look("O", "blue"),
    ANONYMOUS: _Look("A", "yellow"),
    EYEWITNESS: _Look("E", "cyan"),
    UNSURE: _Look("?", "bright_black"),
}

_NOT_CHECKED = {TOO_LONG: "longer than what can be read at once", NOT_ENGLISH: "not in English"}


def reading_view(blocks: Sequence[str], article: LabelledArticle) -> Iterator[str]:
    """Yield the lines of an article's reading view, one sentence a paragraph, its label in the margin."""
    number = -1
    for sentence in article.sentences:
        if sentence.block != number:
            number = sentence.block
            yield ""
        yield from _lines(sentence, blocks[sentence.block][sentence.start : sentence.end])
    yield ""
    yield from _summary(article)
    for reason, count in Counter(block.reason for block in article.skipped).items():
        yield f"     not checked: {count} ({_NOT_CHECKED[reason]})"


def _lines(sentence: LabelledSentence, text: str) -> Iterator[str]:
    look = _LOOKS.get(sentence.label or sentence.state)
    margin = f"  {look.letter}  " if look else "     "
    for line in textwrap.wrap(text, _WIDTH - len(margin)) or [""]:
        yield click.style(margin + line, fg=look.colour) if look else margin + line
        margin = "     "
    if sentence.label:
        yield click.style(f"     {sentence.reason}", dim=True)


def _summary(article: LabelledArticle) -> Iterator[str]:
    counts = Counter(sentence.label or sentence.state for sentence in article.sentences)
    for label in LABELS:
        look = _LOOKS[label.id]
        yield click.style(f"  {look.letter}  {label.name}: {counts[label.id]}", fg=look.colour)
    yield f"     no source found: {counts[NONE]}"
    yield click.style(f"  ?  not sure: {counts[UNSURE]}", fg=_LOOKS[UNSURE].colour)
    yield "     A label says who speaks, not whether it is true."
