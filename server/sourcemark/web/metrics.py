"""The counters at `/metrics`, for a monitoring program on this very computer."""

from ipaddress import ip_address
import os
from typing import Final

from flask import Blueprint, Flask, Response, current_app, request

from sourcemark.web import access
from sourcemark.web.meters import TOGETHER
from sourcemark.web.observe import meters_of
from sourcemark.web.openapi import operation
from sourcemark.web.problems import ProblemError
from sourcemark.web.service import current_labeler

blueprint = Blueprint("metrics", __name__)

MEDIA_TYPE: Final = "text/plain"
_FORMAT: Final = "text/plain; version=0.0.4; charset=utf-8"

_APART: Final = "sourcemark-apart"

# what says that somebody else asks through a proxy
_FORWARDED: Final = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def init_app(app: Flask, *, one_process: bool = True) -> None:
    """Add the counters to `app`. Where it may run in several processes, they must count together."""
    app.extensions[_APART] = not one_process and TOGETHER not in os.environ
    app.register_blueprint(blueprint)


@blueprint.get("/metrics")
@access.without_token
@operation(answer=str, media_type=MEDIA_TYPE, problems=["not-found", "metrics-apart", "no-model"])
def metrics() -> Response:
    """Tell how much was asked, labelled and refused, as Prometheus reads it."""
    if not _asked_from_here():
        raise ProblemError("not-found")
    if current_app.extensions[_APART]:
        raise ProblemError("metrics-apart")
    return Response(meters_of(current_app).text(current_labeler().model), content_type=_FORMAT)


def _asked_from_here() -> bool:
    """Whether a program on this computer asks, and not somebody else through a proxy."""
    # behind a proxy `remote_addr` is what the proxy says
    received = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    try:
        here = ip_address(received.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False
    return here and not any(name in request.headers for name in _FORWARDED)
