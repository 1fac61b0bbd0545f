"""Whether an archive looks like what its model was made for."""

from dataclasses import replace
import json
from pathlib import Path

from click.testing import CliRunner
import numpy as np
import pytest

from archive.labelled import Row, numbered, rows_of, write
from sourcemark.archive.report.page import PAGE, write_report
from sourcemark.article import Article
from sourcemark.cli import main
from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS, NONE, SCORE_IDS, UNSURE
from sourcemark.model.artifact import SHIPPED
from sourcemark.model.confusion import SHOWN
from sourcemark.model.likeness import (
    BINS,
    FEWEST_ARTICLES,
    FILE,
    LENGTH,
    LENGTH_EDGES,
    MIX,
    MOST,
    SURE,
    SURE_EDGES,
    Reference,
    bins_of,
    divergence,
    read_reference,
    write_reference,
)
from sourcemark.model.manifest import ModelError, id_of
from sourcemark.resources import folder


def reference_of_fast() -> Reference:
    found = read_reference(folder("models"), "16a1ef9f200a")
    assert found is not None
    return found


def alike() -> list[list[Row]]:
    """Return articles with the shares of the reference: 60 of 25 sentences."""
    reference = reference_of_fast()
    random = np.random.default_rng(4)

    def draw(name: str) -> list[int]:
        own = reference.bins[name]
        return random.choice(len(own), 1500, p=own / own.sum()).tolist()

    rows = []
    for sure, shown, length in zip(draw(SURE), draw(MIX), draw(LENGTH), strict=True):
        highest = (*SURE_EDGES, 0.99)[sure] - 0.01
        scores = dict.fromkeys(SCORE_IDS, (1 - highest) / 3) | {NONE: highest}
        label = SHOWN[shown] if SHOWN[shown] in LABEL_IDS else None
        rows.append(
            {
                "block": 0,
                "start": 0,
                "end": (*LENGTH_EDGES, 400)[length] - 1,
                "digest": "0" * 16,
                "label": label,
                "state": "labelled" if label else SHOWN[shown],
                **scores,
                "speaker": None,
                "named": None,
                "evidence": [],
            }
        )
    return [numbered(rows[25 * number : 25 * number + 25], number) for number in range(60)]


def said(archive: Path) -> tuple[bool, str]:
    written = write_report(archive)
    return written.unlike, " ".join(written.page.read_text(encoding="utf-8").split())


def test_divergence_goes_from_the_same_to_nothing_in_common() -> None:
    first = np.array([30, 10, 0])
    assert divergence(first, 5 * first) == 0
    assert divergence(np.array([3, 0]), np.array([0, 9])) == 1
    # by hand: m = (1/2, 1/2); (1 + 0) / 2 of it minus what both share
    assert divergence(np.array([1, 0]), np.array([1, 1])) == pytest.approx(0.3112781)
    assert divergence(np.array([1, 1]), np.array([1, 0])) == pytest.approx(0.3112781)


def test_each_sentence_is_in_one_bin_of_each_kind() -> None:
    bins = bins_of(np.array([0.3, 0.4, 0.97]), np.array([0, 4, 4]), np.array([24, 25, 9999]))
    assert bins[SURE].tolist() == [1, 1, 0, 0, 0, 0, 0, 1]
    assert bins[MIX].tolist() == [1, 0, 0, 0, 2]
    assert bins[LENGTH].tolist() == [1, 1, 0, 0, 0, 0, 0, 1]


def test_a_reference_is_written_beside_those_of_other_models_and_read_back(tmp_path: Path) -> None:
    reference = Reference(2, 3, {name: np.arange(size) for name, size in BINS.items()})
    for id, models in (("b", "b"), ("a", "ba"), ("c", "ac")):
        write_reference(tmp_path, id, reference, models)
    both = json.loads((tmp_path / FILE).read_bytes())["models"]
    # b is not in the folder any more
    assert list(both) == ["a", "c"]
    assert both["a"] == both["c"]
    found = read_reference(tmp_path, "a")
    assert found is not None
    assert (found.articles, found.sentences) == (2, 3)
    assert found.bins[MIX].tolist() == list(range(BINS[MIX]))
    assert read_reference(tmp_path, "b") is None


