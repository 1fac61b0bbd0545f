"""What a workshop is about: one or two articles, and the sentences that the room labels."""

from dataclasses import dataclass
from typing import Final

from sourcemark.labels import NONE, STATES, UNSURE

CLEAR: Final = "clear"
LIKELY: Final = "likely"
NOT_SURE: Final = "not_sure"
BANDS: Final = {CLEAR: "Clear wording", LIKELY: "Likely, check it", NOT_SURE: "Not sure"}
"""How sure the tool is, in words. Never a percentage."""

NOT_CHECKED: Final = "not_checked"
"""The state of a sentence in a paragraph that the tool does not read: another language, or too long."""
TOOL_STATES: Final = (*STATES, NOT_CHECKED)
BLANKS: Final = {NONE: "No source found", UNSURE: "Not sure", NOT_CHECKED: "Not checked"}
"""What the tool says where it gives no label, by state: three different things."""


@dataclass(frozen=True, slots=True)
class PlannedArticle:
    """An article as the facilitator gave it: paragraphs in order, where it is from, and its licence."""

    title: str
    blocks: tuple[str, ...]
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSentence:
    """A sentence of the workshop, with what the tool says of it."""

    number: int
    """From 1, through both articles."""
    article: int
    """Index of its article in the plan."""
    text: str
    label: str | None
    """The tool's label; None unless `state` is "labelled"."""
    state: str
    """One of `TOOL_STATES`."""
    band: str | None
    """One of `BANDS`; None where the tool did not check the sentence."""
    words: tuple[str, ...]
    """The words that led the tool to its label."""
    reason: str
    block: int
    """Index of the paragraph it stands in, `[start, end)` its place there in code points."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A workshop before anybody joined: what is read, which sentences, and what to talk about."""

    title: str
    articles: tuple[PlannedArticle, ...]
    sentences: tuple[PlannedSentence, ...]
    model: str
    """Name, version and id of the tool's model, for the results."""
    goals: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    def of_article(self, article: int) -> tuple[PlannedSentence, ...]:
        """Return the sentences of one article, by its index."""
        return tuple(sentence for sentence in self.sentences if sentence.article == article)

    def sentence(self, number: int) -> PlannedSentence | None:
        """Return the sentence with a number, or None."""
        # numbers run from 1 without gaps
        return self.sentences[number - 1] if 0 < number <= len(self.sentences) else None
