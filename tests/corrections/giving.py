"""Corrections as a reader gives them."""

from typing import Any

from sourcemark.corrections.given import Given
from sourcemark.corrections.store import Store
from sourcemark.labels import EYEWITNESS, LABELLED, OFFICIAL

MODEL = "9f2c61d0a7b4"
SENTENCE = "“I saw the planks give way,” said Mira Holt, who sells fish there."
BEFORE = "The pier was closed on Monday."
AFTER = "Rain fell on the market. 😀"
ANNA, BEN, CLEO = "3af2865623bb", "5b1f0c92ad3e", "0123456789ab"
"""Ids of tokens."""


def correction(sentence: str = SENTENCE, proposed: str | None = EYEWITNESS, **fields: Any) -> Given:
    """Return a correction; by default one of a sentence that was marked as an official statement."""
    known = {"before": BEFORE, "after": AFTER, "given": OFFICIAL, "given_state": LABELLED, "model": MODEL}
    return Given(sentence=sentence, proposed=proposed, **(known | fields))


def kept(store: Store) -> dict[tuple[str, str | None], str | None]:
    """Return what is kept: by sentence and token what is proposed."""
    return {(each.sentence, each.contributor.token): each.proposed for each in store.corrections()}
