"""A web server on this machine for the pages that a test makes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

Answer = tuple[bytes, str | None]
"""A page's markup, and its Content-Security-Policy if it has one."""


@contextmanager
def web_server(
    answer: Callable[[str], Answer | None], kind: type[ThreadingHTTPServer] = ThreadingHTTPServer
) -> Iterator[int]:
    """Serve what `answer` gives for a path, or 404 for None, as long as the block lasts; yield the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = answer(urlsplit(self.path).path)
            if found is None:
                self.send_error(404)
                return
            body, policy = found
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy is not None:
                self.send_header("Content-Security-Policy", policy)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with kind(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
