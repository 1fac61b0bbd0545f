"""The page on the projector: it shows what the room may see, and takes nothing."""

from flask import Blueprint, Response, render_template

from sourcemark.web.problems import ProblemError
from sourcemark.web.workshop import live
from sourcemark.web.workshop.invitation import invitation
from sourcemark.web.workshop.running import current_workshop
from sourcemark.workshop.room import room_view
from sourcemark.workshop.state import WorkshopState

blueprint = Blueprint("projector", __name__)


@blueprint.get("/workshop/p/<secret>")
def show(secret: str) -> str:
    """Show the stage to the room."""
    state = _state(secret)
    view = room_view(state)
    return render_template(
        f"workshop/projector/{view.stage}.html",
        secret=secret,
        view=view,
        mark=live.mark_of(state),
        words=live.words_of(state),
        **invitation(state.keys.code),
    )


@blueprint.get("/workshop/p/<secret>/live")
def ask(secret: str) -> Response:
    """Say what is new, for the page's script."""
    return live.news(_state(secret))


def _state(secret: str) -> WorkshopState:
    state = current_workshop().state()
    if not state.keys.is_projector(secret):
        raise ProblemError("no-workshop")
    return state
