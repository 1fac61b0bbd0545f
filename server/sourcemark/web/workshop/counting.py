"""Counts by hand: raised hands before one screen, or paper sheets, typed in by the facilitator."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sourcemark.web import guard
from sourcemark.web.workshop.pages import see
from sourcemark.web.workshop.running import current_workshop
from sourcemark.workshop.choices import CHOICES
from sourcemark.workshop.desk import read_tally
from sourcemark.workshop.errors import ChoiceError
from sourcemark.workshop.stages import ROUNDS
from sourcemark.workshop.state import WorkshopState

blueprint = Blueprint("counting", __name__, url_prefix="/workshop/f/<secret>/count")

_Page = tuple[str, int]


@blueprint.get("")
def count(secret: str) -> str:
    """Show a table to type counts into: raised hands, or paper sheets."""
    return _count(current_workshop().for_facilitator(secret), request.args.get("round", 1, type=int))


@blueprint.post("")
@guard.form
def save_count(secret: str) -> AnyResponse | _Page:
    """Save the counts that were typed in; a row left as it was stays."""
    state = current_workshop().for_facilitator(secret)
    round = request.form.get("round", 1, type=int)
    tallies = {}
    for sentence in state.plan.sentences:
        try:
            counts, n = _typed(request.form, sentence.number)
            read_tally(round, counts, n)
        except ChoiceError as error:
            said = f"Sentence {sentence.number}: {error}"
            return _count(state, round, said, request.form), HTTPStatus.UNPROCESSABLE_ENTITY
        if n is not None or counts or (round, sentence.number) in state.tallies:
            tallies[sentence.number] = counts, n
    current_workshop().store.tally_all(secret, round, tallies)
    return see(url_for("workshop.desk.show", secret=secret, said="counted"))


def _count(
    state: WorkshopState, round: int, said: str | None = None, typed: Mapping[str, str] | None = None
) -> str:
    return render_template(
        "workshop/desk/count.html",
        secret=state.keys.facilitator,
        state=state,
        round=round if round in ROUNDS else 1,
        rounds=ROUNDS,
        said=said,
        typed=typed,
    )


def _typed(form: Mapping[str, str], sentence: int) -> tuple[dict[str, int], int | None]:
    """Return the counts of one sentence, and how many answered where that was typed. Raises ChoiceError."""
    counts = {}
    for choice in CHOICES:
        if (number := _number(form.get(f"{sentence}-{choice.id}", ""))) is not None:
            counts[choice.id] = number
    return counts, _number(form.get(f"{sentence}-n", ""))


def _number(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise ChoiceError("A count is a whole number, such as 7. Nothing was saved.")
    return int(text)
