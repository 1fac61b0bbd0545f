"""An evening in a library: a facilitator, a projector and whoever comes, each with a browser of their own."""

from dataclasses import dataclass, field
import re

from api.workshop.browser import Browser, Page
from sourcemark.web.workshop import Workshop
from sourcemark.workshop.state import Keys

ARTICLE = """The harbour authority said on Monday that the old pier would be closed.

A city official, who asked not to be named because the talks are private, said the money had run out.

“I saw the planks give way under the van,” said Mira Holt, who sells fish there.

The pier was built in 1911. Around four hundred boats land there every year.

The engineer Pavel Stern, who wrote the report, called the repair overdue. Rain fell on the market."""


@dataclass
class Evening:
    """A workshop in real browsers without JavaScript; everything goes over real ports."""

    address: str
    workshop: Workshop
    facilitator: Browser = field(default_factory=Browser)

    def open(self, text: str = ARTICLE, title: str = "The old pier") -> Page:
        """Paste an article, take the suggested sentences, open the workshop."""
        self.facilitator.open(f"{self.address}/workshop")
        self.facilitator.send("/workshop/sentences", first__text=text, first__title=title)
        return self.facilitator.send("/workshop/open")

    def let_in(self) -> str:
        """Open the door, and return the address that the desk shows."""
        self.desk()
        self.facilitator.send("/door", "Let the room in")
        shown = re.search(r"http://127\.0\.0\.2:\d+/w\b", self.facilitator.page.text)
        assert shown
        return shown[0]

    def desk(self) -> Page:
        """Show the facilitator's page."""
        return self.facilitator.open(f"{self.address}/workshop/f/{self.keys.facilitator}")

    def go_on(self, words: str) -> Page:
        """Press the button that leads to the next stage, whose name is `words`."""
        self.desk()
        return self.facilitator.send("/move", f"Go on: {words}")

    def go_to(self, step: str) -> Page:
        """Go to any stage, such as `room-0`."""
        self.desk()
        return self.facilitator.send("/move", "Go there", to=step)

    def projector(self) -> Browser:
        """Open the projector's page."""
        browser = Browser()
        self.desk()
        browser.open(self.facilitator.page.links["Open the page for the projector"])
        return browser

    def join(self, address: str | None = None, source: str = "127.0.0.1", **form: str) -> Browser:
        """Come in with the code."""
        browser = Browser(source)
        browser.open(address or f"{self.address}/w")
        browser.send("/w", code=self.keys.code, **form)
        return browser

    @property
    def keys(self) -> Keys:
        """The keys of the workshop that is open."""
        return self.workshop.state().keys


def answer_all(browser: Browser, *choices: str) -> int:
    """Answer every sentence that is asked for, all with the same choices; return how many there were."""
    answered = 0
    while any(form.action.endswith("/answer") for form in browser.page.forms):
        browser.send("/answer", choice=choices)
        answered += 1
    return answered
