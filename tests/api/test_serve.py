"""The service on a real port: many readers at once, a port that is taken, a clean end."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
import signal
import subprocess
import sys
from threading import Barrier

from flask import Flask
import pytest

from api.wire import JSON, article, running, through_port
from sourcemark.settings import Settings
from sourcemark.web.serve import serve
from sourcemark.web.server import PortError, Server, bind

START = "from sourcemark.settings import Settings; from sourcemark.web.serve import serve; "


def test_eight_readers_at_once_get_the_same_answer(server: Server) -> None:
    send = through_port(server)
    alone = send("POST", "/v1/label", JSON, article())
    together = Barrier(8)

    def read(_: int) -> tuple[int, bytes]:
        together.wait()
        reply = send("POST", "/v1/label", JSON, article())
        return reply.status, reply.body

    with ThreadPoolExecutor(8) as readers:
        replies = set(readers.map(read, range(8)))

    assert replies == {(200, alone.body)}


def test_one_connection_carries_one_request_after_the_other(server: Server) -> None:
    connection = HTTPConnection(server.address.removeprefix("http://"))
    try:
        bodies = set()
        for _ in range(3):
            connection.request("POST", "/v1/label", article(), JSON)
            bodies.add(connection.getresponse().read())
        assert len(bodies) == 1
    finally:
        connection.close()


def test_an_article_may_come_in_chunks_of_unknown_number(server: Server) -> None:
    connection = HTTPConnection(server.address.removeprefix("http://"))
    body = article()
    pieces: Iterator[bytes] = (body[start : start + 100] for start in range(0, len(body), 100))
    try:
        connection.request("POST", "/v1/label", pieces, JSON, encode_chunked=True)
        response = connection.getresponse()
        chunked = response.read()
        assert response.status == 200
    finally:
        connection.close()

    assert chunked == through_port(server)("POST", "/v1/label", JSON, body).body


def test_chunks_that_add_up_to_too_much_are_refused(server: Server) -> None:
    connection = HTTPConnection(server.address.removeprefix("http://"))
    try:
        connection.request("POST", "/v1/label", (b" " * 65_536 for _ in range(17)), JSON, encode_chunked=True)
        response = connection.getresponse()
        assert response.status == 413
        assert response.headers["Content-Type"] == "application/problem+json"
        response.read()
    finally:
        connection.close()


def test_the_service_listens_on_this_machine_only() -> None:
    with bind(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_told_before_anything_is_loaded() -> None:
    with bind(0) as listener:
        port = listener.getsockname()[1]
        # a model that is not there would be an error too, later
        settings = Settings(port=port, model="/nowhere")

        with pytest.raises(PortError, match=rf"^Port {port} is in use: .* choose another port"):
            serve(settings, ready=lambda *_: pytest.fail("it cannot be ready"))


def test_a_stopped_service_gives_its_port_back(app: Flask) -> None:
    with running(app) as server:
        port = int(server.address.rpartition(":")[2])
        assert through_port(server)("GET", "/healthz").status == 200

    with pytest.raises(ConnectionRefusedError):
        through_port(server)("GET", "/healthz")
    bind(port).close()


def test_a_service_can_be_stopped_twice(app: Flask) -> None:
    with running(app) as server:
        server.stop()


def test_a_service_ends_while_a_client_stays_connected(app: Flask) -> None:
    with running(app) as server:
        connection = HTTPConnection(server.address.removeprefix("http://"))
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches a whole console there")
def test_ctrl_c_ends_the_service_without_a_word_of_complaint(ctrl_c_counts: None) -> None:
    script = START + "serve(Settings(port=0), ready=lambda address, _: print(address, flush=True))"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        connection = HTTPConnection(address.removeprefix("http://"))
        connection.request("POST", "/v1/label", article(), JSON)
        answer = connection.getresponse()
        assert answer.status == 200
        answer.read()
        connection.close()

        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate()

    assert process.returncode == 0
    assert complaints == ""
