"""What the classifier sees of a sentence: named features, and transformers that number them."""

from collections.abc import Iterator, Mapping
import itertools

from sourcemark.attribution.ranges import inside
from sourcemark.attribution.reading import Reading
from sourcemark.attribution.sentences import ParsedBlock, ParsedSentence
from sourcemark.attribution.speakers import Turn
from sourcemark.model.speaker_features import NOTHING, Told, told_of, unit

_NEIGHBOURS = (-1, 1)
_LEAD = 4
_OF_SENTENCE = frozenset(("class", "cue", "described", "pair", "quote", "quoted", "source", "word"))


def describe(reading: Reading) -> list[dict[str, float]]:
    """Return the features of each sentence of an article, by name.

    A name starts with the group it belongs to, up to the colon. The weights of one group's words have unit
    length, so that a long sentence does not count for more than a short one.
    """
    speakers = {id(turn.speaker): turn.speaker for turn in reading.turns if turn.speaker is not None}
    told = {key: told_of(reading, speaker) for key, speaker in speakers.items()}
    own = [
        _own(reading, sentence, turn, told.get(id(turn.speaker), NOTHING))
        for sentence, turn in zip(reading.sentences, reading.turns, strict=True)
    ]
    lead = unit([_lead_words(reading)])
    described = []
    for index, sentence in enumerate(reading.sentences):
        features = own[index] | lead
        features.update(unit(_words(reading, sentence)))
        features.update(told.get(id(reading.turns[index].speaker), NOTHING).words)
        for step in _NEIGHBOURS:
            other = index + step
            if 0 <= other < len(own):
                same = "b" if reading.sentences[other].block == sentence.block else "p"
                theirs = f"{step}{same}|"
                features.update(dict.fromkeys([theirs + name for name in own[other]], 1.0))
            else:
                features[f"{step}|edge:"] = 1.0
        described.append(features)
    return described


def of_sentence(features: Mapping[str, float]) -> dict[str, float]:
    """Return the features that a sentence has wherever it stands.

    What is left out would be wrong where the rest of the article is not known: what it is about, how its
    speaker was introduced, whether a neighbour stands in the same paragraph.
    """
    return {name: value for name, value in features.items() if name.partition(":")[0] in _OF_SENTENCE}


def _own(reading: Reading, sentence: ParsedSentence, turn: Turn, told: Told) -> dict[str, float]:
    """Features of the sentence that its neighbours see too: quotation, cue, source and link."""
    block = reading.blocks[sentence.block]
    return dict.fromkeys(
        (
            *_quotation_features(sentence),
            *_cue_features(sentence, block),
            *_mention_features(sentence, block),
            *_turn_features(turn),
            *told.features,
        ),
        1.0,
    )


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
        yield f"source:{where}-{match.entry.list}={match.entry.kind}"
        if match.entry.list == "roles" and match.start < mention.core_end:
            yield f"source:role={match.entry.kind}-{mention.determiner}-{mention.form}"


def _turn_features(turn: Turn) -> Iterator[str]:
    yield f"link:{turn.link}"
    yield f"link:{turn.link}-{min(turn.distance, 3)}"
    if turn.speaker is not None:
        yield f"speaker:{'named' if turn.speaker.name else 'described'}-{min(turn.speaker.turns, 4)}"


def _words(reading: Reading, sentence: ParsedSentence) -> list[set[str]]:
    block = reading.blocks[sentence.block]
    tokens = block.tokens[sentence.first : sentence.last]
    quoted = block.quoted[sentence.first : sentence.last]
    outside = [token for token, inside in zip(tokens, quoted, strict=True) if not inside]
    return [
        {f"quoted:{token.lower}" for token in itertools.compress(tokens, quoted)},
        {f"word:{token.lower}" for token in outside if token.is_word},
        {f"pair:{a.lower} {b.lower}" for a, b in itertools.pairwise(outside)},
        {
            f"class:{'quoted-' if block.quoted[m.start] else ''}{m.entry.list}={m.entry.kind}"
            for m in inside(block.matches, sentence.first, sentence.last)
        },
    ]


def _lead_words(reading: Reading) -> set[str]:
    """Words of the article's first sentences: what it is about decides who can have been there."""
    return {
        f"lead:{token.lower}"
        for sentence in reading.sentences[:_LEAD]
        for token in reading.blocks[sentence.block].tokens[sentence.first : sentence.last]
        if token.is_word and not token.capitalised
    }
