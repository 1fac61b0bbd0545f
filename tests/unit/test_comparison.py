"""`sourcemark train --corrections … --compare` says whether corrections helped, and touches no model."""

from collections.abc import Iterator
from dataclasses import replace
import hashlib
import json
from pathlib import Path
import re
from typing import Any

from click.testing import CliRunner, Result
import pytest

from sourcemark.cli import main
from sourcemark.labeler import Labeler
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELS, NONE, OFFICIAL
from sourcemark.model.corpus import read_corpus
from sourcemark.model.paired import WORSE, Change
from sourcemark.resources import folder
from sourcemark.training.comparison import STARTS, Comparison, compare
from sourcemark.training.comparison_page import render, verdicts
from unit.correcting import SENTENCE, correction, written
from unit.training import SEEDS


def silent(stage: str, done: int, whole: int) -> None:
    """Progress that nobody looks at."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["train", *map(str, arguments)])


def witnesses(count: int, proposed: str = EYEWITNESS) -> list[dict[str, Any]]:
    """Return corrections of sentences that no seed article has."""
    return [
        correction(
            f"“I saw plank {number} give way,” said Mira Holt, who stood on the pier.",
            proposed,
            before=f"Pier {number} was closed on Monday.",
            after=None,
            contributors=[number % 3 + 1],
        )
        for number in range(count)
    ]


def seed_sentence(label: str) -> str:
    """Return a sentence of the seed articles that is annotated with a label."""
    return next(
        article.article.text(sentence.span)
        for article in read_corpus(SEEDS)
        for sentence in article.sentences
        if sentence.label == label
    )


def files_of(place: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in place.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def corrections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = [
        *witnesses(12),
        # of the corpus itself, contested, and given twice
        correction(seed_sentence(OFFICIAL), NONE, before=None, after=None, given=[OFFICIAL]),
        correction(SENTENCE, EYEWITNESS, id="correction-for"),
        correction(SENTENCE, NONE, id="correction-against", given=[EYEWITNESS]),
        witnesses(1)[0],
    ]
    return written(tmp_path_factory.mktemp("corrections"), lines)


@pytest.fixture(scope="module")
def shipped() -> Iterator[dict[str, str]]:
    """The shipped models' files, which are the same after all tests of this module."""
    before = files_of(folder("models"))
    yield before
    assert files_of(folder("models")) == before


@pytest.fixture(scope="module")
def compared(
    corrections: Path, shipped: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Result, Path]:
    """What the command said and where it wrote."""
    out = tmp_path_factory.mktemp("compared") / "out"
    return run("--corpus", SEEDS, "--corrections", corrections, "--compare", "--out", out), out


