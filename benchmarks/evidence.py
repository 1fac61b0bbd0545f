"""How much a mark depends on the words that its evidence points to.

For every marked sentence the evidence is deleted from the article and, apart from that, random stretches of
the same length in the same blocks; then the article is labelled again. If the evidence is what a mark rests
on, its score falls further and what is decided changes more often without it ("comprehensiveness" of DeYoung
et al. 2020, https://aclanthology.org/2020.acl-main.408). Without `--corpus` the project's own articles are
read.

    python benchmarks/evidence.py [--corpus CORPUS.jsonl] [--articles 50] [--model fast] [--seed 0]
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
import random
from statistics import fmean

from articles import sample

from sourcemark.article import Article, LabelledSentence, Span
from sourcemark.labeler import Labeler
from sourcemark.model.corpus import best_overlap
from sourcemark.resources import folder

Deletion = Callable[[Article, LabelledSentence], Sequence[Span]]
"""Chooses what to delete for a sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one deletion did to a marked sentence: how far its score fell, and whether the mark changed."""

    fall: float
    changed: bool


def changes(labeler: Labeler, articles: Iterable[Article], choose: Deletion) -> list[Change]:
    """Return what the deletions do, one for every marked sentence that has evidence."""
    found = []
    for article in articles:
        labelled = labeler.label_many([article])[0]
        marked = [sentence for sentence in labelled.sentences if sentence.label and sentence.evidence]
        deleted = [choose(article, sentence) for sentence in marked]
        shortened = [without(article, spans) for spans in deleted]
        for sentence, spans, after in zip(marked, deleted, labeler.label_many(shortened), strict=True):
            label = sentence.label
            assert label is not None
            place = best_overlap(moved(sentence.span, spans), [other.span for other in after.sentences])
            # a sentence of which nothing is left supports nothing
            score = after.sentences[place].scores[label] if place is not None else 0.0
            kept = place is not None and after.sentences[place].label == label
            found.append(Change(sentence.scores[label] - score, not kept))
    return found


def evidence_spans(_article: Article, sentence: LabelledSentence) -> Sequence[Span]:
    """Choose the words that a sentence's evidence points to."""
    return [evidence.span for evidence in sentence.evidence]


def random_spans(seed: int) -> Deletion:
    """Choose as many words in the same blocks, anywhere; the same seed chooses the same ones."""
    chance = random.Random(seed)

    def choose(article: Article, sentence: LabelledSentence) -> Sequence[Span]:
        spans = []
        for evidence in sentence.evidence:
            length = evidence.span.end - evidence.span.start
            start = chance.randint(0, len(article.blocks[evidence.span.block]) - length)
            spans.append(Span(evidence.span.block, start, start + length))
        return spans

    return choose


def without(article: Article, spans: Iterable[Span]) -> Article:
    """Return the article with the spans cut out of its blocks; spans may overlap."""
    blocks = [list(block) for block in article.blocks]
    for span in spans:
        for place in range(span.start, span.end):
            blocks[span.block][place] = ""
    return Article(tuple("".join(block) for block in blocks), article.title)


def moved(span: Span, deleted: Iterable[Span]) -> Span:
    """Return where a span lies after the deletion, empty where nothing of it is left."""
    gone = {place for cut in deleted if cut.block == span.block for place in range(cut.start, cut.end)}
    before = sum(place < span.start for place in gone)
    inside = sum(span.start <= place < span.end for place in gone)
    return Span(span.block, span.start - before, span.end - before - inside)


def main() -> int:
    """Print what both deletions do; return 1 where the evidence matters no more than any other words."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=folder("seeds") / "articles.jsonl")
    parser.add_argument("--articles", type=int, help="read so many, evenly spread over the corpus")
    parser.add_argument("--model", help="fast, careful, or a path")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    articles = [annotated.article for annotated in sample(given.corpus, given.articles)]
    labeler = Labeler.load(given.model)
    rows = {
        "the evidence": changes(labeler, articles, evidence_spans),
        "random words": changes(labeler, articles, random_spans(given.seed)),
    }
    print(f"{len(articles)} articles, {len(rows['the evidence'])} marked sentences with evidence")
    print(f"{'deleted':16}{'score falls by':>16}{'decision changes':>18}")
    for name, each in rows.items():
        print(f"{name:16}{mean_fall(each):16.3f}{share_changed(each):18.1%}")
    evidence, other = rows.values()
    return int(mean_fall(evidence) <= mean_fall(other) or share_changed(evidence) <= share_changed(other))


def mean_fall(found: Sequence[Change]) -> float:
    """Return by how much the score of the shown label falls on average."""
    return fmean(change.fall for change in found)


def share_changed(found: Sequence[Change]) -> float:
    """Return the share of marks that are gone or another label."""
    return fmean(change.changed for change in found)


if __name__ == "__main__":
    raise SystemExit(main())
