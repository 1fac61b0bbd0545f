"""Point to the words that led to a decision, and say in one sentence how."""

from msgspec import Struct

from sourcemark.article import Evidence, Speaker
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.reasons import reason, reason_of_no_mark
from sourcemark.attribution.source import Source, source_of, speaker_of
from sourcemark.labels import LABELLED


class Explanation(Struct, frozen=True, gc=False):
    """Who was read as the speaker of a sentence, the words that led there, and the reason in plain words."""

    speaker: Speaker | None
    evidence: tuple[Evidence, ...]
    reason: str


def explain(reading: Reading, index: int, label: str | None, state: str) -> Explanation:
    """Return speaker, evidence and reason of a marked sentence, or the reason why it is not marked."""
    if state != LABELLED:
        return Explanation(None, (), reason_of_no_mark(reading, index, state))
    source = source_of(reading, index, label)
    evidence = _evidence(reading, index, source)
    return Explanation(speaker_of(reading, source), evidence, reason(reading, index, label, source, evidence))


def _evidence(reading: Reading, index: int, source: Source) -> tuple[Evidence, ...]:
    sentence = reading.sentences[index]
    evidence = [Evidence("source", source.span)] if source.span is not None else []
    if sentence.cue is not None:
        block = reading.blocks[sentence.block]
        evidence.append(Evidence("cue", block.span(sentence.block, sentence.cue.start, sentence.cue.end)))
    return tuple(evidence)
