"""A service that means no good: a real server on a real port, which answers what a test tells it to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
from threading import Event, Thread
from typing import Any

from browser.remote import DEADLINE
from browser.seeds import PAGES

Blocks = list[dict[str, str]]

PAYLOAD = '"\'><img src=x onerror="document.documentElement.dataset.executed = 1"><script>alert(1)</script>'
"""Markup that would leave a trace wherever somebody took it for more than text."""


class Hostile:
    """Where the service answers, and what: `answer` turns the blocks that were sent into raw bytes."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.answer: Callable[[Blocks], bytes] = lambda blocks: response(b"")
        self.blocks: Blocks = []
        """What was sent last to be labelled; none where it was something else, such as a correction."""
        self.asked = Event()
        self.released = Event()
        self.released.set()

    def article(self, article: str) -> str:
        """Return the address of a seed article on a page without any policy: what is let in, runs."""
        return f"{self.address}/{article}.html"

    def hold(self) -> None:
        """Keep the next answer back until `released` is set; `asked` tells that it was asked for."""
        self.asked.clear()
        self.released.clear()


def response(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """Return an HTTP response; headers are named with underscores."""
    lines = {"Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def answer(sentences: list[Any], **more: Any) -> bytes:
    """Return a response in the form of the contract with these sentences in it."""
    return response(json.dumps({"offsets": "utf-16", "sentences": sentences, **more}).encode())


def sentence(block: dict[str, str], label: str | None = "official_statement", **more: Any) -> dict[str, Any]:
    """Return a sentence that is a whole block, as a good service would give it, but for `more`."""
    end = len(block["text"].encode("utf-16-le")) // 2
    state = "none" if label is None else "labelled"
    return {"block": block["id"], "start": 0, "end": end, "label": label, "state": state, **more}


@contextmanager
def hostile() -> Iterator[Hostile]:
    """Run the service for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            running.blocks = sent.get("blocks", [])
            running.asked.set()
            running.released.wait(DEADLINE)
            self.close_connection = True
            self.wfile.write(running.answer(running.blocks))

        def do_GET(self) -> None:
            file = PAGES / self.path.removeprefix("/")
            found = file.parent == PAGES and file.is_file()
            page = response(file.read_bytes(), Content_Type="text/html; charset=utf-8") if found else None
            about = response(b'{"corrections": true}') if self.path == "/v1/about" else None
            self.close_connection = True
            self.wfile.write(page or about or response(b"", "404 Not Found"))

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        running = Hostile(server.server_port)
        try:
            yield running
        finally:
            running.released.set()
            server.shutdown()
