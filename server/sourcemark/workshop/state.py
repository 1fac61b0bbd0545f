"""A workshop as it stands: what the store reads from its file in one go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sourcemark.workshop.codes import is_secret
from sourcemark.workshop.plan import Plan, PlannedSentence
from sourcemark.workshop.stages import Stage

Counts: TypeAlias = Mapping[str, int]
"""How often each choice was ticked, by choice id."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens a workshop's doors: a code to join with, and two secrets for addresses."""

    code: str
    facilitator: str
    projector: str

    def is_facilitator(self, secret: str) -> bool:
        """Whether `secret` is the facilitator's."""
        return is_secret(secret, self.facilitator)

    def is_projector(self, secret: str) -> bool:
        """Whether `secret` is the projector's."""
        return is_secret(secret, self.projector)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody, or a pair at one screen, who takes part. The id is random and says nothing of them."""

    id: str
    people: int
    """1, or 2 who answer together; their answer counts once."""
    answered: int
    """How many sentences of the present article they have answered in the present round."""
    handed_in: bool
    """Whether their exit slip is counted."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to one sentence in one round: from the web and, added to them, from a count by hand."""

    n: int
    """How many answered. Each ticked one or two choices, so the counts can add up to more."""
    counts: Counts


@dataclass(frozen=True, slots=True)
class WorkshopState:
    """Everything about a workshop. For the facilitator; the room sees `sourcemark.workshop.room` of it."""

    plan: Plan
    keys: Keys
    stage: Stage
    article: int
    """Index of the article that the stage is about."""
    round: int
    """The round that counts now: the one answered now, and after it the last that was held."""
    participants: tuple[Participant, ...]
    """In no order that tells when they came."""
    answered: Mapping[tuple[int, int], Answered]
    """By round and sentence number; none for a sentence that nobody answered in that round."""
    tallies: Mapping[tuple[int, int], Answered]
    """The part of `answered` that was counted by hand."""
    notes: Mapping[int, str]
    """What the facilitator wrote on a sentence, for the handout."""
    slips: Mapping[tuple[str, str], int]
    """The exit slips that were handed in, counted by question and option."""
    started: float
    """Seconds since 1970."""
    ends: float
    """When it is deleted unless somebody does something, in seconds since 1970."""

    @property
    def sentences(self) -> tuple[PlannedSentence, ...]:
        """The sentences of the article that the stage is about."""
        return self.plan.of_article(self.article)

    def last_round(self, article: int) -> int:
        """Return the round that counts for an article: 2 where anybody gave a second answer, or else 1."""
        return last_round(self.plan, self.answered, article)

    @property
    def joined(self) -> int:
        """How many take part; a pair at one screen counts once."""
        return len(self.participants)

    @property
    def people(self) -> int:
        """How many people that is."""
        return sum(participant.people for participant in self.participants)

    @property
    def done(self) -> int:
        """How many have answered every sentence of the present article in the present round."""
        wanted = len(self.sentences)
        return sum(participant.answered >= wanted for participant in self.participants)


def last_round(plan: Plan, answered: Collection[tuple[int, int]], article: int) -> int:
    """Return the last round held for an article, of the rounds and sentences that were answered."""
    return 2 if any((2, sentence.number) in answered for sentence in plan.of_article(article)) else 1
