"""Cut a paragraph into sentences."""

from functools import cache
import itertools
import re

from nupunkt.models import load_default_model
from nupunkt.tokenizers.sentence_tokenizer import PunktSentenceTokenizer

# abbreviations of news prose that nupunkt's model does not know
_ABBREVIATIONS = ("lt", "cmdr", "spc", "j.f.k")

# lost markup glues a quotation to the sentence before it: `was late.“I ran,” she said.`
_GLUED_QUOTATION = re.compile(r"(?<=[.!?])(?=[“\"][A-Z])")

# at each of many blank lines nupunkt would look back over all those before it; one of them says as much
_BLANK_LINES = re.compile(r"(\n[^\S\n]*\n)(\s+)")

# nupunkt knows straight marks best: it ends a sentence before "No," and not always before “No,” or ''No,''
_CURLY = ("“", "”", "„")
_TWO_MARKS = ("''", "``")


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    tokenizer = load_default_model()
    tokenizer.add_abbreviations(list(_ABBREVIATIONS))
    return tokenizer


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of one paragraph.

    Spans are half-open, in code points of `text`, in order, never overlapping, never empty, without
    the white space around the sentence; white space alone gives none. A sentence inside a long
    quotation is a sentence of its own.

    The splitter is nupunkt (https://github.com/alea-institute/nupunkt), a Punkt model
    (Kiss and Strunk 2006, https://doi.org/10.1162/coli.2006.32.4.485).
    """
    spans = []
    glued = _GLUED_QUOTATION.search(text) is not None
    tokenizer = _tokenizer()
    plain = _with_straight_marks(text)
    # blank lines are looked for only where there can be any
    if "\n" in plain:
        plain = _BLANK_LINES.sub(lambda found: found[1] + " " * len(found[2]), plain)
        whole = tokenizer.iter_spans(plain)
    else:
        whole = tokenizer.span_tokenize(plain)
    for start, end in whole:
        inside = (m.start() for m in _GLUED_QUOTATION.finditer(text, start, end)) if glued else ()
        for left, right in itertools.pairwise((start, *inside, end)):
            piece = text[left:right]
            stripped = piece.strip()
            if stripped:
                begin = left + len(piece) - len(piece.lstrip())
                spans.append((begin, begin + len(stripped)))
    return spans


def _with_straight_marks(text: str) -> str:
    """Return the text with straight quotation marks, of the same length, so that its offsets are the same."""
    for mark in _CURLY:
        text = text.replace(mark, '"')
    for marks in _TWO_MARKS:
        text = text.replace(marks, '""')
    return text