@pytest.fixture
def one_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing hangs on how many trainings there are."""
    monkeypatch.setattr("sourcemark.training.comparison.STARTS", 1)


@pytest.fixture(scope="module")
def comparison(corrections: Path) -> Comparison:
    return compare(SEEDS, [corrections], silent)


def test_a_page_is_written_and_no_model(compared: tuple[Result, Path]) -> None:
    result, out = compared
    assert result.exit_code == 0, result.output
    assert [path.name for path in out.iterdir()] == ["comparison.html"]
    assert result.stdout.endswith(f"Wrote {out / 'comparison.html'}. No model was written or replaced.\n")


def test_each_label_has_its_sentence_on_the_terminal_and_on_the_page(
    compared: tuple[Result, Path],
) -> None:
    result, out = compared
    page = (out / "comparison.html").read_text(encoding="utf-8")
    said = result.stdout.splitlines()[:-1]
    assert [line.partition(":")[0] for line in said] == [
        "All three labels",
        *(label.name for label in LABELS),
    ]
    for line in said:
        assert re.search(r"helped|did harm|cannot be told apart", line)
        assert line in page


def test_the_same_files_give_the_same_page(compared: tuple[Result, Path], comparison: Comparison) -> None:
    assert (compared[1] / "comparison.html").read_text(encoding="utf-8") == render(comparison)


def test_the_page_needs_nothing_else_and_repeats_no_sentence(compared: tuple[Result, Path]) -> None:
    page = (compared[1] / "comparison.html").read_text(encoding="utf-8")
    assert not re.search(r"<script|<link|<img|\bsrc=|\bhref=|https?:|@import|url\(", page)
    assert "planks give way" not in page and "plank 3" not in page


def test_the_page_counts_pairs_contested_repeated_and_those_of_the_corpus(
    compared: tuple[Result, Path],
) -> None:
    page = " ".join((compared[1] / "comparison.html").read_text(encoding="utf-8").split())
    assert "15 corrections (1 more say the same of the same sentence and count once) of 14 sentences" in page
    assert "Learnt from: 13. Contested, and left out: 1." in page
    assert "standing in the corpus as well or beside a sentence that does: 1;" in page
    assert "correction-for, correction-against" in page
    assert "Eyewitness quote against None of them" in page
    official = '<th scope="row">Official statement</th><td>Eyewitness quote</td><td>13</td>'
    assert official in page
    assert "Of 12 corrections, each left out of the training that was asked" in page


def test_both_are_measured_on_the_same_articles(comparison: Comparison) -> None:
    assert comparison.articles == len(read_corpus(SEEDS))
    assert comparison.support[OFFICIAL] > comparison.support[ANONYMOUS] > 0
    for change in comparison.changes.f1.values():
        assert 0 < change.before <= 1
        assert change.interval is not None and change.interval[0] <= change.interval[1]


def test_corrections_that_do_harm_are_seen_to_do_harm(tmp_path: Path) -> None:
    # whatever has a source is said to have none
    wrong = [
        correction(f"{article.article.text(sentence.span)} So it was.", NONE, before=None, after=None)
        for article in read_corpus(SEEDS)
        for sentence in article.sentences
        if sentence.label != NONE
    ]
    found = compare(SEEDS, [written(tmp_path, wrong)], silent)
    assert found.changes.log_loss.verdict == WORSE
    assert found.followed is not None and found.followed.after > found.followed.before


def test_harm_is_said_beside_what_chance_alone_does(comparison: Comparison) -> None:
    worse = Change(before=0.71, after=0.65, interval=(-0.09, -0.03), chance=0.012)
    found = replace(comparison, changes=replace(comparison.changes, macro_f1=worse))
    assert verdicts(found)[0] == (
        "All three labels: the corrections did harm. F1 is 0.650 with them and 0.710 without, a "
        "difference of −0.060 (95 % interval −0.090 to −0.030). Two trainings without corrections, "
        "from other starts, differ by up to 0.012."
    )
    assert "<td>−0.060 <small>95 % interval −0.090 to −0.030</small></td><td>0.012</td>" in render(found)


def test_starts_alone_make_a_difference_and_the_page_says_which(comparison: Comparison) -> None:
    assert 0 < comparison.changes.log_loss.chance < 0.1
    assert f"was trained {STARTS} times without the corrections" in render(comparison)


@pytest.mark.usefixtures("one_start")
def test_the_careful_model_is_compared_on_what_its_encoder_has_not_seen(corrections: Path) -> None:
    encoder = (folder("models") / "en-careful.onnx").read_bytes()
    found = compare(SEEDS, [corrections], silent, encoder)
    assert found.articles == len(read_corpus(SEEDS)[::5])
    assert "the encoder is the same in all and learnt from no correction" in render(found)


@pytest.mark.usefixtures("one_start")
def test_corrections_that_all_stand_in_the_corpus_cannot_be_left_out(tmp_path: Path) -> None:
    line = correction(seed_sentence(EYEWITNESS), OFFICIAL, before=None, after=None, given=[EYEWITNESS])
    found = compare(SEEDS, [written(tmp_path, [line])], silent)
    assert (found.followed, found.in_corpus) == (None, 1)
    assert "none can be left out of the training altogether" in render(found)


def test_a_model_is_trained_on_corrections_and_says_so(corrections: Path, tmp_path: Path) -> None:
    out = tmp_path / "own"
    dev = tmp_path / "dev.jsonl"
    # the first two seed articles; the corrected sentence of the corpus stands in one of them
    dev.write_bytes(b"".join(SEEDS.read_bytes().splitlines(keepends=True)[:2]))
    result = run("--corpus", SEEDS, "--corrections", corrections, "--out", out, "--dev", dev)
    assert result.exit_code == 0, result.output
    told = "Learnt from 12 corrected sentences. Left out: 1 contested, 1 that stand in --dev.\n"
    assert result.stdout.endswith(told)
    facts = json.loads((out / "en.json").read_bytes())["corrections"]
    digest = hashlib.sha256(corrections.read_bytes()).hexdigest()
    assert facts["files"] == [{"name": corrections.name, "sha256": digest}]
    card = (out / "CARD.md").read_text(encoding="utf-8")
    assert (
        f"- en: 12 sentences as readers corrected them, of `{corrections.name}` (SHA-256 `{digest}`)" in card
    )
    assert Labeler.load(out).label(["Rain fell."]).sentences[0].state in ("none", "unsure")


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--compare"], "--compare needs --corrections"),
        (["--compare", "--corrections", "c.jsonl", "--pin"], "keeps no model, so there is none for --pin"),
        (["--compare", "--corrections", "c.jsonl", "--dev", "d.jsonl"], "Leave --dev out"),
        (
            ["--compare", "--corrections", "c.jsonl", "--out", folder("models")],
            "leaves the shipped models alone",
        ),
        ([], "Missing option '--out'"),
        (["--compare", "--corrections", "c.jsonl", "--model", "careful"], "needs --pretrained and --work"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(arguments: list[object], what: str) -> None:
    result = run("--corpus", SEEDS, *arguments)
    assert result.exit_code == 2
    assert what in " ".join(result.stderr.split())


@pytest.mark.parametrize("model", ["fast", "careful"])
def test_a_file_that_cannot_be_learnt_from_is_said_before_anything_is_trained(
    tmp_path: Path, model: str
) -> None:
    careful = ["--model", model, "--pretrained", tmp_path, "--work", tmp_path / "work"]
    missing = tmp_path / "no.jsonl"
    result = run("--corpus", SEEDS, "--corrections", missing, "--out", tmp_path / "out", *careful)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: There are no corrections at")
    assert not (tmp_path / "out").exists()
