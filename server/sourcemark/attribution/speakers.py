"""Decide who speaks in every sentence."""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from sourcemark.attribution.people import NamedPerson, may_be_subject
from sourcemark.attribution.ranges import starting_within
from sourcemark.attribution.sentences import ParsedBlock, ParsedSentence
from sourcemark.attribution.speaker_entry import SpeakerEntry
from sourcemark.attribution.speaker_table import SpeakerTable

OWN = "own"
PRONOUN = "pronoun"
QUOTATION = "quotation"
CLOSED_LATER = "closed-later"
SAME_BLOCK = "same-block"
PREVIOUS = "previous"
NO_SPEAKER = "none"

_LOOK_AHEAD = 6
_NEAR = 2


class Turn(Struct, frozen=True, gc=False):
    """Who speaks in one sentence, and how that was found.

    `link` is `own` (the sentence names them), `pronoun`, `quotation` (goes on inside one), `closed-later`
    (the quotation's speaker stands behind it), `same-block` or `previous` (a new quotation without a source
    after somebody spoke), or `none`.
    """

    speaker: SpeakerEntry | None
    link: str
    distance: int = 0
    """Sentences between this one and the mention that decided."""
    subject: SpeakerEntry | None = None
    """Whom a sentence without any of these is about."""
    before: SpeakerEntry | None = None
    """Who spoke last before a sentence without any of these, at most two blocks up."""


def link_speakers(blocks: Sequence[ParsedBlock], sentences: Sequence[ParsedSentence]) -> list[Turn]:
    """Return who speaks in each sentence.

    A sentence with a mention of its own decides for itself. One inside a quotation takes the speaker that
    the quotation is given before or after it; one without either may go on from the sentence before.
    """
    own, subjects = _own_speakers(blocks, sentences)
    turns: list[Turn] = []
    spoke: tuple[SpeakerEntry, int] | None = None
    for index, (sentence, speaker) in enumerate(zip(sentences, own, strict=True)):
        mention = sentence.mention
        if speaker is not None and mention is not None:
            turns.append(Turn(speaker, PRONOUN if mention.form == "pronoun" else OWN))
        elif mention is not None and mention.head in ("he", "she"):
            # somebody speaks whom the article has not told of: not whoever spoke before
            turns.append(Turn(None, NO_SPEAKER))
        else:
            turn = _borrowed(index, sentences, own, turns)
            if turn.speaker is None:
                near = spoke is not None and sentence.block - spoke[1] <= _NEAR
                turn = Turn(
                    None, NO_SPEAKER, subject=subjects[index], before=spoke[0] if near and spoke else None
                )
            turns.append(turn)
        if turns[-1].speaker is not None and turns[-1].link != PREVIOUS:
            spoke = turns[-1].speaker, sentence.block
    _mark_withheld(blocks, sentences, turns)
    return turns


def _mark_withheld(
    blocks: Sequence[ParsedBlock], sentences: Sequence[ParsedSentence], turns: Sequence[Turn]
) -> None:
    """Let "on condition of anonymity" hold for everything else that its speaker says."""
    for sentence, turn in zip(sentences, turns, strict=True):
        if turn.speaker is None or turn.speaker.withheld:
            continue
        block = blocks[sentence.block]
        turn.speaker.withheld = any(
            match.entry.list == "anonymity" and not block.quoted[match.start]
            for match in starting_within(block.matches, sentence.first, sentence.last)
        )


def _own_speakers(
    blocks: Sequence[ParsedBlock], sentences: Sequence[ParsedSentence]
) -> tuple[list[SpeakerEntry | None], list[SpeakerEntry | None]]:
    """Return the speaker of each sentence's own mention, and whom the sentences without one are about."""
    table = SpeakerTable(blocks)
    speakers: list[SpeakerEntry | None] = []
    subjects: list[SpeakerEntry | None] = []
    for sentence in sentences:
        mention, block = sentence.mention, blocks[sentence.block]
        if mention is not None and mention.form == "pronoun":
            # a pronoun looks back, before the names of its own sentence are met
            _meet_people(table, block, sentence, sentence.first, mention.start, subjects_only=True)
            speakers.append(table.resolve(mention, sentence.block))
            subjects.append(None)
            continue
        _meet_people(table, block, sentence, sentence.first, sentence.last)
        speakers.append(table.resolve(mention, sentence.block) if mention is not None else None)
        subject = sentence.subject
        subjects.append(table.subject(subject, sentence.block) if subject is not None else None)
    return speakers, subjects


def _meet_people(
    table: SpeakerTable,
    block: ParsedBlock,
    sentence: ParsedSentence,
    first: int,
    last: int,
    *,
    subjects_only: bool = False,
) -> None:
    """Tell the table whom a stretch of a sentence names, the one a pronoun most likely means last.

    That is the first person who can be its subject (centering: Grosz, Joshi and Weinstein 1995,
    https://aclanthology.org/J95-2003/).
    """
    people = starting_within(block.people, first, last)
    for person in reversed(people):
        if not person.subject and not subjects_only:
            table.meet(person, sentence.block)
    inside = {index for person in people for index in range(person.start, person.end)}
    capitals = block.capitals[bisect_left(block.capitals, first) : bisect_left(block.capitals, last)]
    singles = [i for i in capitals if i not in inside and table.knows(block.tokens[i].lower)]
    named = [(index, may_be_subject(block.tokens, index, index + 1)) for index in singles]
    for index, subject in reversed(named):
        if not subject and not subjects_only:
            table.meet_again(block.tokens[index].lower, sentence.block)
    met: list[tuple[int, NamedPerson | None]] = [(p.start, p) for p in people if p.subject]
    met += [(index, None) for index, subject in named if subject]
    for index, one in sorted(met, key=lambda pair: -pair[0]):
        if one is not None:
            table.meet(one, sentence.block)
        else:
            table.meet_again(block.tokens[index].lower, sentence.block)


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
