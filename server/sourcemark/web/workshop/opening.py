"""Opens a workshop: choose an article, then its sentences. On the service's own computer only."""

from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sourcemark.text.extract import ExtractError, is_html, paragraphs_of_html, paragraphs_of_text
from sourcemark.web import guard
from sourcemark.web.pages.examples import read_examples
from sourcemark.web.server import PortError
from sourcemark.web.service import current_labeler, current_settings
from sourcemark.web.workshop.door import DoorError
from sourcemark.web.workshop.pages import see
from sourcemark.web.workshop.running import current_workshop
from sourcemark.workshop.errors import OpenAlreadyError, PlanError
from sourcemark.workshop.plan import PlannedArticle
from sourcemark.workshop.planning import candidates, plan_of
from sourcemark.workshop.ready_made import LICENCE, ReadyMade, read_ready_made

blueprint = Blueprint("opening", __name__)

_Page = tuple[str, int]

PLACES = ("first", "second")
"""A workshop has one article, or two on the same event."""


@blueprint.get("/workshop")
def start() -> str:
    """Offer articles to choose from, or the way back to the workshop that is open."""
    return _start()


@blueprint.post("/workshop/sentences")
@guard.form
def choose() -> str | _Page:
    """Show every sentence of the chosen articles, the suggested ones ticked."""
    ready = _ready_made(request.form.get("ready"))
    try:
        articles = [each.article for each in ready.articles] if ready else _articles(request.form)
        return _sentences(articles, ready)
    except (PlanError, ExtractError) as error:
        return _start(error), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/workshop/open")
@guard.form
def open_workshop() -> AnyResponse | _Page:
    """Open the workshop on the ticked sentences."""
    workshop = current_workshop()
    ready = _ready_made(request.form.get("ready"))
    articles = [each.article for each in ready.articles] if ready else _carried(request.form)
    numbers = [int(number) for number in request.form.getlist("sentence") if number.isdecimal()]
    try:
        plan = plan_of(
            current_labeler(),
            articles,
            numbers,
            title=ready.title if ready else "",
            goals=ready.goals if ready else (),
            questions=ready.questions if ready else (),
        )
    except PlanError as error:
        return _sentences(articles, ready, error, numbers), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        keys = workshop.store.open(plan)
    except OpenAlreadyError as error:
        return _start(error), HTTPStatus.CONFLICT
    if workshop.lan:
        # the desk shows that the door is closed, and its button says why
        with suppress(DoorError, PortError):
            workshop.let_in(keys.facilitator, int(request.environ["SERVER_PORT"]))
    return see(url_for("workshop.desk.show", secret=keys.facilitator))


def _start(error: Exception | None = None) -> str:
    # whoever sits at this computer is the facilitator: the room comes by another door, which has no such page
    state = current_workshop().store.state()
    return render_template(
        "workshop/desk/start.html",
        running=state,
        ready_made=read_ready_made(),
        examples=read_examples(),
        given=request.form,
        error=error,
    )


def _sentences(
    articles: list[PlannedArticle],
    ready: ReadyMade | None,
    error: Exception | None = None,
    ticked: list[int] | None = None,
) -> str:
    found = candidates(current_labeler(), articles)
    if ticked is None:
        ticked = [each.candidate for each in ready.sentences] if ready else list(found.suggested)
    return render_template(
        "workshop/desk/sentences.html", found=found, ready=ready, ticked=set(ticked), error=error
    )


def _ready_made(id: str | None) -> ReadyMade | None:
    return next((each for each in read_ready_made() if each.id == id), None) if id else None


def _articles(form: Mapping[str, str]) -> list[PlannedArticle]:
    """Return the articles of the first page's form: pasted ones, or those that ship. Raises PlanError."""
    examples = {each.id: each for each in read_examples()}
    articles = []
    for place in PLACES:
        if example := examples.get(form.get(f"{place}-example", "")):
            articles.append(PlannedArticle(example.title, tuple(example.paragraphs), "", LICENCE))
        elif text := form.get(f"{place}-text", "").strip():
            blocks = paragraphs_of_html(text) if is_html(text) else paragraphs_of_text(text)
            articles.append(_article(form, place, blocks))
    if not articles:
        raise PlanError("There is no article yet. Paste one, or choose one of those below.")
    _check_size(articles)
    return articles


def _carried(form: Mapping[str, str]) -> list[PlannedArticle]:
    """Return the articles that the page of the sentences brought along."""
    texts = ((place, form.get(f"{place}-text", "")) for place in PLACES)
    return [_article(form, place, paragraphs_of_text(text)) for place, text in texts if text.strip()]


def _article(form: Mapping[str, str], place: str, blocks: list[str]) -> PlannedArticle:
    title, source, licence = (
        " ".join(form.get(f"{place}-{name}", "").split())[:300] for name in ("title", "source", "licence")
    )
    return PlannedArticle(title, tuple(blocks), source, licence)


def _check_size(articles: list[PlannedArticle]) -> None:
    limit = current_settings().max_characters
    if sum(len(block) for article in articles for block in article.blocks) > limit:
        raise PlanError(f"The text is too long. Take one of {limit:,} characters at most, or a part of it.")
