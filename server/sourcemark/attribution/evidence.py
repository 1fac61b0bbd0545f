"""Point to the words that led to a decision, and say in one sentence how."""

from dataclasses import dataclass

from sourcemark.article import Evidence, Span, Speaker
from sourcemark.attribution.function_words import DETERMINERS, NUMBERS
from sourcemark.attribution.lexicon import Match
from sourcemark.attribution.mentions import Mention
from sourcemark.attribution.ranges import starting_within
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.roles import BODY
from sourcemark.attribution.speaker_entry import SpeakerEntry
from sourcemark.attribution.speakers import (
    CLOSED_LATER,
    NO_SPEAKER,
    OWN,
    PREVIOUS,
    PRONOUN,
    QUOTATION,
    SAME_BLOCK,
)
from sourcemark.labels import ANONYMOUS, LABELLED, NONE
from sourcemark.text.tokens import one_line

_SUBJECT, _BEFORE = "subject", "before"
_HOW = {
    OWN: "“{cue}” gives these words to {speaker}.",
    PRONOUN: "“{cue}” gives these words to “{mention}”, read here as {speaker}.",
    QUOTATION: "Part of a longer quotation, read here as {speaker} speaking.",
    CLOSED_LATER: "A quotation whose speaker is named after it: {speaker}.",
    SAME_BLOCK: "A quotation in the same paragraph as the words of {speaker}.",
    PREVIOUS: "Goes on from the sentence before it, read here as the account of {speaker}.",
    _SUBJECT: "No source is named beside it; read here as the account of {speaker}, whom it is about.",
    _BEFORE: "No source is named in it; read here as the account of {speaker}, who spoke before.",
}
_INTRODUCED = "{speaker}, introduced as “{role}”"
_WITHHELD = "“{words}” points to a source that the text does not name."
_WORDING = "No source is named in it, but its wording is that of a report of somebody's words."
_NO_SOURCE = "No source found: it reads as the reporter's own narration."
_OTHER_SOURCE = (
    "{speaker} may be speaking, but neither for a body, nor unnamed, nor as somebody who was there."
)
_NOT_SURE = "Not sure: the text does not say clearly enough who stands behind this sentence."