def test_a_file_that_is_no_reference_is_said_to_be_none(tmp_path: Path) -> None:
    assert read_reference(tmp_path, "a") is None
    (tmp_path / FILE).write_text("[]")
    with pytest.raises(ModelError, match="damaged or something else"):
        read_reference(tmp_path, "a")


def test_a_reference_is_that_of_a_shipped_models_held_out_sentences() -> None:
    manifests = [json.loads((folder("models") / f"{name}.json").read_bytes()) for name in SHIPPED.values()]
    known = {id_of(manifest): manifest["metrics"]["held_out"] for manifest in manifests}
    ids = json.loads((folder("models") / FILE).read_bytes())["models"]
    assert "16a1ef9f200a" in ids
    for id in ids:
        reference, held_out = read_reference(folder("models"), id), known[id]
        assert reference is not None
        assert (reference.articles, reference.sentences) == (held_out["articles"], held_out["sentences"])
        assert {int(bins.sum()) for bins in reference.bins.values()} == {reference.sentences}
        # fitted again on another machine, some sentence falls on the other side of a threshold
        definite = 1 - reference.bins[MIX][SHOWN.index(UNSURE)] / reference.sentences
        assert definite == pytest.approx(held_out["coverage"], abs=2e-3)


def test_articles_like_those_of_the_training_give_no_warning(tmp_path: Path) -> None:
    unlike, page = said(write(tmp_path / "out", [alike()]))
    assert not unlike
    assert "looks unlike" not in page
    assert "As far as three things tell, yes." in page


def test_what_is_no_news_is_warned_of(fast: Labeler, tmp_path: Path) -> None:
    texts = [json.loads(line) for line in (folder("seeds") / "not-news.jsonl").read_bytes().splitlines()]
    articles = [Article(tuple(text["paragraphs"]), text["title"]) for text in texts]
    labelled = fast.label_many(articles)
    rows = [rows_of(*pair) for pair in zip(articles, labelled, strict=True)]
    # each several times over: what matters is how they are, not how many
    shard = [numbered(rows[number % len(rows)], number) for number in range(FEWEST_ARTICLES)]
    unlike, page = said(write(tmp_path / "out", [shard]))
    assert unlike
    assert "This archive looks unlike the articles that the program was made for" in page


def test_few_articles_are_too_few_to_tell(articles: list[list[Row]], tmp_path: Path) -> None:
    assert FEWEST_ARTICLES > 40
    unlike, page = said(write(tmp_path / "out", [articles[:40]]))
    assert not unlike
    assert f"There are too few articles to tell: it takes {FEWEST_ARTICLES}." in page


def test_a_model_of_ones_own_has_no_reference_and_no_figures(
    articles: list[list[Row]], tmp_path: Path
) -> None:
    for number, model in enumerate(("en", "mine")):
        named = {"name": model, "version": "2.0.0", "id": "0123456789ab"}
        unlike, page = said(write(tmp_path / str(number), [articles[:60]], model=named))
        assert not unlike
        assert "there is no reference for this model" in page
        assert "How often this model is right is not known here" in page


def test_a_model_of_ones_own_has_both_where_its_folder_is_told(
    articles: list[list[Row]], tmp_path: Path
) -> None:
    own, id = tmp_path / "own", "0123456789ab"
    own.mkdir()
    # as `sourcemark train` leaves them; the model itself is not opened
    manifest = json.loads((folder("models") / "en.json").read_bytes()) | {"sha256": id + "0" * 52}
    (own / "en.json").write_text(json.dumps(manifest))
    write_reference(own, id, replace(reference_of_fast(), articles=4321), [id])
    named = {"name": "en", "version": "7.1.0", "id": id}
    out = write(tmp_path / "out", [articles[:60]], model=named)
    result = CliRunner().invoke(main, ["report", str(out), "--model", str(own)])
    assert result.exit_code == 0, result.output
    page = " ".join((out / "report" / PAGE).read_text(encoding="utf-8").split())
    assert "sentences of 4,321 news articles" in page
    assert "is not known here" not in page
    other = CliRunner().invoke(main, ["report", str(out), "--model", str(tmp_path)])
    assert other.exit_code == 1
    assert f"labelled with the model en 7.1.0 ({id}), which is not in" in other.stderr


def test_the_limit_is_between_outlets_and_other_texts() -> None:
    assert 0.046 < MOST < 0.059, "see the table in docs/archives.md before you move it"
