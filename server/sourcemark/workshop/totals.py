"""What the room answered, in counts and in words."""

from dataclasses import dataclass
from typing import Final

from sourcemark.workshop.choices import BY_ID, CHOICE_IDS
from sourcemark.workshop.plan import PlannedSentence
from sourcemark.workshop.slip import SLIP
from sourcemark.workshop.state import Answered, Counts, WorkshopState

FEWEST: Final = 4
"""Totals of fewer answers are hidden everywhere: in a small room they would tell who answered what."""
FEWER: Final = f"fewer than {FEWEST}"


@dataclass(frozen=True, slots=True)
class SentenceTotal:
    """The room's answers to one sentence in one round."""

    number: int
    n: int | None
    """How many answered; None where they are fewer than four."""
    counts: Counts | None
    """How often each choice was ticked, by choice id, zeros too; None where fewer than four answered."""
    words: str
    """"11 of 14: anonymous claim", "split 6/5/3", or "fewer than 4 answers"."""
    leading: tuple[str, ...]
    """The choices that more than half of the answers hold; none where the room is split."""
    agreement: float
    """Chance that two ticks drawn at random are the same: for the order only, never shown."""


def totals(state: WorkshopState, round: int, article: int | None = None) -> tuple[SentenceTotal, ...]:
    """Return the totals of every sentence in a round, the most divided first and the hidden ones last.

    `article` is the index of the only article that is asked for.
    """
    sentences = state.plan.sentences if article is None else state.plan.of_article(article)
    found = [total_of(state, sentence, round) for sentence in sentences]
    return tuple(sorted(found, key=lambda total: (total.n is None, total.agreement, total.number)))


def total_of(state: WorkshopState, sentence: PlannedSentence, round: int) -> SentenceTotal:
    """Return the total of one sentence in a round."""
    answered = state.answered.get((round, sentence.number))
    if answered is None or answered.n < FEWEST:
        return SentenceTotal(sentence.number, None, None, f"{FEWER} answers", (), 0.0)
    counts = {choice: answered.counts.get(choice, 0) for choice in CHOICE_IDS}
    leading = tuple(
        choice for choice in sorted(CHOICE_IDS, key=lambda id: -counts[id]) if counts[choice] * 2 > answered.n
    )
    return SentenceTotal(
        sentence.number, answered.n, counts, _words(answered, leading), leading, _agreement(counts)
    )


def slip_totals(state: WorkshopState) -> dict[str, Counts | None]:
    """Return how often each option of the exit slip was ticked, by question; None for fewer than four."""
    found: dict[str, Counts | None] = {}
    for question in SLIP:
        counts = {option: state.slips.get((question.id, option), 0) for option in question.options}
        found[question.id] = counts if sum(counts.values()) >= FEWEST else None
    return found


def _words(answered: Answered, leading: tuple[str, ...]) -> str:
    if leading:
        return "; ".join(
            f"{answered.counts[choice]} of {answered.n}: {BY_ID[choice].words}" for choice in leading
        )
    return "split " + "/".join(
        str(count) for count in sorted(answered.counts.values(), reverse=True) if count
    )


def _agreement(counts: Counts) -> float:
    ticks = sum(counts.values())
    return sum((count / ticks) ** 2 for count in counts.values())
