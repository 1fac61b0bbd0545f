"""Errors as RFC 9457 problem details: one shape, a stable type, words for a person, no article text.

https://www.rfc-editor.org/rfc/rfc9457
"""

from dataclasses import dataclass
from http import HTTPStatus
import logging
import re
from typing import Final

from flask import Flask, Response, current_app
import msgspec
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from sourcemark.web import observe, schemas

MEDIA_TYPE: Final = "application/problem+json"
URN: Final = "urn:sourcemark:problem:"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its status, its title, and what to say when nothing more is known."""

    status: int
    title: str
    detail: str


KINDS: Final = {
    "bad-request": Kind(400, "Bad request", "The request is not valid HTTP, so it was not read."),
    "malformed-json": Kind(
        400,
        "Malformed JSON",
        "The body is not valid JSON in UTF-8, so nothing was labelled. "
        "Half of a surrogate pair in a text is one cause: call toWellFormed() before sending.",
    ),
    "token-missing": Kind(
        401,
        "Token missing",
        "This service asks for a token. Enter the one that you were given in the extension's options; "
        "a program sends it in the header Authorization: Bearer.",
    ),
    "token-not-valid": Kind(
        401,
        "Token not valid",
        "This is not a token of this service. Copy it again as a whole, or ask whoever runs the service.",
    ),
    "token-expired": Kind(
        401, "Token expired", "The token's time is over. Ask whoever runs the service for a new one."
    ),
    "token-revoked": Kind(
        401, "Token revoked", "The token was withdrawn. Ask whoever runs the service for a new one."
    ),
    "host-not-allowed": Kind(
        403,
        "Host not allowed",
        "Sourcemark answers only when it is called 127.0.0.1 or localhost, or, in a workshop or on a service "
        "for others, by the address that was given out.",
    ),
    "origin-not-allowed": Kind(
        403,
        "Origin not allowed",
        "Only the Sourcemark extension and Sourcemark's own page may use this service, not other web pages.",
    ),
    "cross-site-request": Kind(
        403,
        "Cross-site request",
        "Another web page sent this request, so it was refused. "
        "To open Sourcemark's page, type its address into the address bar.",
    ),
    "no-workshop": Kind(
        404,
        "No workshop here",
        "The workshop at this address has ended and its answers are deleted, or the address is mistyped. "
        "Ask the facilitator for the code.",
    ),
    "not-found": Kind(404, "Not found", "There is nothing at this address."),
    "method-not-allowed": Kind(405, "Method not allowed", "This address takes no requests of this kind."),
    "body-too-large": Kind(
        413, "Body too large", "The request is larger than the limit, so nothing was labelled."
    ),
    "too-many-blocks": Kind(
        413, "Too many blocks", "The article has more blocks than the limit. Send it in parts."
    ),
    "too-many-characters": Kind(
        413, "Too many characters", "The article has more characters than the limit. Send it in parts."
    ),
    "not-a-form": Kind(415, "Not a form", "This address takes what its own page sends, and nothing else."),
    "not-json": Kind(415, "Not JSON", "Send the article with the header Content-Type: application/json."),
    "invalid-request": Kind(422, "Invalid request", "The JSON does not have the form that is asked for."),
    "no-blocks": Kind(422, "No blocks", "The list of blocks is empty, so there is nothing to label."),
    "duplicate-block-id": Kind(
        422, "Duplicate block id", "Two blocks have the same id. Give every block its own, then send again."
    ),
    "too-many-requests": Kind(
        429,
        "Too many requests",
        "More was sent with this token, or from this address, than a minute allows. "
        "Try again when it is over.",
    ),
    "headers-too-large": Kind(431, "Headers too large", "The request's headers are too large to be read."),
    "internal-error": Kind(500, "Internal error", "Sourcemark failed here. Nothing was kept of the request."),
    "not-implemented": Kind(501, "Not implemented", "The request uses a part of HTTP that is not supported."),
    "limits-unavailable": Kind(
        503,
        "Limits unavailable",
        "What is sent cannot be counted at the moment, so nothing was labelled. Try again in a minute.",
    ),
    "not-kept": Kind(
        503,
        "Not kept",
        "The facilitator's computer cannot keep the workshop's answers at the moment, so what you sent last "
        "is not counted; what was counted before is kept. Tell the facilitator, then send it again.",
    ),
    "busy": Kind(
        503,
        "Busy",
        "Sourcemark labels as many articles as this computer can, and others wait already, so nothing was "
        "labelled. Try again in some seconds.",
    ),
    "no-model": Kind(503, "No model", "The model is not loaded yet. Try again in a few seconds."),
}
"""Every kind of problem by the last part of its `type`. The ids are part of the wire contract."""

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
    response = Response(msgspec.json.encode(details), details.status, mimetype=MEDIA_TYPE)
    if details.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if details.retry_after is not None:
        response.headers["Retry-After"] = str(details.retry_after)
    return response
