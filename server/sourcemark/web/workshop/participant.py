"""The pages of those who take part: join with the code, answer one sentence after the other, see the room."""

from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sourcemark.web import guard
from sourcemark.web.kinds import KINDS
from sourcemark.web.workshop import live
from sourcemark.web.workshop.pages import see
from sourcemark.web.workshop.running import current_workshop
from sourcemark.workshop.choices import read_choices
from sourcemark.workshop.errors import (
    ChoiceError,
    NoWorkshopError,
    StageError,
    TooManyCodesError,
    WorkshopError,
    WrongCodeError,
)
from sourcemark.workshop.room import room_view
from sourcemark.workshop.slip import SLIP, read_slip
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.trouble import FileError

blueprint = Blueprint("participant", __name__)

_Page = tuple[str, int]


@blueprint.get("/w")
def door() -> str:
    """Ask for the code; a QR code brings it along."""
    return _door(request.args.get("code", ""))


@blueprint.post("/w")
@guard.form
def join() -> AnyResponse | _Page:
    """Let somebody in who knows the code."""
    code = request.form.get("code", "")
    try:
        secret = current_workshop().store.join(code, 2 if request.form.get("people") == "2" else 1)
    except TooManyCodesError as error:
        return _door(code, error), HTTPStatus.TOO_MANY_REQUESTS
    except (WrongCodeError, NoWorkshopError) as error:
        return _door(code, error), HTTPStatus.UNPROCESSABLE_ENTITY
    except FileError:
        return _door(code, _not_kept()), HTTPStatus.SERVICE_UNAVAILABLE
    return see(url_for(".show", secret=secret))


@blueprint.get("/w/<secret>")
def show(secret: str) -> str:
    """Show what the stage asks of a participant, or lets them see."""
    return _page(secret, request.args.get("sentence", type=int))


@blueprint.post("/w/<secret>/answer")
@guard.form
def answer(secret: str) -> AnyResponse | _Page:
    """Save the answer to one sentence, and go on to the next."""
    store = current_workshop().store
    sentence = request.form.get("sentence", 0, type=int)
    ticked = request.form.getlist("choice")
    try:
        store.answer(secret, sentence, read_choices(ticked))
    except ChoiceError as error:
        return _page(secret, sentence, error, ticked), HTTPStatus.UNPROCESSABLE_ENTITY
    except StageError as error:
        return _page(secret, None, error), HTTPStatus.CONFLICT
    except FileError:
        return _page(secret, sentence, _not_kept(), ticked), HTTPStatus.SERVICE_UNAVAILABLE
    return see(url_for(".show", secret=secret))


@blueprint.post("/w/<secret>/slip")
@guard.form
def hand_in(secret: str) -> AnyResponse | _Page:
    """Count the exit slip."""
    given = {question.id: request.form.get(question.id, "") for question in SLIP}
    try:
        current_workshop().store.hand_in(secret, read_slip(given))
    except ChoiceError as error:
        return _page(secret, None, error), HTTPStatus.UNPROCESSABLE_ENTITY
    except StageError as error:
        return _page(secret, None, error), HTTPStatus.CONFLICT
    except FileError:
        return _page(secret, None, _not_kept()), HTTPStatus.SERVICE_UNAVAILABLE
    return see(url_for(".show", secret=secret))


@blueprint.get("/w/<secret>/live")
def ask(secret: str) -> Response:
    """Say what is new, for the page's script."""
    workshop = current_workshop()
    workshop.store.check(secret)
    return live.news(workshop.state())


def to_door() -> AnyResponse:
    """Lead from the bare address, which is the shortest to type, to where the code is asked for."""
    return redirect(url_for("workshop.participant.door"))


def _not_kept() -> WorkshopError:
    # the file's own words name a place on the facilitator's disk
    return WorkshopError(KINDS["not-kept"].detail)


def _door(code: str, error: WorkshopError | None = None) -> str:
    workshop = current_workshop().store.state()
    return render_template("workshop/join.html", code=code, error=error, open=workshop is not None)


def _page(
    secret: str,
    number: int | None,
    error: WorkshopError | None = None,
    ticked: list[str] | None = None,
) -> str:
    workshop = current_workshop()
    participant = workshop.store.participant(secret)
    state = workshop.state()
    view = room_view(state)
    own = workshop.store.answers(secret)
    round = view.stage.answers_round
    here = own.get(round, {}) if round else {}
    asked = next((each for each in view.sentences if each.number == number), None)
    if view.stage is Stage.ALONE and asked is None:
        asked = next((each for each in view.sentences if each.number not in here), None)
    if ticked is None and asked is not None:
        ticked = list(here.get(asked.number) or own.get(1, {}).get(asked.number, ()))
    return render_template(
        f"workshop/participant/{view.stage}.html",
        secret=secret,
        participant=participant,
        view=view,
        own=own,
        here=here,
        asked=asked if round else None,
        ticked=ticked or [],
        error=error,
        mark=live.mark_of(state),
        words=live.words_of(state),
    )
