"""What the classifier is told of a speaker: everything the article says about them, wherever it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import sqrt

from sourcemark.attribution.lexicon import TITLES
from sourcemark.attribution.ranges import index_from, inside
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.speaker_entry import SpeakerEntry
from sourcemark.text.tokens import Token

_ROLES = TITLES | {"organisations"}


@dataclass(frozen=True, slots=True)
class Told:
    """Features of a speaker, the same for every sentence of theirs."""

    features: tuple[str, ...]
    words: Mapping[str, float]
    """The words that describe them, weighed as a group."""


NOTHING = Told((), {})
"""What is told of nobody."""


def told_of(reading: Reading, speaker: SpeakerEntry) -> Told:
    """Return the features of a speaker of the article."""
    return Told(tuple(_features(reading, speaker)), unit([_words(reading, speaker)]))


def unit(groups: Iterable[Set[str]]) -> dict[str, float]:
    """Return the names of several groups with weights; those of a group have the length 2 together."""
    weights: dict[str, float] = {}
    for group in groups:
        weights.update(dict.fromkeys(group, 2 / sqrt(max(1, len(group)))))
    return weights


def _features(reading: Reading, speaker: SpeakerEntry) -> Iterator[str]:
    yield f"speaker:kind={speaker.kind}"
    yield f"speaker:sure={speaker.kind}-{'named' if speaker.name else 'described'}-{speaker.sure}"
    if speaker.withheld:
        yield "speaker:withheld"
    roles = set()
    for block_index, start, end in speaker.description:
        block = reading.blocks[block_index]
        for match in inside(block.matches, start, end):
            yield f"speaker:{match.entry.list}={match.entry.kind}"
            if match.entry.list in ("roles", "organisations"):
                roles.add(match.entry.kind)
        if any(_is_age(block.tokens, index) for index in range(start, end)):
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


def _is_age(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is somebody's age: "Jane Hollis, 34, said"."""
    text = tokens[index].text
    if text.endswith("-year-old"):
        return True
    return (
        text.isdecimal()
        and len(text) == 2
        and index > 0
        and tokens[index - 1].text == ","
        and index + 1 < len(tokens)
        and tokens[index + 1].text in (",", ".")
    )


def _words(reading: Reading, speaker: SpeakerEntry) -> set[str]:
    """Return the words that describe the speaker anywhere in the article."""
    name = {word.lower() for word in speaker.name}
    return {
        f"described:{token.lower}"
        for block, start, end in speaker.description
        for token in reading.blocks[block].tokens[start:end]
        if token.is_word and token.lower not in name
    }
