"""One speaker of an article, and everything it says about them."""

from dataclasses import dataclass, field

from sourcemark.article import Span
from sourcemark.attribution.sentences import ParsedBlock

_WINDOW_BEFORE, _WINDOW_AFTER = 7, 14
_SENTENCE_MARKS = frozenset([".", ";", "“", "”", '"', "''", "``"])


@dataclass(slots=True, eq=False)
class SpeakerEntry:
    """One speaker of the article, with every mention that introduced or repeated them."""

    name: tuple[str, ...]
    """The fullest name the article gives; empty for a speaker it only describes."""
    span: Span
    """The mention that tells most about them."""
    label: str
    """The fullest name, or the text of that mention."""
    kind: str
    """`person`, `group` or `body`."""
    sure: bool = True
    """Whether the text shows that this kind is right: a single unknown name may be a person or a firm."""
    role: Span | None = None
    """The words that first say what they are: "mayor" in "Jane Hollis, the mayor"."""
    withheld: bool = False
    """Whether a phrase such as "on condition of anonymity" is about them."""
    heads: set[str] = field(default_factory=set)
    gender: str | None = None
    description: list[tuple[int, int, int]] = field(default_factory=list)
    """Stretches that describe the speaker: block and half-open token indices."""
    last_block: int = 0
    met: int = 0
    """Counts up with every mention of anybody, so that the last one met has the most."""
    turns: int = 0


def window(block: ParsedBlock, index: int) -> tuple[int, int]:
    """Return the stretch around a name that most likely describes its bearer, as half-open token indices."""
    tokens = block.tokens
    start = index
    while start > 0 and index - start < _WINDOW_BEFORE and tokens[start - 1].text not in _SENTENCE_MARKS:
        start -= 1
    end = index + 1
    while end < len(tokens) and end - index < _WINDOW_AFTER and tokens[end].text not in _SENTENCE_MARKS:
        end += 1
    return start, end
