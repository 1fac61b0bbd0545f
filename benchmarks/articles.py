"""What the benchmarks read: the project's own articles, and as many variants of them as are wanted."""

from itertools import count, islice
from pathlib import Path

from sourcemark.model.corpus import AnnotatedArticle, read_corpus
from sourcemark.model.names import swap_names
from sourcemark.resources import folder

SENTENCES = 40
"""Length of the article whose cost is given; the project's own are a little longer."""

Blocks = list[str]


def articles_of_forty(number: int | None = None) -> list[Blocks]:
    """Return the project's own articles, or the first `number`, each cut after its fortieth sentence."""
    return [_cut(article) for article in _own()[:number]]


def many_articles(number: int) -> list[Blocks]:
    """Return `number` articles: the project's own, again and again, each time with other names."""
    own = _own()
    variants = (_cut(swap_names(article, seed)) for seed in count() for article in own)
    return list(islice(variants, number))


def sample(corpus: Path, number: int | None) -> list[AnnotatedArticle]:
    """Return `number` articles of a corpus, evenly spread over it; all where it has no more, or for None."""
    articles = read_corpus(corpus)
    if not number or number >= len(articles):
        return articles
    return [articles[index * len(articles) // number] for index in range(number)]


def _own() -> list[AnnotatedArticle]:
    return read_corpus(folder("seeds") / "articles.jsonl")


def _cut(article: AnnotatedArticle) -> Blocks:
    last = article.sentences[:SENTENCES][-1].span
    blocks = list(article.article.blocks[: last.block + 1])
    blocks[-1] = blocks[-1][: last.end]
    return blocks
