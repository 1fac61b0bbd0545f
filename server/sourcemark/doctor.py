"""Check an installation, one line for each thing that a reader could stumble over."""

from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
import os
import platform
import time
from typing import Final

from sourcemark.corrections.errors import CorrectionsError
from sourcemark.corrections.place import File, place_of, try_out
from sourcemark.labeler import Labeler
from sourcemark.model.artifact import can_be_careful
from sourcemark.model.manifest import ModelError
from sourcemark.settings import HOST, Settings, SettingsError, state_folder
from sourcemark.web.server import PortError, bind
from sourcemark.workshop import place
from sourcemark.workshop.claim import claimed
from sourcemark.workshop.trouble import FileError

_SAMPLE: Final = "The dam will hold, the water ministry said in a statement."
_YEAR_MADE: Final = 2026
"""A clock that has lost its battery shows an earlier one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, whether it is in order, and what to do if not."""

    fine: bool
    text: str


def examine(settings: Settings, clock: Callable[[], float] = time.time) -> Iterator[Finding]:
    """Yield a finding for the versions, the clock, the port, the places of a workshop and of
    corrections, and the model."""
    versions = {"sourcemark": version("sourcemark"), "python": platform.python_version()}
    yield Finding(True, ", ".join(f"{name} {number}" for name, number in versions.items()))
    yield _clock(datetime.fromtimestamp(clock()))
    yield _port(settings.port)
    yield from _workshop(settings)
    yield from _corrections(settings)
    yield from _model(settings.model)


def _clock(now: datetime) -> Finding:
    shows = f"the clock shows {now:%Y-%m-%d %H:%M}"
    if now.year >= _YEAR_MADE:
        return Finding(True, shows)
    return Finding(
        False,
        f"{shows}, which is before this version was made. Set it right before you open a workshop: when "
        "Sourcemark is started again, the clock says whether the workshop's time is up.",
    )


def _port(port: int) -> Finding:
    try:
        bind(port).close()
    except PortError as error:
        return Finding(False, str(error))
    return Finding(True, f"port {port} on {HOST} is free")


def _workshop(settings: Settings) -> Iterator[Finding]:
    folder = state_folder(settings, os.environ)
    try:
        with claimed(folder) if folder.is_dir() else nullcontext():
            place.try_out(folder)
            yield Finding(True, f"a workshop can be kept in {folder}")
            file = folder / place.FILE
            place.examine(file)
            yield Finding(
                True, f"the workshop in {file} can be read" if file.exists() else "no workshop is open"
            )
    except FileError as error:
        yield Finding(False, str(error))


def _corrections(settings: Settings) -> Iterator[Finding]:
    try:
        place = place_of(settings, os.environ)
        if place is None:
            yield Finding(True, "no corrections are kept")
            return
        if isinstance(place, File) and not place.path.exists():
            try_out(place)
            yield Finding(True, f"corrections can be kept in {place}")
            return
        # SQLAlchemy takes a second
        from sourcemark.corrections.store import Store

        with closing(Store(place)) as store:
            count = store.examine() or 0
            yield Finding(True, f"{count} correction{'' if count == 1 else 's'} in {place} can be read")
    except (CorrectionsError, SettingsError) as error:
        yield Finding(False, str(error))


def _model(chosen: str | None) -> Iterator[Finding]:
    try:
        labeler = Labeler.load(chosen)
    except (FileNotFoundError, ModelError) as error:
        yield Finding(False, str(error))
        return
    model = labeler.model
    yield Finding(True, f"model {model.name} {model.version} ({model.id}) is the file that belongs here")
    if chosen is None and not can_be_careful():
        yield Finding(
            True,
            "onnxruntime is not installed, so the fast model is used; the careful one comes with: "
            "pip install 'sourcemark[careful]'",
        )
    sentence = labeler.label([_SAMPLE]).sentences[0]
    yield Finding(True, f"a sample sentence comes back as {sentence.label or sentence.state}")
