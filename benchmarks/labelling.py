"""Sourcemark's model against a plain one, quality and speed in the same run.

The peer is what scikit-learn offers out of the box: TF-IDF of words and word pairs into a logistic
regression, each sentence on its own. Both label the same articles. Without `--corpus` and `--dev`, which are
not part of this project, the peer learns from one half of seeds/articles.jsonl and both label the other:
enough for the speeds, far too little for the quality.

    python benchmarks/labelling.py [--corpus TRAIN.jsonl --dev DEV.jsonl]
"""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import Pipeline, make_pipeline

from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS, NONE
from sourcemark.model.corpus import AnnotatedArticle, read_corpus
from sourcemark.model.metrics import align
from sourcemark.resources import folder
from sourcemark.text.segment import sentence_spans

ROUNDS = 3


def main() -> None:
    """Print one row a system: macro-F1, milliseconds an article, and both as ratios to the peer."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--dev", type=Path)
    given = parser.parse_args()
    if given.corpus and given.dev:
        train, test = read_corpus(given.corpus), read_corpus(given.dev)
    else:
        seeds = read_corpus(folder("seeds") / "articles.jsonl")
        train, test = seeds[::2], seeds[1::2]
    peer, labeler = plain_peer(train), Labeler.load()

    gold = [sentence.label for article in test for sentence in article.sentences]
    plain = peer.predict([text for article in test for text in sentences_of(article)])
    pooled = labeler.label_many([article.article for article in test])
    ours = [s.shown if s.shown in LABEL_IDS else NONE for s in align(zip(test, pooled, strict=True))]

    def label_plainly(article: AnnotatedArticle) -> None:
        blocks = article.article.blocks
        peer.predict_proba([block[start:end] for block in blocks for start, end in sentence_spans(block)])

    rows = [
        ("plain TF-IDF + logistic regression", macro_f1(gold, plain), milliseconds(label_plainly, test)),
        ("Sourcemark", macro_f1(gold, ours), milliseconds(lambda a: labeler.label(a.article.blocks), test)),
    ]
    print(f"{len(test)} articles, {len(gold)} sentences; the peer learnt from {len(train)} articles")
    print(f"{'':36}macro-F1   ratio   ms an article   ratio")
    for name, f1, time in rows:
        print(f"{name:36}{f1:8.3f}{f1 / rows[0][1]:8.2f}{time:16.1f}{time / rows[0][2]:8.2f}")


def plain_peer(articles: Sequence[AnnotatedArticle]) -> Pipeline:
    """Return the peer, fitted on the sentences of `articles`."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    peer = make_pipeline(words, LogisticRegression(C=3, class_weight="balanced", max_iter=500))
    return peer.fit(
        [text for article in articles for text in sentences_of(article)],
        [sentence.label for article in articles for sentence in article.sentences],
    )


def sentences_of(annotated: AnnotatedArticle) -> list[str]:
    """Return the texts of an article's annotated sentences."""
    return [annotated.article.text(sentence.span) for sentence in annotated.sentences]


def macro_f1(gold: Sequence[str], shown: Sequence[str]) -> float:
    """Return the mean F1 of the three labels."""
    return float(f1_score(gold, shown, labels=list(LABEL_IDS), average="macro", zero_division=0.0))


def milliseconds(label: Callable[[AnnotatedArticle], object], articles: Sequence[AnnotatedArticle]) -> float:
    """Return the time an article takes, warm, as the best mean of several rounds."""
    label(articles[0])
    rounds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for article in articles:
            label(article)
        rounds.append((perf_counter() - start) * 1000 / len(articles))
    return min(rounds)


if __name__ == "__main__":
    main()
