"""Keeps other web pages out, and says in headers what a browser may do with the answers.

Any page can send requests to 127.0.0.1, whatever address a service is bound to. Four rules stop it:
the name it is called by, who asks, where a request without a name comes from, and the one type of body that
an address takes: JSON, or a form where people fill one in.
There are no CORS headers: an extension with permission for the host needs none, and nobody else may read.
"""

from collections.abc import Callable, Sequence
import re
from typing import Final, ParamSpec, TypeVar

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import SecurityError

from sourcemark.web.problems import ProblemError

P = ParamSpec("P")
R = TypeVar("R")

# a page whose own name was pointed at 127.0.0.1 (DNS rebinding) still calls the service by that name
_THIS_MACHINE: Final = ("127.0.0.1", "localhost")

_FORM: Final = "sourcemark_form"

# by scheme, since Firefox gives an extension another origin on every computer
_EXTENSION_ORIGIN: Final = re.compile(r"(chrome|moz|safari-web)-extension://[0-9A-Za-z-]+")

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer, the web server's own errors too."""


def init_app(app: Flask, hosts: Sequence[str] = _THIS_MACHINE) -> None:
    """Put the rules before every request of `app`, and the headers on every answer.

    `hosts` are the names and addresses that it may be called by.
    """
    app.config["TRUSTED_HOSTS"] = list(hosts)
    # no preflight is ever answered
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.before_request(check)
    app.after_request(add_headers)


def form(view: Callable[P, R]) -> Callable[P, R]:
    """Let a view take the form of its own page, and no JSON."""
    setattr(view, _FORM, True)
    return view


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
    if request.method == "POST" and not request.routing_exception:
        _check_type()


def _check_type() -> None:
    if hasattr(current_app.view_functions[request.endpoint or ""], _FORM):
        # any site can send a form, but its origin has been looked at above
        if request.mimetype != "application/x-www-form-urlencoded":
            raise ProblemError("not-a-form")
    # a form or a script can send the other types to any site without asking first
    elif request.mimetype != "application/json":
        raise ProblemError("not-json")


def add_headers(response: Response) -> Response:
    """Add the security headers that `response` does not set itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
