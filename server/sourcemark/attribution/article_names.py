"""The names of a whole article: full forms of surnames, and what its acronyms stand for."""

from collections.abc import Sequence
import re

from sourcemark.attribution.ranges import index_from
from sourcemark.attribution.sentences import ParsedBlock
from sourcemark.text.tokens import Token

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

    def end_with_alias(self, block: int, end: int) -> int:
        """Return the code point where a name ends whose tokens end at `end`, with a "(WHO)" behind it."""
        return self._alias_ends.get((block, end), self._blocks[block].tokens[end - 1].end)

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
