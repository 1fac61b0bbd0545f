"""Find the name that stands beside the noun that heads a source mention."""

from collections.abc import Sequence

from sourcemark.attribution.function_words import DETERMINERS, PARTICLES
from sourcemark.attribution.lexicon import Match
from sourcemark.attribution.names import in_name, is_abbreviation_point, without_titles
from sourcemark.attribution.ranges import starting_within
from sourcemark.text.tokens import Token

_LONGEST_LINK = 4
"""Words between a document and "by": "published in 2017 by"."""


def apposed_name(
    tokens: Sequence[Token], comma: int, end: int, matches: Sequence[Match]
) -> tuple[int, int] | None:
    """Return the name beside a noun: "another witness, Tom Reed," or "one of her pupils, Kira,", or None."""
    while comma < end and tokens[comma].text != ",":
        comma += 1
    if comma >= end:
        return None
    start = stop = comma + 1
    while stop < end and (
        in_name(tokens[stop])
        or (stop > start and tokens[stop].lower == "and" and stop + 1 < end and in_name(tokens[stop + 1]))
        or (stop > start and (tokens[stop].lower in PARTICLES or is_abbreviation_point(tokens, stop)))
    ):
        stop += 1
    if stop == start or not (stop == end or tokens[stop].text == ","):
        return None
    name = without_titles(tokens, matches, start, stop)
    lists = {m.entry.list for m in starting_within(matches, name, stop)}
    if in_name(tokens[comma - 1]) and name == start and "names" not in lists:
        # "a resident of Salem, Oregon,"
        return None
    place = any(m.end == stop and m.entry.kind == "place" for m in starting_within(matches, start, stop))
    return None if place else (name, stop)


def maker_of(
    tokens: Sequence[Token], core_end: int, end: int, matches: Sequence[Match]
) -> tuple[int, int] | None:
    """Return the name of whoever made a document: "a survey by the Transport Board", or None."""
    document = any(
        m.entry.list == "documents" and m.end == core_end
        for m in starting_within(matches, core_end - 4, core_end)
    )
    if not document:
        return None
    for index in range(core_end, min(end - 1, core_end + _LONGEST_LINK)):
        if tokens[index].lower in ("by", "from"):
            start = index + 1 + (tokens[index + 1].lower in DETERMINERS)
            stop = start
            while stop < end and (in_name(tokens[stop]) or tokens[stop].lower in ("of", "for", "and", "&")):
                stop += 1
            while stop > start and not in_name(tokens[stop - 1]):
                stop -= 1
            return (without_titles(tokens, matches, start, stop), stop) if stop > start else None
        if tokens[index].text == "," or not tokens[index].is_word:
            return None
    return None
