"""Keep a trained model as files, and open only the files that are meant."""

from collections.abc import Mapping
from dataclasses import dataclass
import hashlib
import importlib.util
import io
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import joblib
import msgspec

from sourcemark.model.pipeline import Pipeline
from sourcemark.resources import folder

FAST, CAREFUL = "fast", "careful"
SHIPPED = {FAST: "en", CAREFUL: "en-careful"}
"""Names of the shipped models' files, by the names that people choose them by."""
FORMAT = 3
_PINS = Path(__file__).with_name("pinned.json")
_ENCODER = ".onnx"


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


@dataclass(frozen=True, slots=True)
class Model:
    """A trained pipeline with its manifest."""

    pipeline: Pipeline
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name of the model, such as `en`."""
        return str(self.manifest["name"])

    @property
    def version(self) -> str:
        """Version of the model, counted apart from the package's."""
        return str(self.manifest["version"])

    @property
    def id(self) -> str:
        """First 12 hexadecimal digits of the model file's SHA-256."""
        return str(self.manifest["sha256"])[:12]

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Least score by label id, and by `none`, for saying something definite."""
        thresholds: Mapping[str, float] = self.manifest["thresholds"]
        return thresholds


def save_model(
    directory: Path, pipeline: Pipeline, manifest: Mapping[str, Any], encoder: bytes | None = None
) -> dict[str, Any]:
    """Write `<name>.joblib`, the encoder beside it where there is one, and the manifest `<name>.json`.

    Returns the manifest with the files' digests.
    """
    file = io.BytesIO()
    joblib.dump((pipeline.first, pipeline.second), file, compress=("zlib", 9))
    name = manifest["name"]
    content = file.getvalue()
    facts = {"format": FORMAT, **_facts(content)}
    directory.mkdir(parents=True, exist_ok=True)
    (directory / f"{name}.joblib").write_bytes(content)
    if encoder is not None:
        facts["files"] = {f"{name}{_ENCODER}": _facts(encoder)}
        (directory / f"{name}{_ENCODER}").write_bytes(encoder)
    # first in the file, and never those of another file that the manifest may come from
    complete = {**facts, **manifest, **facts}
    (directory / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(complete)) + b"\n")
    return complete


def _facts(content: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def load_model(model: str | Path | None = None) -> Model:
    """Open a shipped model, or the one at a path to its `.joblib` file or its folder.

    Left out, it is the careful model, or the fast one where onnxruntime is not installed. A joblib file can
    run code when it is opened. A shipped model's manifest is therefore compared first with the digest pinned
    in this package, and its files with the manifest; files of one's own are compared with the manifest beside
    them, which finds damage but is no proof of origin. Raises ModelError.
    """
    path, pinned = _locate(model)
    manifest = read_manifest(path.with_suffix(".json"), pinned)
    content = _read(path, manifest["sha256"])
    first, second = joblib.load(io.BytesIO(content))
    return Model(Pipeline(first, second, _open_encoder(path.parent, manifest)), manifest)


def _open_encoder(directory: Path, manifest: Mapping[str, Any]) -> Any:
    files = manifest.get("files") or {}
    if not files:
        return None
    if not can_be_careful():
        raise ModelError(
            f"The model {manifest['name']} needs onnxruntime, which is not installed. Install it "
            "(pip install 'sourcemark[careful]'), or use the fast model: --model fast."
        )
    from sourcemark.model.encoder import Encoder

    (name,) = files
    return Encoder.of(_read(directory / name, files[name]["sha256"]))


def can_be_careful() -> bool:
    """Return whether what the careful model runs on is installed."""
    return importlib.util.find_spec("onnxruntime") is not None


def _read(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read ({error.strerror}). {_RESTORE}") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise ModelError(
            f"The model file {path} is not the one that belongs here: its SHA-256 digest differs from the "
            f"one in its manifest. It was not opened. {_RESTORE}"
        )
    return content


_RESTORE = (
    "Restore it (git checkout models/, or install Sourcemark again), or train a model and name its folder "
    "with --model."
)


def pin(directory: Path, name: str) -> None:
    """Pin the digest of a model's manifest in the package, so that its files count as shipped."""
    content = (directory / f"{name}.json").read_bytes()
    pins = {**_pins(), name: hashlib.sha256(content).hexdigest()}
    _PINS.write_bytes(msgspec.json.format(msgspec.json.encode(pins)) + b"\n")


def _pins() -> dict[str, str]:
    return msgspec.json.decode(_PINS.read_bytes(), type=dict[str, str])


def _locate(model: str | Path | None) -> tuple[Path, str | None]:
    pins = _pins()
    if model is None:
        model = CAREFUL if SHIPPED[CAREFUL] in pins and can_be_careful() else FAST
    name = SHIPPED.get(str(model), str(model))
    if name in pins:
        return folder("models") / f"{name}.joblib", pins[name]
    path = Path(model)
    if path.is_dir():
        found = [path / f"{name}.joblib" for name in SHIPPED.values() if (path / f"{name}.joblib").is_file()]
        path = found[-1] if found else path
    if not path.is_file():
        raise ModelError(
            f"There is no model at {path}. Give a folder that `sourcemark train` wrote, or the name of one "
            f"that is shipped: {', '.join(SHIPPED)}."
        )
    return path, None


def read_manifest(path: Path, pinned: str | None = None) -> dict[str, Any]:
    """Return a model's manifest, compared with its pinned digest where there is one. Raises ModelError."""
    try:
        content = path.read_bytes()
        manifest = msgspec.json.decode(content, type=dict[str, Any])
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"The model's manifest {path} is missing or cannot be read. {_RESTORE}") from error
    if pinned is not None and hashlib.sha256(content).hexdigest() != pinned:
        raise ModelError(
            f"The model's manifest {path} is not the one that belongs here: its SHA-256 digest differs from "
            f"the one pinned in this version of Sourcemark. The model was not opened. {_RESTORE}"
        )
    if manifest.get("format") != FORMAT:
        raise ModelError(
            f"The model at {path} is of another format than this version of Sourcemark reads. {_RESTORE}"
        )
    try:
        msgspec.convert(manifest, _Needed)
    except msgspec.ValidationError as error:
        raise ModelError(f"The model's manifest {path} is not complete: {error}. {_RESTORE}") from error
    return manifest
