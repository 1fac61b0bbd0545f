"""Tell the paragraphs of an article that are not English."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import filterfalse
import re
from typing import Self

from sourcemark.resources import rows

_ENGLISH = "English"

# scripts without spaces between words (Thai, Chinese, Japanese, Korean) count two characters as one
_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]{1,2}|[^\W\d_]+")

_CLEAR = 2
"""Words by which one language must lead for a paragraph to be judged by itself."""
_OF_CODE = "{}<>=_\\"
_LEAST_OF_CODE, _SHARE_OF_CODE = 3, 0.04
"""How many characters of a paragraph must be such as only code has, and which share of it."""


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """Words that hold sentences together, and occur in English alone or in other languages alone."""

    english: frozenset[str]
    other: frozenset[str]

    @classmethod
    def load(cls) -> Self:
        """Read the list that belongs to this installation."""
        english: set[str] = set()
        other: set[str] = set()
        for language, words in rows("function-words.csv"):
            (english if language == _ENGLISH else other).update(words.split())
        return cls(frozenset(english), frozenset(other))

    def lead_of_english(self, text: str) -> int:
        """Return how many more words of `text` speak for English than against it.

        Function words tell languages apart (Ingle 1976); so does any letter beyond a to z. Capitalised words
        say nothing against English: names come from everywhere.
        """
        words = _WORD.findall(text)
        lead = sum(map(self.english.__contains__, map(str.lower, words)))
        lead -= sum(map(self.other.__contains__, words))
        return lead - sum(map(self._speaks_against, filterfalse(str.isascii, words)))

    def _speaks_against(self, word: str) -> bool:
        """Whether a word with letters beyond a to z does: those of the list are counted already."""
        return not (word[0].isupper() or word in self.other or word.lower() in self.english)


@cache
def _function_words() -> FunctionWords:
    return FunctionWords.load()


def are_english(blocks: Sequence[str]) -> list[bool]:
    """Return of each paragraph of an article whether it is English.

    One with too few words to tell, such as a heading or a name, counts as what the whole article is. An
    article that says nothing either way counts as English, and so does a paragraph of white space. Code is
    not English, whatever its words.
    """
    leads = [_function_words().lead_of_english(block) for block in blocks]
    article = sum(leads) >= 0
    return [
        not block.strip() or ((article if abs(lead) < _CLEAR else lead > 0) and not _is_code(block))
        for block, lead in zip(blocks, leads, strict=True)
    ]


def _is_code(text: str) -> bool:
    count = sum(map(text.count, _OF_CODE))
    return count >= _LEAST_OF_CODE and count >= _SHARE_OF_CODE * len(text)
