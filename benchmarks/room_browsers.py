"""Real browsers among the people of a full room: each a window of Chromium with an empty profile."""

from collections import defaultdict
from threading import Barrier, Event, Thread

from painting import browser as chromium
from playwright.sync_api import Error, Page

_ANSWER = """() => {
    const form = document.querySelector("form[action$='/answer']");
    if (!form?.elements.sentence) return document.body.innerText.includes("All your answers are saved");
    form.querySelector("input[name=choice]").checked = true;
    form.requestSubmit(form.querySelector("button"));
    return false;
}"""
"""Answers the sentence that is asked; returns whether all are answered."""

_TOOK = """() => [
    ...performance.getEntriesByType("navigation").flatMap((page) => [
        ["page", performance.timeOrigin, page.responseEnd - page.requestStart],
        ["page shown", performance.timeOrigin, page.loadEventEnd],
    ]),
    ...performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/live")).map((poll) =>
        ["poll", performance.timeOrigin + poll.startTime, poll.responseEnd - poll.requestStart]),
]"""
"""Returns kind, when it began and how long it took, in milliseconds, as the browser itself measured it."""


class Browsers(Thread):
    """Several windows that join, answer every sentence, and keep themselves up to date until it is over."""

    def __init__(
        self,
        number: int,
        join: str,
        reading: float,
        joined: Barrier,
        done: Barrier,
        over: Event,
    ) -> None:
        super().__init__(name="browsers", daemon=True)
        self._number = number
        self._join = join
        self._reading = reading
        self._joined, self._done, self._over = joined, done, over
        self._measured: dict[tuple[str, float], float] = {}

    @property
    def took(self) -> dict[str, list[float]]:
        """How long everything took, in milliseconds, by kind."""
        kinds = defaultdict(list)
        for (kind, _), milliseconds in self._measured.items():
            kinds[kind].append(milliseconds)
        return kinds

    def run(self) -> None:
        """Take part until it is over."""
        with chromium() as first:
            windows = [first.context.browser.new_page() for _ in range(self._number)]
            for window in windows:
                window.goto(self._join)
                window.get_by_role("button", name="Join").click()
                window.wait_for_selector("h1:has-text('You are in')")
            self._joined.wait()
            answering = True
            while not self._over.wait(self._reading):
                finished = [self._look(window) for window in windows]
                if answering and all(finished):
                    answering = False
                    Thread(target=self._done.wait, daemon=True).start()

    def _look(self, window: Page) -> bool:
        try:
            window.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
            for kind, began, took in window.evaluate(_TOOK):
                self._measured[kind, began] = took
            return bool(window.evaluate(_ANSWER))
        except Error:
            # the page was just leaving for another
            return False
