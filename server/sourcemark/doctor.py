"""Check an installation, one line for each thing that a reader could stumble over."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
import platform

from sourcemark.labeler import Labeler
from sourcemark.model.artifact import ModelError
from sourcemark.settings import HOST, Settings
from sourcemark.web.server import PortError, bind

_SAMPLE = "The dam will hold, the water ministry said in a statement."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, whether it is in order, and what to do if not."""

    fine: bool
    text: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield a finding for the versions, the port, the model and a sample sentence."""
    versions = {"sourcemark": version("sourcemark"), "python": platform.python_version()}
    yield Finding(True, ", ".join(f"{name} {number}" for name, number in versions.items()))
    try:
        bind(settings.port).close()
        yield Finding(True, f"port {settings.port} on {HOST} is free")
    except PortError as error:
        yield Finding(False, str(error))
    try:
        labeler = Labeler.load(settings.model)
    except (FileNotFoundError, ModelError) as error:
        yield Finding(False, str(error))
        return
    model = labeler.model
    yield Finding(True, f"model {model.name} {model.version} ({model.id}) is the file that belongs here")
    sentence = labeler.label([_SAMPLE]).sentences[0]
    yield Finding(True, f"a sample sentence comes back as {sentence.label or sentence.state}")
