"""What the classifier sees of a sentence: named features of it, of its neighbours and of its speaker."""

from collections.abc import Iterator
import itertools
from operator import not_

from sourcemark.attribution.ranges import inside
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.sentences import ParsedBlock, ParsedSentence
from sourcemark.attribution.speakers import Turn
from sourcemark.model.groups import Group, Sample, unit
from sourcemark.model.speaker_features import NOTHING, Told, told_of

_NEIGHBOURS = (-1, 1)
_EDGES = {step: Group(f"{step}|", ("edge:",)) for step in _NEIGHBOURS}
_LEAD = 4
_OF_SENTENCE = frozenset(("class", "cue", "described", "pair", "quote", "quoted", "source", "word"))


def describe(reading: Reading) -> list[Sample]:
    """Return the features of each sentence of an article, by name.

    A name starts with the kind it belongs to, up to the colon. The weights of the words of one kind have unit
    length, so that a long sentence does not count for more than a short one.
    """
    speakers = {id(turn.speaker): turn.speaker for turn in reading.turns if turn.speaker is not None}
    known = {key: told_of(reading, speaker) for key, speaker in speakers.items()}
    told = [known.get(id(turn.speaker), NOTHING) for turn in reading.turns]
    own = [_own(reading, *each) for each in zip(reading.sentences, reading.turns, told, strict=True)]
    lead = unit("lead:", _lead_words(reading))
    return [
        [
            Group("", own[index]),
            lead,
            *_words(reading, sentence),
            told[index].words,
            *(_neighbour(reading, own, index, step) for step in _NEIGHBOURS),
        ]
        for index, sentence in enumerate(reading.sentences)
    ]


def of_sentence(sample: Sample) -> Sample:
    """Return the features that a sentence has wherever it stands.

    What is left out would be wrong where the rest of the article is not known: what it is about, how its
    speaker was introduced, whether a neighbour stands in the same paragraph.
    """
    groups = (
        group if group.prefix else Group("", [name for name in group.names if _is_of_sentence(name)])
        for group in sample
    )
    return [group for group in groups if not group.prefix or _is_of_sentence(group.prefix)]


def _is_of_sentence(name: str) -> bool:
    return name.partition(":")[0] in _OF_SENTENCE


def _neighbour(reading: Reading, own: list[tuple[str, ...]], index: int, step: int) -> Group:
    """Return what a sentence sees of the one `step` further, and whether that stands in its block."""
    other = index + step
    if not 0 <= other < len(own):
        return _EDGES[step]
    same = reading.sentences[other].block == reading.sentences[index].block
    return Group(f"{step}{'b' if same else 'p'}|", own[other])


def _own(reading: Reading, sentence: ParsedSentence, turn: Turn, told: Told) -> tuple[str, ...]:
    """Features of the sentence that its neighbours see too: quotation, cue, source and link."""
    block = reading.blocks[sentence.block]
    names = (
        *_quotation_features(sentence),
        *_cue_features(sentence, block),
        *_mention_features(sentence, block),
        *_turn_features(turn),
        *told.features,
    )
    return tuple(dict.fromkeys(names))


def _quotation_features(sentence: ParsedSentence) -> Iterator[str]:
    band = _band(sentence)
    yield f"quote:{band}"
    yield f"quote:{band}-{'continues' if sentence.continues else ''}-{'open' if sentence.left_open else ''}"


def _band(sentence: ParsedSentence) -> str:
    share = sentence.quoted_share
    return "none" if share == 0 else "all" if share == 1 else "most" if share > 0.5 else "part"


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
    for match in inside(block.matches, mention.start, mention.end):
        where = "core" if match.start < mention.core_end else "rest"
        yield f"source:{where}-{match.entry.name}"
        if match.entry.list == "roles" and match.start < mention.core_end:
            yield f"source:role={match.entry.kind}-{mention.determiner}-{mention.form}"


def _turn_features(turn: Turn) -> Iterator[str]:
    yield f"link:{turn.link}"
    yield f"link:{turn.link}-{min(turn.distance, 3)}"
    if turn.speaker is not None:
        yield f"speaker:{'named' if turn.speaker.name else 'described'}-{min(turn.speaker.turns, 4)}"


def _words(reading: Reading, sentence: ParsedSentence) -> tuple[Group, ...]:
    block = reading.blocks[sentence.block]
    tokens = block.tokens[sentence.first : sentence.last]
    quoted = block.quoted[sentence.first : sentence.last]
    outside = list(itertools.compress(tokens, map(not_, quoted)))
    words = [token.lower for token in outside]
    return (
        unit("quoted:", {token.lower for token in itertools.compress(tokens, quoted)}),
        unit("word:", {token.lower for token in outside if token.is_word}),
        unit("pair:", set(map(" ".join, itertools.pairwise(words)))),
        unit(
            "class:",
            {
                f"{'quoted-' if block.quoted[m.start] else ''}{m.entry.name}"
                for m in inside(block.matches, sentence.first, sentence.last)
            },
        ),
    )


def _lead_words(reading: Reading) -> set[str]:
    """Words of the article's first sentences: what it is about decides who can have been there."""
    return {
        token.lower
        for sentence in reading.sentences[:_LEAD]
        for token in reading.blocks[sentence.block].tokens[sentence.first : sentence.last]
        if token.is_word and not token.capitalised
    }
