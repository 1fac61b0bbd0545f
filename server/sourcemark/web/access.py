"""Who may use a service that others can reach: whoever sends a token, in `Authorization: Bearer` alone.

A public service can let others in too, with limits by address. This computer's own service asks for nothing.
https://www.rfc-editor.org/rfc/rfc6750, section 2.1
"""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any, Final, TypeVar

from flask import Flask, current_app, g, request

from sourcemark.web.problems import ProblemError
from sourcemark.web.tokens import Tokens

View = TypeVar("View", bound=Callable[..., Any])

REFUSALS: Final = ("token-missing", "token-not-valid", "token-expired", "token-revoked")
"""The problems of a request without a token that holds."""

_NAME: Final = "sourcemark-access"
_OPEN: Final = "sourcemark_without_token"
_CLOSED: Final = "sourcemark_with_token"

# who has one address of a network of this size has all of them
_IPV6_NETWORK: Final = 64


@dataclass(frozen=True, slots=True)
class Access:
    """Whose tokens hold, and whether one is needed."""

    tokens: Tokens
    token_required: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request: the id of a token, or else an address."""

    key: str
    token: str | None = None
    """Its id."""

    @property
    def has_token(self) -> bool:
        """Whether it was a token."""
        return self.token is not None


def init_app(app: Flask, access: Access) -> None:
    """Ask for a token before the requests of `app`, after what is there already."""
    app.extensions[_NAME] = access
    app.before_request(_identify)


def without_token(view: View) -> View:
    """Let a view answer everybody. A token that is sent nevertheless must hold."""
    setattr(view, _OPEN, True)
    return view


def with_token(view: View) -> View:
    """Let a view answer nobody without a token, also where others can be labelled for without one."""
    setattr(view, _CLOSED, True)
    return view


def access_of(app: Flask) -> Access | None:
    """Return who may use `app`; None where it is this computer's own."""
    access: Access | None = app.extensions.get(_NAME)
    return access


def wants_token(view: Callable[..., Any]) -> bool:
    """Whether a view is for whoever has a token, on a service that asks for them."""
    return not hasattr(view, _OPEN)


def needs_token(view: Callable[..., Any], access: Access) -> bool:
    """Whether nobody is answered by a view without a token."""
    return hasattr(view, _CLOSED) or (access.token_required and wants_token(view))


def current_caller() -> Caller:
    """Return who sent the current request."""
    caller: Caller = g.caller
    return caller


def _identify() -> None:
    if request.routing_exception:
        return
    access: Access = current_app.extensions[_NAME]
    credentials = request.headers.get("Authorization")
    if credentials is not None:
        scheme, _, token = credentials.partition(" ")
        if scheme.lower() != "bearer":
            raise ProblemError("token-missing")
        id = access.tokens.check(token.strip())
        g.caller = Caller(f"token {id}", id)
    elif needs_token(current_app.view_functions[request.endpoint or ""], access):
        raise ProblemError("token-missing")
    else:
        g.caller = Caller(f"address {_network(request.remote_addr)}")


def _network(address: str | None) -> str:
    """Return what is counted as one for an address; all that are none count as one, too."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(known if known.version == 4 else ip_network((known, _IPV6_NETWORK), strict=False))
