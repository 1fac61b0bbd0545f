"""Find the words that name a source: the subject of a cue, or what follows "according to"."""

from collections.abc import Sequence, Set

from msgspec import Struct

from sourcemark.attribution.appositions import apposed_name, maker_of
from sourcemark.attribution.cues import Cue
from sourcemark.attribution.function_words import BEFORE_SOURCE, DETERMINERS, NUMBERS, PRONOUNS
from sourcemark.attribution.lexicon import TITLES, Match
from sourcemark.attribution.names import name_run, without_titles
from sourcemark.attribution.noun_phrases import core_end_of
from sourcemark.attribution.openings import leading_phrase
from sourcemark.attribution.phrases import antecedent, is_inverted, left_phrase, right_phrase, up_to_clause
from sourcemark.attribution.ranges import starting_within
from sourcemark.text.tokens import Token

_OBJECTS = {"her": "she", "him": "he", "them": "they"}


class Mention(Struct, frozen=True, gc=False):
    """A source mention, as half-open token indices of its block.

    `start` to `end` is the whole phrase with its appositions ("the mayor, Jane Hollis, 34, who lives next
    door"), `core_end` closes the noun phrase that heads it ("the mayor, Jane Hollis"), and its name, where
    it has one, stands from `name_start` to `core_end`.
    """

    start: int
    core_end: int
    end: int
    form: str
    """`name`, `noun` or `pronoun`."""
    name: tuple[str, ...]
    """The words of the name without titles; empty for a noun or pronoun."""
    head: str
    """The last word of the core, lower case."""
    determiner: str
    """`definite`, `indefinite`, `number`, `possessive` or `bare`."""
    name_start: int
    """Where the name starts; `core_end` where there is none."""


def find_mention(
    tokens: Sequence[Token],
    cue: Cue,
    first: int,
    last: int,
    nouns: Set[str] = frozenset(),
    matches: Sequence[Match] = (),
) -> Mention | None:
    """Return the source that a cue speaks for, or None.

    `first` and `last` are the half-open token range of the sentence that holds the cue. No parser: the
    subject is looked for to the left of the cue, to its right after "according to" and where the verb is
    inverted ("…,” said Jane Hollis"), and at the start of the sentence where a verb shares the subject of
    another ("The mayor left but said no"). `nouns` are words that are no name though a sentence starts with
    them ("Police said"); `matches` are what the word lists know of the block.
    """
    for start, end in _phrases(tokens, cue, first, last, nouns):
        mention = _mention(tokens, start, end, nouns, matches)
        if mention is not None and _is_source(tokens, mention, nouns):
            return mention
    return None


def find_subject(
    tokens: Sequence[Token], first: int, last: int, nouns: Set[str], matches: Sequence[Match]
) -> Mention | None:
    """Return who or what a sentence without a cue is about, where it starts with that, or None."""
    start, end = leading_phrase(tokens, first, last, nouns)
    mention = _mention(tokens, start, end, nouns, matches)
    return mention if mention is not None and _is_source(tokens, mention, nouns) else None


def _phrases(
    tokens: Sequence[Token], cue: Cue, first: int, last: int, nouns: Set[str]
) -> Sequence[tuple[int, int]]:
    source_follows = cue.kind == "attribution" and tokens[cue.end - 1].lower in BEFORE_SOURCE
    if source_follows and cue.start == first:
        return (up_to_clause(tokens, *right_phrase(tokens, cue.end, last)),)
    if (
        cue.end + 1 < last
        and tokens[cue.end].lower == "by"
        and tokens[cue.end - 1].lower.endswith(("ed", "en", "id"))
        # "responded by saying"
        and not tokens[cue.end + 1].lower.endswith("ing")
    ):
        # "was announced by the ministry"
        return (right_phrase(tokens, cue.end + 1, last),)
    if source_follows or is_inverted(tokens, cue, first, last, nouns):
        return (right_phrase(tokens, cue.end, last),)
    if cue.kind == "passive":
        # "residents were urged": whoever urged them is not named
        return ()
    left = left_phrase(tokens, cue.start, first, nouns)
    leading = leading_phrase(tokens, first, cue.start, nouns)
    if cue.start > first and tokens[cue.start - 1].text == "," and tokens[cue.start].lower.endswith("ing"):
        # "Hollis has long called for a closure, saying …"
        return leading, left
    nearest = antecedent(tokens, cue.start, first)
    return (left, leading) if nearest is None else (left, nearest, leading)


