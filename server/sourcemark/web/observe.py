"""What may be written down about a request: counts, durations and ids. Never a word that was sent.

A line is written for each request to the logger `sourcemark.requests`, at the level INFO, so nowhere unless
somebody asks: `sourcemark serve --log` writes them to the terminal. The fields of `Line` are all that one can
hold, and `count` takes nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
import logging
import secrets
from time import perf_counter
import traceback
from typing import Final, TextIO

from flask import Flask, Response, g, request
import msgspec

LOGGER: Final = "sourcemark.requests"

# how much of a traceback is written
_FRAMES: Final = 5

_log = logging.getLogger(LOGGER)


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is written about one request."""

    time: str
    """When it was answered, to the second, in UTC."""
    id: str
    """Drawn by lot; a fault's answer and its line in the log have the same."""
    route: str | None = None
    """The pattern of the address, such as `/examples/<id>`, and not the address; None where there is none."""
    status: int
    milliseconds: int
    blocks: int | None = None
    characters: int | None = None
    sentences: int | None = None
    model: str | None = None
    """The id of the model that labelled."""


class _Seen(msgspec.Struct):
    """What is known of the request that is being answered."""

    id: str
    started: float
    counts: dict[str, int | str]


def init_app(app: Flask) -> None:
    """Write a line for each request of `app`. To come first, so that refused requests have one too."""
    app.before_request(_seen)
    app.after_request(_write)


def request_id() -> str:
    """Return the id of the current request."""
    return _seen_now().id


def count(*, blocks: int, characters: int, sentences: int, model: str) -> None:
    """Note how much was labelled in the current request, and by which model."""
    _seen_now().counts |= {
        "blocks": blocks,
        "characters": characters,
        "sentences": sentences,
        "model": model,
    }


def place_of(error: BaseException) -> str:
    """Return the type of `error` and where it was raised, innermost first.

    Its message is left out: it can hold a piece of the article.
    """
    frames = reversed(traceback.extract_tb(error.__traceback__)[-_FRAMES:])
    place = " < ".join(f"{frame.name} {frame.filename}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} in {place}"


@contextmanager
def written(stream: TextIO) -> Iterator[None]:
    """Write the lines to `stream` for as long as the block lasts, each as JSON."""
    handler = logging.StreamHandler(stream)
    before = _log.level
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    try:
        yield
    finally:
        _log.removeHandler(handler)
        _log.setLevel(before)


def leave_no_core() -> None:
    """Let a crash leave no core dump behind: a copy of the memory, with what was being labelled in it."""
    # Windows has neither the module nor such a limit
    with suppress(ImportError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def mute(logger: logging.Logger) -> None:
    """Let `logger`, of a library, say where something happened and of which type it was, and no more.

    The web server's own names the address of a request whose sender went away, and what an exception says.
    """
    logger.addFilter(_without_words)


def _without_words(record: logging.LogRecord) -> bool:
    raised = record.exc_info[1] if record.exc_info else None
    record.msg = f"{record.filename}:{record.lineno} {record.funcName}" + (
        f": {place_of(raised)}" if raised else ""
    )
    record.args, record.exc_info, record.exc_text, record.stack_info = None, None, None, None
    return True


def _seen() -> None:
    g.sourcemark_seen = _Seen(secrets.token_hex(6), perf_counter(), {})


def _seen_now() -> _Seen:
    seen: _Seen = g.sourcemark_seen
    return seen


def _write(response: Response) -> Response:
    if _log.isEnabledFor(logging.INFO):
        seen = _seen_now()
        facts = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "id": seen.id,
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "milliseconds": round(1000 * (perf_counter() - seen.started)),
            **seen.counts,
        }
        # by conversion, which holds each value to its type
        _log.info("%s", msgspec.json.encode(msgspec.convert(facts, Line)).decode())
    return response
