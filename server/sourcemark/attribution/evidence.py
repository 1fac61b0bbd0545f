"""Point to the words that led to a decision, and say in one sentence how."""

from sourcemark.article import Evidence, Span, Speaker
from sourcemark.attribution.function_words import DETERMINERS, NUMBERS
from sourcemark.attribution.lexicon import Match
from sourcemark.attribution.ranges import starting_within
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.speaker_table import SpeakerEntry
from sourcemark.attribution.speakers import CLOSED_LATER, OWN, PREVIOUS, PRONOUN, QUOTATION, SAME_BLOCK
from sourcemark.labels import ANONYMOUS, LABELLED, NONE

_HOW = {
    OWN: "“{cue}” gives these words to {speaker}.",
    PRONOUN: "“{cue}” gives these words to “{pronoun}”, read here as {speaker}.",
    QUOTATION: "Part of a longer quotation, read here as {speaker} speaking.",
    CLOSED_LATER: "A quotation whose speaker is named after it: {speaker}.",
    SAME_BLOCK: "A quotation in the same paragraph as the words of {speaker}.",
    PREVIOUS: "Goes on from the sentence before it, read here as the account of {speaker}.",
}
_WITHHELD = "“{words}” points to a source that the text does not name."
_WORDING = "No source is named in it, but its wording is that of a report of somebody's words."
_NO_SOURCE = "No source found: it reads as the reporter's own narration."
_OTHER_SOURCE = (
    "{speaker} may be speaking, but neither for a body, nor unnamed, nor as somebody who was there."
)
_NOT_SURE = "Not sure: the text does not say clearly enough who stands behind this sentence."

_SIGNS = frozenset({("anonymity", "withheld"), ("roles", "rank"), ("roles", "withheld"), ("cues", "hedge")})


def speaker_of(reading: Reading, index: int, label: str | None) -> Speaker | None:
    """Return who was read as the speaker of sentence `index`, or None."""
    entry = _speaker(reading, index, label)
    return Speaker(entry.label, bool(entry.name)) if entry is not None else None


def evidence_of(reading: Reading, index: int, label: str | None) -> tuple[Evidence, ...]:
    """Return the source mention and the cue of sentence `index`; the mention may stand blocks earlier."""
    sentence, entry = reading.sentences[index], _speaker(reading, index, label)
    block = reading.blocks[sentence.block]
    evidence = []
    if entry is not None:
        mention = sentence.mention
        if mention is not None and mention.form != "pronoun":
            evidence.append(Evidence("source", block.span(sentence.block, mention.start, mention.end)))
        else:
            evidence.append(Evidence("source", entry.span))
    elif label == ANONYMOUS and (match := _withheld(reading, index)) is not None:
        evidence.append(Evidence("source", block.span(sentence.block, match.start, match.end)))
    if sentence.cue is not None:
        evidence.append(Evidence("cue", block.span(sentence.block, sentence.cue.start, sentence.cue.end)))
    return tuple(evidence)


def _speaker(reading: Reading, index: int, label: str | None) -> SpeakerEntry | None:
    entry = reading.turns[index].speaker
    # whoever was read as the speaker has a name, so the label does not rest on them
    return None if entry is not None and entry.name and label == ANONYMOUS else entry


def _withheld(reading: Reading, index: int) -> Match | None:
    """Return the words of a sentence that say that its source is not named, or None."""
    sentence = reading.sentences[index]
    found = (
        match
        for match in starting_within(reading.blocks[sentence.block].matches, sentence.first, sentence.last)
        if (match.entry.list, match.entry.kind) in _SIGNS
    )
    return next(found, None)


def reason_of(reading: Reading, index: int, label: str | None, state: str) -> str:
    """Return one plain sentence that tells a reader what the decision rests on."""
    speaker = _speaker(reading, index, label)
    if state == NONE:
        return _OTHER_SOURCE.format(speaker=_capitalised(speaker.label)) if speaker else _NO_SOURCE
    if state != LABELLED:
        return _NOT_SURE
    evidence = {each.kind: _text(reading, each.span) for each in evidence_of(reading, index, label)}
    if speaker is not None:
        mention = reading.sentences[index].mention
        block = reading.blocks[reading.sentences[index].block]
        pronoun = block.tokens[mention.start].text if mention is not None else ""
        how = _HOW[reading.turns[index].link]
        return how.format(cue=evidence.get("cue"), speaker=_inside_sentence(speaker), pronoun=pronoun)
    if label == ANONYMOUS and evidence:
        return _WITHHELD.format(words=evidence.get("source") or evidence["cue"])
    return _WORDING


def _text(reading: Reading, span: Span) -> str:
    return reading.blocks[span.block].text[span.start : span.end]


def _inside_sentence(speaker: SpeakerEntry) -> str:
    label = speaker.label
    first = label.split(maxsplit=1)[0].lower()
    # "the ministry" and "two people", but a name may start with a number: "One Parade"
    article = first in DETERMINERS or (first in NUMBERS and not speaker.name)
    return label[0].lower() + label[1:] if article else label


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
