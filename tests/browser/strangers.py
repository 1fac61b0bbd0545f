"""A site on this machine that means no good: one page without any policy, to try things from."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from typing import Any, Final

from browser.web_server import web_server

WORDS: Final = "A page that means no good."


class _Connections(ThreadingHTTPServer):
    """Ends every connection with itself, those too on which nothing was asked yet."""

    def __init__(self, *given: Any) -> None:
        self._connections: list[socket] = []
        super().__init__(*given)

    def get_request(self) -> tuple[socket, Any]:
        connection, address = super().get_request()
        self._connections.append(connection)
        return connection, address

    def server_close(self) -> None:
        super().server_close()
        for connection in self._connections:
            # most are closed already
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)


@contextmanager
def site() -> Iterator[int]:
    """Serve an empty page without any policy on this machine, and give the port."""
    page = f"<!doctype html><meta charset=utf-8><title>Site</title><p>{WORDS}".encode()

    with web_server(lambda path: (page, None), _Connections) as port:
        yield port
