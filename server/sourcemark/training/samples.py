"""Read annotated articles into what the passes are fitted on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sourcemark.attribution.evidence import explain
from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import Reading, read_article
from sourcemark.labels import LABEL_IDS, LABELLED, SCORE_IDS
from sourcemark.model.context import Context, context_of
from sourcemark.model.corpus import AnnotatedArticle, AnnotatedSentence, best_overlap
from sourcemark.model.features import describe
from sourcemark.model.groups import Sample

if TYPE_CHECKING:
    # onnxruntime is needed for the careful model alone
    from sourcemark.model.encoder import Encoder

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with a stage in words, the steps done, and the steps in all."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Every sentence of a corpus; the sequences run side by side, one item a sentence."""

    features: list[Sample]
    context: Context
    labels: NDArray[np.str_]
    """Annotated label ids; empty where no annotated sentence overlaps."""
    articles: NDArray[np.int64]
    """Number of the article that a sentence comes from."""
    annotated: list[tuple[AnnotatedArticle, AnnotatedSentence | None]]
    speakers: list[dict[str, str | None]]
    """Name of the speaker that would be shown, by label id."""

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Which sentences have an annotation."""
        known: NDArray[np.bool_] = self.labels != ""
        return known

    def of(self, mask: NDArray[np.bool_]) -> Self:
        """Return some of the sentences."""
        indices = np.flatnonzero(mask).tolist()
        return type(self)(
            [self.features[i] for i in indices],
            self.context.of(mask),
            self.labels[mask],
            self.articles[mask],
            [self.annotated[i] for i in indices],
            [self.speakers[i] for i in indices],
        )


def read_samples(articles: Sequence[AnnotatedArticle], progress: Progress) -> Samples:
    """Read every article and pair each of its sentences with the annotated one that overlaps it most."""
    lexicon = load_lexicon()
    features: list[Sample] = []
    contexts: list[Context] = []
    numbers: list[int] = []
    speakers: list[dict[str, str | None]] = []
    pairs: list[tuple[AnnotatedArticle, AnnotatedSentence | None]] = []
    for number, annotated in enumerate(articles):
        reading = read_article(annotated.article, lexicon)
        features += describe(reading)
        contexts.append(context_of(reading))
        numbers += [number] * len(reading.sentences)
        pairs += [(annotated, sentence) for sentence in annotations_of(reading, annotated)]
        speakers += [_speakers(reading, index) for index in range(len(reading.sentences))]
        progress("Reading articles", number + 1, len(articles))
    labels = np.array([sentence.label if sentence is not None else "" for _, sentence in pairs], dtype=str)
    return Samples(
        features, Context.joined(contexts), labels, np.array(numbers, dtype=np.int64), pairs, speakers
    )


def encode(samples: Samples, encoder: "Encoder", progress: Progress) -> NDArray[np.float32]:
    """Return the encoder's log scores of every sentence, shape (n_sentences, 4 * n_networks)."""
    lexicon = load_lexicon()
    articles = {id(article): article for article, _ in samples.annotated}
    scores = []
    for number, annotated in enumerate(articles.values()):
        progress("Reading with the encoder", number, len(articles))
        scores.append(encoder.log_scores(read_article(annotated.article, lexicon)))
    progress("Reading with the encoder", len(articles), len(articles))
    return np.vstack(scores)


def annotations_of(reading: Reading, annotated: AnnotatedArticle) -> Iterable[AnnotatedSentence | None]:
    """Yield, for each sentence that was read, the annotated one that overlaps it most, or None."""
    spans = [sentence.span for sentence in annotated.sentences]
    for sentence in reading.sentences:
        index = best_overlap(sentence.span, spans)
        yield annotated.sentences[index] if index is not None else None


def missing_labels(labels: NDArray[np.str_]) -> list[str]:
    """Return the score ids that none of the annotated labels is, sorted."""
    return sorted(set(SCORE_IDS) - set(labels.tolist()))


def _speakers(reading: Reading, index: int) -> dict[str, str | None]:
    shown = {label: explain(reading, index, label, LABELLED).speaker for label in LABEL_IDS}
    return {label: speaker.name if speaker is not None else None for label, speaker in shown.items()}
