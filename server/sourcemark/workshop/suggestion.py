"""Chooses sentences for a workshop: different kinds, spread over the article."""

from collections.abc import Iterable, Sequence
from typing import Final

from sourcemark.labels import LABEL_IDS, LABELLED, NONE, UNSURE
from sourcemark.workshop.plan import PlannedSentence

SUGGESTED: Final = 12
"""Sentences of one article; two articles have 7 each."""
_OF_EACH: Final = 7
_FEWEST_WORDS: Final = 6
"""A shorter sentence ("He agreed.") says little by itself; it is taken where there are not enough others."""
_SECOND_LABEL: Final = 0.05
"""From this score on, a sentence may well carry a second label beside its first."""


def suggest(sentences: Sequence[PlannedSentence], seconds: Sequence[float]) -> tuple[int, ...]:
    """Return the numbers of the sentences that make a good workshop, in order.

    The sentence nearest to carrying two labels, one or two that the tool is not sure of, three or more
    without a source, each label twice, and the rest from where the text has none yet, as far as the
    articles have them.

    `seconds` has the score of the second label of each sentence.
    """
    articles = sorted({sentence.article for sentence in sentences})
    size = SUGGESTED if len(articles) < 2 else _OF_EACH
    pairs = list(zip(sentences, seconds, strict=True))
    return tuple(
        number
        for article in articles
        for number in _of_one([pair for pair in pairs if pair[0].article == article], size)
    )


def _of_one(pairs: Sequence[tuple[PlannedSentence, float]], size: int) -> list[int]:
    long = [pair for pair in pairs if len(pair[0].text.split()) >= _FEWEST_WORDS]
    usable = long if len(long) >= size else pairs
    chosen: list[int] = []

    def add(numbers: Iterable[int], most: int) -> None:
        rest = [number for number in numbers if number not in chosen]
        for _ in range(min(most, size - len(chosen), len(rest))):
            farthest = max(rest, key=lambda number: (_distance(number, chosen), -number))
            chosen.append(farthest)
            rest.remove(farthest)

    two_labels = max(usable, key=lambda pair: pair[1], default=None)
    if two_labels is not None and two_labels[1] >= _SECOND_LABEL:
        add([two_labels[0].number], 1)
    short = size < SUGGESTED
    add((s.number for s, _ in usable if s.state == UNSURE), 1 if short else 2)
    add((s.number for s, _ in usable if s.state == NONE), 2 if short else 3)
    for label in LABEL_IDS:
        add((s.number for s, _ in usable if s.label == label), 1 if short else 2)
    # the tool's labels are worth talking about before plain narration is
    add((s.number for s, _ in usable if s.state == LABELLED), 1)
    add((s.number for s, _ in usable), size)
    return sorted(chosen)


def _distance(number: int, chosen: Sequence[int]) -> int:
    return min((abs(number - other) for other in chosen), default=0)
