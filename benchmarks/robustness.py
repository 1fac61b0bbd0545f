"""How often what is shown of a sentence changes when the article is written another way.

Every relation of `rewriting.py` leaves who speaks as it is, so nothing shown should change. A flip is a
sentence whose mark differs before and after; "not sure" and "no source found" both count as no mark. Rates
are over the articles that a relation changes. Without `--corpus` the project's own articles are read.

    python benchmarks/robustness.py [--corpus CORPUS.jsonl] [--articles 150] [--model fast]
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from articles import sample
from rewriting import RELATIONS

from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS
from sourcemark.model.corpus import AnnotatedArticle
from sourcemark.model.metrics import align
from sourcemark.resources import folder

LIMIT = 0.03
"""The largest share of sentences that may flip."""

Shown = list[str | None]
"""What is marked on each sentence of an article."""


@dataclass(frozen=True, slots=True)
class Flips:
    """What one relation did to the articles it changed: the marks of their sentences `before` and `after`."""

    articles: int
    before: Shown
    after: Shown

    @property
    def count(self) -> int:
        """Sentences whose mark differs."""
        return sum(old != new for old, new in zip(self.before, self.after, strict=True))

    @property
    def marked(self) -> int:
        """Sentences with a mark before or after."""
        return sum(
            old is not None or new is not None for old, new in zip(self.before, self.after, strict=True)
        )

    @property
    def rate(self) -> float:
        """Flips as a share of all sentences."""
        return self.count / max(1, len(self.before))

    @property
    def rate_of_marked(self) -> float:
        """Flips as a share of the sentences with a mark before or after."""
        return self.count / max(1, self.marked)


def flips(labeler: Labeler, articles: Sequence[AnnotatedArticle]) -> dict[str, Flips]:
    """Return what each relation does to what is shown of `articles`."""
    before = shown(labeler, articles)
    found = {}
    for name, relation in RELATIONS.items():
        rewritten = [relation(article) for article in articles]
        changed = [
            i
            for i, (old, new) in enumerate(zip(articles, rewritten, strict=True))
            if old.article != new.article
        ]
        after = shown(labeler, [rewritten[i] for i in changed])
        found[name] = Flips(
            len(changed),
            [mark for i in changed for mark in before[i]],
            [mark for marks in after for mark in marks],
        )
    return found


def shown(labeler: Labeler, articles: Sequence[AnnotatedArticle]) -> list[Shown]:
    """Return the marks of each article's annotated sentences, None for a sentence without one."""
    labelled = labeler.label_many([article.article for article in articles])
    return [
        [sentence.shown if sentence.shown in LABEL_IDS else None for sentence in align([pair])]
        for pair in zip(articles, labelled, strict=True)
    ]


def main() -> int:
    """Print one row a relation; return 1 where one flips more than it may."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=folder("seeds") / "articles.jsonl")
    parser.add_argument("--articles", type=int, help="read so many, evenly spread over the corpus")
    parser.add_argument("--model", help="fast, careful, or a path")
    given = parser.parse_args()
    articles = sample(given.corpus, given.articles)
    found = flips(Labeler.load(given.model), articles)
    print(f"{len(articles)} articles; flips of what is shown, limit {LIMIT:.0%} of the sentences")
    print(f"{'':20}{'articles':>9}{'sentences':>11}{'flips':>7}{'of all':>9}{'of marked':>11}")
    for name, each in found.items():
        over = "   over the limit" if each.rate > LIMIT else ""
        print(
            f"{name:20}{each.articles:9}{len(each.before):11}{each.count:7}"
            f"{each.rate:9.1%}{each.rate_of_marked:11.1%}{over}"
        )
    return int(any(each.rate > LIMIT for each in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())
