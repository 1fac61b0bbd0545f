"""Cut words into the pieces of a vocabulary.

WordPiece with the normalisation of the uncased BERT models: Wu et al. 2016, https://arxiv.org/abs/1609.08144,
and https://github.com/google-research/bert. The library for it brings an HTTP client and a dozen packages
along, which a program that keeps the reader's text to itself has no use for.
"""

from collections.abc import Sequence
import re
import unicodedata

_PART = re.compile(r"[^\W_]+|[^\w\s]|_")
_CONTINUES = "##"
_UNKNOWN = "[UNK]"
_LONGEST_WORD = 100


class WordPieces:
    """A vocabulary, one piece a line number. Immutable, safe to share between threads."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._longest = max((len(piece) for piece in vocabulary), default=0)

    def __len__(self) -> int:
        return len(self._ids)

    def id_of(self, piece: str) -> int:
        """Return the number of a piece. Raises ValueError where the vocabulary lacks it."""
        if piece not in self._ids:
            raise ValueError(f"The vocabulary has no {piece}.")
        return self._ids[piece]

    def of(self, word: str) -> list[int]:
        """Return the numbers of a word's pieces, the longest first; letters it cannot spell give `[UNK]`."""
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not _is_left_out(c))
        return [number for part in _PART.findall(plain) for number in self._of_part(part)]

    def _of_part(self, part: str) -> list[int]:
        unknown = [self._ids[_UNKNOWN]]
        if len(part) > _LONGEST_WORD:
            return unknown
        numbers = []
        start = 0
        while start < len(part):
            prefix = _CONTINUES if start else ""
            for end in range(min(len(part), start + self._longest), start, -1):
                number = self._ids.get(prefix + part[start:end])
                if number is not None:
                    break
            else:
                return unknown
            numbers.append(number)
            start = end
        return numbers


def _is_left_out(character: str) -> bool:
    """Return whether a character counts for nothing: accents, and controls of every kind."""
    category = unicodedata.category(character)
    return category == "Mn" or category[0] == "C"
