"""How well the models label, beside a plain one that learns from the same articles.

The peer is what scikit-learn offers out of the box: TF-IDF of words and word pairs into a logistic
regression, each sentence on its own. Without `--corpus` and `--dev`, which are not part of this project, the
peer learns from one half of seeds/articles.jsonl and all label the other: enough to see that this runs, far
too little for the quality.

    python benchmarks/labelling.py [--corpus TRAIN.jsonl --dev DEV.jsonl]
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from processes import OURS, is_installed
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import Pipeline, make_pipeline

from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS, NONE
from sourcemark.model.corpus import AnnotatedArticle, read_corpus
from sourcemark.model.metrics import align
from sourcemark.resources import folder

_AT_ONCE = 50


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one row a system: macro-F1 as shown to readers, and its ratio to the peer's."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, help="annotated articles that the peer learns from")
    parser.add_argument("--dev", type=Path, help="annotated articles that all label")
    parser.add_argument("--systems", nargs="+", default=list(OURS), choices=OURS, help="models to compare")
    given = parser.parse_args(arguments)
    if given.corpus and given.dev:
        train, test = read_corpus(given.corpus), read_corpus(given.dev)
    else:
        seeds = read_corpus(folder("seeds") / "articles.jsonl")
        train, test = seeds[::2], seeds[1::2]

    gold = [sentence.label for article in test for sentence in article.sentences]
    peer = plain_peer(train)
    shown = {
        "TF-IDF, logistic regression": peer.predict([t for article in test for t in sentences_of(article)])
    }
    for name in filter(is_installed, given.systems):
        shown[name] = shown_by(Labeler.load(name), test)

    print(f"{len(test)} articles, {len(gold)} sentences; the peer learnt from {len(train)} articles")
    print(f"{'':30}macro-F1   ratio")
    scores = {name: macro_f1(gold, labels) for name, labels in shown.items()}
    first, *_ = scores.values()
    for name, score in scores.items():
        print(f"{name:30}{score:8.3f}{score / first:8.2f}")


def plain_peer(articles: Sequence[AnnotatedArticle]) -> Pipeline:
    """Return the peer, fitted on the sentences of `articles`."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    peer = make_pipeline(words, LogisticRegression(C=3, class_weight="balanced", max_iter=500))
    return peer.fit(
        [text for article in articles for text in sentences_of(article)],
        [sentence.label for article in articles for sentence in article.sentences],
    )


def shown_by(labeler: Labeler, articles: Sequence[AnnotatedArticle]) -> list[str]:
    """Return the label shown of each annotated sentence; one left unsure counts as without."""
    labelled = []
    for start in range(0, len(articles), _AT_ONCE):
        labelled += labeler.label_many([a.article for a in articles[start : start + _AT_ONCE]])
    pairs = align(zip(articles, labelled, strict=True))
    return [sentence.shown if sentence.shown in LABEL_IDS else NONE for sentence in pairs]


def sentences_of(annotated: AnnotatedArticle) -> list[str]:
    """Return the texts of an article's annotated sentences."""
    return [annotated.article.text(sentence.span) for sentence in annotated.sentences]


def macro_f1(gold: Sequence[str], shown: Sequence[str]) -> float:
    """Return the mean F1 of the three labels."""
    return float(f1_score(gold, shown, labels=list(LABEL_IDS), average="macro", zero_division=0.0))


if __name__ == "__main__":
    main()
