"""An article cut into sentences, each with its quotation state, its cues and its source mention."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from msgspec import Struct

from sourcemark.article import Article, Span
from sourcemark.attribution.cues import Cue, find_cues, main_cue
from sourcemark.attribution.lexicon import Lexicon, Match
from sourcemark.attribution.mentions import Mention, find_mention, find_subject
from sourcemark.attribution.people import NamedPerson, find_people
from sourcemark.attribution.quotes import Quotation, find_quotations
from sourcemark.attribution.ranges import index_from, last_before, starting_within
from sourcemark.budget import READING, Budget
from sourcemark.text.segment import sentence_spans
from sourcemark.text.tokens import Token, tokenize

_END = attrgetter("end")


class ParsedBlock(Struct, frozen=True, gc=False):
    """One block with its tokens and what the word lists and quotation marks say of them."""

    text: str
    tokens: list[Token]
    quoted: list[bool]
    """Of each token, whether it stands inside a quotation."""
    matches: list[Match]
    quotations: list[Quotation]
    people: list[NamedPerson]
    capitals: list[int]
    """Where capitalised words stand outside quotations: token indices, in order."""

    def span(self, number: int, first: int, last: int) -> Span:
        """Return the span of the half-open token range, where this is the article's block `number`."""
        return Span(number, self.tokens[first].start, self.tokens[last - 1].end)


class ParsedSentence(Struct, frozen=True, gc=False):
    """One sentence; `first` and `last` are its half-open token range in the block."""

    block: int
    span: Span
    first: int
    last: int
    quoted_share: float
    """Share of its words that stand inside quotations, 0 to 1."""
    continues: bool
    """Whether it starts inside a quotation that an earlier sentence opened."""
    left_open: bool
    """Whether a quotation goes on after its end."""
    cues: tuple[Cue, ...]
    cue: Cue | None
    mention: Mention | None
    subject: Mention | None
    """Who or what a sentence is about that has no source of its own."""


def parse_article(
    article: Article, lexicon: Lexicon, budget: Budget | None = None
) -> tuple[list[ParsedBlock], list[ParsedSentence]]:
    """Return the blocks and, in order, the sentences of an article, or of as many blocks as time allows."""
    blocks: list[ParsedBlock] = []
    sentences: list[ParsedSentence] = []
    quotations = find_quotations(article.blocks)
    for number, text in enumerate(article.blocks):
        # whoever sends the rest again gets on by one block at least
        if number > 0 and budget is not None and budget.is_spent(READING):
            break
        block = _parse_block(text, quotations[number], lexicon)
        blocks.append(block)
        sentences += _sentences_of_block(number, block, lexicon)
    return blocks, sentences


def _parse_block(text: str, quotations: list[Quotation], lexicon: Lexicon) -> ParsedBlock:
    tokens = tokenize(text)
    quoted = _inside(tokens, quotations)
    capitals = [i for i, token in enumerate(tokens) if token.capitalised and not quoted[i]]
    matches = lexicon.find(tokens)
    people = find_people(tokens, capitals, matches)
    return ParsedBlock(text, tokens, quoted, matches, quotations, people, capitals)


def _inside(tokens: Sequence[Token], quotations: Sequence[Quotation]) -> list[bool]:
    inside = [False] * len(tokens)
    for quotation in quotations:
        # the marks themselves stay outside: they bound the phrases around a quotation
        first = index_from(tokens, quotation.start + 1)
        last = bisect_left(tokens, quotation.end, first, key=_END)
        inside[first:last] = [True] * (last - first)
    return inside


def _sentences_of_block(number: int, block: ParsedBlock, lexicon: Lexicon) -> list[ParsedSentence]:
    sentences = []
    cues = find_cues(block.tokens, block.matches, block.quoted)
    for start, end in sentence_spans(block.text):
        first, last = index_from(block.tokens, start), index_from(block.tokens, end)
        share = _quoted_share(block, first, last)
        own = tuple(starting_within(cues, first, last))
        cue = main_cue(own, block.tokens, last)
        mention = subject = None
        if cue is not None:
            mention = find_mention(block.tokens, cue, first, last, lexicon.common_nouns, block.matches)
        if mention is None and share < 1:
            subject = find_subject(block.tokens, first, last, lexicon.common_nouns, block.matches)
        sentences.append(
            ParsedSentence(
                block=number,
                span=Span(number, start, end),
                first=first,
                last=last,
                quoted_share=share,
                continues=_continues(block.quotations, start),
                left_open=_left_open(block.quotations, end),
                cues=own,
                cue=cue,
                mention=mention,
                subject=subject,
            )
        )
    return sentences


def _quoted_share(block: ParsedBlock, first: int, last: int) -> float:
    tokens, quoted = block.tokens[first:last], block.quoted[first:last]
    if True not in quoted:
        return 0.0
    words = [inside for token, inside in zip(tokens, quoted, strict=True) if token.is_word]
    return sum(words) / len(words) if words else 0.0


def _continues(quotations: Sequence[Quotation], start: int) -> bool:
    quotation = last_before(quotations, start + 1)
    if quotation is None or start >= quotation.end:
        return False
    return quotation.start < start or quotation.continues


def _left_open(quotations: Sequence[Quotation], end: int) -> bool:
    quotation = last_before(quotations, end)
    return quotation is not None and (end < quotation.end or (end == quotation.end and not quotation.closed))
