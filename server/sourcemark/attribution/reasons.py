"""Why a sentence is marked, or is not, in one plain sentence for readers."""

from sourcemark.article import Evidence, Span
from sourcemark.attribution.function_words import DETERMINERS, NUMBERS
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.source import BEFORE, SUBJECT, Source, called, text_of
from sourcemark.attribution.speaker_entry import SpeakerEntry
from sourcemark.attribution.speakers import CLOSED_LATER, OWN, PREVIOUS, PRONOUN, QUOTATION, SAME_BLOCK
from sourcemark.labels import ANONYMOUS, NONE
from sourcemark.text.tokens import one_line

_HOW = {
    OWN: "“{cue}” gives these words to {speaker}.",
    PRONOUN: "“{cue}” gives these words to “{mention}”, read here as {speaker}.",
    QUOTATION: "Part of a longer quotation, read here as {speaker} speaking.",
    CLOSED_LATER: "A quotation whose speaker is named after it: {speaker}.",
    SAME_BLOCK: "A quotation in the same paragraph as the words of {speaker}.",
    PREVIOUS: "Goes on from the sentence before it, read here as the account of {speaker}.",
    SUBJECT: "No source is named beside it; read here as the account of {speaker}, whom it is about.",
    BEFORE: "No source is named in it; read here as the account of {speaker}, who spoke before.",
}
_INTRODUCED = "{speaker}, introduced as “{role}”"
_WITHHELD = "“{words}” points to a source that the text does not name."
_WORDING = "No source is named in it, but its wording is that of a report of somebody's words."
_NO_SOURCE = "No source found: it reads as the reporter's own narration."
_OTHER_SOURCE = (
    "{speaker} may be speaking, but neither for a body, nor unnamed, nor as somebody who was there."
)
_NOT_SURE = "Not sure: the text does not say clearly enough who stands behind this sentence."


def reason_of_no_mark(reading: Reading, index: int, state: str) -> str:
    """Return why the sentence with an index has no mark."""
    if state != NONE:
        return _NOT_SURE
    speaker = reading.turns[index].speaker
    return _OTHER_SOURCE.format(speaker=_capitalised(speaker.label)) if speaker is not None else _NO_SOURCE


def reason(
    reading: Reading, index: int, label: str | None, source: Source, evidence: tuple[Evidence, ...]
) -> str:
    """Return why the sentence with an index is marked with `label`: how its evidence leads to its source."""
    words = {each.kind: text_of(reading, each.span) for each in evidence}
    if source.entry is None:
        if label == ANONYMOUS and evidence:
            return _WITHHELD.format(words=words.get("source") or words["cue"])
        return _WORDING
    speaker = _inside_sentence(called(reading, source, source.entry), source.entry)
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
        speaker = _INTRODUCED.format(speaker=speaker, role=text_of(reading, role))
    return _HOW[link].format(cue=words.get("cue"), speaker=speaker, mention=mention)


def _stands_in(span: Span, sentence: Span) -> bool:
    return span.block == sentence.block and sentence.start <= span.start < sentence.end


def _inside_sentence(label: str, speaker: SpeakerEntry) -> str:
    first = label.split(maxsplit=1)[0].lower()
    # "the ministry" and "two people", but a name may start with a number: "One Parade"
    article = first in DETERMINERS or (first in NUMBERS and not speaker.name)
    return label[0].lower() + label[1:] if article else label


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
