"""What the classifier sees of a sentence: named features, and transformers that number them."""

from collections.abc import Iterator, Sequence
import itertools
from math import sqrt

from sourcemark.attribution.lexicon import Match
from sourcemark.attribution.ranges import starting_within
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.sentences import ParsedBlock, ParsedSentence
from sourcemark.attribution.speakers import Turn
from sourcemark.text.tokens import Token

_NEIGHBOURS = (-1, 1)
_LEAD = 4


def describe(reading: Reading) -> list[dict[str, float]]:
    """Return the features of each sentence of an article, by name.

    A name starts with the group it belongs to, up to the colon. The weights of one group's words have unit
    length, so that a long sentence does not count for more than a short one.
    """
    own = [_own(reading, index) for index in range(len(reading.sentences))]
    lead = _unit(_lead_words(reading))
    described = []
    for index, sentence in enumerate(reading.sentences):
        features = own[index] | lead
        features.update(_unit(_words(reading, sentence)))
        features.update(_unit(_speaker_words(reading, reading.turns[index])))
        for step in _NEIGHBOURS:
            other = index + step
            if 0 <= other < len(own):
                same = "b" if reading.sentences[other].block == sentence.block else "p"
                features.update((f"{step}{same}|{name}", 1.0) for name in own[other])
            else:
                features[f"{step}|edge:"] = 1.0
        described.append(features)
    return described


def _unit(names: Sequence[str]) -> dict[str, float]:
    groups: dict[str, set[str]] = {}
    for name in names:
        groups.setdefault(name[: name.index(":")], set()).add(name)
    return {name: 2 / sqrt(len(group)) for group in groups.values() for name in group}


def _own(reading: Reading, index: int) -> dict[str, float]:
    """Features of the sentence that its neighbours see too: quotation, cue, source and link."""
    sentence = reading.sentences[index]
    block = reading.blocks[sentence.block]
    return dict.fromkeys(
        (
            *_quotation_features(sentence),
            *_cue_features(sentence, block),
            *_mention_features(sentence, block),
            *_turn_features(reading, reading.turns[index]),
        ),
        1.0,
    )


def _quotation_features(sentence: ParsedSentence) -> Iterator[str]:
    share = sentence.quoted_share
    band = "none" if share == 0 else "all" if share == 1 else "most" if share > 0.5 else "part"
    yield f"quote:{band}"
    yield f"quote:{band}-{'continues' if sentence.continues else ''}-{'open' if sentence.left_open else ''}"


def _cue_features(sentence: ParsedSentence, block: ParsedBlock) -> Iterator[str]:
    for cue in sentence.cues:
        yield f"cue:{'quoted-' if cue.quoted else ''}{cue.kind}"
    if sentence.cue is None:
        yield "cue:absent"
        return
    yield f"cue:main={sentence.cue.lemma}"
    yield f"cue:main-kind={sentence.cue.kind}-{'mention' if sentence.mention else ''}"
    following = block.tokens[sentence.cue.end].lower if sentence.cue.end < sentence.last else "end"
    yield f"cue:form={block.tokens[sentence.cue.start].lower}+{following}"
    before = block.tokens[sentence.cue.start - 1].lower if sentence.cue.start > sentence.first else "start"
    yield f"cue:before={before}"


def _mention_features(sentence: ParsedSentence, block: ParsedBlock) -> Iterator[str]:
    mention = sentence.mention
    if mention is None:
        return
    yield f"source:form={mention.form}-{mention.determiner}"
    yield f"source:head={mention.head if mention.form != 'name' else 'NAME'}"
    if mention.form == "name":
        yield f"source:names={min(len(mention.name), 3)}"
    for token in block.tokens[mention.start : mention.end]:
        if token.is_word and not token.capitalised:
            yield f"source:word={token.lower}"
    for match in _within(block.matches, mention.start, mention.end):
        where = "core" if match.start < mention.core_end else "rest"
        yield f"source:{where}-{match.entry.list}={match.entry.kind}"
        if match.entry.list == "roles" and match.start < mention.core_end:
            yield f"source:role={match.entry.kind}-{mention.determiner}-{mention.form}"


def _turn_features(reading: Reading, turn: Turn) -> Iterator[str]:
    yield f"link:{turn.link}"
    yield f"link:{turn.link}-{min(turn.distance, 3)}"
    if turn.speaker is None:
        return
    yield f"speaker:{'named' if turn.speaker.name else 'described'}-{min(turn.speaker.turns, 4)}"
    yield f"speaker:kind={turn.speaker.kind}"
    roles = set()
    for block_index, start, end in turn.speaker.description:
        for match in _within(reading.blocks[block_index].matches, start, end):
            yield f"speaker:{match.entry.list}={match.entry.kind}"
            if match.entry.list in ("roles", "organisations"):
                roles.add(match.entry.kind)
    yield f"speaker:roles={'+'.join(sorted(roles))}"


def _within(matches: Sequence[Match], start: int, end: int) -> list[Match]:
    return [match for match in starting_within(matches, start, end) if match.end <= end]


def _words(reading: Reading, sentence: ParsedSentence) -> list[str]:
    block = reading.blocks[sentence.block]
    names = []
    outside: list[Token] = []
    for index in range(sentence.first, sentence.last):
        token = block.tokens[index]
        if block.quoted[index]:
            names.append(f"quoted:{token.lower}")
        else:
            outside.append(token)
    names += [f"word:{token.lower}" for token in outside if token.is_word]
    names += [f"pair:{a.lower} {b.lower}" for a, b in itertools.pairwise(outside)]
    for match in _within(block.matches, sentence.first, sentence.last):
        quoted = "quoted-" if block.quoted[match.start] else ""
        names.append(f"class:{quoted}{match.entry.list}={match.entry.kind}")
    return names


def _lead_words(reading: Reading) -> list[str]:
    """Words of the article's first sentences: what it is about decides who can have been there."""
    return [
        f"lead:{token.lower}"
        for sentence in reading.sentences[:_LEAD]
        for token in reading.blocks[sentence.block].tokens[sentence.first : sentence.last]
        if token.is_word and not token.capitalised
    ]


def _speaker_words(reading: Reading, turn: Turn) -> list[str]:
    """Words that describe the sentence's speaker anywhere in the article."""
    if turn.speaker is None:
        return []
    name = {word.lower() for word in turn.speaker.name}
    return [
        f"described:{token.lower}"
        for block, start, end in turn.speaker.description
        for token in reading.blocks[block].tokens[start:end]
        if token.is_word and token.lower not in name
    ]
