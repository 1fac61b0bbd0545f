"""Pick examples of what a model gets wrong, for its card."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from sourcemark.article import LabelledArticle
from sourcemark.labels import UNSURE
from sourcemark.model.corpus import AnnotatedArticle
from sourcemark.model.metrics import align


class Failure(TypedDict):
    """A sentence with the label it was annotated with and the one that was shown, ready for JSON."""

    article: str
    sentence: str
    annotated: str
    shown: str


@dataclass(frozen=True, slots=True)
class _Mistake:
    failure: Failure
    score: float
    """Score of what was shown."""


def known_failures(pairs: Iterable[tuple[AnnotatedArticle, LabelledArticle]], most: int = 6) -> list[Failure]:
    """Return up to `most` sentences that are shown wrongly, as different from each other as there are.

    The most frequent confusions come first, then a second round of each; of one confusion the surest mistake,
    from an article that has given the fewest so far. Sentences left unsure are no mistakes, and those the
    annotator doubted are left out. The sentences are text of the articles: give it only what may be shown.
    """
    by_confusion: dict[tuple[str, str], list[_Mistake]] = defaultdict(list)
    for mistake in _mistakes(pairs):
        by_confusion[mistake.failure["annotated"], mistake.failure["shown"]].append(mistake)
    order = sorted(by_confusion, key=lambda confusion: (-len(by_confusion[confusion]), confusion))
    given: Counter[str] = Counter()
    picked: list[Failure] = []
    while len(picked) < most and any(by_confusion.values()):
        for confusion in order:
            if by_confusion[confusion] and len(picked) < most:
                # of two that are equal, the first in the corpus
                best = min(by_confusion[confusion], key=lambda m: (given[m.failure["article"]], -m.score))
                by_confusion[confusion].remove(best)
                given[best.failure["article"]] += 1
                picked.append(best.failure)
    return picked


def _mistakes(pairs: Iterable[tuple[AnnotatedArticle, LabelledArticle]]) -> Iterable[_Mistake]:
    for annotated, labelled in pairs:
        for gold, found in zip(annotated.sentences, align([(annotated, labelled)]), strict=True):
            if found.shown not in (found.gold, UNSURE) and not gold.doubtful:
                text = annotated.article.text(gold.span)
                failure = Failure(
                    article=annotated.id, sentence=text, annotated=found.gold, shown=found.shown
                )
                yield _Mistake(failure, found.scores[found.shown])
