"""Training gives the same model each time, tells how far it is, and records what it was made of."""

import hashlib
import json
import os
from pathlib import Path
import subprocess
import sys

import pytest
import sklearn

from sourcemark.labeler import Labeler
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABEL_IDS, LABELS, NONE, OFFICIAL, SCORE_IDS
from sourcemark.model.artifact import load_model
from sourcemark.model.confusion import SHOWN
from sourcemark.model.corpus import CorpusError
from sourcemark.model.likeness import MIX, read_reference
from sourcemark.model.manifest import FORMAT
from sourcemark.training.models import train
from unit.training import SEEDS, Training


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def silent(stage: str, done: int, whole: int) -> None:
    """Progress that nobody looks at."""


def corpus_of(path: Path, *labels: list[str]) -> Path:
    """Write a corpus with one article for each list of sentence labels."""
    text = "The ministry said no."
    lines = [
        {
            "id": f"a{number}",
            "paragraphs": [text] * len(article),
            "sentences": [
                {"paragraph": i, "start": 0, "end": len(text), "label": label}
                for i, label in enumerate(article)
            ],
        }
        for number, article in enumerate(labels)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_the_same_corpus_gives_the_same_file_in_another_process_with_other_hashes(
    training: Training, tmp_path: Path
) -> None:
    subprocess.run(
        [sys.executable, "-m", "sourcemark", "train", "--corpus", SEEDS, "--out", tmp_path],
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONHASHSEED": "20221"},
    )
    assert digest(tmp_path / "en.joblib") == digest(training.folder / "en.joblib")
    again = json.loads((tmp_path / "en.json").read_bytes())
    first = training.manifest
    assert again["thresholds"] == first["thresholds"]
    assert again["metrics"]["held_out"] == first["metrics"]["held_out"]


def test_progress_is_told_on_stderr_and_the_result_on_stdout(training: Training) -> None:
    for stage in ("Reading articles", "Fitting with articles held out", "Fitting the second pass"):
        assert f"{stage}: " in training.stderr
    assert "Reading articles: 11 of 11\n" in training.stderr
    assert "Fitting with articles held out: 5 of 5\n" in training.stderr
    assert training.stdout.startswith(f"Wrote {training.folder / 'en.joblib'} (")
    assert training.stdout.count("\n") == 1


def test_the_model_its_manifest_and_the_card_with_its_figures_are_written(training: Training) -> None:
    names = ["CARD.md", "en.joblib", "en.json", "figures", "reference.json"]
    assert sorted(path.name for path in training.folder.iterdir()) == names


def test_the_manifest_says_what_the_model_is_and_what_it_was_made_of(training: Training) -> None:
    manifest = training.manifest
    file = training.folder / "en.joblib"
    assert manifest["format"] == FORMAT
    assert manifest["sha256"] == digest(file)
    assert manifest["bytes"] == file.stat().st_size
    assert (manifest["name"], manifest["version"]) == ("en", "7.1.0")
    assert manifest["labels"] == list(LABEL_IDS)
    assert set(manifest["thresholds"]) == set(SCORE_IDS)
    assert all(0 < value < 1 for value in manifest["thresholds"].values())
    assert manifest["versions"]["scikit-learn"] == sklearn.__version__
    assert manifest["versions"]["python"]
    assert manifest["training_data"]["name"] == "articles.jsonl"
    assert manifest["training_data"]["sha256"] == digest(SEEDS)
    assert manifest["training_data"]["articles"] == len(SEEDS.read_bytes().splitlines())
    assert manifest["licence"] == "MIT"


def test_the_manifest_has_the_figures_of_held_out_articles_and_of_the_dev_corpus(training: Training) -> None:
    metrics = training.manifest["metrics"]
    assert set(metrics) == {"held_out", "few"}
    assert metrics["held_out"]["sentences"] == training.manifest["training_data"]["sentences"]
    assert 0 < metrics["few"]["sentences"] < metrics["held_out"]["sentences"]
    for figures in metrics.values():
        assert 0 < figures["macro_f1"] <= 1
        assert set(figures["labels"]) == set(LABEL_IDS)


def test_held_out_figures_are_not_those_of_articles_the_model_has_seen(training: Training) -> None:
    metrics = training.manifest["metrics"]
    assert metrics["held_out"]["macro_f1"] < metrics["few"]["macro_f1"]


def test_the_card_says_what_it_is_for_and_what_it_must_not_be_used_for(training: Training) -> None:
    card = (training.folder / "CARD.md").read_text(encoding="utf-8")
    manifest = training.manifest
    assert card.startswith("# Model card: en 7.1.0\n")
    assert manifest["sha256"] in card
    assert manifest["training_data"]["sha256"] in card
    assert f"**{manifest['metrics']['held_out']['macro_f1']:.3f}**" in card
    assert "## What it must not be used for" in card
    for label in LABELS:
        assert f"**{label.name}**: {label.definition} {label.caution}" in card


def test_a_trained_folder_labels(training: Training) -> None:
    labeler = Labeler.load(training.folder)
    assert (labeler.model.name, labeler.model.version) == ("en", "7.1.0")
    article = labeler.label(["The water ministry said in a statement that the dam would hold."])
    # eleven articles teach little: which label it gets is not certain, that it gets scores is
    assert sum(article.sentences[0].scores.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ([[OFFICIAL, NONE, ANONYMOUS]] * 3, "has no sentence labelled eyewitness_quote."),
        ([[OFFICIAL]] * 3, "has no sentence labelled anonymous_claim, eyewitness_quote, none."),
        ([[]] * 3, "has no sentence labelled"),
        ([list(SCORE_IDS)], "One article is not enough to train on"),
        (
            [list(SCORE_IDS) * 2, [OFFICIAL, NONE, ANONYMOUS] * 2],
            "Too few articles have a sentence labelled eyewitness_quote",
        ),
    ],
    ids=["one label missing", "three missing", "no sentences", "one article", "label in one article"],
)
def test_a_corpus_that_cannot_be_learnt_from_is_said_to_be_so(
    tmp_path: Path, articles: list[list[str]], message: str
) -> None:
    corpus = corpus_of(tmp_path / "corpus.jsonl", *articles)
    with pytest.raises(CorpusError, match=message):
        train(corpus, "1.0.0", silent)


def test_two_articles_with_every_label_are_enough(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path / "corpus.jsonl", *[[OFFICIAL, ANONYMOUS, EYEWITNESS, NONE] * 2] * 2)
    trained = train(corpus, "1.0.0", silent)
    assert trained.manifest["training_data"]["sentences"] == 16


def test_a_missing_corpus_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="There is no corpus at"):
        train(tmp_path / "nowhere.jsonl", "1.0.0", silent)


def test_the_reference_is_what_was_shown_of_held_out_sentences(training: Training) -> None:
    reference = read_reference(training.folder, load_model(training.folder).id)
    assert reference is not None
    held_out = training.manifest["metrics"]["held_out"]
    assert (reference.articles, reference.sentences) == (held_out["articles"], held_out["sentences"])
    shown = [sum(row[name] for row in held_out["confusion"].values()) for name in SHOWN]
    assert reference.bins[MIX].tolist() == shown
    assert {int(bins.sum()) for bins in reference.bins.values()} == {reference.sentences}
