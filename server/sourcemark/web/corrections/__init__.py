"""The routes of corrections: a reader gives one, and can take it back."""

import logging

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from sourcemark.corrections.errors import CorrectionsError, DayFullError
from sourcemark.web import access
from sourcemark.web.corrections import keeping
from sourcemark.web.corrections.keeping import Keeping, current_keeping
from sourcemark.web.corrections.reading import read_correction
from sourcemark.web.corrections.schemas import CorrectionAnswer, CorrectionRequest
from sourcemark.web.openapi import operation
from sourcemark.web.problems import ProblemError, problem, respond

blueprint = Blueprint("corrections", __name__, url_prefix="/v1/corrections")

_log = logging.getLogger(__name__)


def init_app(app: Flask, kept: Keeping) -> None:
    """Add the routes to `app`, and give it the place where corrections are kept."""
    keeping.init_app(app, kept)
    app.register_blueprint(blueprint)


@blueprint.post("")
@access.with_token
@operation(
    request=CorrectionRequest,
    answer=CorrectionAnswer,
    status=201,
    problems=[
        "malformed-json",
        "corrections-off",
        "body-too-large",
        "too-many-characters",
        "not-json",
        "invalid-request",
        "no-consent",
        "not-a-correction",
        "too-many-corrections",
        "unavailable",
    ],
)
def give_correction() -> tuple[Response, int]:
    """Keep a sentence that a reader labels otherwise, with the reader's consent."""
    store = current_keeping().store()
    given = read_correction(request.get_data(cache=False))
    # on this computer nobody has a token
    token = access.current_caller().token if access.access_of(current_app) else None
    try:
        id = store.give(given, token)
    except DayFullError as error:
        raise ProblemError("too-many-corrections", limit=error.limit, retry_after=error.seconds) from None
    return jsonify(CorrectionAnswer(id)), 201


@blueprint.delete("/<id>")
@access.with_token
@operation(answer=None, status=204, problems=["corrections-off", "no-correction", "unavailable"])
def take_correction_back(id: str) -> tuple[str, int]:
    """Delete the correction that was given this id."""
    if not current_keeping().store().take_back(id):
        raise ProblemError("no-correction")
    return "", 204


@blueprint.errorhandler(CorrectionsError)
def _cannot_keep(error: CorrectionsError) -> Response:
    # its words name the place and the cause, for whoever runs the service, and no word of a correction
    _log.error("%s", error)
    return respond(problem("unavailable"))