def _is_source(tokens: Sequence[Token], mention: Mention, nouns: Set[str]) -> bool:
    """Whether a phrase can name a source: "started it" and "along" cannot."""
    if mention.core_end - mention.start == 1 and mention.head in DETERMINERS:
        return False
    if (
        mention.form == "name"
        and mention.core_end - mention.start == 1
        and mention.head.endswith(("ing", "ely"))
    ):
        # "Looking on, Hollis said"
        return False
    if mention.form != "noun" or mention.determiner != "bare":
        return True
    core = tokens[mention.start : mention.core_end]
    return mention.head.endswith("s") or any(token.lower in nouns for token in core)


def _mention(
    tokens: Sequence[Token], start: int, end: int, nouns: Set[str], matches: Sequence[Match]
) -> Mention | None:
    while start < end and not tokens[start].is_word:
        start += 1
    if start >= end:
        return None
    pronoun = start
    object_of = _OBJECTS.get(tokens[start].lower)
    if object_of is not None and end - start == 1:
        # "according to her"
        return Mention(start, end, end, "pronoun", (), object_of, "bare", end)
    if tokens[start].lower in PRONOUNS and not tokens[start].is_acronym:
        # "It is a dynamic Hollis said"
        start = name_run(tokens, start, end, matches) if end - start > 1 else end
    if start == end:
        return Mention(pronoun, pronoun + 1, end, "pronoun", (), tokens[pronoun].lower, "bare", pronoun + 1)
    core_end = core_end_of(tokens, start, end, nouns, matches)
    name_start = _name_start(tokens, start, core_end, nouns, matches)
    owned = start + 1 < core_end and tokens[start + 1].lower == "'s"
    determiner = "possessive" if owned else _determiner(tokens[start])
    if name_start == core_end and (apposed := apposed_name(tokens, core_end, end, matches)) is not None:
        name_start, core_end = apposed
    elif name_start == core_end and (maker := maker_of(tokens, core_end, end, matches)) is not None:
        name_start, core_end = maker
    name = tuple(token.text for token in tokens[name_start:core_end] if token.is_word)
    form = "name" if name else "noun"
    return Mention(start, core_end, end, form, name, tokens[core_end - 1].lower, determiner, name_start)


def _name_start(
    tokens: Sequence[Token], start: int, core_end: int, nouns: Set[str], matches: Sequence[Match]
) -> int:
    """Return where the name starts that closes a noun phrase, or `core_end`: "A diplomat" has none."""
    run = name_run(tokens, start, core_end, matches)
    if run == core_end:
        return core_end
    name = without_titles(tokens, matches, run, core_end)
    words = tokens[name:core_end]
    if len(words[-1].text) == 1:
        # "Athlete B" keeps the name back
        return core_end
    if len(words) == 1 and words[0].lower in nouns and not words[0].is_acronym:
        return core_end
    titled = (m for m in starting_within(matches, name, core_end) if m.entry.list in TITLES)
    if any(m.start == name and m.end == core_end for m in titled):
        # "the Attorney General"
        return core_end
    return name


def _determiner(word: Token) -> str:
    first = word.lower
    if first in ("the", "this", "that", "these", "those"):
        return "definite"
    if first in ("a", "an", "another", "some", "any"):
        return "indefinite"
    if first in NUMBERS or first.isdigit():
        return "number"
    if first in DETERMINERS:
        return "possessive"
    return "bare"
