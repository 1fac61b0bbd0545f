"""Write an article another way that leaves who speaks as it is.

Every function takes an annotated article and returns it rewritten, the same sentences in the same order, each
span moved with its text, so that what a labeler shows for a sentence can be compared before and after
(metamorphic relations; Chen et al. 1998, https://arxiv.org/abs/2002.12543).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
import csv
from dataclasses import replace
from functools import cache
from pathlib import Path
import re
from typing import Final

from sourcemark.article import Article, Span
from sourcemark.attribution.quotes import find_quotations
from sourcemark.model.corpus import AnnotatedArticle
from sourcemark.model.names import swap_names
from sourcemark.text.edits import Edit, applied, moved

_DOUBLE = re.compile(r"[“”\"]|``|''")
_SINGLE = re.compile(r"(?<!')['‘’](?!')")
_BEFORE_OPENING = re.compile(r"[\s(\[—–“‘\"/-]")
_FIRST_WORDS = re.compile(r"(?:[“‘\"'`]*)([^\W\d_]+\s+[^\W\d_]+)\b")
_SAYS = r"(?:said|says|told|added|adds|wrote)\b"
_SPEAKER = r"(?:he|she|they|it|[Tt]he\s\w+|(?:[A-Z][\w.’'-]+\s?){1,3})\s+"
_AFTER_WORDS = re.compile(
    rf",(?=(?:[”\"’]|'')\s+(?:{_SPEAKER})?{_SAYS}|\s+{_SPEAKER}{_SAYS}|\s+according\sto\b)"
)
_AFTER_APPOSITION = re.compile(rf",(?=\s+{_SAYS})")
_WORD = re.compile(r"[^\W\d_]+")

CAPTION: Final = (
    "Boats tied up along the quay at Fenn, seen from the old customs house. Photograph: Orn Valley Post"
)


def straight_quotes(article: AnnotatedArticle) -> AnnotatedArticle:
    """Write every quotation mark straight: "so" and 'so'."""
    return _edited(article, lambda text: _marks(text, ('"', '"'), ("'", "'")))


def curly_quotes(article: AnnotatedArticle) -> AnnotatedArticle:
    """Write every quotation mark curly: “so” and ‘so’."""
    return _edited(article, lambda text: _marks(text, ("“", "”"), ("‘", "’")))


def doubled_quotes(article: AnnotatedArticle) -> AnnotatedArticle:
    """Write double quotation marks as two single ones: ''so''."""
    return _edited(article, lambda text: _marks(text, ("''", "''"), ("'", "'")))


def capitals(article: AnnotatedArticle) -> AnnotatedArticle:
    """Write the first two words of every paragraph in capitals, as newspapers open their articles."""
    return _edited(article, _capitals)


def missing_commas(article: AnnotatedArticle) -> AnnotatedArticle:
    """Leave out the comma between somebody's words and who said them: “I ran” she said."""
    return _edited(article, lambda text: (Edit(*m.span(), "") for m in _AFTER_WORDS.finditer(text)))


def open_appositions(article: AnnotatedArticle) -> AnnotatedArticle:
    """Leave out the comma before the verb: Jane Hollis, 34 said."""
    return _edited(article, lambda text: (Edit(*m.span(), "") for m in _AFTER_APPOSITION.finditer(text)))


def swapped_names(article: AnnotatedArticle) -> AnnotatedArticle:
    """Give the article's people other names."""
    return swap_names(article, seed=0)


def added_caption(article: AnnotatedArticle) -> AnnotatedArticle:
    """Put a caption in the middle of the article."""
    blocks = article.article.blocks
    middle = len(blocks) // 2

    def further(span: Span) -> Span:
        return Span(span.block + 1, span.start, span.end) if span.block >= middle else span

    return _moved(article, (*blocks[:middle], CAPTION, *blocks[middle:]), further)


