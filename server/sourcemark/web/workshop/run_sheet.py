"""The run sheets: what the facilitator does and says in each stage, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sourcemark.workshop.stages import Stage

LENGTHS: Final = (30, 60)
"""Minutes that a workshop can take."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage for the facilitator: a thing to do, a thing to say."""

    stage: Stage
    minutes: Mapping[int, int]
    """By length of the workshop; a stage that is left out has none."""
    do: str
    say: str


@dataclass(frozen=True, slots=True)
class TimedStep:
    """A step with its place in the hour, in minutes from the start."""

    step: Step
    start: int
    end: int


STEPS: Final = (
    Step(
        Stage.WELCOME,
        {30: 3, 60: 6},
        "Give out the sheet “About these labels”. Go through the three labels and what each does not mean. "
        "Let everybody join.",
        "Every sentence in the news rests on somebody's word. Today we ask whose, not who is right.",
    ),
    Step(
        Stage.ALONE,
        {30: 8, 60: 12},
        "Everybody answers alone and in silence. Wait until nearly all have answered.",
        "Find the words that name the source, then tick: one, or two where both fit. ‘Can't tell’ is fine.",
    ),
    Step(
        Stage.PAIRS,
        {60: 8},
        "Neighbours talk about one sentence that they found hard. Nobody changes an answer yet.",
        "Show your neighbour the words that led you to your answer.",
    ),
    Step(
        Stage.SECOND,
        {60: 4},
        "Everybody may answer again. The first answers are kept beside the second.",
        "Keep your answer or change it. Both are fine.",
    ),
    Step(
        Stage.ROOM,
        {30: 8, 60: 10},
        "The sentences on which the room is most divided come first. Take two or three. "
        "Ask somebody from each side.",
        "Which words led you there?",
    ),
    Step(
        Stage.TOOL,
        {30: 6, 60: 10},
        "Look at a sentence where the tool differs from the room, and at one where it is not sure. "
        "Write a note where the room thinks that the tool misread.",
        "The tool is one more reader. Where it differs from the room, either may be wrong.",
    ),
    Step(
        Stage.DEBATE,
        {30: 4, 60: 7},
        "Take one or two questions of the workshop. Keep the last minute for what the story does well.",
        "Whom would you ask next? And what does this story do well?",
    ),
    Step(
        Stage.EXIT,
        {30: 1, 60: 3},
        "Everybody answers the last two questions. Print or save the results, then end the workshop.",
        "Thank you. Your answers are deleted now; only the totals on this sheet stay.",
    ),
)


def timed(length: int) -> tuple[TimedStep, ...]:
    """Return the steps of a workshop that takes `length` minutes, one after the other."""
    start = 0
    steps = []
    for step in STEPS:
        if length in step.minutes:
            end = start + step.minutes[length]
            steps.append(TimedStep(step, start, end))
            start = end
    return tuple(steps)


def left_out(length: int) -> tuple[Stage, ...]:
    """Return the stages that a workshop of `length` minutes skips."""
    return tuple(step.stage for step in STEPS if length not in step.minutes)
