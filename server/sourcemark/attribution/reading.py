"""Read an article: who speaks in each sentence, and what in the text says so."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Self

from sourcemark.article import Article
from sourcemark.attribution.lexicon import Lexicon
from sourcemark.attribution.sentences import ParsedBlock, ParsedSentence, parse_article
from sourcemark.attribution.speakers import Turn, link_speakers
from sourcemark.budget import Budget


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read of an article, the ground for features, evidence and reasons.

    `turns[i]` tells who speaks in `sentences[i]`.
    """

    blocks: list[ParsedBlock]
    sentences: list[ParsedSentence]
    turns: list[Turn]

    def until(self, number: int) -> Self:
        """Return the reading of the blocks that stand whole before sentence `number`."""
        if number == len(self.sentences):
            return self
        block = self.sentences[number].block
        whole = bisect_left(self.sentences, block, key=lambda sentence: sentence.block)
        return replace(
            self, blocks=self.blocks[:block], sentences=self.sentences[:whole], turns=self.turns[:whole]
        )


def read_article(article: Article, lexicon: Lexicon, budget: Budget | None = None) -> Reading:
    """Read an article once, from its first sentence to its last, or as many blocks as time allows."""
    blocks, sentences = parse_article(article, lexicon, budget)
    return Reading(blocks, sentences, link_speakers(blocks, sentences))
