"""Errors as RFC 9457 problem details: one shape, a stable type, words for a person, no article text.

https://www.rfc-editor.org/rfc/rfc9457
"""

from http import HTTPStatus
import logging
import re
from typing import Final

from flask import Flask, Response, current_app
import msgspec
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from sourcemark.web import observe, schemas
from sourcemark.web.kinds import KINDS

MEDIA_TYPE: Final = "application/problem+json"
URN: Final = "urn:sourcemark:problem:"

_log = logging.getLogger(__name__)


_KIND_OF_STATUS: Final = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
    415: "not-json",
    431: "headers-too-large",
    500: "internal-error",
    501: "not-implemented",
}


class ProblemError(Exception):
    """Stops a request with the problem `kind`."""

    def __init__(
        self,
        kind: str,
        detail: str | None = None,
        *,
        limit: int | None = None,
        pointer: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.problem = problem(kind, detail, limit=limit, pointer=pointer, retry_after=retry_after)
        super().__init__(self.problem.detail)


def problem(
    kind: str,
    detail: str | None = None,
    *,
    limit: int | None = None,
    pointer: str | None = None,
    retry_after: int | None = None,
    request_id: str | None = None,
) -> schemas.Problem:
    """Return the problem details of one `kind`."""
    known = KINDS[kind]
    return schemas.Problem(
        URN + kind,
        known.title,
        known.status,
        detail or known.detail,
        limit=limit,
        pointer=pointer,
        retry_after=retry_after,
        request_id=request_id,
    )


def of_status(status: int, *, limit: int | None = None) -> schemas.Problem:
    """Return the problem details for an HTTP status that came without a kind."""
    kind = _KIND_OF_STATUS.get(status)
    if kind is not None:
        return problem(kind, limit=limit)
    title = HTTPStatus(status).phrase
    return schemas.Problem("about:blank", title, status, "The request was refused.")


def init_app(app: Flask) -> None:
    """Answer every error of `app` with problem details."""
    app.register_error_handler(ProblemError, lambda error: respond(error.problem))
    app.register_error_handler(msgspec.ValidationError, _on_validation_error)
    app.register_error_handler(HTTPException, _on_http_exception)
    app.register_error_handler(Exception, _on_exception)


def _on_validation_error(error: msgspec.ValidationError) -> Response:
    what, _, path = str(error).partition(" - at ")
    # msgspec speaks of types and lengths here, except that it repeats a value outside a fixed list
    detail = "This value is not one of those allowed here." if what.startswith("Invalid") else f"{what}."
    return respond(problem("invalid-request", detail, pointer=_pointer(path)))


def _pointer(path: str) -> str:
    """Return msgspec's `$.blocks[3].text` as a JSON Pointer fragment, `#/blocks/3/text`."""
    return "#" + "".join(f"/{step}" for step in re.findall(r"\w+", path))


def _on_http_exception(error: HTTPException) -> Response:
    # the exception's own description is left out: it may repeat what was sent
    if isinstance(error, SecurityError):
        return respond(problem("host-not-allowed"))
    status = error.code or 500
    limit = current_app.config["MAX_CONTENT_LENGTH"] if status == 413 else None
    response = respond(of_status(status, limit=limit))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.allow.update(error.valid_methods)
    return response


def _on_exception(error: Exception) -> Response:
    request_id = observe.request_id()
    _log.error("request %s failed: %s", request_id, observe.place_of(error))
    detail = f"{KINDS['internal-error'].detail} To report it, quote the request id {request_id}."
    return respond(problem("internal-error", detail, request_id=request_id))


def respond(details: schemas.Problem) -> Response:
    """Return the answer that tells a problem."""
    if details.type.startswith(URN):
        observe.refused(details.type.removeprefix(URN))
    response = Response(msgspec.json.encode(details), details.status, mimetype=MEDIA_TYPE)
    if details.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if details.retry_after is not None:
        response.headers["Retry-After"] = str(details.retry_after)
    return response
