"""Several workers of a public service count together, in a Redis of their own that keeps nothing."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
import os
from pathlib import Path
import re
import shutil
import signal
import sys

import pytest

from api.others.asking import articles, asking
from api.others.commands import SOURCEMARK, environment, new_token, started
from api.others.proxy import HOST, ORIGIN
from api.others.test_limits import check_limited

if sys.platform == "win32":
    pytest.skip("neither gunicorn nor Redis runs there", allow_module_level=True)
if shutil.which("redis-server") is None and not os.environ.get("CI"):
    pytest.skip("needs redis-server: apt install redis-server", allow_module_level=True)

GUNICORN = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "--timeout", "600"]
CONFIG = str(Path(__file__).parents[3] / "docs" / "self-host" / "gunicorn.conf.py")
APP = "sourcemark.web.app:create_app()"
BOOTED = r"Booting worker with pid: (\d+)"
PUBLIC = {"public": "true", "origin": ORIGIN, "proxies": 1}
NAMED = {"Host": HOST, "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


@pytest.fixture
def socket(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the Redis listens: a name of its own rather than a port, which somebody else could take."""
    return tmp_path_factory.mktemp("redis") / "socket"


@contextmanager
def redis(socket: Path) -> Iterator[str]:
    """Run a Redis for as long as the block lasts; yields its address."""
    command = ["redis-server", "--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"]
    with started(command, os.environ, "eady to accept connections"):
        yield f"redis+unix://{socket}"


@contextmanager
def held(worker: int) -> Iterator[None]:
    """Hold a worker still, so that the other one answers."""
    os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(worker, signal.SIGCONT)


def test_two_workers_count_together(socket: Path, tmp_path: Path) -> None:
    token = new_token(tmp_path)
    with redis(socket) as address:
        known = environment(tmp_path, redis=address, requests_per_minute=3, **PUBLIC)
        command = [*GUNICORN, "--workers", "2", APP]
        with started(command, known, rf"{BOOTED}.*{BOOTED}") as said:
            ask = asking(re.findall(r"http://127[.:0-9]+", said)[0])
            first, second = (int(pid) for pid in re.findall(BOOTED, said))
            answers = []
            for other in (first, second, first, second):
                with held(other):
                    answers.append(ask(token=token, headers=NAMED))

    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    check_limited(answers[-1], 3)


def test_two_workers_add_up_what_they_did_together(socket: Path, tmp_path: Path) -> None:
    together = tmp_path / "metrics"
    together.mkdir()
    # what an earlier start left
    (together / "counter_1.db").write_bytes(b"old")
    with redis(socket) as address:
        command = [*GUNICORN, "--config", CONFIG]
        known = environment(tmp_path, redis=address, anonymous_limit=1000, **PUBLIC)
        known = {**known, "PROMETHEUS_MULTIPROC_DIR": str(together)}
        with started(command, known, rf"{BOOTED}.*{BOOTED}") as said:
            ask = asking(re.findall(r"http://127[.:0-9]+", said)[0])
            workers = [int(pid) for pid in re.findall(BOOTED, said)]
            for other in workers:
                with held(other):
                    assert ask(headers=NAMED).status == 200
            for other in workers:
                with held(other):
                    # as Prometheus asks where `proxy_url` names the service
                    assert articles(ask("GET", f"http://{HOST}/metrics", headers={"Host": HOST})) == 2
            kept = b"".join(path.read_bytes() for path in together.iterdir())
    # names of metrics and numbers
    assert b"sourcemark_articles_total" in kept
    assert b"bridges" not in kept
    assert b"203.0.113.7" not in kept


def test_where_nothing_can_be_counted_nothing_is_labelled_until_redis_is_back(
    socket: Path, tmp_path: Path
) -> None:
    known = environment(tmp_path, redis=f"redis+unix://{socket}", **PUBLIC)
    with ExitStack() as stack:
        with redis(socket):
            command = [*SOURCEMARK, "serve", "--port", "0", "--anonymous-limit", "1000"]
            said = stack.enter_context(started(command, known, ORIGIN))
            ask = asking(re.findall(r"http://127[.:0-9]+", said)[0])
            assert ask(headers=NAMED).status == 200
        reply = ask(headers=NAMED)
        assert reply.problem() == "limits-unavailable"
        assert reply.status == 503
        assert ask("GET", "/healthz", headers=NAMED).status == 200
        assert ask("GET", "/readyz", headers=NAMED).problem() == "limits-unavailable"
        with redis(socket):
            assert ask(headers=NAMED).status == 200


def test_a_worker_without_redis_does_not_start_and_does_not_try_for_ever(tmp_path: Path) -> None:
    known = environment(tmp_path, anonymous_limit=1000, **PUBLIC)
    with started([*GUNICORN, APP], known, "Worker failed to boot") as said:
        assert "SettingsError: A WSGI server can run several workers" in said
        assert "add SOURCEMARK_REDIS" in said
