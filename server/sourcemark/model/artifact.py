"""Keep a trained model as files, and open only the files that are meant."""

from collections.abc import Mapping
from dataclasses import dataclass
import hashlib
import io
from pathlib import Path
import platform
import sys
from typing import Any, TypedDict

import joblib
import msgspec
import sklearn
from sklearn.base import BaseEstimator

from sourcemark.model.classifier import SourceClassifier
from sourcemark.resources import folder

SHIPPED = "en"
FORMAT = 1
_PINS = Path(__file__).with_name("pinned.json")


_Versions = TypedDict("_Versions", {"scikit-learn": str})


class _Needed(TypedDict):
    """Fields of a manifest without which its model cannot be opened."""

    name: str
    version: str
    sha256: str
    thresholds: dict[str, float]
    versions: _Versions


class ModelError(Exception):
    """A model that is missing, changed, or made for another installation; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained classifier with its manifest."""

    classifier: SourceClassifier
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


def versions() -> dict[str, str]:
    """Return the versions of what a model file depends on."""
    return {"python": platform.python_version(), "scikit-learn": sklearn.__version__}


def save_model(directory: Path, classifier: SourceClassifier, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Write `<name>.joblib` and its manifest `<name>.json`; return the manifest with the file's digest."""
    file = io.BytesIO()
    _intern_names(classifier)
    joblib.dump(classifier, file, compress=("zlib", 9))
    content = file.getvalue()
    file_facts = {
        "format": FORMAT,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
    # first in the file, and never those of another file that the manifest may come from
    complete = {**file_facts, **manifest, **file_facts}
    directory.mkdir(parents=True, exist_ok=True)
    name = manifest["name"]
    (directory / f"{name}.joblib").write_bytes(content)
    (directory / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(complete)) + b"\n")
    return complete


def _intern_names(estimator: BaseEstimator) -> None:
    """Make equal attribute names one string, so that the same model gives the same bytes in any process.

    Pickle writes a string that it meets again as a reference, and whether two equal names are one string
    depends on what the process did before.
    """
    estimator.__dict__ = {sys.intern(name): value for name, value in vars(estimator).items()}
    for value in vars(estimator).values():
        if isinstance(value, BaseEstimator):
            _intern_names(value)


def load_model(model: str | Path | None = None) -> Model:
    """Open the shipped model, or the one at a path to its `.joblib` file or its folder.

    A joblib file can run code when it is opened. The shipped file is therefore compared first with the
    digest pinned in this package; a file of one's own is compared with the manifest beside it, which finds
    damage but is no proof of origin. Raises ModelError.
    """
    path, pinned = _locate(model)
    manifest = _read_manifest(path.with_suffix(".json"))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read ({error.strerror}). {_RESTORE}") from error
    if hashlib.sha256(content).hexdigest() != (pinned or manifest["sha256"]):
        raise ModelError(
            f"The model file {path} is not the one that belongs here: its SHA-256 digest differs from the "
            f"{'one pinned in this version of Sourcemark' if pinned else 'one in its manifest'}. It was not "
            f"opened. {_RESTORE}"
        )
    _check_versions(manifest)
    return Model(joblib.load(io.BytesIO(content)), manifest)


_RESTORE = (
    "Restore it (git checkout models/, or install Sourcemark again), or train a model and name its folder "
    "with --model."
)


def pin(manifest: Mapping[str, Any]) -> None:
    """Pin a model's digest in the package, so that its file counts as shipped."""
    pins = {**_pins(), manifest["name"]: manifest["sha256"]}
    _PINS.write_bytes(msgspec.json.format(msgspec.json.encode(pins)) + b"\n")


def _pins() -> dict[str, str]:
    return msgspec.json.decode(_PINS.read_bytes(), type=dict[str, str])


def _locate(model: str | Path | None) -> tuple[Path, str | None]:
    pins = _pins()
    if model is None or str(model) in pins:
        name = SHIPPED if model is None else str(model)
        return folder("models") / f"{name}.joblib", pins[name]
    path = Path(model)
    if path.is_dir():
        path = path / f"{SHIPPED}.joblib"
    if not path.is_file():
        raise ModelError(
            f"There is no model at {path}. Give a folder that `sourcemark train` wrote, or the name of one "
            f"that is shipped: {', '.join(pins)}."
        )
    return path, None


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"The model's manifest {path} is missing or cannot be read. {_RESTORE}") from error
    if manifest.get("format") != FORMAT:
        raise ModelError(
            f"The model at {path} is of another format than this version of Sourcemark reads. {_RESTORE}"
        )
    try:
        msgspec.convert(manifest, _Needed)
    except msgspec.ValidationError as error:
        raise ModelError(f"The model's manifest {path} is not complete: {error}. {_RESTORE}") from error
    return manifest


def _check_versions(manifest: Mapping[str, Any]) -> None:
    made, have = manifest["versions"]["scikit-learn"], versions()["scikit-learn"]
    if made.split(".")[:2] != have.split(".")[:2]:
        raise ModelError(
            f"This model was made with scikit-learn {made}, and {have} is installed. Install scikit-learn "
            f"{'.'.join(made.split('.')[:2])}, or train the model again with `sourcemark train`."
        )
