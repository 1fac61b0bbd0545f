"""Find where the noun phrase ends that heads a longer one, before its appositions and clauses."""

from collections.abc import Sequence, Set

from sourcemark.attribution.function_words import AFTER_NOUN, DETERMINERS, FINITE, PARTICLES, PREPOSITIONS
from sourcemark.attribution.lexicon import TITLES, Match
from sourcemark.attribution.names import in_name, name_run
from sourcemark.attribution.openings import is_break
from sourcemark.attribution.ranges import starting_within
from sourcemark.text.tokens import Token

_ENDS_CORE = PREPOSITIONS | AFTER_NOUN | FINITE
_MOST_ADJECTIVES = 3


def core_end_of(
    tokens: Sequence[Token], start: int, end: int, nouns: Set[str], matches: Sequence[Match]
) -> int:
    """Return where the noun phrase ends that heads a phrase: before its appositions and clauses."""
    stop = start + 1
    while stop < end and not _ends_region(tokens, stop):
        stop += 1
    name = name_run(tokens, start, stop, matches)
    if name == start:
        return stop
    if name < stop:
        before = name - 1
        while before > start and tokens[before].lower in DETERMINERS:
            before -= 1
        belongs = _follows_title(matches, name) or tokens[before].lower not in PREPOSITIONS
        if belongs and not any(_starts_clause(tokens, i, nouns) for i in range(start + 1, name)):
            # "Gannet crime reporter Ana Ruiz", "Secretary of State Ana Ruiz", "the Green Party"
            return stop
    elif tokens[stop - 1].lower in nouns and not any(
        tokens[i].lower in _ENDS_CORE or tokens[i].lower in DETERMINERS or _starts_clause(tokens, i, nouns)
        for i in range(start + 1, stop)
    ):
        # "State environmental officials"
        return stop
    core_end = start + 1
    while core_end < stop:
        further = _through_adjectives(tokens, core_end, stop, nouns)
        if further == core_end and _ends_core(tokens, core_end, nouns):
            break
        core_end = max(further, core_end + 1)
    if core_end < stop and tokens[core_end].lower in PREPOSITIONS:
        # "the Ministry of Defence", though more follows
        further = core_end
        while further < stop and (
            in_name(tokens[further]) or tokens[further].lower in ("of", "for", "the", "and")
        ):
            further += 1
        while further > core_end and not in_name(tokens[further - 1]):
            further -= 1
        if further > core_end and name_run(tokens, start, further, matches) < core_end:
            return further
    return core_end


def _ends_region(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.text == "," or is_break(tokens, index):
        return True
    return (token.lower in AFTER_NOUN or token.lower in FINITE) and not token.is_acronym


def _starts_clause(tokens: Sequence[Token], index: int, nouns: Set[str]) -> bool:
    """Whether a verb seems to stand here: "residents evacuated from the block", "Hollis opened"."""
    word, before = tokens[index], tokens[index - 1]
    return (
        word.lower.endswith(("ed", "ing"))
        and not word.capitalised
        and (before.lower in nouns or in_name(before))
    )


def _ends_core(tokens: Sequence[Token], index: int, nouns: Set[str]) -> bool:
    token = tokens[index]
    if in_name(tokens[index - 1]) and token.is_word and not token.capitalised:
        # "Hollis opened": a verb ends the name, "Hollis aides" goes on
        return token.lower not in nouns and token.lower not in PARTICLES
    if token.lower.endswith(("ed", "ing")) and tokens[index - 1].lower in nouns:
        # "residents evacuated from the block", "parents waiting outside"
        return True
    return token.lower in _ENDS_CORE and not token.is_acronym


def _through_adjectives(tokens: Sequence[Token], index: int, stop: int, nouns: Set[str]) -> int:
    """Return where "Republican presidential nominee" ends that goes on at `index`, or `index`."""
    if not in_name(tokens[index - 1]) or tokens[index].capitalised or not tokens[index].is_word:
        return index
    for place in range(index, min(stop, index + _MOST_ADJECTIVES)):
        word = tokens[place].lower
        if word in _ENDS_CORE or word in DETERMINERS or _starts_clause(tokens, place, nouns):
            return index
        if word in nouns:
            return place + 1
    return index


def _follows_title(matches: Sequence[Match], index: int) -> bool:
    near = starting_within(matches, index - 5, index)
    return any(m.end >= index and m.entry.list in TITLES for m in near)
