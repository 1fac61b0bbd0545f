"""Find what is known of the model that labelled an archive: how often it is right, what it was made for."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sourcemark.archive.report.archive import ModelName
from sourcemark.archive.report.errors import ReportError
from sourcemark.model.artifact import SHIPPED
from sourcemark.model.likeness import Reference, read_reference
from sourcemark.model.manifest import id_of, read_manifest
from sourcemark.resources import folder


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a model; nothing of one whose folder is not told."""

    manifest: Mapping[str, Any] | None = None
    reference: Reference | None = None


def model_in(place: Path | None, model: ModelName) -> Known:
    """Return what the folder of a model says of it; left out, the folder is that of the shipped models.

    Nothing of the model is opened. Raises ReportError where a folder is told that does not have it, and
    ModelError where what is there cannot be read.
    """
    there = place or folder("models")
    path = there / f"{model.name}.json"
    if model.name in SHIPPED.values() and path.is_file():
        manifest = read_manifest(path)
        if id_of(manifest) == model.id:
            return Known(manifest, read_reference(there, model.id))
    if place is None:
        return Known()
    raise ReportError(
        f"The archive was labelled with the model {model.name} {model.version} ({model.id}), which is not in "
        f"{place}. Give the folder that `sourcemark train` wrote it to, or leave --model out."
    )
