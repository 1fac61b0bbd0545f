"""Who or what stands behind a sentence, as far as it was read, and which words of the article say so."""

from typing import Final

from msgspec import Struct

from sourcemark.article import Span, Speaker
from sourcemark.attribution.function_words import DETERMINERS, NUMBERS
from sourcemark.attribution.lexicon import Match
from sourcemark.attribution.mentions import Mention
from sourcemark.attribution.ranges import starting_within
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.roles import BODY
from sourcemark.attribution.speaker_entry import SpeakerEntry
from sourcemark.attribution.speakers import NO_SPEAKER, OWN
from sourcemark.labels import ANONYMOUS
from sourcemark.text.tokens import one_line

SUBJECT: Final = "subject"
BEFORE: Final = "before"
"""Links beside those of `speakers`: to whom a sentence is about, and to who spoke before."""

_SIGNS = frozenset({("anonymity", "withheld"), ("roles", "rank"), ("roles", "withheld"), ("cues", "hedge")})
_MOST_BEFORE_ROLE = 3
"""Words between "a" and the role of somebody unnamed: "a senior defence official"."""


class Source(Struct, frozen=True, gc=False):
    """What was read of a sentence's source: an entry of the speaker table, or only words that hide one."""

    entry: SpeakerEntry | None
    link: str
    mention: Mention | None
    """The words for the source in the sentence itself."""
    span: Span | None


def source_of(reading: Reading, index: int, label: str | None) -> Source:
    """Return what stands behind the sentence with an index, which is marked with `label`."""
    sentence, turn = reading.sentences[index], reading.turns[index]
    entry, link, mention = turn.speaker, turn.link, sentence.mention
    if entry is None and turn.subject is not None:
        entry, link, mention = turn.subject, SUBJECT, sentence.subject
    elif entry is None and turn.before is not None:
        entry, link = turn.before, BEFORE
    if label == ANONYMOUS and (entry is None or entry.name):
        # whoever was read as the speaker has a name, so the label does not rest on them
        return Source(None, NO_SPEAKER, None, _withheld(reading, index))
    if entry is None:
        return Source(None, NO_SPEAKER, None, None)
    own = mention is not None and mention.form != "pronoun" and link in (OWN, SUBJECT)
    if own and mention is not None:
        block = reading.blocks[sentence.block]
        return Source(entry, link, mention, block.span(sentence.block, mention.start, mention.end))
    return Source(entry, link, mention, entry.span)


def _withheld(reading: Reading, index: int) -> Span | None:
    """Return the words of a sentence that say that its source is not named, or None."""
    sentence = reading.sentences[index]
    block = reading.blocks[sentence.block]
    found = [
        match
        for match in starting_within(block.matches, sentence.first, sentence.last)
        if (match.entry.list, match.entry.kind) in _SIGNS
    ]
    match = next((m for m in found if m.entry.list == "roles"), next(iter(found), None))
    if match is None:
        return None
    start = match.start
    if match.entry.list == "roles":
        start = _start_of_noun(reading, sentence.block, match, sentence.first)
    return block.span(sentence.block, start, match.end)


def _start_of_noun(reading: Reading, block: int, match: Match, first: int) -> int:
    tokens = reading.blocks[block].tokens
    for start in range(match.start - 1, max(first - 1, match.start - 2 - _MOST_BEFORE_ROLE), -1):
        if tokens[start].lower in DETERMINERS or tokens[start].lower in NUMBERS:
            return start
        if not tokens[start].is_word:
            break
    return match.start


def speaker_of(reading: Reading, source: Source) -> Speaker | None:
    """Return the source as it is told to readers; None where nothing describes one."""
    entry = source.entry
    if entry is None:
        words = text_of(reading, source.span) if source.span is not None else ""
        # "on condition of anonymity" and "reportedly" describe nobody
        noun = words.split(maxsplit=1)[0].lower() if words else ""
        return Speaker(words, False) if noun in DETERMINERS or noun in NUMBERS else None
    return Speaker(called(reading, source, entry), bool(entry.name))


def called(reading: Reading, source: Source, entry: SpeakerEntry) -> str:
    """Return how to call a speaker: a body by the name the sentence has for it, unless that is initials."""
    mention = source.mention
    if source.span is None or source.link != OWN or mention is None or not mention.name or entry.kind != BODY:
        return entry.label
    if len(mention.name) == 1 and mention.name[0].isupper():
        return entry.label
    first = mention.start if mention.name_start <= mention.start + 1 else mention.name_start
    block = reading.blocks[source.span.block]
    return text_of(reading, block.span(source.span.block, first, mention.core_end))


def text_of(reading: Reading, span: Span) -> str:
    """Return the words of the article that a span points to, on one line."""
    return one_line(reading.blocks[span.block].text[span.start : span.end])
