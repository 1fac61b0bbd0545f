"""One request cannot hold the service, and what it cannot take is refused in words, not queued for ever."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event

import msgspec
import pytest

from api.wire import ARTICLE, JSON, article, running, through_port
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web import gate, schemas
from sourcemark.web.app import create_app
from sourcemark.web.gate import Gate
from sourcemark.web.problems import ProblemError
from sourcemark.web.server import Server


def test_what_there_is_no_time_for_is_named_and_the_rest_is_answered(fast: Labeler) -> None:
    app = create_app(Settings(max_seconds=1e-9), fast)
    with running(app) as server:
        reply = through_port(server)("POST", "/v1/label", JSON, article())

    assert reply.status == 200
    answer = msgspec.json.decode(reply.body, type=schemas.LabelAnswer)
    assert [(each.block, each.reason) for each in answer.skipped] == [("p1", "deadline"), ("p2", "deadline")]
    assert [each.block for each in answer.sentences] == ["p0"]
    assert answer.summary["sentences"] == 1


def test_the_time_is_told(fast: Labeler) -> None:
    with running(create_app(Settings(max_seconds=3), fast)) as server:
        assert through_port(server)("GET", "/v1/about").json["limits"]["max_seconds"] == 3


@contextmanager
def full(fast: Labeler, waiting: int, patience: float) -> Iterator[Server]:
    """A service with one place to label, which is taken for as long as the block lasts."""
    app = create_app(Settings(), fast)
    narrow = Gate(1, waiting, patience)
    gate.init_app(app, narrow)
    with running(app) as server, taken(narrow):
        yield server


@contextmanager
def taken(narrow: Gate) -> Iterator[None]:
    """Take the one place of a gate for as long as the block lasts."""
    held, leave = Event(), Event()
    with ThreadPoolExecutor(1) as threads:
        threads.submit(narrow.do, lambda: (held.set(), leave.wait()))
        held.wait()
        try:
            yield
        finally:
            leave.set()


def test_an_article_too_many_is_refused_with_a_time_to_come_back(fast: Labeler) -> None:
    with full(fast, waiting=0, patience=60) as server:
        send = through_port(server)
        reply = send("POST", "/v1/label", JSON, article())
        assert reply.status == 503
        assert reply.problem() == "busy"
        assert reply.headers["Retry-After"] == str(reply.json["retry_after"]) == "5"
        # only labelling waits
        assert send("GET", "/healthz").status == 200
    assert not any(text in reply.body.decode() for text in ARTICLE)


def test_whoever_waits_too_long_is_refused(fast: Labeler) -> None:
    with full(fast, waiting=1, patience=0.01) as server:
        assert through_port(server)("POST", "/v1/label", JSON, article()).problem() == "busy"


def test_the_place_is_free_again_afterwards(fast: Labeler) -> None:
    with full(fast, waiting=0, patience=60) as server:
        pass
    narrow = Gate(1, waiting=0)
    app = create_app(Settings(), fast)
    gate.init_app(app, narrow)
    with running(app) as server:
        send = through_port(server)
        # a request that fails gives its place back too
        assert send("POST", "/v1/label", JSON, b"{").status == 400
        assert send("POST", "/v1/label", JSON, article()).status == 200
        assert send("POST", "/v1/label", JSON, article()).status == 200


def test_those_who_wait_are_served_one_after_the_other_in_their_order() -> None:
    narrow = Gate(1, waiting=3, patience=60)
    served: list[int] = []
    with ThreadPoolExecutor(3) as threads, taken(narrow):
        for number in range(3):
            threads.submit(narrow.do, partial(served.append, number))
            while narrow.inside < number + 2:
                pass
        with pytest.raises(ProblemError):
            narrow.do(list)
        # whoever was refused has left no trace
    assert served == [0, 1, 2]
    assert narrow.inside == 0
