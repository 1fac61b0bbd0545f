"""The one entrance: blocks of text in, labelled sentences out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from sourcemark.article import (
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
        skipped = [_skipped(article) for article in articles]
        readings = [
            read_article(_readable(*pair), self.lexicon) for pair in zip(articles, skipped, strict=True)
        ]
        rows = iter(self.model.pipeline.scores(readings).tolist())
        return [
            LabelledArticle(
                tuple(
                    self._sentence(reading, index, dict(zip(SCORE_IDS, next(rows), strict=True)))
                    for index in range(len(reading.sentences))
                ),
                blocks,
            )
            for blocks, reading in zip(skipped, readings, strict=True)
        ]

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


def _readable(article: Article, skipped: Sequence[SkippedBlock]) -> Article:
    """Empty the blocks that are skipped, so that the others keep their places and their neighbours."""
    left_out = {block.block for block in skipped}
    blocks = ("" if index in left_out else block for index, block in enumerate(article.blocks))
    return Article(tuple(blocks), article.title)
