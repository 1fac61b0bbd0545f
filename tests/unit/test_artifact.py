"""Only the model file that is meant is ever opened, and what is wrong with another is said."""

import hashlib
import json
from pathlib import Path
import shutil
from typing import Any

import joblib
import numpy as np
import pytest

from sourcemark.article import Article
from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import read_article
from sourcemark.labels import LABEL_IDS, SCORE_IDS
from sourcemark.model import artifact
from sourcemark.model.artifact import load_model, save_model
from sourcemark.model.classifier import FrequentFeatures
from sourcemark.model.context import context_of
from sourcemark.model.features import describe
from sourcemark.model.manifest import ModelError, id_of
from sourcemark.model.pipeline import Pipeline
from sourcemark.model.second_pass import with_context
from sourcemark.resources import folder
from sourcemark.training.fitting import Perceptrons, fit_first_pass, fit_second_pass

MANIFEST = {
    "name": "en",
    "version": "0.1.0",
    "labels": list(LABEL_IDS),
    "thresholds": dict.fromkeys(SCORE_IDS, 0.5),
}


READING = read_article(
    Article(("The ministry said no.", "A source said yes.", "I ran.", "It rained.")), load_lexicon()
)


def small_pipeline(C: float = 1.0) -> Pipeline:
    features, labels = describe(READING), np.array(SCORE_IDS)
    numbered = FrequentFeatures.of(features, min_count=1)
    first = fit_first_pass(numbered, numbered.transform([features]), labels, C)
    seen = with_context(first.log_scores([features]), context_of(READING))
    return Pipeline(first, fit_second_pass(seen, labels, Perceptrons(steps=1, hidden=4, members=1)))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a model of one's own."""
    save_model(tmp_path / "own", small_pipeline(), MANIFEST)
    return tmp_path / "own"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped model's folder, which is opened in place of the folder itself."""
    copy = tmp_path / "models"
    shutil.copytree(folder("models"), copy)
    monkeypatch.setattr(artifact, "folder", lambda name: tmp_path / name)
    return copy


class Trap:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.trace,)


def set_trap(model: Path) -> Path:
    """Put a pickle that runs code in a model's place; return the file it leaves behind when it is opened."""
    trace = model.with_name("the trap was sprung")
    joblib.dump(Trap(trace), model)
    return trace


def change_manifest(place: Path, **changes: Any) -> None:
    path = place / "en.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | changes))


def refusal(model: str | Path) -> str:
    """Return what is said when a model is not opened."""
    with pytest.raises(ModelError) as error:
        load_model(model)
    return str(error.value)


def test_the_shipped_model_opens_by_itself_and_by_its_name() -> None:
    model, named = load_model("fast"), load_model("en")
    assert model.name == named.name == "en"
    assert model.id == named.id
    assert model.pipeline.first.classes == tuple(sorted(SCORE_IDS))
    assert set(model.thresholds) == set(SCORE_IDS)


def test_the_pinned_digest_the_manifest_and_the_file_agree() -> None:
    pinned = json.loads(Path(artifact.__file__).with_name("pinned.json").read_bytes())
    assert "en" in pinned
    for name, pin in pinned.items():
        file = folder("models") / f"{name}.joblib"
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        content = file.with_suffix(".json").read_bytes()
        assert hashlib.sha256(content).hexdigest() == pin
        manifest = json.loads(content)
        assert manifest["sha256"] == digest
        assert load_model(name).id == (id_of(manifest) if "files" in manifest else digest[:12])


