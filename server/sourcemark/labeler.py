"""The one entrance: blocks of text in, labelled sentences out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, Self

from sourcemark.article import (
    DEADLINE,
    NOT_ENGLISH,
    TOO_LONG,
    Article,
    LabelledArticle,
    LabelledSentence,
    SkippedBlock,
)
from sourcemark.attribution.evidence import explain
from sourcemark.attribution.lexicon import Lexicon, load_lexicon
from sourcemark.attribution.reading import Reading, read_article
from sourcemark.budget import Budget
from sourcemark.labels import SCORE_IDS
from sourcemark.model.artifact import Model, load_model
from sourcemark.model.decision import decide
from sourcemark.text.language import are_english

LONGEST_BLOCK: Final = 20_000
"""Code points of a block; a longer one is skipped as `too-long`."""


@dataclass(frozen=True, slots=True)
class Labeler:
    """Labels articles with one model. Immutable, safe to share between threads."""

    model: Model
    lexicon: Lexicon

    @classmethod
    def load(cls, model: str | Path | None = None) -> Self:
        """Open the shipped model, a shipped one by name, or one of your own by path.

        Raises sourcemark.model.manifest.ModelError with a sentence that says what to do.
        """
        return cls.of(load_model(model))

    @classmethod
    def of(cls, model: Model) -> Self:
        """Return a labeler for a model that is open already."""
        return cls(model, load_lexicon())

    def remembering(self, windows: int) -> Self:
        """Return the same labeler with a memory for what its encoder read last: as numbers, without text."""
        pipeline = self.model.pipeline
        if pipeline.encoder is None:
            return self
        pipeline = replace(pipeline, encoder=pipeline.encoder.remembering(windows))
        return replace(self, model=replace(self.model, pipeline=pipeline))

    def label(
        self, blocks: Sequence[str], title: str | None = None, budget: Budget | None = None
    ) -> LabelledArticle:
        """Label every sentence of an article.

        `blocks` are its paragraphs in order, exact texts; the answer's spans are code points in them. Blocks
        for which `budget` leaves no time are skipped as `deadline`.
        """
        return self.label_many([Article(tuple(blocks), title)], budget)[0]

    def label_many(self, articles: Sequence[Article], budget: Budget | None = None) -> list[LabelledArticle]:
        """Label several articles with one prediction for all their sentences."""
        skipped = [_skipped(article) for article in articles]
        readings = [
            read_article(_readable(*pair), self.lexicon, budget)
            for pair in zip(articles, skipped, strict=True)
        ]
        pipeline = self.model.pipeline
        encoded = pipeline.encoded(readings, budget)
        readings = [reading.until(len(rows)) for reading, rows in zip(readings, encoded, strict=True)]
        encoded = [rows[: len(reading.sentences)] for reading, rows in zip(readings, encoded, strict=True)]
        scores = iter(pipeline.scores(readings, encoded).tolist())
        return [
            LabelledArticle(
                self.sentences(reading, islice(scores, len(reading.sentences))),
                _with_unread(blocks, article, reading),
            )
            for article, blocks, reading in zip(articles, skipped, readings, strict=True)
        ]

    def sentences(self, reading: Reading, scores: Iterable[Sequence[float]]) -> tuple[LabelledSentence, ...]:
        """Return the labelled sentences of an article, from the scores of each, as `SCORE_IDS`."""
        return tuple(
            self._sentence(reading, index, dict(zip(SCORE_IDS, row, strict=True)))
            for index, row in enumerate(scores)
        )

    def _sentence(self, reading: Reading, index: int, scores: dict[str, float]) -> LabelledSentence:
        decision = decide(scores, self.model.thresholds)
        explanation = explain(reading, index, decision.label, decision.state)
        return LabelledSentence(
            span=reading.sentences[index].span,
            label=decision.label,
            state=decision.state,
            scores=scores,
            speaker=explanation.speaker,
            evidence=explanation.evidence,
            reason=explanation.reason,
        )


def _skipped(article: Article) -> tuple[SkippedBlock, ...]:
    """Return the blocks that cannot be read, and why."""
    too_long = [len(block) > LONGEST_BLOCK for block in article.blocks]
    english = are_english(
        ["" if long else block for block, long in zip(article.blocks, too_long, strict=True)]
    )
    return tuple(
        SkippedBlock(index, TOO_LONG if long else NOT_ENGLISH)
        for index, (long, readable) in enumerate(zip(too_long, english, strict=True))
        if long or not readable
    )


def _with_unread(
    skipped: Sequence[SkippedBlock], article: Article, reading: Reading
) -> tuple[SkippedBlock, ...]:
    """Add the blocks that were not read in time to those that are skipped."""
    known = {block.block for block in skipped}
    unread = [index for index in range(len(reading.blocks), len(article.blocks)) if index not in known]
    late = (SkippedBlock(index, DEADLINE) for index in unread)
    return tuple(sorted([*skipped, *late], key=lambda each: each.block))


def _readable(article: Article, skipped: Sequence[SkippedBlock]) -> Article:
    """Empty the blocks that are skipped, so that the others keep their places and their neighbours."""
    left_out = {block.block for block in skipped}
    blocks = ("" if index in left_out else block for index, block in enumerate(article.blocks))
    return Article(tuple(blocks), article.title)
