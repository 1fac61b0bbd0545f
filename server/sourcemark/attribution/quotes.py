"""Find what stands inside quotation marks, across sentences and paragraphs."""

from collections.abc import Sequence
import re

from msgspec import Struct

_MARK = re.compile(r"[“”„\"]|''|``|[‘’']")
_SINGLE_CLOSING = re.compile("[’']")
_OPENS_BLOCK = re.compile(r"\s*(?:[“„\"‘]|''|``)")
_DOUBLE = "double"
_SINGLE = "single"


class Quotation(Struct, frozen=True, gc=False):
    """A quoted stretch of one block, marks included, as half-open code points.

    A quotation that runs over several paragraphs gives one piece in each.
    """

    start: int
    end: int
    continues: bool
    """Whether it goes on with a quotation that the block before left open."""
    closed: bool
    """Whether its closing mark stands in this block."""


def find_quotations(blocks: Sequence[str]) -> list[list[Quotation]]:
    """Return the quotations of each block, in order.

    By convention a speaker's second paragraph opens with a mark although the first was never closed; a mark
    left open before any other paragraph was forgotten, and ends with its own.
    """
    found = []
    open_before = False
    for index, text in enumerate(blocks):
        quotations = _quotations_of_block(text, open_before)
        following = blocks[index + 1] if index + 1 < len(blocks) else ""
        left_open = bool(quotations) and not quotations[-1].closed
        open_before = left_open and _OPENS_BLOCK.match(following) is not None
        found.append(quotations)
    return found


def _quotations_of_block(text: str, open_before: bool) -> list[Quotation]:
    quotations: list[Quotation] = []
    if _MARK.search(text) is None:
        return quotations
    opened: tuple[int, str] | None = None
    # found once: looked for at every mark, a text full of apostrophes would take minutes
    last_closing = max((m.start() for m in _SINGLE_CLOSING.finditer(text) if _closes(text, m)), default=-1)
    for mark in _MARK.finditer(text):
        width = _SINGLE if mark.group() in "‘’'" else _DOUBLE
        if opened is None:
            if _opens(text, mark, width, last_closing):
                opened = (mark.start(), width)
        elif width == opened[1] and _closes(text, mark):
            continues = open_before and not quotations
            quotations.append(Quotation(opened[0], mark.end(), continues, True))
            opened = None
    if opened is not None and opened[1] == _DOUBLE:
        quotations.append(Quotation(opened[0], len(text), open_before and not quotations, False))
    return quotations


def _opens(text: str, mark: re.Match[str], width: str, last_closing: int) -> bool:
    if mark.group() in ("“", "„", "``"):
        return True
    if mark.group() in ("”", "’"):
        return False
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    stands_before_a_word = not after.isspace() and after != "" and not before.isalnum()
    if width == _DOUBLE:
        return stands_before_a_word or before.isspace()
    # a single mark may be an apostrophe ('90s, ’em): believe it only where a closing one follows
    return stands_before_a_word and not after.isdigit() and mark.end() <= last_closing


def _closes(text: str, mark: re.Match[str]) -> bool:
    if mark.group() in ("”",):
        return True
    if mark.group() in ("“", "„", "``", "‘"):
        return False
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    if mark.group() in ("'", "’"):
        return not after.isalnum() and not before.isspace()
    return not before.isspace() or not after.isalnum()