_SIGNS = frozenset({("anonymity", "withheld"), ("roles", "rank"), ("roles", "withheld"), ("cues", "hedge")})
_MOST_BEFORE_ROLE = 3
"""Words between "a" and the role of somebody unnamed: "a senior defence official"."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Who was read as the speaker of a sentence, the words that led there, and the reason in plain words."""

    speaker: Speaker | None
    evidence: tuple[Evidence, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Source:
    """What was read of a sentence's source: an entry of the speaker table, or only words that hide one."""

    entry: SpeakerEntry | None
    link: str
    mention: Mention | None
    """The words for the source in the sentence itself."""
    span: Span | None


def explain(reading: Reading, index: int, label: str | None, state: str) -> Explanation:
    """Return speaker, evidence and reason of a marked sentence, or the reason why it is not marked."""
    if state != LABELLED:
        return Explanation(None, (), _reason_of_no_mark(reading, index, state))
    source = _source(reading, index, label)
    evidence = _evidence(reading, index, source)
    return Explanation(_speaker(reading, source), evidence, _reason(reading, index, label, source, evidence))


def _source(reading: Reading, index: int, label: str | None) -> _Source:
    sentence, turn = reading.sentences[index], reading.turns[index]
    entry, link, mention = turn.speaker, turn.link, sentence.mention
    if entry is None and turn.subject is not None:
        entry, link, mention = turn.subject, _SUBJECT, sentence.subject
    elif entry is None and turn.before is not None:
        entry, link = turn.before, _BEFORE
    if label == ANONYMOUS and (entry is None or entry.name):
        # whoever was read as the speaker has a name, so the label does not rest on them
        return _Source(None, NO_SPEAKER, None, _withheld(reading, index))
    if entry is None:
        return _Source(None, NO_SPEAKER, None, None)
    own = mention is not None and mention.form != "pronoun" and link in (OWN, _SUBJECT)
    if own and mention is not None:
        block = reading.blocks[sentence.block]
        return _Source(entry, link, mention, block.span(sentence.block, mention.start, mention.end))
    return _Source(entry, link, mention, entry.span)


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


def _speaker(reading: Reading, source: _Source) -> Speaker | None:
    entry = source.entry
    if entry is None:
        words = _text(reading, source.span) if source.span is not None else ""
        # "on condition of anonymity" and "reportedly" describe nobody
        noun = words.split(maxsplit=1)[0].lower() if words else ""
        return Speaker(words, False) if noun in DETERMINERS or noun in NUMBERS else None
    return Speaker(_label(reading, source, entry), bool(entry.name))


def _label(reading: Reading, source: _Source, entry: SpeakerEntry) -> str:
    """Return how to call a speaker: a body by the name the sentence has for it, unless that is initials."""
    mention = source.mention
    if source.span is None or source.link != OWN or mention is None or not mention.name or entry.kind != BODY:
        return entry.label
    if len(mention.name) == 1 and mention.name[0].isupper():
        return entry.label
    first = mention.start if mention.name_start <= mention.start + 1 else mention.name_start
    block = reading.blocks[source.span.block]
    return _text(reading, block.span(source.span.block, first, mention.core_end))


def _evidence(reading: Reading, index: int, source: _Source) -> tuple[Evidence, ...]:
    sentence = reading.sentences[index]
    evidence = [Evidence("source", source.span)] if source.span is not None else []
    if sentence.cue is not None:
        block = reading.blocks[sentence.block]
        evidence.append(Evidence("cue", block.span(sentence.block, sentence.cue.start, sentence.cue.end)))
    return tuple(evidence)


def _reason_of_no_mark(reading: Reading, index: int, state: str) -> str:
    if state != NONE:
        return _NOT_SURE
    speaker = reading.turns[index].speaker
    return _OTHER_SOURCE.format(speaker=_capitalised(speaker.label)) if speaker is not None else _NO_SOURCE


def _reason(
    reading: Reading, index: int, label: str | None, source: _Source, evidence: tuple[Evidence, ...]
) -> str:
    words = {each.kind: _text(reading, each.span) for each in evidence}
    if source.entry is None:
        if label == ANONYMOUS and evidence:
            return _WITHHELD.format(words=words.get("source") or words["cue"])
        return _WORDING
    speaker = _inside_sentence(_label(reading, source, source.entry), source.entry)
    mention, link = "", source.link
    if source.mention is not None:
        sentence = reading.sentences[index]
        block = reading.blocks[sentence.block]
        core = block.span(sentence.block, source.mention.start, source.mention.core_end)
        mention = one_line(block.text[core.start : core.end])
        if link == OWN and source.mention.form == "noun" and source.entry.name:
            # "the mayor" is read as somebody whom other words name
            link = PRONOUN
    role = source.entry.role
    if role is not None and not _stands_in(role, reading.sentences[index].span):
        speaker = _INTRODUCED.format(speaker=speaker, role=_text(reading, role))
    return _HOW[link].format(cue=words.get("cue"), speaker=speaker, mention=mention)


def _stands_in(span: Span, sentence: Span) -> bool:
    return span.block == sentence.block and sentence.start <= span.start < sentence.end


def _text(reading: Reading, span: Span) -> str:
    return one_line(reading.blocks[span.block].text[span.start : span.end])


def _inside_sentence(label: str, speaker: SpeakerEntry) -> str:
    first = label.split(maxsplit=1)[0].lower()
    # "the ministry" and "two people", but a name may start with a number: "One Parade"
    article = first in DETERMINERS or (first in NUMBERS and not speaker.name)
    return label[0].lower() + label[1:] if article else label


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
