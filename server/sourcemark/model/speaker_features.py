"""What the classifier is told of a speaker: everything the article says about them, wherever it stands."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from sourcemark.attribution.lexicon import TITLES
from sourcemark.attribution.ranges import index_from, inside
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.speaker_entry import SpeakerEntry
from sourcemark.model.groups import Group, unit
from sourcemark.text.tokens import Token

_ROLES = TITLES | {"organisations"}


class Told(Struct, frozen=True, gc=False):
    """Features of a speaker, the same for every sentence of theirs."""

    features: tuple[str, ...]
    words: Group
    """The words that describe them, weighed as a group."""


NOTHING = Told((), Group("described:", ()))
"""What is told of nobody."""


def told_of(reading: Reading, speaker: SpeakerEntry) -> Told:
    """Return the features of a speaker of the article."""
    return Told(tuple(_features(reading, speaker)), unit("described:", _words(reading, speaker)))


def _features(reading: Reading, speaker: SpeakerEntry) -> Iterator[str]:
    yield f"speaker:kind={speaker.kind}"
    yield f"speaker:sure={speaker.kind}-{'named' if speaker.name else 'described'}-{speaker.sure}"
    if speaker.withheld:
        yield "speaker:withheld"
    roles = set()
    for block_index, start, end in speaker.description:
        block = reading.blocks[block_index]
        for match in inside(block.matches, start, end):
            yield f"speaker:{match.entry.name}"
            if match.entry.list in ("roles", "organisations"):
                roles.add(match.entry.kind)
        if _is_aged(block.tokens, start, end):
            yield "speaker:aged"
    yield f"speaker:roles={'+'.join(sorted(roles))}"
    for kind in _role_kinds(reading, speaker):
        yield f"speaker:role={kind}"


def _role_kinds(reading: Reading, speaker: SpeakerEntry) -> list[str]:
    """Return the kinds of the words that first say what a speaker is."""
    if speaker.role is None:
        return [f"unsaid-{speaker.kind}"]
    block = reading.blocks[speaker.role.block]
    first, last = (index_from(block.tokens, place) for place in (speaker.role.start, speaker.role.end))
    kinds = {match.entry.kind for match in inside(block.matches, first, last) if match.entry.list in _ROLES}
    return sorted(kinds) or ["other"]


def _is_aged(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether an age stands there: "Jane Hollis, 34, said"."""
    return any(
        token.text.endswith("-year-old")
        or (token.text.isdecimal() and len(token.text) == 2 and _is_apposed(tokens, index))
        for index, token in enumerate(tokens[start:end], start)
    )


def _is_apposed(tokens: Sequence[Token], index: int) -> bool:
    return (
        index > 0
        and tokens[index - 1].text == ","
        and index + 1 < len(tokens)
        and tokens[index + 1].text in (",", ".")
    )


def _words(reading: Reading, speaker: SpeakerEntry) -> set[str]:
    """Return the words that describe the speaker anywhere in the article."""
    name = {word.lower() for word in speaker.name}
    return {
        token.lower
        for block, start, end in speaker.description
        for token in reading.blocks[block].tokens[start:end]
        if token.is_word and token.lower not in name
    }
