"""Swap the people of an article for others whom nobody knows.

A model that has learned that a certain politician is official has learned its corpus, not who speaks: with
the names swapped, its marks should stay.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
import random
import re

from sourcemark.article import Article, Span
from sourcemark.attribution.function_words import CALENDAR, PARTICLES
from sourcemark.attribution.lexicon import Lexicon, load_lexicon
from sourcemark.model.corpus import AnnotatedArticle
from sourcemark.model.person_names import Name, people_of
from sourcemark.resources import rows
from sourcemark.text.edits import Edit, applied, moved

_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*(?:-[^\W\d_]+)*")
_APOSTROPHE = re.compile(r"['’]")
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|President|Sen|Rep|Gov|Senator|Governor)\.? "
_BETWEEN = rf"(?: (?:[A-Z]\.|{'|'.join(sorted(PARTICLES))}))* "
"""What may stand between the words of a name: an initial, "bin", "de la"."""
_SURNAME = "surname"


def swap_names(article: AnnotatedArticle, seed: int) -> AnnotatedArticle:
    """Return the article with the names of its people replaced by invented ones, throughout and alike.

    A word that the word lists know as a given name makes way for another of the same gender, any other for
    one that no list knows. Capitals, possessives, initials and titles stay, and spans move with the text. The
    same seed gives the same names.
    """
    lexicon = load_lexicon()
    names = people_of(article, lexicon)
    invented = _invented(names, article.article, random.Random(f"{seed} {article.id}"))
    pattern = _pattern(names, article.article, lexicon)

    def edits(text: str) -> list[Edit]:
        return list(_edits(text, pattern, invented))

    def swapped(text: str | None) -> str | None:
        return None if text is None else applied(text, edits(text))

    blocks = article.article.blocks
    by_block = [edits(text) for text in blocks]
    return replace(
        article,
        article=Article(tuple(map(applied, blocks, by_block)), swapped(article.article.title)),
        sentences=tuple(
            replace(
                sentence,
                span=_moved(sentence.span, by_block[sentence.span.block]),
                speaker=swapped(sentence.speaker),
            )
            for sentence in article.sentences
        ),
    )


def _invented(names: Iterable[Name], article: Article, chance: random.Random) -> dict[str, str]:
    """Return a new word for each word of the names; people who share a name go on sharing one."""
    taken = {_key(word) for text in article.blocks for word in _WORD.findall(text)}
    genders = {row[0]: row[1] for row in rows("lexicons/names.csv")}
    pools: dict[str, list[str]] = {"he": [], "she": [], _SURNAME: []}
    for word, kind in [
        *rows("names/given.csv"),
        *((row[0], _SURNAME) for row in rows("names/surnames.csv")),
    ]:
        if _key(word) not in taken:
            pools[kind].append(word)
    invented: dict[str, str] = {}
    for word in dict.fromkeys(_key(word) for name in names for word in name):
        pool = pools[genders.get(word, _SURNAME)]
        alike = [new for new in pool if _sound(new) == _sound(word)] or pool
        if alike:
            invented[word] = chance.choice(alike)
            pool.remove(invented[word])
    return invented


def _pattern(names: Iterable[Name], article: Article, lexicon: Lexicon) -> re.Pattern[str]:
    """Return what finds the names in a text: whole, after a title, and single words where that is safe."""
    common = {word for text in article.blocks for word in _WORD.findall(text) if word.islower()} | CALENDAR
    words = sorted({word for name in names for word in name}, key=len, reverse=True)
    whole = sorted(
        {name for name in names if len(name) > 1}, key=lambda name: len("".join(name)), reverse=True
    )
    # "Mrs May" is a name, "May" may be a month
    alone = [word for word in words if word.lower() not in common and not _is_listed(word.lower(), lexicon)]
    ways = [
        *(_BETWEEN.join(map(_forms, name)) for name in whole),
        *(_TITLE + _forms(word) for word in words),
        *(_forms(word) for word in alone),
    ]
    return re.compile(rf"(?<![\w@#])(?:{'|'.join(ways)})(?!\w)" if ways else r"(?!)")


def _is_listed(word: str, lexicon: Lexicon) -> bool:
    """Whether a word list knows the word as something else than a given name."""
    return any(entry.list != "names" for entry in lexicon.entries.get((word,), ()))


def _forms(word: str) -> str:
    """Return a pattern of the word as it is and in capitals, whichever apostrophe it is written with."""
    forms = "|".join(re.escape(form) for form in (word, word.upper()))
    return f"(?:{_APOSTROPHE.sub(_APOSTROPHE.pattern, forms)})"


def _edits(text: str, pattern: re.Pattern[str], invented: Mapping[str, str]) -> Iterator[Edit]:
    for name in pattern.finditer(text):
        for match in _WORD.finditer(text, name.start(), name.end()):
            word = match.group()
            new = invented.get(_key(word))
            if new is not None:
                # two capitals are a name's own way to be written: AJ
                capitals = len(word) > 2 and word.isupper()
                yield Edit(match.start(), match.end(), new.upper() if capitals else new)


def _moved(span: Span, edits: Sequence[Edit]) -> Span:
    return Span(span.block, *moved(span.start, span.end, edits))


def _key(word: str) -> str:
    return word.replace("’", "'").lower()


def _sound(word: str) -> tuple[bool, bool]:
    """Return what the words around a name depend on: "an Obama aide", "Collins’ office"."""
    return word[0].lower() in "aeiou", word.endswith("s")
