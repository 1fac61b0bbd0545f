"""The real service on a free port, which can be stopped and started again, and what it said last."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from flask import request

from sourcemark.article import LabelledArticle
from sourcemark.budget import Budget
from sourcemark.corrections.place import File
from sourcemark.corrections.store import Store
from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS, NONE, UNSURE
from sourcemark.model.artifact import Model
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.server import Server, bind
from sourcemark.web.workshop import Workshop, workshop_of

GIVEN = ("before", "sentence", "after", "given", "given_state", "proposed", "model")
"""What is kept of a correction, beside its id, its day and its contributor."""


class Listener:
    """Stands beside the labeler and remembers the last article that went through it."""

    def __init__(self, labeler: Labeler) -> None:
        self._labeler = labeler
        # a workshop labels its articles together, and shows itself what it was told
        self.label_many = labeler.label_many
        self.model = labeler.model
        self.forget()

    def forget(self) -> None:
        self.blocks: Sequence[str] = ()
        self.article = LabelledArticle(())

    def label(
        self, blocks: Sequence[str], title: str | None = None, budget: Budget | None = None
    ) -> LabelledArticle:
        self.blocks, self.article = blocks, self._labeler.label(blocks, title, budget)
        return self.article


class Service:
    """The service. Its address stays the same over every start."""

    def __init__(self, labeler: Labeler, folder: Path) -> None:
        self._listener = Listener(labeler)
        self.folder = folder / "workshop"
        """Where a workshop is kept."""
        self._corrections = folder / "corrections.sqlite"
        # another address of this machine stands for the one in the room's network
        # and however busy this computer is, articles are labelled whole
        settings = Settings(
            state_folder=str(self.folder),
            corrections=str(self._corrections),
            lan_address="127.0.0.2",
            max_seconds=600,
        )
        self._app = create_app(settings, self._listener)
        self._app.before_request(self._note)
        self.asked: list[tuple[str, str]] = []
        """Method and path of the requests since the start."""
        self._port = 0
        self._running: tuple[Server, Thread] | None = None

    @property
    def address(self) -> str:
        """Where the service answers."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def model(self) -> Model:
        """The model that sets the labels."""
        return self._listener.model

    @property
    def workshop(self) -> Workshop:
        """The workshop that the service holds."""
        return workshop_of(self._app)

    def start(self) -> None:
        """Answer requests; what was said before is forgotten."""
        self._listener.forget()
        self.asked.clear()
        if self._running is None:
            port = bind(self._port)
            self._port = port.getsockname()[1]
            server = Server(self._app, port)
            thread = Thread(target=server.run)
            thread.start()
            self._running = server, thread

    def stop(self) -> None:
        """Answer nobody any more, as after Ctrl-C."""
        if self._running is not None:
            server, thread = self._running
            server.stop()
            thread.join()
            self._running = None

    def given(self) -> list[dict[str, str | None]]:
        """Return the corrections that are kept, in an order that says nothing."""
        return [
            {name: getattr(each, name) for name in GIVEN}
            for each in Store(File(self._corrections)).corrections()
        ]

    def forget_given(self) -> None:
        """Delete all corrections."""
        Store(File(self._corrections)).purge()

    def _note(self) -> None:
        self.asked.append((request.method, request.path))

    def blocks(self) -> list[str]:
        """Return the texts of the blocks that were sent last; none where nothing was sent since the start."""
        return list(self._listener.blocks)

    def article(self) -> LabelledArticle:
        """Return what was said of the blocks that were sent last."""
        return self._listener.article

    def labelled(self) -> dict[str, list[str]]:
        """Return the texts of the sentences that were given a label last, by label id."""
        texts = defaultdict(list)
        for sentence in self._listener.article.sentences:
            if sentence.label is not None:
                block = self._listener.blocks[sentence.block]
                texts[sentence.label].append(block[sentence.start : sentence.end])
        return dict(texts)

    def marked(self) -> list[dict[str, str]]:
        """Return the sentences that were given a label last, in order: their text, label and reason."""
        return [
            {
                "text": self._listener.blocks[sentence.block][sentence.start : sentence.end],
                "label": sentence.label,
                "reason": sentence.reason,
            }
            for sentence in self._listener.article.sentences
            if sentence.label is not None
        ]

    def counts(self) -> dict[str, int]:
        """Return the numbers of sentences that were labelled last, by label id, `none` and `unsure`."""
        kinds = Counter(sentence.label or sentence.state for sentence in self._listener.article.sentences)
        return {kind: kinds[kind] for kind in (*LABEL_IDS, NONE, UNSURE)}


@contextmanager
def service(labeler: Labeler) -> Iterator[Service]:
    """Run the service for as long as the block lasts."""
    with TemporaryDirectory() as folder:
        running = Service(labeler, Path(folder))
        running.start()
        try:
            yield running
        finally:
            running.stop()
