"""Find the people that an article's narration names, speaking or not."""

from collections.abc import Sequence, Set

from msgspec import Struct

from sourcemark.attribution.function_words import FINITE, PREPOSITIONS
from sourcemark.attribution.lexicon import Match
from sourcemark.attribution.names import is_abbreviation_point, without_titles
from sourcemark.attribution.ranges import starting_within
from sourcemark.text.tokens import Token

_NOT_PEOPLE = frozenset({"documents", "media", "organisations"})
_MALE = frozenset(
    "mr mr. sir lord king prince father husband widower brother son grandfather uncle nephew man boy "
    "businessman chairman congressman boyfriend fisherman priest".split()
)
_FEMALE = frozenset(
    "mrs mrs. ms ms. miss dame lady queen princess mother wife widow sister daughter grandmother aunt niece "
    "woman girl businesswoman chairwoman congresswoman spokeswoman actress waitress girlfriend nun".split()
)
_COURTESY_TITLES = frozenset("mr mr. sir lord mrs mrs. ms ms. miss dame lady dr dr.".split())
_LONGEST_NAME = 6
PLACES = frozenset(
    "street city county river lake island bridge road park avenue square north south east west bay hill "
    "hills beach valley project portico palace building tower airport station house hall center centre "
    "university college school hospital church court act bill law deal war day week month league cup "
    "games award awards today times post news service group party union club ireland wales england "
    "scotland york zealand coast state states province district town village region stadium museum "
    "theatre theater festival bank market initiative scheme programme program care health services system "
    "network alliance campaign report review office department ministry agency committee council "
    "commission association foundation trust institute".split()
)
"""Last words of capitalised runs that are no people."""


class NamedPerson(Struct, frozen=True, gc=False):
    """A person's name outside quotations, titles left out, as half-open token indices of its block."""

    start: int
    end: int
    sure: bool
    """Whether a title or given name shows that this is a person."""
    subject: bool
    """Whether the sentence may be about them: not "near Jane Hollis", not "Hollis's house"."""


def find_people(
    tokens: Sequence[Token], capitals: Sequence[int], matches: Sequence[Match]
) -> list[NamedPerson]:
    """Return the runs of capitalised words of a block that name a person, in order.

    `capitals` are the indices of the capitalised words outside quotations.

    A run counts with two words at least, or after a courtesy title, when no word list knows part of it as
    a body, an outlet or a place.
    """
    other = {i for m in matches if m.entry.list in _NOT_PEOPLE for i in range(m.start, m.end)}
    given = {m.start for m in matches if m.entry.list == "names"}
    people = []
    end = 0
    possible = set(capitals) - other
    for start in capitals:
        if start < end or start in other:
            continue
        end = start + 1
        while end in possible or (end < len(tokens) and end not in other and _is_initial(tokens, end)):
            end += 1
        if end - start == 1:
            continue
        name = without_titles(tokens, matches, start, end)
        titled = name > start or tokens[start].lower in _COURTESY_TITLES
        if tokens[name].lower in _COURTESY_TITLES:
            name += 1
        if name == end:
            continue
        # a sentence's first word is capitalised anyway: "Yesterday Hollis" is no name
        opens_sentence = name == 0 or not tokens[name - 1].is_word
        length = sum(token.is_word for token in tokens[name:end])
        sure = titled or name in given
        followed = end < len(tokens) and (tokens[end].text == "," or tokens[end].lower in FINITE)
        if (length == 1 and not titled) or (length == 2 and opens_sentence and not (sure or followed)):
            continue
        if tokens[end - 1].lower in PLACES or length > _LONGEST_NAME or (length > 4 and not sure):
            continue
        people.append(NamedPerson(name, end, sure, may_be_subject(tokens, start, end)))
    return people


def _is_initial(tokens: Sequence[Token], index: int) -> bool:
    """Whether a full stop goes on with "John G" to "John G. Stumpf"."""
    return (
        tokens[index].text == "."
        and len(tokens[index - 1].text) == 1
        and is_abbreviation_point(tokens, index)
    )


def may_be_subject(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a sentence may be about the name `start` to `end`: not "near Hollis", not "Hollis's house"."""
    owns = end < len(tokens) and tokens[end].lower in ("'s", "'")
    after_preposition = start > 0 and tokens[start - 1].lower in PREPOSITIONS
    return not owns and not after_preposition


def gender_of(tokens: Sequence[Token], matches: Sequence[Match], start: int, end: int) -> str | None:
    """Return `he` or `she` where a title, kinship or given name within `start` to `end` tells, else None."""
    words: Set[str] = {token.lower for token in tokens[max(0, start - 1) : end]}
    if words & _MALE:
        return "he"
    if words & _FEMALE:
        return "she"
    kinds = (m.entry.kind for m in starting_within(matches, start, end) if m.entry.list == "names")
    return next(kinds, None)
