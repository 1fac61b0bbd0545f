"""Read an article: who speaks in each sentence, and what in the text says so."""

from dataclasses import dataclass

from sourcemark.article import Article
from sourcemark.attribution.lexicon import Lexicon
from sourcemark.attribution.sentences import ParsedBlock, ParsedSentence, parse_article
from sourcemark.attribution.speakers import Turn, link_speakers


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read of an article, the ground for features, evidence and reasons.

    `turns[i]` tells who speaks in `sentences[i]`.
    """

    blocks: list[ParsedBlock]
    sentences: list[ParsedSentence]
    turns: list[Turn]


def read_article(article: Article, lexicon: Lexicon) -> Reading:
    """Read an article once, from its first sentence to its last."""
    blocks, sentences = parse_article(article, lexicon)
    return Reading(blocks, sentences, link_speakers(blocks, sentences))
