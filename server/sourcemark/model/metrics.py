"""Measure labelled articles against an annotated corpus."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
import math
from typing import Any, SupportsFloat

from sourcemark.article import LabelledArticle, LabelledSentence
from sourcemark.labels import LABEL_IDS, SCORE_IDS, UNSURE
from sourcemark.model import confusion
from sourcemark.model.bootstrap import interval, resample
from sourcemark.model.calibration import calibration_error, calibration_error_by_label
from sourcemark.model.corpus import AnnotatedArticle, AnnotatedSentence, best_overlap
from sourcemark.model.speaker_match import any_overlap, heads, same_head

_FEWEST_OF_OUTLET = 100
"""Sentences of an outlet that stands for itself; smaller ones are pooled."""
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """An annotated sentence's label beside what was shown for it."""

    gold: str
    shown: str
    """A label id, `none` or `unsure`."""
    scores: Mapping[str, float]
    article: str = ""
    """Id of the article it stands in; bootstrap intervals draw whole articles."""
    corpus: str = ""
    outlet: str = ""
    doubtful: bool = False
    """Whether the annotator was unsure."""
    gold_speaker: str | None = None
    shown_speaker: str | None = None


def align(pairs: Iterable[tuple[AnnotatedArticle, LabelledArticle]]) -> list[ScoredSentence]:
    """Give each annotated sentence the labelled one that overlaps it most.

    A sentence that nothing overlaps counts as shown without a label.
    """
    aligned = []
    for annotated, labelled in pairs:
        by_block: dict[int, list[LabelledSentence]] = {}
        for sentence in labelled.sentences:
            by_block.setdefault(sentence.block, []).append(sentence)
        for gold in annotated.sentences:
            candidates = by_block.get(gold.span.block, [])
            index = best_overlap(gold.span, [candidate.span for candidate in candidates])
            aligned.append(_scored(annotated, gold, None if index is None else candidates[index]))
    return aligned


def _scored(
    article: AnnotatedArticle, gold: AnnotatedSentence, found: LabelledSentence | None
) -> ScoredSentence:
    return ScoredSentence(
        gold=gold.label,
        shown=UNSURE if found is None else found.label or found.state,
        scores=dict.fromkeys(SCORE_IDS, 0.25) if found is None else found.scores,
        article=article.id,
        corpus=article.corpus,
        outlet=article.outlet,
        doubtful=gold.doubtful,
        gold_speaker=gold.speaker,
        shown_speaker=None if found is None or found.speaker is None else found.speaker.name,
    )


def measure(sentences: Sequence[ScoredSentence]) -> dict[str, Any]:
    """Return the metrics of aligned sentences, ready for JSON.

    `macro_f1` is the mean F1 of the three labels as shown to readers: a sentence left unsure counts as
    without a label. `coverage` is the share of sentences for which something definite was said. `intervals`
    holds 95 % intervals over articles, or null where there is one article only. A share of nothing is null.
    """
    pairs = _pairs(sentences)
    table = confusion.tabulate(pairs)
    gold = [sentence.gold for sentence in sentences]
    scores = [sentence.scores for sentence in sentences]
    by_label = calibration_error_by_label(scores, gold)
    return {
        "sentences": len(sentences),
        "articles": len({sentence.article for sentence in sentences}),
        "macro_f1": _rounded(confusion.macro_f1(table)),
        "labels": {
            label: {
                "precision": _rounded(confusion.precision(table)[i]),
                "recall": _rounded(confusion.recall(table)[i]),
                "f1": _rounded(confusion.f1(table)[i]),
                "support": int(confusion.support(table)[i]),
            }
            for i, label in enumerate(LABEL_IDS)
        },
        "confusion": {
            label: dict(zip(confusion.SHOWN, map(int, table[i]), strict=True))
            for i, label in enumerate(SCORE_IDS)
        },
        "precision_of_marks": _rounded(confusion.precision_of_marks(table)),
        "coverage": _rounded(confusion.coverage(table)),
        "coverage_of_attributed": _rounded(confusion.coverage_of_attributed(table)),
        "detection": dict(
            zip(("precision", "recall", "f1"), map(_rounded, confusion.detection(table)), strict=True)
        ),
        "macro_f1_without_doubtful": _rounded(
            confusion.macro_f1(confusion.tabulate(_pairs([s for s in sentences if not s.doubtful])))
        ),
        "calibration_error": _rounded(calibration_error(scores, gold)),
        "classwise_calibration_error": _rounded(sum(by_label.values()) / len(by_label)),
        "calibration_error_by_label": {label: _rounded(error) for label, error in by_label.items()},
        **_speakers(sentences),
        "intervals": _intervals(sentences),
        "by_corpus": _by_group(sentences, [sentence.corpus for sentence in sentences]),
        "by_outlet": _by_group(sentences, _outlets(sentences)),
    }


def _pairs(sentences: Iterable[ScoredSentence]) -> list[tuple[str, str]]:
    return [(sentence.gold, sentence.shown) for sentence in sentences]


def _speakers(sentences: Sequence[ScoredSentence]) -> dict[str, Any]:
    """Return how often the speaker is right where the label is, and where a speaker is annotated."""
    speakers = [
        (s.gold_speaker, s.shown_speaker or "")
        for s in sentences
        if s.gold in LABEL_IDS and s.gold == s.shown and s.gold_speaker and heads(s.gold_speaker)
    ]
    return {
        "speaker_match": _share(sum(same_head(*pair) for pair in speakers), len(speakers)),
        "speaker_overlap": _share(sum(any_overlap(*pair) for pair in speakers), len(speakers)),
        "speakers": len(speakers),
    }


def _intervals(sentences: Sequence[ScoredSentence]) -> dict[str, Any] | None:
    tables = resample([sentence.article for sentence in sentences], _pairs(sentences))
    if tables is None:
        return None
    return {
        "macro_f1": interval(confusion.macro_f1(tables)),
        "labels": {label: interval(confusion.f1(tables)[:, i]) for i, label in enumerate(LABEL_IDS)},
        "precision_of_marks": interval(confusion.precision_of_marks(tables)),
        "coverage": interval(confusion.coverage(tables)),
    }


def _outlets(sentences: Sequence[ScoredSentence]) -> list[str]:
    sizes = Counter(sentence.outlet for sentence in sentences)
    return [s.outlet if sizes[s.outlet] >= _FEWEST_OF_OUTLET else _OTHER for s in sentences]


def _by_group(sentences: Sequence[ScoredSentence], groups: Sequence[str]) -> dict[str, Any]:
    """Return the chief figures of each group; those without a name are called other."""
    tables = {
        group: confusion.tabulate(_pairs(s for s, its in zip(sentences, groups, strict=True) if its == group))
        for group in sorted(set(groups))
    }
    return {group or _OTHER: _brief(table) for group, table in tables.items()}


def _brief(table: confusion.Counts) -> dict[str, Any]:
    f1, support = confusion.f1(table), confusion.support(table)
    return {
        "sentences": int(table.sum()),
        # a label that nobody annotated here has no F1 worth a mean
        "macro_f1": _rounded(confusion.macro_f1(table)) if support.all() else None,
        "labels": {
            label: {"f1": _rounded(f1[i]) if support[i] else None, "support": int(support[i])}
            for i, label in enumerate(LABEL_IDS)
        },
        "precision_of_marks": _rounded(confusion.precision_of_marks(table)),
    }


def _share(part: int, whole: int) -> float | None:
    return _rounded(part / whole) if whole else None


def _rounded(value: SupportsFloat) -> float | None:
    return None if math.isnan(value := float(value)) else round(value, 4)
