"""The facilitator's pack: sheets to print. On the facilitator's own computer only.

Every sheet fits A4 and Letter, is safe in grey and never smaller than 12 points; see `files/print.css`.
"""

from flask import Blueprint, render_template, request

from sourcemark.web import guard
from sourcemark.web.problems import ProblemError
from sourcemark.web.service import current_labeler
from sourcemark.web.workshop import sheets
from sourcemark.web.workshop.run_sheet import LENGTHS, left_out, timed
from sourcemark.web.workshop.running import current_workshop
from sourcemark.workshop.ready_made import ReadyMade, read_ready_made
from sourcemark.workshop.stages import PER_ARTICLE, Stage
from sourcemark.workshop.state import WorkshopState
from sourcemark.workshop.totals import slip_totals

blueprint = Blueprint("pack", __name__, url_prefix="/workshop/pack")


@blueprint.get("")
def index() -> str:
    """List the sheets."""
    return render_template("pack/index.html", lengths=LENGTHS, workshops=read_ready_made())


@blueprint.get("/guide")
def guide() -> str:
    """Show the facilitator's guide, one page."""
    return render_template("pack/guide.html")


@blueprint.get("/run-sheet-<int:length>")
def run_sheet(length: int) -> str:
    """Show what to do and say in each stage of a workshop of `length` minutes."""
    if length not in LENGTHS:
        raise ProblemError("not-found")
    return render_template(
        "pack/run_sheet.html",
        length=length,
        steps=timed(length),
        left_out=left_out(length),
        each_article=PER_ARTICLE,
    )


@blueprint.get("/labels")
def labels() -> str:
    """Show what the labels mean and do not mean, one page for everybody in the room."""
    model = current_labeler().model
    return render_template("pack/labels.html", asks=sheets.ASKS, measured=sheets.measured(model))


@blueprint.get("/<workshop>/notes")
def notes(workshop: str) -> str:
    """Show the goals, questions and sentences of a ready-made workshop to its facilitator."""
    return render_template("pack/notes.html", workshop=_ready_made(workshop))


@blueprint.get("/<workshop>/story")
def story(workshop: str) -> str:
    """Show the articles of a ready-made workshop with the chosen sentences numbered."""
    ready = _ready_made(workshop)
    return render_template("pack/story.html", workshop=ready, articles=sheets.stories(ready))


@blueprint.get("/<workshop>/answers")
def answers(workshop: str) -> str:
    """Show the blank answer sheet of a ready-made workshop."""
    ready = _ready_made(workshop)
    return render_template(
        "pack/answers.html",
        title=ready.title,
        articles=[(each.article, each.sentences) for each in ready.articles],
    )


# browsers print a page's address on the paper, and the paper goes around the room: so the facilitator's
# secret comes in a form, and these two addresses are without it


@blueprint.post("/running/answers")
@guard.form
def running_answers() -> str:
    """Show the blank answer sheet of the workshop that is open."""
    plan = _running().plan
    return render_template(
        "pack/answers.html",
        title=plan.title,
        articles=[(article, plan.of_article(i)) for i, article in enumerate(plan.articles)],
    )


@blueprint.post("/running/results")
@guard.form
def running_results() -> str:
    """Show what the room and the tool said in the workshop that is open."""
    state = _running()
    if not state.stage.shows_totals:
        raise ProblemError("not-found", f"The results are there from “{Stage.ROOM.heading}” on.")
    return render_template(
        "pack/results.html",
        plan=state.plan,
        day=sheets.day(state),
        articles=sheets.results(state),
        compared=sheets.compared(state) if len(state.plan.articles) > 1 else (),
        slips=slip_totals(state),
    )


def _ready_made(id: str) -> ReadyMade:
    for each in read_ready_made():
        if each.id == id:
            return each
    raise ProblemError("not-found")


def _running() -> WorkshopState:
    state = current_workshop().state()
    if not state.keys.is_facilitator(request.form.get("facilitator", "")):
        raise ProblemError("no-workshop")
    return state
