"""Corrections as samples for the first pass, and which of them a fold must not learn from."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sourcemark.article import Span
from sourcemark.model.corpus import AnnotatedArticle, CorpusError
from sourcemark.model.features import of_sentence
from sourcemark.model.groups import Sample
from sourcemark.text.segment import sentence_spans
from sourcemark.training.correction_files import digest
from sourcemark.training.samples import Progress, Samples, read_samples
from sourcemark.training.settling import Agreed


@dataclass(frozen=True, slots=True)
class Corrected:
    """Corrected sentences with their neighbours, read as articles of one to three sentences.

    Only the first pass learns from them, and only what the corrected sentence has by itself: cut out of its
    article it lacks a speaker who was introduced before, and would teach that there is none. The second pass
    is fitted so that scores mean what they say, on sentences as articles have them; corrections are those
    that a model got wrong, and would teach it that scores are.
    """

    samples: Samples
    """Every sentence read; the corrected ones have a label."""
    weights: NDArray[np.float64]
    """Of each sentence, shape (n_sentences,); beside an annotated one, which weighs 1."""
    texts: tuple[frozenset[str], ...]
    """Digests of the sentences of each correction."""
    groups: NDArray[np.int64]
    """Number of the group of each correction: those that have a sentence in common, directly or by others."""
    learnt: bool = True
    """False where they are scored, to compare, and not learnt from."""

    def apart_from(self, held_out: Set[str]) -> NDArray[np.bool_]:
        """Return which corrections have no sentence in common with held-out ones, given by their digests."""
        return np.array([texts.isdisjoint(held_out) for texts in self.texts], dtype=np.bool_)

    @property
    def features(self) -> list[Sample]:
        """What can be learnt of each sentence read."""
        return [of_sentence(sample) for sample in self.samples.features]

    def to_learn(self, chosen: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        """Return which sentences are to be learnt, of all corrections or of the chosen ones."""
        mask: NDArray[np.bool_] = self.samples.usable & self.learnt
        return mask if chosen is None else mask & chosen[self.samples.articles]


def apart(agreed: Sequence[Agreed], held_out: Sequence[AnnotatedArticle]) -> list[Agreed]:
    """Return the corrections that have no sentence in common with held-out articles.

    Raises CorpusError where none is left.
    """
    theirs = frozenset().union(*map(digests_of, held_out))
    kept = [each for each in agreed if digests_of(each.correction.annotated).isdisjoint(theirs)]
    if not kept:
        raise CorpusError(
            "Every corrected sentence stands in the articles of --dev, which are never trained on. Leave "
            "--dev out, or give other corrections."
        )
    return kept


def read_corrected(agreed: Sequence[Agreed], progress: Progress) -> Corrected:
    """Read agreed corrections into samples."""
    articles = [each.correction.annotated for each in agreed]
    samples = _once_each(read_samples(articles, progress))
    weights = np.array([each.weight for each in agreed])[samples.articles]
    texts = tuple(map(digests_of, articles))
    return Corrected(samples, weights, texts, _groups(texts))


def digests_of(annotated: AnnotatedArticle) -> frozenset[str]:
    """Return the digests of an article's sentences, as annotated and as read."""
    article = annotated.article
    spans = [sentence.span for sentence in annotated.sentences]
    for number, block in enumerate(article.blocks):
        spans += [Span(number, start, end) for start, end in sentence_spans(block)]
    return frozenset(digest(article.text(span)) for span in spans)


def sentence_digests(samples: Samples, mask: NDArray[np.bool_]) -> frozenset[str]:
    """Return the digests of the annotated sentences among some of the samples."""
    pairs = (samples.annotated[i] for i in np.flatnonzero(mask).tolist())
    return frozenset(
        digest(article.article.text(sentence.span)) for article, sentence in pairs if sentence is not None
    )


def _once_each(samples: Samples) -> Samples:
    """Let the first part stand for a corrected sentence that is read as two."""
    known = np.flatnonzero(samples.usable)
    first = known[np.unique(samples.articles[known], return_index=True)[1]]
    labels = np.full_like(samples.labels, "")
    labels[first] = samples.labels[first]
    annotated = [
        (article, sentence if label else None)
        for (article, sentence), label in zip(samples.annotated, labels.tolist(), strict=True)
    ]
    return replace(samples, labels=labels, annotated=annotated)


def _groups(texts: tuple[frozenset[str], ...]) -> NDArray[np.int64]:
    """Number the groups in the order of their first corrections."""
    numbers: dict[str, int] = {}
    pairs = [
        (i, numbers.setdefault(text, len(numbers))) for i, own in enumerate(texts) for text in sorted(own)
    ]
    rows, columns = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    size = len(texts) + len(numbers)
    links = coo_array((np.ones(len(rows)), (rows, columns + len(texts))), shape=(size, size))
    labels = connected_components(links, directed=False)[1][: len(texts)]
    first, inverse = np.unique(labels, return_index=True, return_inverse=True)[1:]
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)
