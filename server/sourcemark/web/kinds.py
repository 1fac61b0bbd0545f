"""Every kind of problem: its status, its title, and what it says. The ids are part of the wire contract."""

from dataclasses import dataclass
from typing import Final


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
    "corrections-off": Kind(
        404, "Corrections off", "This service keeps no corrections, so nothing was kept of what you sent."
    ),
    "no-correction": Kind(
        404, "No such correction", "There is no correction with this id. It may have been taken back already."
    ),
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
    "no-consent": Kind(
        422, "No consent", "A correction is kept only where the reader agreed to it, so nothing was kept."
    ),
    "not-a-correction": Kind(
        422, "Not a correction", "What is proposed is what the sentence has already, so nothing was kept."
    ),
    "too-many-corrections": Kind(
        429,
        "Too many corrections",
        "As many corrections were given today as count for one contributor. This one was not kept; "
        "give it again tomorrow.",
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
    "unavailable": Kind(
        503,
        "Corrections unavailable",
        "Corrections cannot be kept or taken back at the moment, so nothing was changed. Try again later; "
        "whoever runs the service finds the reason in its log.",
    ),
    "busy": Kind(
        503,
        "Busy",
        "Sourcemark labels as many articles as this computer can, and others wait already, so nothing was "
        "labelled. Try again in some seconds.",
    ),
    "metrics-apart": Kind(
        503,
        "Metrics apart",
        "Several workers may answer here, and each counts for itself. Set PROMETHEUS_MULTIPROC_DIR to an "
        "empty folder that they share, then start the service again.",
    ),
    "no-model": Kind(503, "No model", "The model is not loaded yet. Try again in a few seconds."),
}
"""By the last part of the problem's `type`."""
