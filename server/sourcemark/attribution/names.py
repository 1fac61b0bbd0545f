"""Find where a name begins and ends inside a noun phrase, without the titles before it."""

from collections.abc import Sequence

from sourcemark.attribution.function_words import (
    CALENDAR,
    CLAUSE,
    DETERMINERS,
    NUMBERS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
)
from sourcemark.attribution.lexicon import TITLES, Match
from sourcemark.attribution.ranges import starting_within
from sourcemark.text.tokens import Token

NOT_IN_NAMES = DETERMINERS | NUMBERS | CALENDAR | PRONOUNS | CLAUSE | PREPOSITIONS
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv kc qc mp mbe obe cbe".split())
"""What may follow a surname."""
_INSIDE_BODIES = frozenset({"of", "for", "and", "&", "on", "the", "in"})
_BODIES = frozenset({"organisations", "documents"})
_JOINED_PARTICLES = frozenset({"al", "el", "ul", "ad", "as", "an", "ar"})
_LONGEST_ABBREVIATION = 5
_LONGEST_PART = 4


def in_name(token: Token) -> bool:
    """Whether a token can be part of a name."""
    if token.is_acronym or (token.capitalised and token.lower not in NOT_IN_NAMES):
        return True
    # "al-Jaber"
    particle, _, rest = token.text.partition("-")
    return particle in _JOINED_PARTICLES and rest[:1].isupper()


def is_abbreviation_point(tokens: Sequence[Token], index: int) -> bool:
    """Whether the full stop at `index` belongs to the word before it: "John G. Stumpf", "Gannet Corp."."""
    if index == 0 or tokens[index].text != ".":
        return False
    before = tokens[index - 1]
    short = before.capitalised and len(before.text) <= _LONGEST_ABBREVIATION
    return short and before.end == tokens[index].start


def name_run(tokens: Sequence[Token], start: int, end: int, matches: Sequence[Match]) -> int:
    """Return where the run of capitalised words starts that ends at `end`; `end` where there is none.

    Particles, initials and the small words inside the names of bodies belong to it: "Ana de la Cruz", "John
    G. Stumpf", "Ministry of Defence".
    """
    index = end
    while index > start:
        before = tokens[index - 1]
        if in_name(before):
            index -= 1
        elif index == end:
            break
        elif index - 2 >= start and before.lower in PARTICLES and in_name(tokens[index - 2]):
            index -= 2
        elif index - 2 >= start and is_abbreviation_point(tokens, index - 1):
            index -= 1
        elif (body := _joined_body(tokens, start, index, matches)) is not None:
            index = body
        elif before.lower in PARTICLES and index - 3 >= start and tokens[index - 2].lower in PARTICLES:
            index -= 2
        else:
            break
    return index


def _joined_body(tokens: Sequence[Token], start: int, index: int, matches: Sequence[Match]) -> int | None:
    """Return the place of the word that "of Defence" goes on from, where that heads the name of a body."""
    place = index - 1
    while place >= start and index - place <= 2 and tokens[place].lower in _INSIDE_BODIES:
        place -= 1
    if place < start or place == index - 1 or not tokens[place].capitalised:
        return None
    if tokens[index - 1].lower in ("and", "&"):
        # "Ministry of Health and Sport"
        left = place
        while left > start and tokens[left].capitalised and place - left < _LONGEST_PART:
            left -= 1
        if left > start and tokens[left].lower in ("of", "for", "the"):
            inner = _joined_body(tokens, start, left + 1, matches)
            return None if inner is None else place
    # "Ministry of Defence" is one name, "Senator Cardin of Maryland" is a name and a place
    near = starting_within(matches, place - 4, place + 1)
    body = any(m.entry.list in _BODIES and m.end > place for m in near)
    return place if body and not tokens[place].is_acronym else None


def without_titles(tokens: Sequence[Token], matches: Sequence[Match], start: int, end: int) -> int:
    """Return where the name itself starts in the run of capitalised words `start` to `end`.

    "Foreign Minister Ana Ruiz" is Ana Ruiz; a run that is all title ("Attorney General") stays whole.
    """
    found = [match for match in starting_within(matches, max(0, start - 4), end) if match.end > start]
    given = next((m.start for m in found if m.entry.list == "names" and start <= m.start < end - 1), end)
    name = start
    if _is_body(found, end):
        # "House of Representatives Ethics Committee"
        return start
    for match in found:
        # a title behind a given name is a surname: "Martin Bishop"
        if match.entry.list in TITLES and match.start < given and match.entry.kind != "namesake":
            name = max(name, match.end)
    if given < end and given > name:
        # "Gannet editor Ana Ruiz" written in capitals throughout
        name = given
    if name >= end or all(token.lower in SUFFIXES for token in tokens[name:end]):
        return start
    return name


def _is_body(found: Sequence[Match], end: int) -> bool:
    return any(match.entry.list == "organisations" and match.end == end for match in found)
