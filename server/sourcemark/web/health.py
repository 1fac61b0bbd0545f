"""Whether the service runs, and whether it can label."""

from flask import Blueprint, Flask, Response, jsonify

from sourcemark.web import access
from sourcemark.web.openapi import operation
from sourcemark.web.schemas import HealthAnswer
from sourcemark.web.service import current_labeler

blueprint = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    """Add the health checks to `app`."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
@access.without_token
@operation(answer=HealthAnswer)
def healthz() -> Response:
    """Say that the service runs."""
    return jsonify(HealthAnswer("ok"))


@blueprint.get("/readyz")
@access.without_token
@operation(answer=HealthAnswer, problems=["no-model"])
def readyz() -> Response:
    """Say whether the model is loaded."""
    current_labeler()
    return jsonify(HealthAnswer("ready"))
