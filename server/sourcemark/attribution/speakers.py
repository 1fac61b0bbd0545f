"""Decide who speaks in every sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from sourcemark.attribution.ranges import starting_within
from sourcemark.attribution.sentences import ParsedBlock, ParsedSentence
from sourcemark.attribution.speaker_table import SpeakerEntry, SpeakerTable

OWN = "own"
PRONOUN = "pronoun"
QUOTATION = "quotation"
CLOSED_LATER = "closed-later"
SAME_BLOCK = "same-block"
PREVIOUS = "previous"
NO_SPEAKER = "none"

_LOOK_AHEAD = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks in one sentence, and how that was found.

    `link` is `own` (the sentence names them), `pronoun`, `quotation` (goes on inside one), `closed-later`
    (the quotation's speaker stands behind it), `same-block` or `previous` (a new quotation without a source
    after somebody spoke), or `none`.
    """

    speaker: SpeakerEntry | None
    link: str
    distance: int = 0
    """Sentences between this one and the mention that decided."""


def link_speakers(blocks: Sequence[ParsedBlock], sentences: Sequence[ParsedSentence]) -> list[Turn]:
    """Return who speaks in each sentence.

    A sentence with a mention of its own decides for itself. One inside a quotation takes the speaker that
    the quotation is given before or after it; one without either may go on from the sentence before.
    """
    own = _own_speakers(blocks, sentences)
    turns: list[Turn] = []
    for index, (sentence, speaker) in enumerate(zip(sentences, own, strict=True)):
        mention = sentence.mention
        if speaker is not None and mention is not None:
            turns.append(Turn(speaker, PRONOUN if mention.form == "pronoun" else OWN))
        elif mention is not None and mention.head in ("he", "she"):
            # somebody speaks whom the article has not told of: not whoever spoke before
            turns.append(Turn(None, NO_SPEAKER))
        else:
            turns.append(_borrowed(index, sentences, own, turns))
    return turns


def _own_speakers(
    blocks: Sequence[ParsedBlock], sentences: Sequence[ParsedSentence]
) -> list[SpeakerEntry | None]:
    table = SpeakerTable(blocks)
    speakers = []
    for sentence in sentences:
        mention = sentence.mention
        if mention is not None and mention.form == "pronoun":
            # a pronoun looks back, before the names of its own sentence are met
            speakers.append(table.resolve(mention, sentence.block))
            continue
        people = starting_within(blocks[sentence.block].people, sentence.first, sentence.last)
        # the first name of a sentence is its subject: met last, it is the one a pronoun means
        for person in reversed(people):
            table.meet(person, sentence.block)
        speakers.append(table.resolve(mention, sentence.block) if mention is not None else None)
    return speakers


def _borrowed(
    index: int,
    sentences: Sequence[ParsedSentence],
    own: Sequence[SpeakerEntry | None],
    turns: Sequence[Turn],
) -> Turn:
    sentence = sentences[index]
    previous = turns[index - 1] if index else Turn(None, NO_SPEAKER)
    same_block = index > 0 and sentences[index - 1].block == sentence.block
    if sentence.quoted_share == 0:
        if previous.speaker is None or not same_block:
            return Turn(None, NO_SPEAKER)
        return Turn(previous.speaker, PREVIOUS, previous.distance + 1)
    if sentence.continues and previous.speaker is not None:
        return Turn(previous.speaker, QUOTATION, previous.distance + 1)
    for ahead in range(index + 1, min(index + _LOOK_AHEAD, len(sentences))):
        if sentences[ahead].block != sentence.block or sentences[ahead].quoted_share == 0:
            break
        if own[ahead] is not None:
            return Turn(own[ahead], CLOSED_LATER, ahead - index)
    if previous.speaker is None:
        return Turn(None, NO_SPEAKER)
    return Turn(previous.speaker, SAME_BLOCK if same_block else PREVIOUS, previous.distance + 1)
