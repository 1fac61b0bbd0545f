"""A site that means no good: pages of a test's own making, without any policy, on two origins."""

from collections.abc import Iterator
from contextlib import contextmanager

from browser.fixtures.fixture import page, paragraphs, story
from browser.web_server import Answer, web_server

STORY = story("harbour-fire", 0, 5)
"""The article of the hostile site."""

VICTIM = story("bank-outage", 0, 6)
"""The article of another site."""

HEAR = """
// whatever the page's script notices of the extension; by itself, for nothing of the language is safe here
window.heard = [];
const hear = (what) => { heard[heard.length] = what; };
"""


class HostileSite:
    """Where the pages are, and what the hostile one consists of."""

    def __init__(self, port: int) -> None:
        # a host that no permission of the extension covers
        self.address = f"http://page.test:{port}/"
        """The hostile page."""
        self.victim = f"http://127.0.0.1:{port}/victim"
        """An article of another site, which the extension has a permission for."""
        self.html = b""

    def make(self, script: str = "", body: str = "", head: str = "", text: tuple[str, ...] = STORY) -> None:
        """Make the hostile page: a script that runs before an article, and more of head and body."""
        article = f"<article><h1>Fire</h1>{paragraphs(text)}</article>"
        self.html = page(f"{article}{body}", f"{head}<script>{HEAR}{script}</script>").encode()


@contextmanager
def hostile_site() -> Iterator[HostileSite]:
    """Serve the pages for as long as the block lasts."""

    victim = page(f"<article><h1>Outage</h1>{paragraphs(VICTIM)}</article>").encode()

    def answer(path: str) -> Answer | None:
        body = {"/": running.html, "/victim": victim}.get(path)
        return None if body is None else (body, None)

    with web_server(answer) as port:
        running = HostileSite(port)
        yield running
