"""Notes what may be known of each request, a `Line`: the log writes it, and the meters add it up.

It is written to the logger `sourcemark.requests`, at the level INFO, so nowhere unless somebody asks:
`sourcemark serve --log` writes it to the terminal. The fields of `Line` are all that one can hold, and
`count` takes nothing else.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
import logging
import secrets
import sys
from time import perf_counter
import traceback
from typing import Any, Final, TextIO

from flask import Flask, Response, current_app, g, request
import msgspec

from sourcemark.web.line import METHODS, OTHER, Line
from sourcemark.web.meters import Meters

LOGGER: Final = "sourcemark.requests"

_NAME: Final = "sourcemark-meters"

# how much of a traceback is written
_FRAMES: Final = 5

_log = logging.getLogger(LOGGER)


class _Seen(msgspec.Struct):
    """What is known of the request that is being answered."""

    id: str
    started: float
    facts: dict[str, Any]


def init_app(app: Flask, meters: Meters | None = None) -> None:
    """Note each request of `app`. To come first, so that refused requests are noted too.

    Apps of one service are added up in the same `meters`; without them they have their own.
    """
    app.extensions[_NAME] = meters or Meters()
    app.before_request(_seen)
    app.after_request(_note)


def meters_of(app: Flask) -> Meters:
    """Return what adds up the requests of `app`."""
    meters: Meters = app.extensions[_NAME]
    return meters


def request_id() -> str:
    """Return the id of the current request."""
    return _seen_now().id


def count(
    *,
    blocks: int,
    characters: int,
    sentences: int,
    labels: Mapping[str, int],
    skipped: Mapping[str, int],
    model: str,
) -> None:
    """Note how much was labelled in the current request, as what, and by which model."""
    _seen_now().facts |= {
        "blocks": blocks,
        "characters": characters,
        "sentences": sentences,
        "labels": labels,
        "skipped": skipped or None,
        "model": model,
    }


def refused(kind: str) -> None:
    """Note with which kind of problem the current request is refused."""
    _seen_now().facts["problem"] = kind


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
    if sys.platform != "win32":
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


def _note(response: Response) -> Response:
    seen = _seen_now()
    facts = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "id": seen.id,
        "method": request.method if request.method in METHODS else OTHER,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "milliseconds": round(1000 * (perf_counter() - seen.started)),
        **seen.facts,
    }
    # by conversion, which holds each value to its type
    line = msgspec.convert(facts, Line)
    meters_of(current_app).add(line)
    if _log.isEnabledFor(logging.INFO):
        _log.info("%s", msgspec.json.encode(line).decode())
    return response
