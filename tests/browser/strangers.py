"""A site on this machine that means no good: one page without any policy, to try things from."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Thread
from typing import Any, Final

WORDS: Final = "A page that means no good."


class _Connections(ThreadingHTTPServer):
    """Ends every connection with itself, those too on which nothing was asked yet."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self._connections: list[socket] = []
        super().__init__(("127.0.0.1", 0), handler)

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

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with _Connections(Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
