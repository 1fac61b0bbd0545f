"""The facilitator's desk: moves the stages, lets the room in, writes notes, ends the workshop.

On the service's own computer only, behind a secret address.
"""

from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sourcemark.web import guard
from sourcemark.web.problems import ProblemError
from sourcemark.web.server import PortError
from sourcemark.web.workshop import live
from sourcemark.web.workshop.door import DoorError
from sourcemark.web.workshop.invitation import invitation
from sourcemark.web.workshop.pages import see
from sourcemark.web.workshop.running import current_workshop
from sourcemark.workshop.errors import UnknownParticipantError
from sourcemark.workshop.results import csv_file
from sourcemark.workshop.room import room_view
from sourcemark.workshop.stages import Stage, steps
from sourcemark.workshop.state import WorkshopState
from sourcemark.workshop.totals import slip_totals

blueprint = Blueprint("desk", __name__, url_prefix="/workshop/f/<secret>")

_Page = tuple[str, int]

_SAID = {
    "moved": "Another tab had moved the workshop on already, so nothing was moved. This is where it stands.",
    "noted": "The note is saved. It stands on the result sheet.",
    "counted": "The counts are saved.",
    "dropped": "That place is taken out, with its answers.",
    "gone": "That place was taken out already.",
    "renewed": "There is a new code. Whoever has joined stays.",
}
"""What the desk says after a form, by the word in its address."""


@blueprint.get("")
def show(secret: str) -> str:
    """Show where the workshop stands and what can be done."""
    return _desk(current_workshop().for_facilitator(secret), _SAID.get(request.args.get("said", "")))


@blueprint.get("/live")
def ask(secret: str) -> Response:
    """Say what is new, for the page's script."""
    state = current_workshop().for_facilitator(secret)
    return live.news(state, reached=_reached())


@blueprint.post("/move")
@guard.form
def move(secret: str) -> AnyResponse | _Page:
    """Go to another stage, unless another tab did in the meantime."""
    state = current_workshop().for_facilitator(secret)
    if request.form.get("from") != _step(state.stage, state.article):
        return _to_desk(secret, "moved")
    wanted = request.form.get("to")
    for stage, article in steps(len(state.plan.articles)):
        if _step(stage, article) == wanted:
            current_workshop().store.move(secret, stage, article)
            return _to_desk(secret)
    return _desk(
        state, "The workshop has no such stage. Nothing was changed."
    ), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/door")
@guard.form
def door(secret: str) -> AnyResponse | _Page:
    """Let the room in, or out."""
    state = current_workshop().for_facilitator(secret)
    workshop = current_workshop()
    if request.form.get("door") != "open":
        workshop.shut_out(secret)
        return _to_desk(secret)
    try:
        workshop.let_in(secret, int(request.environ["SERVER_PORT"]))
    except (DoorError, PortError) as error:
        return _desk(state, str(error)), HTTPStatus.CONFLICT
    return _to_desk(secret)


@blueprint.post("/code")
@guard.form
def renew_code(secret: str) -> AnyResponse:
    """Take another code, where the old one got out of the room."""
    current_workshop().store.renew_code(secret)
    return _to_desk(secret, "renewed")


@blueprint.post("/drop")
@guard.form
def drop(secret: str) -> AnyResponse:
    """Take somebody out who has left."""
    current_workshop().for_facilitator(secret)
    try:
        current_workshop().store.drop(secret, request.form.get("participant", ""))
    except UnknownParticipantError:
        return _to_desk(secret, "gone")
    return _to_desk(secret, "dropped")


@blueprint.post("/note")
@guard.form
def note(secret: str) -> AnyResponse:
    """Keep what the facilitator notes on a sentence."""
    number = request.form.get("sentence", 0, type=int)
    current_workshop().store.note(secret, number, request.form.get("note", ""))
    return _to_desk(secret, "noted")


@blueprint.get("/results.csv")
def results(secret: str) -> Response:
    """Give the results as a table for spreadsheets, once the room has seen them."""
    state = current_workshop().for_facilitator(secret)
    if not state.stage.shows_totals:
        raise ProblemError("not-found", f"The results are there from “{Stage.ROOM.heading}” on.")
    response = Response(csv_file(state), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="workshop.csv"'
    return response


@blueprint.get("/end")
def ask_end(secret: str) -> str:
    """Ask before everything is deleted."""
    return render_template(
        "workshop/desk/end.html", secret=secret, state=current_workshop().for_facilitator(secret)
    )


@blueprint.post("/end")
@guard.form
def end(secret: str) -> str:
    """Delete the workshop and shut the room out."""
    current_workshop().end(secret)
    return render_template("workshop/desk/ended.html")


def _to_desk(secret: str, said: str | None = None) -> AnyResponse:
    return see(url_for(".show", secret=secret, said=said))


def _step(stage: Stage, article: int) -> str:
    return f"{stage}-{article}"


def _reached() -> str:
    if current_workshop().reached:
        return "A second device reached this page."
    return "No other device has come yet."


def _desk(state: WorkshopState, said: str | None = None) -> str:
    order = [(_step(*each), *each) for each in steps(len(state.plan.articles))]
    here = [step for step, _, _ in order].index(_step(state.stage, state.article))
    return render_template(
        "workshop/desk/desk.html",
        secret=state.keys.facilitator,
        state=state,
        view=room_view(state),
        steps=order,
        here=here,
        said=said,
        slips=slip_totals(state),
        mark=live.mark_of(state),
        words=live.words_of(state) | {"reached": _reached()},
        projector=url_for("workshop.projector.show", secret=state.keys.projector),
        **invitation(state.keys.code),
    )
