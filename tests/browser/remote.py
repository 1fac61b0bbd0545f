"""The wire to a browser: Chromium's DevTools protocol and Firefox's WebDriver BiDi share one envelope."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
import json
from typing import Any

from websockets.sync.client import ClientConnection, connect

DEADLINE = 30
"""Seconds after which an answer that never comes is a failure."""


class RemoteError(Exception):
    """A browser refused a command or a script in it threw."""


class Remote:
    """Sends commands, one at a time, and waits for the answer of each; events are let pass."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = count(1)

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Run `method` and return its result. Raises RemoteError, or TimeoutError past the deadline."""
        sent = next(self._ids)
        self._socket.send(json.dumps({"id": sent, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=DEADLINE))
            if message.get("id") == sent:
                break
        if "error" in message:
            raise RemoteError(f"{method}: {message.get('message') or message['error']}")
        return message["result"]


@contextmanager
def remote(url: str) -> Iterator[Remote]:
    """Connect to a browser's WebSocket address."""
    with connect(url, max_size=None, ping_interval=None) as socket:
        yield Remote(socket)
