"""Find the people of an annotated article by name, speaking or not."""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from sourcemark.attribution.function_words import PARTICLES
from sourcemark.attribution.lexicon import TITLES, Entry, Lexicon, Match
from sourcemark.attribution.names import NOT_IN_NAMES
from sourcemark.labels import EYEWITNESS
from sourcemark.model.corpus import AnnotatedArticle
from sourcemark.text.tokens import Token, tokenize

_SUFFIXES = frozenset("jr sr ii iii iv kc qc mp mps msp obe mbe cbe".split())
_PLACE_WORDS = frozenset("new north south east west northern southern eastern western saint san los".split())
_OTHER_LISTS = TITLES | {"organisations", "media", "documents"}
_REACH = 7
"""Tokens within which an apposition names its role: ", a retired bus driver"."""

_MOST_WORDS = 4
"""Words of a name; a longer run is a headline in capitals."""


Name: TypeAlias = tuple[str, ...]
"""A person's name as an article gives it: its words in order, without titles, initials and suffixes."""


class _Run(NamedTuple):
    words: Name
    is_person: bool


def people_of(article: AnnotatedArticle, lexicon: Lexicon) -> list[Name]:
    """Return the names of an article's people, in the order in which they are first met.

    A run of capitalised words counts where something says that it is a person: a given name, a title or a
    role before it, an age, "who" or a role after it, or the annotation of an eyewitness. What no sign points
    to is left out, and so is what a word list knows as a body, an outlet or a place.
    """
    texts = [(text, False) for text in article.article.blocks]
    texts += [(s.speaker, s.label == EYEWITNESS) for s in article.sentences if s.speaker]
    read = [([_without_stop(token) for token in tokenize(text)], witness) for text, witness in texts]
    lower = {token.text for tokens, _ in read for token in tokens if not token.capitalised}
    runs = [run for tokens, witness in read for run in _runs(tokens, lexicon.find(tokens), lower, witness)]
    surnames = {run.words[-1] for run in runs if run.is_person}
    return list(dict.fromkeys(run.words for run in runs if run.is_person or run.words[-1] in surnames))


def _without_stop(token: Token) -> Token:
    # "Sen." is one token, and an entry of the word lists without its full stop
    word = token.lower.removesuffix(".")
    return replace(token, lower=word) if word.isalpha() else token


def _runs(
    tokens: Sequence[Token], matches: Sequence[Match], lower: Set[str], witness: bool
) -> Iterator[_Run]:
    """Yield the runs of capitalised words that may be names, titles cut off."""
    for start, end in _capitalised(tokens):
        titles = [m.end for m in matches if _opens(m.entry) and start <= m.start and m.end < end]
        first = max([start, *titles])
        while first < end and tokens[first].lower in NOT_IN_NAMES:
            first += 1
        words = tuple(token.text for token in tokens[first:end] if _is_name(token))
        given = any(m.entry.list == "names" and m.start == first for m in matches)
        if not 0 < len(words) <= _MOST_WORDS or _is_other(tokens, first, end, matches, given):
            continue
        openings = {m.entry.list for m in matches if _opens(m.entry) and m.end == first}
        if len(words) == 1:
            # "Mr Trump", but not "the Republican Party"
            yield _Run(words, "titles" in openings and words[0].lower() not in lower)
        else:
            signs = bool(openings) or given or witness or _is_described(tokens, end, matches)
            yield _Run(words, signs)


def _capitalised(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the half-open token indices of each run of capitalised words with what stands inside names."""
    index = 0
    while index < len(tokens):
        start, end = index, index
        while end < len(tokens) and (end == start or _touches(tokens, end)) and _goes_on(tokens, start, end):
            end += 1
        while end > start and not _is_name(tokens[end - 1]):
            end -= 1
        if end > start:
            yield start, end
        index = max(end, index + 1)


def _touches(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].start - tokens[index - 1].end <= (tokens[index].text != ".")


def _goes_on(tokens: Sequence[Token], start: int, index: int) -> bool:
    token = tokens[index]
    if token.capitalised or _is_name(token):
        return True
    inside = index > start
    return inside and (token.lower in PARTICLES or (token.text == "." and len(tokens[index - 1].text) == 1))


def _is_name(token: Token) -> bool:
    """Whether the token is a word that a name is made of: no initial, no suffix, no acronym but AJ and JD."""
    text = token.text
    if len(text.rstrip(".")) < 2 or token.lower in _SUFFIXES or (text.isupper() and len(text) > 2):
        return False
    # al-Kaffas, el-Sisi
    return token.capitalised or ("-" in text and text.split("-")[1][:1].isupper())


def _is_other(tokens: Sequence[Token], first: int, end: int, matches: Sequence[Match], given: bool) -> bool:
    """Whether a word list knows part of the run as something else than a person."""
    run = tokens[first:end]
    if any(token.is_acronym and not _is_name(token) and token.lower not in _SUFFIXES for token in run):
        return True
    if any(token.lower in _PLACE_WORDS for token in run):
        return True
    for match in matches:
        if match.start < end and match.end > first and match.entry.list in _OTHER_LISTS:
            # a surname may be a place or a trade: "Michael Jordan", "Tina Cook"
            surname = match.end - match.start == 1 and match.end == end and match.start > first
            if not (given and surname and (match.entry.kind == "place" or match.entry.list == "roles")):
                return True
    return False


def _is_described(tokens: Sequence[Token], end: int, matches: Sequence[Match]) -> bool:
    """Whether the words after a name say that it is a person's: ", 34", ", who", ", a retired driver"."""
    if end + 2 >= len(tokens) or tokens[end].text != ",":
        return False
    after = tokens[end + 1]
    if after.lower == "who" or (
        after.text.isdigit() and len(after.text) == 2 and tokens[end + 2].text == ","
    ):
        return True
    stop = min(end + 1 + _REACH, len(tokens))
    stop = next((i for i in range(end + 1, stop) if tokens[i].text in (",", ".")), stop)
    roles = (m for m in matches if m.entry.list == "roles" and end < m.start and m.end <= stop)
    return after.lower in ("a", "an", "the") and next(roles, None) is not None


def _opens(entry: Entry) -> bool:
    return entry.list in TITLES and entry.kind != "vague"
