"""Reads a correction: given with consent, of the form of the contract, and saying something new."""

import re
from typing import Final

import msgspec

from sourcemark.corrections.given import Given
from sourcemark.labels import LABEL_IDS, LABELLED, NONE, STATES
from sourcemark.web.corrections.schemas import LONGEST, CorrectionRequest
from sourcemark.web.problems import ProblemError
from sourcemark.web.reading import read_json

_MODEL: Final = re.compile("[0-9a-f]{12}")


def read_correction(body: bytes) -> Given:
    """Return what a reader gives.

    Raises the problem that stands in the way; msgspec.ValidationError where the form is wrong.
    """
    sent = msgspec.convert(read_json(body), CorrectionRequest)
    if not sent.consent:
        raise ProblemError("no-consent", pointer="#/consent")
    for name in ("before", "sentence", "after"):
        _check_text(name, getattr(sent, name))
    if not sent.sentence.strip():
        raise _invalid("sentence", "This is no sentence, but white space.")
    for name, value, allowed in (
        ("given", sent.given, (*LABEL_IDS, None)),
        ("given_state", sent.given_state, STATES),
        ("proposed", sent.proposed, (*LABEL_IDS, None)),
    ):
        if value not in allowed:
            raise _invalid(name, "This value is not one of those allowed here.")
    if not _MODEL.fullmatch(sent.model):
        raise _invalid("model", "The id of a model has 12 hexadecimal digits.")
    if (sent.given is None) is (sent.given_state == LABELLED):
        raise _invalid("given", "A sentence has a label where its state is “labelled”, and else none.")
    if sent.proposed == sent.given and sent.given_state in {LABELLED, NONE}:
        raise ProblemError("not-a-correction", pointer="#/proposed")
    return Given(
        before=sent.before,
        sentence=sent.sentence,
        after=sent.after,
        given=sent.given,
        given_state=sent.given_state,
        proposed=sent.proposed,
        model=sent.model,
    )


def _check_text(name: str, text: str | None) -> None:
    if text is None:
        return
    if len(text) > LONGEST:
        raise ProblemError(
            "too-many-characters",
            "One of the sentences has more characters than the limit, so nothing was kept.",
            limit=LONGEST,
            pointer=f"#/{name}",
        )
    # no page has it, and PostgreSQL keeps no text with it
    if "\0" in text:
        raise _invalid(name, "The text holds the character U+0000.")


def _invalid(name: str, detail: str) -> ProblemError:
    return ProblemError("invalid-request", detail, pointer=f"#/{name}")
