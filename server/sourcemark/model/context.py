"""What the second pass knows of a sentence besides its scores: its place and its speaker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sourcemark.attribution.reading import Reading
from sourcemark.attribution.roles import BODY, GROUP, PERSON
from sourcemark.attribution.sentences import ParsedSentence
from sourcemark.attribution.speakers import (
    CLOSED_LATER,
    NO_SPEAKER,
    OWN,
    PREVIOUS,
    PRONOUN,
    QUOTATION,
    SAME_BLOCK,
    Turn,
)

LINKS = (OWN, PRONOUN, QUOTATION, CLOSED_LATER, SAME_BLOCK, PREVIOUS, NO_SPEAKER)
_FORMS = ("name", "noun", "pronoun")
_KINDS = (PERSON, GROUP, BODY)
_FURTHEST = 6
N_FACTS = 6 + len(_FORMS) + len(_KINDS) + len(LINKS)


@dataclass(frozen=True, slots=True)
class Context:
    """Sentences of one or more articles in order; all arrays have n_sentences rows."""

    article: NDArray[np.int64]
    block: NDArray[np.int64]
    """Number of the block, counted through all the articles."""
    speaker: NDArray[np.int64]
    """Number of the speaker, counted through all the articles; -1 where there is none."""
    link: NDArray[np.int64]
    """How the speaker was found, as an index into `LINKS`."""
    facts: NDArray[np.float32]
    """Of shape (n_sentences, n_facts): quotation, cue, source mention, speaker."""

    def of(self, mask: NDArray[np.bool_]) -> Self:
        """Return some of the sentences."""
        return type(self)(
            self.article[mask], self.block[mask], self.speaker[mask], self.link[mask], self.facts[mask]
        )

    @classmethod
    def joined(cls, contexts: Sequence[Self]) -> Self:
        """Return the sentences of several contexts, counting articles, blocks and speakers on."""
        article, block, speaker = [], [], []
        articles = blocks = speakers = 0
        for context in contexts:
            article.append(context.article + articles)
            block.append(context.block + blocks)
            speaker.append(np.where(context.speaker < 0, -1, context.speaker + speakers))
            articles += int(context.article.max(initial=-1)) + 1
            blocks += int(context.block.max(initial=-1)) + 1
            speakers += int(context.speaker.max(initial=-1)) + 1
        return cls(
            np.concatenate(article),
            np.concatenate(block),
            np.concatenate(speaker),
            np.concatenate([context.link for context in contexts]),
            np.concatenate([context.facts for context in contexts]),
        )


def context_of(reading: Reading) -> Context:
    """Return the context of every sentence of an article."""
    known: dict[int, int] = {}
    speakers = [
        -1 if turn.speaker is None else known.setdefault(id(turn.speaker), len(known))
        for turn in reading.turns
    ]
    facts = [_facts(*pair) for pair in zip(reading.sentences, reading.turns, strict=True)]
    return Context(
        np.zeros(len(facts), dtype=np.int64),
        np.array([sentence.block for sentence in reading.sentences], dtype=np.int64),
        np.array(speakers, dtype=np.int64),
        np.array([LINKS.index(turn.link) for turn in reading.turns], dtype=np.int64),
        np.array(facts, dtype=np.float32).reshape(len(facts), N_FACTS),
    )


def _facts(sentence: ParsedSentence, turn: Turn) -> list[float]:
    form = sentence.mention.form if sentence.mention is not None else ""
    kind = turn.speaker.kind if turn.speaker is not None else ""
    return [
        min(turn.distance, _FURTHEST),
        turn.speaker is not None and bool(turn.speaker.name),
        sentence.quoted_share,
        sentence.continues,
        sentence.left_open,
        sentence.cue is not None,
        *(form == each for each in _FORMS),
        *(kind == each for each in _KINDS),
        *(turn.link == each for each in LINKS),
    ]
