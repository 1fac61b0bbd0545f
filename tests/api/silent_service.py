"""The service in a process of its own, with every log there is written to `every.log`.

    python silent_service.py FOLDER

`opened` names every file that was opened to be written while it ran, those too that were deleted at once.

The labeler has a bug that the word FAULT in a text sets off; its message quotes the article, as messages do.
"""

from collections.abc import Sequence
import logging
import os
from pathlib import Path
import sys
from typing import Any

from sourcemark.article import LabelledArticle
from sourcemark.budget import Budget
from sourcemark.labeler import Labeler
from sourcemark.model.artifact import load_model
from sourcemark.settings import Settings
from sourcemark.web.serve import serve
from sourcemark.web.workshop import Workshop

FAULT = "heronfault"


class Faulty(Labeler):
    """The fast labeler, with a bug."""

    def label(
        self, blocks: Sequence[str], title: str | None = None, budget: Budget | None = None
    ) -> LabelledArticle:
        if any(FAULT in block for block in blocks):
            raise ValueError(f"cannot read {blocks!r} under {title!r}") from KeyError(blocks[0])
        return Labeler.label(self, blocks, title, budget)


def note_written(place: Path) -> None:
    """Write down from here on which files Python opens for writing."""
    noted = os.open(place, os.O_WRONLY | os.O_CREAT)

    def note(event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and given[2] & (os.O_WRONLY | os.O_RDWR):
            os.write(noted, f"{given[0]}\n".encode())

    sys.addaudithook(note)


def main(folder: str) -> None:
    # not on Windows, whose tests read this file too
    import resource

    # as where core dumps are wanted
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    root = logging.getLogger()
    root.setLevel(logging.DEBUG)
    file = logging.FileHandler(Path(folder) / "every.log", encoding="utf-8")
    file.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    root.addHandler(file)

    def ready(address: str, workshop: Workshop) -> None:
        # those that were told to be quiet too
        for logger in (logging.getLogger(name) for name in root.manager.loggerDict):
            logger.setLevel(logging.DEBUG)
        note_written(Path(folder) / "opened")
        print(address, flush=True)

    settings = Settings(port=0, log=True, lan_address="127.0.0.2", state_folder=str(Path(folder) / "state"))
    serve(settings, ready, Faulty.of(load_model("fast")))


if __name__ == "__main__":
    main(*sys.argv[1:])
