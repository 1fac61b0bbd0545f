"""A news site on this machine: the seed articles and a few small pages, under a strict policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.fixtures import FIXTURES
from browser.fixtures.changes import CHANGING
from browser.web_server import Answer, web_server

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

    def answer(path: str) -> Answer | None:
        fixture = _SERVED.get(path.removeprefix("/fixtures/"))
        if path == "/no-article.html":
            return NO_ARTICLE.encode(), POLICY
        if fixture:
            return fixture.html.encode(), fixture.policy
        file = folder / path.removeprefix("/")
        return (file.read_bytes(), POLICY) if file.parent == folder and file.is_file() else None

    with web_server(answer) as port:
        yield Pages(port)
