"""Work out the numbers that a card's figures draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sourcemark.labels import LABEL_IDS
from sourcemark.model import confusion
from sourcemark.model.bootstrap import Interval, interval, resample
from sourcemark.model.calibration import Bin, bins
from sourcemark.model.metrics import ScoredSentence

_THRESHOLDS = tuple(step / 100 for step in range(1, 100))


@dataclass(frozen=True, slots=True)
class Trade:
    """What a label's threshold gives and costs."""

    precision: float
    """Share of the sentences marked with the label that is annotated so."""
    found: float
    """Share of the sentences annotated with the label that is marked so."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An F1, how far it could have come out otherwise, and how many annotated sentences it rests on."""

    f1: float
    interval: Interval
    sentences: int


def reliability(sentences: Sequence[ScoredSentence], score_id: str) -> list[Bin]:
    """Return the bins of one score, of equal width, lowest first, without the empty ones."""
    scores = np.array([sentence.scores[score_id] for sentence in sentences])
    return bins(scores, np.array([sentence.gold == score_id for sentence in sentences]))


def trades(sentences: Sequence[ScoredSentence], label_id: str) -> list[Trade]:
    """Return the trade at each threshold in steps of a hundredth, lowest first, as far as anything is marked.

    As in sourcemark.model.decision, only a sentence's likeliest label can be marked.
    """
    likeliest = [s for s in sentences if max(LABEL_IDS, key=s.scores.__getitem__) == label_id]
    scores = np.array([sentence.scores[label_id] for sentence in likeliest])
    right = np.array([sentence.gold == label_id for sentence in likeliest])
    gold = sum(sentence.gold == label_id for sentence in sentences)
    marks = [right[scores >= threshold] for threshold in _THRESHOLDS]
    return [Trade(float(m.mean()), float(m.sum() / gold)) for m in marks if len(m) and gold]


def shown_trade(sentences: Sequence[ScoredSentence], label_id: str) -> Trade | None:
    """Return the trade of the marks as shown, or None where the label is never shown or never annotated."""
    gold = sum(sentence.gold == label_id for sentence in sentences)
    right = [sentence.gold == label_id for sentence in sentences if sentence.shown == label_id]
    return Trade(sum(right) / len(right), sum(right) / gold) if right and gold else None


def f1_by_group(
    sentences: Sequence[ScoredSentence], groups: Sequence[str]
) -> dict[str, Mapping[str, Estimate]]:
    """Return each group's F1 by label id, without the labels that nothing in the group is annotated with.

    `groups` names the group of each sentence; groups come in alphabetical order, those without a name are
    left out.
    """
    by_group: dict[str, list[ScoredSentence]] = {name: [] for name in sorted(set(groups)) if name}
    for sentence, group in zip(sentences, groups, strict=True):
        if group:
            by_group[group].append(sentence)
    return {name: _estimates(own) for name, own in by_group.items()}


def _estimates(sentences: Sequence[ScoredSentence]) -> dict[str, Estimate]:
    pairs = [(sentence.gold, sentence.shown) for sentence in sentences]
    table = confusion.tabulate(pairs)
    drawn = resample([sentence.article for sentence in sentences], pairs)
    return {
        label: Estimate(
            float(confusion.f1(table)[i]),
            None if drawn is None else interval(confusion.f1(drawn)[:, i]),
            int(confusion.support(table)[i]),
        )
        for i, label in enumerate(LABEL_IDS)
        if confusion.support(table)[i]
    }
