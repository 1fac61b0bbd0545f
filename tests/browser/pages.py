"""A news site on this machine: the seed articles and a few small pages, under a strict policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from browser.fixtures import FIXTURES
from browser.fixtures.changes import CHANGING

_SERVED = {**FIXTURES, CHANGING.name: CHANGING}

# pages like these forbid scripts and styles that the extension might be tempted to add to them
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

NO_ARTICLE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head>
<body><h1>Sign in</h1>
<form><label>Name <input name="name"></label> <button>Continue</button></form>
</body></html>"""


class Pages:
    """Addresses of the pages that are served."""

    def __init__(self, port: int) -> None:
        # not 127.0.0.1, which the extension may read at any time
        self._site = f"http://page.test:{port}"
        self.no_article = f"{self._site}/no-article.html"

    def fixture(self, name: str) -> str:
        """Return the address of a page of the fixtures."""
        return f"{self._site}/fixtures/{name}"

    def article(self, article: str) -> str:
        """Return the address of the seed article with this id."""
        return f"{self._site}/{article}.html"


@contextmanager
def pages(folder: Path) -> Iterator[Pages]:
    """Serve the pages in `folder` and the ones above on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            file = folder / path.removeprefix("/")
            fixture = _SERVED.get(path.removeprefix("/fixtures/"))
            if path == "/no-article.html":
                body = NO_ARTICLE.encode()
            elif fixture:
                body = fixture.html.encode()
            elif file.parent == folder and file.is_file():
                body = file.read_bytes()
            else:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", fixture.policy if fixture else POLICY)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Pages(server.server_port)
        server.shutdown()