def split_paragraph(article: AnnotatedArticle) -> AnnotatedArticle:
    """Make two paragraphs of the one with most sentences, between two of them and outside quotations."""
    blocks = article.article.blocks
    quotations = find_quotations(blocks)
    cuts: dict[int, list[int]] = {}
    for sentence in article.sentences:
        block, start, _ = sentence.span.block, sentence.span.start, sentence.span.end
        if start and not any(quotation.start < start < quotation.end for quotation in quotations[block]):
            cuts.setdefault(block, []).append(start)
    if not cuts:
        return article
    block = max(cuts, key=lambda number: len(cuts[number]))
    cut = cuts[block][len(cuts[block]) // 2]

    def further(span: Span) -> Span:
        if span.block == block and span.start >= cut:
            return Span(block + 1, span.start - cut, span.end - cut)
        return Span(span.block + 1, span.start, span.end) if span.block > block else span

    parts = (blocks[block][:cut].rstrip(), blocks[block][cut:])
    return _moved(article, (*blocks[:block], *parts, *blocks[block + 1 :]), further)


def american_spelling(article: AnnotatedArticle) -> AnnotatedArticle:
    """Spell as Americans do."""
    return _edited(article, lambda text: _respelled(text, dict(_spellings())))


def british_spelling(article: AnnotatedArticle) -> AnnotatedArticle:
    """Spell as the British do."""
    return _edited(article, lambda text: _respelled(text, {new: old for old, new in _spellings()}))


RELATIONS: Final[dict[str, Callable[[AnnotatedArticle], AnnotatedArticle]]] = {
    relation.__name__.replace("_", " "): relation
    for relation in (
        straight_quotes,
        curly_quotes,
        doubled_quotes,
        capitals,
        missing_commas,
        open_appositions,
        swapped_names,
        added_caption,
        split_paragraph,
        american_spelling,
        british_spelling,
    )
}
"""Every way to write an article, by name."""


def _edited(article: AnnotatedArticle, edits_of: Callable[[str], Iterable[Edit]]) -> AnnotatedArticle:
    edits = [
        [edit for edit in edits_of(text) if edit.new != text[slice(*edit[:2])]]
        for text in article.article.blocks
    ]
    blocks = [applied(*pair) for pair in zip(article.article.blocks, edits, strict=True)]
    return _moved(
        article, blocks, lambda span: Span(span.block, *moved(span.start, span.end, edits[span.block]))
    )


def _moved(
    article: AnnotatedArticle, blocks: Sequence[str], new_place: Callable[[Span], Span]
) -> AnnotatedArticle:
    sentences = (replace(sentence, span=new_place(sentence.span)) for sentence in article.sentences)
    return replace(article, article=Article(tuple(blocks), article.article.title), sentences=tuple(sentences))


def _marks(text: str, double: tuple[str, str], single: tuple[str, str]) -> Iterator[Edit]:
    marks = [(m, double) for m in _DOUBLE.finditer(text)] + [(m, single) for m in _SINGLE.finditer(text)]
    for mark, (opening, closing) in sorted(marks, key=lambda pair: pair[0].start()):
        yield Edit(mark.start(), mark.end(), opening if _opens(text, mark) else closing)


def _opens(text: str, mark: re.Match[str]) -> bool:
    if mark.group() in "“”‘":
        return mark.group() != "”"
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    return after.strip() != "" and (not before or _BEFORE_OPENING.match(before) is not None)


def _capitals(text: str) -> Iterator[Edit]:
    if words := _FIRST_WORDS.match(text):
        yield Edit(words.start(1), words.end(1), words.group(1).upper())


def _respelled(text: str, table: dict[str, str]) -> Iterator[Edit]:
    for word in _WORD.finditer(text):
        if new := table.get(word.group().lower()):
            yield Edit(word.start(), word.end(), new.capitalize() if word.group()[0].isupper() else new)


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    with Path(__file__).with_name("spelling.csv").open(encoding="utf-8", newline="") as file:
        return tuple((british, american) for british, american in list(csv.reader(file))[1:])
