"""A small reverse proxy: it says for whom it asks, as Caddy and nginx do, and passes the rest on."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

ORIGIN = "https://labels.example.org"
HOST = "labels.example.org"


@contextmanager
def proxy(behind: str) -> Iterator[str]:
    """Run a proxy before the address `behind` for as long as the block lasts; yields its own address."""

    class Handler(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = dict(self.headers)
            before = self.headers.get("X-Forwarded-For")
            # an address is added, so that a chain of proxies can be followed
            headers["X-Forwarded-For"] = ", ".join(filter(None, [before, self.client_address[0]]))
            headers["X-Forwarded-Proto"] = "https"
            headers["X-Forwarded-Host"] = headers["Host"]
            connection = HTTPConnection(behind.removeprefix("http://"))
            try:
                connection.request(self.command, self.path, body, headers)
                response = connection.getresponse()
                content = response.read()
            finally:
                connection.close()
            self.send_response(response.status)
            for name, value in response.getheaders():
                if name not in {"Server", "Date", "Connection"}:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = pass_on

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
