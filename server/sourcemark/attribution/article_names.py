"""The names of a whole article: full forms of surnames, and what its acronyms stand for."""

from collections.abc import Sequence
import re

from sourcemark.article import Span
from sourcemark.attribution.mentions import Mention
from sourcemark.attribution.people import gender_of
from sourcemark.attribution.ranges import index_from
from sourcemark.attribution.roles import PERSON
from sourcemark.attribution.sentences import ParsedBlock
from sourcemark.text.tokens import Token, one_line

_ALIAS = re.compile(r"\(([A-Z][A-Za-z&.-]*[A-Z])\)")
_LONGEST_FULL_FORM = 12

Place = tuple[int, int, int]
"""A block and half-open token indices in it."""


class ArticleNames:
    """Looks up the fuller form of a name anywhere in the article, before or after it."""

    def __init__(self, blocks: Sequence[ParsedBlock]) -> None:
        self._blocks = blocks
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._full: dict[str, Place | None] = {}
        self._alias_ends: dict[tuple[int, int], int] = {}
        for number, block in enumerate(blocks):
            for index in block.capitals:
                self._places.setdefault(block.tokens[index].lower, []).append((number, index))
            self._find_aliases(number, block)
        for number, block in enumerate(blocks):
            for person in block.people:
                if person.end - person.start > 1:
                    self._learn(number, person.start, person.end, block.tokens)

    def places(self, word: str) -> Sequence[tuple[int, int]]:
        """Return where the lower-case `word` stands with a capital outside quotations: block and token."""
        return self._places.get(word, ())

    def fuller(self, name: str) -> Place | None:
        """Return where the article gives the one full name that a name is part of or initials stand for."""
        return self._full.get(name) or self._full.get(name.lower())

    def fullest(self, mention: Mention, kind: str, block: int) -> tuple[tuple[str, ...], Span, str]:
        """Return a speaker's name, the span of the mention, and the label: the article's fullest name.

        A fuller name that says "he" is not that of somebody whom the mention calls "she".
        """
        parsed = self._blocks[block]
        tokens = parsed.tokens
        span = Span(block, tokens[mention.start].start, tokens[mention.core_end - 1].end)
        if not mention.name:
            return (), span, one_line(parsed.text[span.start : span.end])
        fuller = self.fuller(mention.name[0]) if len(mention.name) == 1 else None
        if fuller is not None:
            gender = self.gender(block, mention.start, mention.core_end)
            if gender is None or self.gender(*fuller) in (None, gender):
                number, start, end = fuller
                other = self._blocks[number]
                name = tuple(token.text for token in other.tokens[start:end] if token.is_word)
                return name, span, self._label(number, other.tokens[start].start, end)
        first = mention.name_start if kind == PERSON else mention.start
        return mention.name, span, self._label(block, tokens[first].start, mention.core_end)

    def gender(self, block: int, start: int, end: int) -> str | None:
        """Return "he" or "she" where half-open tokens of a block say so, and None where they do not."""
        parsed = self._blocks[block]
        return gender_of(parsed.tokens, parsed.matches, start, end)

    def _label(self, block: int, start: int, end: int) -> str:
        """Return the text from a code point to a token, on one line, with a "(WHO)" behind it."""
        parsed = self._blocks[block]
        return one_line(parsed.text[start : self._alias_ends.get((block, end), parsed.tokens[end - 1].end)])

    def _learn(self, number: int, start: int, end: int, tokens: Sequence[Token]) -> None:
        last, first = tokens[end - 1].lower, tokens[start].lower
        self._learn_word(last, number, start, end)
        self._learn_word(first, number, start, end)

    def _learn_word(self, word: str, number: int, start: int, end: int) -> None:
        if word not in self._full:
            self._full[word] = (number, start, end)
            return
        known = self._full[word]
        if known is None:
            return
        tokens, others = (
            self._blocks[number].tokens[start:end],
            self._blocks[known[0]].tokens[known[1] : known[2]],
        )
        words, other_words = {t.lower for t in tokens}, {t.lower for t in others}
        if not (words <= other_words or other_words <= words):
            # two people of one name: which of them is meant is not known
            self._full[word] = None
        elif len(words) > len(other_words):
            self._full[word] = (number, start, end)

    def _find_aliases(self, number: int, block: ParsedBlock) -> None:
        if "(" not in block.text:
            return
        for match in _ALIAS.finditer(block.text):
            end = index_from(block.tokens, match.start())
            letters = [
                letter for letter in match.group(1).replace("&", "").replace(".", "") if letter.isupper()
            ]
            start = _full_form(block.tokens, end, letters)
            if start is not None:
                self._full.setdefault(match.group(1), (number, start, end))
                self._alias_ends[number, end] = match.end()


def _full_form(tokens: Sequence[Token], end: int, letters: Sequence[str]) -> int | None:
    """Return where the words start that "(WHO)" at `end` abbreviates, or None where letters do not fit."""
    remaining = list(letters)
    for index in range(end - 1, max(-1, end - 1 - _LONGEST_FULL_FORM), -1):
        token = tokens[index]
        if token.capitalised and remaining and token.text[0].upper() == remaining[-1]:
            remaining.pop()
            if not remaining:
                return index
        elif not token.is_word:
            return None
    return None
