"""The one entrance: blocks of text in, labelled sentences out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from sourcemark.article import Article, LabelledArticle, LabelledSentence, SkippedBlock
from sourcemark.attribution.evidence import evidence_of, reason_of, speaker_of
from sourcemark.attribution.lexicon import Lexicon, load_lexicon
from sourcemark.attribution.reading import Reading, read_article
from sourcemark.labels import LABELLED, SCORE_IDS
from sourcemark.model.artifact import Model, load_model
from sourcemark.model.decision import decide
from sourcemark.model.features import describe

LONGEST_BLOCK: Final = 20_000
"""Code points of a block; a longer one is left out as `too-long`."""


@dataclass(frozen=True, slots=True)
class Labeler:
    """Labels articles with one model. Immutable, safe to share between threads."""

    model: Model
    lexicon: Lexicon

    @classmethod
    def load(cls, model: str | Path | None = None) -> Self:
        """Open the shipped model, a shipped one by name, or one of your own by path.

        Raises sourcemark.model.artifact.ModelError with a sentence that says what to do.
        """
        return cls.of(load_model(model))

    @classmethod
    def of(cls, model: Model) -> Self:
        """Return a labeler for a model that is open already."""
        return cls(model, load_lexicon())

    def label(self, blocks: Sequence[str], title: str | None = None) -> LabelledArticle:
        """Label every sentence of an article.

        `blocks` are its paragraphs in order, exact texts; the answer's spans are code points in them.
        """
        return self.label_many([Article(tuple(blocks), title)])[0]

    def label_many(self, articles: Sequence[Article]) -> list[LabelledArticle]:
        """Label several articles with one prediction for all their sentences."""
        readings = [read_article(_readable(article), self.lexicon) for article in articles]
        features = [sample for reading in readings for sample in describe(reading)]
        if not features:
            return [LabelledArticle((), _skipped(article)) for article in articles]
        classifier = self.model.classifier
        rows = iter(classifier.predict_proba(features)[:, classifier.columns(SCORE_IDS)].tolist())
        return [
            LabelledArticle(
                tuple(
                    self._sentence(reading, index, dict(zip(SCORE_IDS, next(rows), strict=True)))
                    for index in range(len(reading.sentences))
                ),
                _skipped(article),
            )
            for article, reading in zip(articles, readings, strict=True)
        ]

    def _sentence(self, reading: Reading, index: int, scores: dict[str, float]) -> LabelledSentence:
        decision = decide(scores, self.model.thresholds)
        marked = decision.state == LABELLED
        return LabelledSentence(
            span=reading.sentences[index].span,
            label=decision.label,
            state=decision.state,
            scores=scores,
            speaker=speaker_of(reading, index, decision.label) if marked else None,
            evidence=evidence_of(reading, index, decision.label) if marked else (),
            reason=reason_of(reading, index, decision.label, decision.state),
        )


def _readable(article: Article) -> Article:
    """Empty the blocks that are too long, so that the others keep their places."""
    return Article(tuple(b if len(b) <= LONGEST_BLOCK else "" for b in article.blocks), article.title)


def _skipped(article: Article) -> tuple[SkippedBlock, ...]:
    return tuple(
        SkippedBlock(index, "too-long") for index, b in enumerate(article.blocks) if len(b) > LONGEST_BLOCK
    )