def test_one_changed_byte_is_enough_for_the_shipped_model_to_be_refused(shipped: Path) -> None:
    content = bytearray((shipped / "en.joblib").read_bytes())
    content[len(content) // 2] ^= 1
    (shipped / "en.joblib").write_bytes(content)

    message = refusal("fast")

    assert "is not the one that belongs here" in message
    assert "It was not opened." in message
    assert "Restore it (git checkout models/, or install Sourcemark again)" in message


def test_nothing_is_unpickled_of_a_file_that_is_not_the_shipped_one(shipped: Path) -> None:
    trace = set_trap(shipped / "en.joblib")
    # a manifest that vouches for the file does not help: the digest is pinned in the package
    digest = hashlib.sha256((shipped / "en.joblib").read_bytes()).hexdigest()
    change_manifest(shipped, sha256=digest)

    assert "differs from the one pinned in this version" in refusal("fast")
    assert not trace.exists()

    # the trap works: opened, the file runs its code
    joblib.load(shipped / "en.joblib")
    assert trace.exists()


def test_nothing_is_unpickled_of_a_damaged_file_of_ones_own(own: Path) -> None:
    trace = set_trap(own / "en.joblib")
    assert "differs from the one in its manifest" in refusal(own)
    assert not trace.exists()


def test_a_missing_shipped_file_is_said_to_be_missing(shipped: Path) -> None:
    (shipped / "en.joblib").unlink()
    message = refusal("fast")
    assert "cannot be read (No such file or directory)" in message
    assert "Restore it" in message


def test_a_missing_model_of_ones_own_is_said_with_what_can_be_given(tmp_path: Path) -> None:
    assert refusal(tmp_path) == (
        f"There is no model at {tmp_path}. Give a folder that `sourcemark train` wrote, or the name of one "
        "that is shipped: fast, careful."
    )
    assert refusal("nowhere").startswith("There is no model at nowhere.")


@pytest.mark.parametrize(
    "content",
    [None, b"", b"{", b"[]", b"\xff\xfe", b'"caf\xe9"'],
    ids=["missing", "empty", "cut off", "a list", "no text", "no UTF-8"],
)
def test_a_manifest_that_cannot_be_read_is_said_so(own: Path, content: bytes | None) -> None:
    (own / "en.json").unlink()
    if content is not None:
        (own / "en.json").write_bytes(content)
    message = refusal(own)
    assert f"The model's manifest {own / 'en.json'} is missing or cannot be read." in message
    assert "Restore it" in message


@pytest.mark.parametrize("field", ["name", "version", "sha256", "thresholds"])
def test_a_manifest_that_lacks_a_field_is_said_to_be_incomplete(own: Path, field: str) -> None:
    manifest = json.loads((own / "en.json").read_bytes())
    del manifest[field]
    (own / "en.json").write_text(json.dumps(manifest))
    assert f"is not complete: Object missing required field `{field}`" in refusal(own)


@pytest.mark.parametrize("changed", [1, None, "3"])
def test_a_model_of_another_format_is_refused(own: Path, changed: Any) -> None:
    change_manifest(own, format=changed)
    assert "is of another format than this version of Sourcemark reads." in refusal(own)


def test_a_model_of_ones_own_opens_by_its_folder_and_by_its_file(own: Path) -> None:
    for place in (own, str(own), own / "en.joblib", str(own / "en.joblib")):
        model = load_model(place)
        assert model.manifest == json.loads((own / "en.json").read_bytes())
        assert model.id == hashlib.sha256((own / "en.joblib").read_bytes()).hexdigest()[:12]


def test_an_opened_model_scores_as_the_one_that_was_saved(own: Path) -> None:
    opened, saved = load_model(own).pipeline, small_pipeline()
    encoded = saved.encoded([READING])
    assert np.array_equal(opened.scores([READING], encoded), saved.scores([READING], encoded))


def test_saving_a_model_again_gives_the_same_bytes(tmp_path: Path, own: Path) -> None:
    save_model(tmp_path / "again", small_pipeline(), MANIFEST)
    for name in ("en.joblib", "en.json"):
        assert (tmp_path / "again" / name).read_bytes() == (own / name).read_bytes()


def test_the_digest_in_a_manifest_is_that_of_the_file_beside_it(tmp_path: Path, own: Path) -> None:
    # a manifest that comes from another file brings that one's digest along
    old = load_model(own).manifest
    saved = save_model(tmp_path / "new", small_pipeline(C=2.0), old)

    assert saved["sha256"] != old["sha256"]
    assert load_model(tmp_path / "new").id == saved["sha256"][:12]


def test_models_that_differ_in_any_file_have_other_ids(own: Path, tmp_path: Path) -> None:
    """Of one file it is the start of its digest; an archive is never labelled with two encoders unnoticed."""
    alone = json.loads((own / "en.json").read_bytes())
    assert id_of(alone) == hashlib.sha256((own / "en.joblib").read_bytes()).hexdigest()[:12]

    with_encoder = [save_model(tmp_path, small_pipeline(), MANIFEST, encoder) for encoder in (b"one", b"two")]
    assert with_encoder[0]["sha256"] == with_encoder[1]["sha256"] == alone["sha256"]
    ids = {id_of(manifest) for manifest in (alone, *with_encoder)}
    assert len(ids) == 3
    assert {len(each) for each in ids} == {12}
