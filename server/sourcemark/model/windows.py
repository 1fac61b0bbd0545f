"""Lay an article out for the encoder: overlapping windows of word pieces, with a marker before each sentence.

A window holds up to 480 pieces: the sentences that are scored in it, some of what stands before them, one
sentence behind them, and, in front, how speakers were introduced whose introduction stands further up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sourcemark.attribution.reading import Reading
from sourcemark.model.word_pieces import WordPieces

LONGEST = 480
"""Word pieces of a window."""
_BEFORE = 110
"""Word pieces of left context, at least, where the article has them."""
_LONGEST_SENTENCE = 120
_MOST_INTRODUCED, _LONGEST_INTRODUCTION = 5, 24

SENTENCE, BLOCK, INTRODUCTION = "[unused0]", "[unused1]", "[unused2]"
MASK = "[MASK]"
CASES = 3
"""Shapes of a word that are told apart: small, Capitalised, CAPITALS; the same again in quotations."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word piece: its id in the vocabulary, and the shape of the word it belongs to."""

    id: int
    shape: int


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder. `marks`, `ends` and `sentences` run side by side."""

    ids: list[int]
    shapes: list[int]
    marks: list[int]
    """Place of each sentence's marker."""
    ends: list[int]
    """Place behind each sentence's last piece."""
    sentences: list[int]
    """Number of each sentence in the article."""
    scored: list[bool]
    """Whether the sentence's scores are taken from this window."""


class Pieces:
    """Lays articles out in the pieces of a vocabulary."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._words_to_pieces = WordPieces(vocabulary)
        self.start, self.end, self.sentence, self.block, self.introduction = (
            self._words_to_pieces.id_of(name) for name in ("[CLS]", "[SEP]", SENTENCE, BLOCK, INTRODUCTION)
        )

    def of(self, word: str) -> list[int]:
        """Return the numbers of a lower-case word's pieces."""
        return self._words_to_pieces.of(word)

    def windows(self, reading: Reading) -> Iterator[Window]:
        """Yield the windows of an article in order; every sentence is scored in exactly one."""
        words = self._words(reading)
        starts = [0]
        for block in reading.blocks:
            starts.append(starts[-1] + len(block.tokens))
        sentences = []
        for sentence in reading.sentences:
            offset = starts[sentence.block]
            pieces = [p for i in range(sentence.first, sentence.last) for p in words[offset + i]]
            sentences.append(_shortened(pieces))
        first = 0
        while first < len(sentences):
            begin = self._context(sentences, first)
            introductions = self._introductions(reading, words, starts, begin, first)
            window = self._window(reading, sentences, introductions, begin, first)
            yield window
            first += sum(window.scored)

    def _words(self, reading: Reading) -> list[list[Piece]]:
        """Return the pieces of every token of the article."""
        # words come again and again in one article; nothing of it is kept for the next
        known: dict[str, list[int]] = {}
        words: list[list[Piece]] = []
        for block in reading.blocks:
            for token, quoted in zip(block.tokens, block.quoted, strict=True):
                numbers = known.get(token.lower)
                if numbers is None:
                    numbers = known[token.lower] = self.of(token.lower)
                shape = 2 if token.is_acronym else 1 if token.capitalised else 0
                words.append([Piece(number, shape + CASES * quoted) for number in numbers])
        return words

    def _context(self, sentences: Sequence[Sequence[Piece]], first: int) -> int:
        """Return the sentence that a window opens with, whose first scored one is `first`."""
        begin, pieces = first, 0
        while begin > 0 and pieces < _BEFORE:
            begin -= 1
            pieces += len(sentences[begin]) + 2
        return begin

    def _introductions(
        self, reading: Reading, words: Sequence[list[Piece]], starts: Sequence[int], begin: int, first: int
    ) -> list[list[Piece]]:
        """Return how the speakers of the coming sentences were introduced, where that stands further up."""
        opening = reading.sentences[begin]
        limit = starts[opening.block] + opening.first
        found: dict[int, list[Piece]] = {}
        for turn in reading.turns[first : first + 20]:
            if turn.speaker is None or id(turn.speaker) in found or len(found) == _MOST_INTRODUCED:
                continue
            if not turn.speaker.description:
                continue
            block, start, end = turn.speaker.description[0]
            if starts[block] + end <= limit:
                pieces = [p for i in range(start, end) for p in words[starts[block] + i]]
                found[id(turn.speaker)] = pieces[:_LONGEST_INTRODUCTION]
        return list(found.values())

    def _window(
        self,
        reading: Reading,
        sentences: Sequence[Sequence[Piece]],
        introductions: Sequence[Sequence[Piece]],
        begin: int,
        first: int,
    ) -> Window:
        window = Window([self.start], [0], [], [], [], [])
        for pieces in introductions:
            self._add(window, self.introduction, pieces)
        for number in range(begin, len(sentences)):
            opens_block = (
                number == begin or reading.sentences[number].block != reading.sentences[number - 1].block
            )
            needed = len(sentences[number]) + 1 + opens_block
            if number > first and len(window.ids) + needed + 1 > LONGEST:
                break
            if opens_block:
                self._add(window, self.block, ())
            window.marks.append(len(window.ids))
            self._add(window, self.sentence, sentences[number])
            window.ends.append(len(window.ids))
            window.sentences.append(number)
            window.scored.append(number >= first)
        # the last sentence is context for the one before it, unless the article ends here
        if window.sentences[-1] + 1 < len(sentences) and sum(window.scored) > 1:
            window.scored[-1] = False
        self._add(window, self.end, ())
        return window

    def _add(self, window: Window, marker: int, pieces: Sequence[Piece]) -> None:
        window.ids.append(marker)
        window.shapes.append(0)
        window.ids.extend(piece.id for piece in pieces)
        window.shapes.extend(piece.shape for piece in pieces)


def _shortened(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Leave out the middle of a sentence that would fill a window of its own."""
    if len(pieces) <= _LONGEST_SENTENCE:
        return pieces
    return [*pieces[: _LONGEST_SENTENCE * 3 // 4], *pieces[-(_LONGEST_SENTENCE // 4) :]]
