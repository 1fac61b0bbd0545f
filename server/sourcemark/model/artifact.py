"""Keep a trained model as files, and open only the files that are meant."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
import hashlib
import importlib.util
import io
from pathlib import Path
from typing import Any

import joblib
import msgspec

from sourcemark.model.manifest import FORMAT, RESTORE, ModelError, id_of, read_manifest
from sourcemark.model.pipeline import Pipeline
from sourcemark.resources import folder

FAST, CAREFUL = "fast", "careful"
SHIPPED = {FAST: "en", CAREFUL: "en-careful"}
"""Names of the shipped models' files, by the names that people choose them by."""
_PINS = Path(__file__).with_name("pinned.json")
_ENCODER = ".onnx"


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
        """12 hexadecimal digits that no other model has, from the digests of its files."""
        return id_of(self.manifest)

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
    with _opening(path, manifest):
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
    (name,) = files
    content = _read(directory / name, files[name]["sha256"])
    try:
        from sourcemark.model.encoder import Encoder
    except ImportError as error:
        raise ModelError(
            f"The model {manifest['name']} needs onnxruntime, which is installed but cannot be started "
            f"({error}). Install it again, or use the fast model: --model fast."
        ) from error
    with _opening(directory / name, manifest):
        return Encoder.of(content)


@contextmanager
def _opening(path: Path, manifest: Mapping[str, Any]) -> Iterator[None]:
    """Say in words that a file which is whole cannot be opened: whatever libraries may raise then."""
    try:
        yield
    except Exception as error:
        versions = manifest.get("versions", {})
        made_with = ", ".join(f"{name} {number}" for name, number in versions.items()) or "others"
        raise ModelError(
            f"The model file {path} is whole, but the libraries installed here cannot open it "
            f"({type(error).__name__}: {error}). It was made with {made_with}. Install the versions that "
            "requirements.lock names, or train the model again."
        ) from error


def can_be_careful() -> bool:
    """Return whether what the careful model runs on is installed."""
    return importlib.util.find_spec("onnxruntime") is not None


def _read(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read ({error.strerror}). {RESTORE}") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise ModelError(
            f"The model file {path} is not the one that belongs here: its SHA-256 digest differs from the "
            f"one in its manifest. It was not opened. {RESTORE}"
        )
    return content


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
