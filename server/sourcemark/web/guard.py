"""Keeps other web pages out, and says in headers what a browser may do with the answers.

Any page can send requests to 127.0.0.1, whatever address a service is bound to. Four rules stop it:
the name it is called by, who asks, where a request without a name comes from, and JSON only.
There are no CORS headers: an extension with permission for the host needs none, and nobody else may read.
"""

import re
from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError

from sourcemark.web.problems import ProblemError

# a page whose own name was pointed at 127.0.0.1 (DNS rebinding) still calls the service by that name
_TRUSTED_HOSTS: Final = ["127.0.0.1", "localhost"]

# by scheme, since Firefox gives an extension another origin on every computer
_EXTENSION_ORIGIN: Final = re.compile(r"(chrome|moz|safari-web)-extension://[0-9A-Za-z-]+")

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def init_app(app: Flask) -> None:
    """Put the rules before every request of `app`, and the headers on every answer."""
    app.config["TRUSTED_HOSTS"] = _TRUSTED_HOSTS
    # no preflight is ever answered
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.before_request(check)
    app.after_request(add_headers)


def check() -> None:
    """Raise a problem unless a program, our extension or our own page sent the request."""
    if isinstance(request.routing_exception, SecurityError):
        raise request.routing_exception
    origin = request.headers.get("Origin")
    if origin is not None:
        # "null" (a sandboxed frame, a local file) is nobody's origin and matches neither
        if origin != request.host_url.removesuffix("/") and not _EXTENSION_ORIGIN.fullmatch(origin):
            raise ProblemError("origin-not-allowed")
    elif request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        # browsers leave Origin out where a page only embeds or links to something
        raise ProblemError("cross-site-request")
    # a form or a script can send the other types to any site without asking first
    if request.method == "POST" and not request.routing_exception and request.mimetype != "application/json":
        raise ProblemError("not-json")


def add_headers(response: Response) -> Response:
    """Add the security headers that `response` does not set itself."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
