"""Point to the words that led to a decision, and say in one sentence how."""

from sourcemark.article import Evidence, Span, Speaker
from sourcemark.attribution.reading import Reading
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
_WITHHELD = "“{cue}” points to a source that the text does not name."
_WORDING = "No source is named in it, but its wording is that of a report of somebody's words."
_NO_SOURCE = "No source found: it reads as the reporter's own narration."
_OTHER_SOURCE = (
    "{speaker} may be speaking, but neither for a body, nor unnamed, nor as somebody who was there."
)
_NOT_SURE = "Not sure: the text does not say clearly enough who stands behind this sentence."


def speaker_of(reading: Reading, index: int) -> Speaker | None:
    """Return who was read as the speaker of sentence `index`, or None."""
    entry = reading.turns[index].speaker
    return Speaker(entry.label, bool(entry.name)) if entry is not None else None


def evidence_of(reading: Reading, index: int) -> tuple[Evidence, ...]:
    """Return the source mention and the cue of sentence `index`; the mention may stand blocks earlier."""
    sentence, entry = reading.sentences[index], reading.turns[index].speaker
    tokens = reading.blocks[sentence.block].tokens
    evidence = []
    if sentence.mention is not None and sentence.mention.form != "pronoun":
        mention = sentence.mention
        span = Span(sentence.block, tokens[mention.start].start, tokens[mention.end - 1].end)
        evidence.append(Evidence("source", span))
    elif entry is not None:
        evidence.append(Evidence("source", entry.span))
    if sentence.cue is not None:
        span = Span(sentence.block, tokens[sentence.cue.start].start, tokens[sentence.cue.end - 1].end)
        evidence.append(Evidence("cue", span))
    return tuple(evidence)


def reason_of(reading: Reading, index: int, label: str | None, state: str) -> str:
    """Return one plain sentence that tells a reader what the decision rests on."""
    sentence, turn = reading.sentences[index], reading.turns[index]
    block = reading.blocks[sentence.block]
    speaker = turn.speaker.label if turn.speaker is not None else None
    cue = mention = ""
    if sentence.cue is not None:
        cue = block.text[block.tokens[sentence.cue.start].start : block.tokens[sentence.cue.end - 1].end]
    if sentence.mention is not None:
        mention = block.tokens[sentence.mention.start].text
    if state == NONE:
        return _NO_SOURCE if speaker is None else _OTHER_SOURCE.format(speaker=_capitalised(speaker))
    if state != LABELLED:
        return _NOT_SURE
    if speaker is not None:
        return _HOW[turn.link].format(cue=cue, speaker=speaker, pronoun=mention)
    if label == ANONYMOUS and cue:
        return _WITHHELD.format(cue=cue)
    return _WORDING


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
