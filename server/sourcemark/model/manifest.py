"""Read a model's manifest: what the model is, what it was made with, and the digests of its files."""

from collections.abc import Mapping
import hashlib
from pathlib import Path
from typing import Any, Final, NotRequired, TypedDict

import msgspec

FORMAT: Final = 3

RESTORE: Final = (
    "Restore it (git checkout models/, or install Sourcemark again), or train a model and name its folder "
    "with --model."
)
"""What to do where a model's file is missing or not the right one."""


class _File(TypedDict):
    sha256: str
    bytes: int


class _Needed(TypedDict):
    """Fields of a manifest without which its model cannot be opened."""

    name: str
    version: str
    sha256: str
    files: NotRequired[dict[str, _File]]
    thresholds: dict[str, float]


class ModelError(Exception):
    """A model that is missing, changed, or made for another installation; the message says what to do."""


def id_of(manifest: Mapping[str, Any]) -> str:
    """Return a model's id: the first 12 hexadecimal digits of its file's SHA-256.

    Of a model of several files it is that of their digests, one a line, so that no two models have the same.
    """
    digest = str(manifest["sha256"])
    others = [str(file["sha256"]) for file in (manifest.get("files") or {}).values()]
    if others:
        digest = hashlib.sha256("\n".join([digest, *others]).encode()).hexdigest()
    return digest[:12]


def read_manifest(path: Path, pinned: str | None = None) -> dict[str, Any]:
    """Return a model's manifest, compared with its pinned digest where there is one. Raises ModelError."""
    try:
        content = path.read_bytes()
        manifest = msgspec.json.decode(content, type=dict[str, Any])
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"The model's manifest {path} is missing or cannot be read. {RESTORE}") from error
    if pinned is not None and hashlib.sha256(content).hexdigest() != pinned:
        raise ModelError(
            f"The model's manifest {path} is not the one that belongs here: its SHA-256 digest differs from "
            f"the one pinned in this version of Sourcemark. The model was not opened. {RESTORE}"
        )
    if manifest.get("format") != FORMAT:
        raise ModelError(
            f"The model at {path} is of another format than this version of Sourcemark reads. {RESTORE}"
        )
    try:
        msgspec.convert(manifest, _Needed)
    except msgspec.ValidationError as error:
        raise ModelError(f"The model's manifest {path} is not complete: {error}. {RESTORE}") from error
    return manifest
