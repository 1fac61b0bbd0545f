"""Requests to the service as bytes and headers, by Flask's test client or to a real port."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
import json
from threading import Thread
from typing import Any

from flask import Flask
import msgspec

from sourcemark.web.server import Server, bind

ARTICLE = (
    "The ministry of defence said on Tuesday that two bridges had been closed.",
    "“I saw the water come over the wall 😀,” said Ana Ruiz, who lives beside the river.",
    "A military source, who asked not to be named, said that more rain was expected. It rained all night.",
)


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def problem(self) -> str:
        """Return the kind of problem this is; the whole of it must have the one shape."""
        assert self.headers["Content-Type"] == "application/problem+json"
        assert self.json["status"] == self.status
        return str(self.json["type"]).removeprefix("urn:sourcemark:problem:")


Send = Callable[..., Reply]
"""`send(method, path, headers={}, body=b"")`; `{port}` in a header is the port that is asked."""


def through_test_client(app: Flask) -> Send:
    """Return a function that sends a request without a network."""

    def send(method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Reply:
        given = {"Host": "127.0.0.1:{port}"} | dict(headers or {})
        response = app.test_client().open(
            path,
            method=method,
            headers={name: value.replace("{port}", "8377") for name, value in given.items()},
            data=body,
        )
        return Reply(response.status_code, dict(response.headers), response.data)

    return send


def through_port(server: Server) -> Send:
    """Return a function that sends a request to a running server."""
    port = int(server.address.rpartition(":")[2])

    def send(method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Reply:
        given = {"Host": "127.0.0.1:{port}"} | dict(headers or {})
        connection = HTTPConnection("127.0.0.1", port)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                connection.putheader(name, value.replace("{port}", str(port)))
            if body and "Transfer-Encoding" not in given:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Reply(response.status, dict(response.headers), response.read())
        finally:
            connection.close()

    return send


@contextmanager
def running(app: Flask, *, behind_proxy: bool = False) -> Iterator[Server]:
    """Run `app` on a free port for as long as the block lasts."""
    server = Server(app, bind(0), behind_proxy=behind_proxy)
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


JSON = {"Content-Type": "application/json"}


def blocks(*texts: str) -> list[dict[str, str]]:
    """Return blocks with the ids p0, p1, ..."""
    return [{"id": f"p{index}", "text": text} for index, text in enumerate(texts)]


def article(texts: Sequence[str] = ARTICLE, **fields: object) -> bytes:
    """Return the body of a request to label an article."""
    return msgspec.json.encode({"blocks": blocks(*texts), **fields})
