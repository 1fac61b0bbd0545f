"""Limits on a service that others can reach: requests and characters a minute, for each token or address.

Counted by Flask-Limiter, in this process's memory or in Redis. Only such a service imports it.
"""

from functools import partial
import logging
import math
import time
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response

from sourcemark.settings import SettingsError
from sourcemark.web.access import current_caller
from sourcemark.web.problems import ProblemError, problem, respond
from sourcemark.web.reading import characters_of, current_label_request
from sourcemark.web.service import current_settings

if TYPE_CHECKING:
    from flask_limiter import Limiter, RateLimitExceeded
    from limits.errors import StorageError

MEMORY: Final = "memory://"
OPEN_REQUESTS: Final = 600
"""Most requests a minute to each route that needs no token, which cost little."""

_log = logging.getLogger(__name__)

_NAME: Final = "sourcemark-limits"
_VIEW: Final = "api.label"
_CORRECTING: Final = "corrections.give_correction"
_ALWAYS: Final = "health.healthz"

_MINUTE: Final = 60

# seconds that a request waits for Redis before it is refused
_PATIENCE: Final = 2


def init_app(app: Flask, storage: str) -> None:
    """Count what is sent to `app`, whose API is there already, in `storage`.

    Raises SettingsError where the library is missing, or Redis does not answer.
    """
    try:
        from flask_limiter import Limiter, RateLimitExceeded
        from limits.errors import ConfigurationError, StorageError
    except ImportError:
        raise SettingsError(
            "A service for others counts requests with Flask-Limiter, which is not installed. "
            "Run: pip install 'sourcemark[public]'"
        ) from None

    # it would log the address of whoever passed a limit
    logging.getLogger("flask-limiter").setLevel(logging.WARNING)
    in_redis = {"socket_connect_timeout": _PATIENCE, "socket_timeout": _PATIENCE}
    options: dict[str, Any] = {"wrap_exceptions": True} | ({} if storage == MEMORY else in_redis)
    try:
        limiter = Limiter(
            lambda: current_caller().key,
            app=app,
            default_limits=[_a_minute(OPEN_REQUESTS)],
            strategy="fixed-window",
            storage_uri=storage,
            storage_options=options,
            key_prefix="sourcemark",
        )
        reached = limiter.storage.check()
    except (ConfigurationError, ValueError):
        reached = False
    if not reached:
        raise SettingsError(
            "The Redis at the address in SOURCEMARK_REDIS does not answer, and requests are counted there. "
            "Start it, or correct the address: redis://127.0.0.1:6379 is one."
        )
    for name in (_VIEW, _CORRECTING):
        view: Any = app.view_functions[name]
        counted = limiter.shared_limit(lambda: _a_minute(requests_per_minute()), scope="requests")(view)
        app.view_functions[name] = counted
    # what is one request too many is not even read: requests are counted first
    view = app.view_functions[_VIEW]
    app.view_functions[_VIEW] = limiter.shared_limit(
        lambda: _a_minute(characters_per_minute()), scope="characters", cost=_cost
    )(view)
    # the service runs, whatever can be counted
    limiter.exempt(app.view_functions[_ALWAYS])
    app.extensions[_NAME] = limiter
    app.register_error_handler(RateLimitExceeded, partial(_on_exceeded, limiter))
    app.register_error_handler(StorageError, _on_storage_error)


def told(app: Flask) -> tuple[int, int] | None:
    """Return how many requests and characters a minute whoever asks `app` may send; None for any number."""
    return (requests_per_minute(), characters_per_minute()) if _NAME in app.extensions else None


def requests_per_minute() -> int:
    """Return how many requests whoever asks may send in a minute."""
    return current_settings().requests_per_minute


def characters_per_minute() -> int:
    """Return how many characters whoever asks may send in a minute."""
    settings = current_settings()
    if settings.anonymous_limit is None or current_caller().has_token:
        return settings.characters_per_minute
    return settings.anonymous_limit


def _a_minute(amount: int) -> str:
    return f"{amount} per minute"


def _cost() -> int:
    characters, allowed = characters_of(current_label_request()), characters_per_minute()
    if characters > allowed:
        # no waiting would help
        raise ProblemError("too-many-characters", limit=allowed)
    return characters


def _on_storage_error(error: "StorageError") -> Response:
    # its words can hold the address of the Redis
    _log.error("requests cannot be counted: %s", type(error.storage_error).__name__)
    return respond(problem("limits-unavailable"))


def _on_exceeded(limiter: "Limiter", error: "RateLimitExceeded") -> Response:
    passed = limiter.current_limit
    left = passed.window.reset_time - time.time() if passed else _MINUTE
    # Redis tells whole seconds, and rounds them
    wait = max(0, math.floor(left)) + 1
    return respond(problem("too-many-requests", limit=error.limit.limit.amount, retry_after=wait))
