"""The figures of a card: drawn from sentences, the same bytes each time, readable without colours."""

from pathlib import Path
import re
import xml.etree.ElementTree as ElementTree

import pytest

from sourcemark.labels import LABEL_IDS, LABELS, NONE, OFFICIAL, SCORE_IDS, UNSURE
from sourcemark.model.metrics import ScoredSentence, measure
from sourcemark.training.figures import draw

HIGHLIGHTS = Path(__file__).parents[2] / "extension" / "content" / "highlights.css"

KINDS = ["confusion", "reliability", "precision-coverage", "outlets", "learning-curve"]
CURVE = [(400, 0.66), (100, 0.61)]


def sentences_of(corpus: str, outlets: tuple[str, ...]) -> list[ScoredSentence]:
    """Return sentences of several outlets, some shown rightly and some not, with scores of all sizes."""
    sentences = []
    for number in range(60):
        gold = SCORE_IDS[number % 4]
        sure = (number % 10 + 0.5) / 10
        scores = {name: sure if name == gold else (1 - sure) / 3 for name in SCORE_IDS}
        shown = gold if sure > 0.5 else (UNSURE, NONE, OFFICIAL)[number % 3]
        outlet = outlets[number % len(outlets)]
        sentences.append(ScoredSentence(gold, shown, scores, f"{outlet}-{number % 7}", corpus, outlet))
    return sentences


SENTENCES = sentences_of("wire", ("north", "south")) + sentences_of("local", ("east",))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All figures, drawn once."""
    return draw(tmp_path_factory.mktemp("figures"), "en", SENTENCES, measure(SENTENCES), CURVE)


def texts(path: Path) -> list[str]:
    """Return the text in a figure, piece by piece."""
    found = ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(element.itertext()).strip() for element in found]


def test_there_is_a_small_file_of_each_kind(drawn: list[Path]) -> None:
    assert [path.name for path in drawn] == [f"en-{kind}.svg" for kind in KINDS]
    for path in drawn:
        assert path.stat().st_size < 100_000


def test_the_same_sentences_give_the_same_bytes_whatever_the_machine_prefers(
    drawn: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import matplotlib

    monkeypatch.setitem(matplotlib.rcParams, "font.size", 30)
    monkeypatch.setitem(matplotlib.rcParams, "svg.hashsalt", None)
    again = draw(tmp_path, "en", SENTENCES, measure(SENTENCES), CURVE)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in drawn]
    assert matplotlib.rcParams["font.size"] == 30, "and the machine's settings are as they were"


def test_no_figure_tells_when_or_with_what_it_was_drawn(drawn: list[Path]) -> None:
    for path in drawn:
        assert not re.search(r"20\d\d-\d\d-\d\d|Matplotlib v|dc:date", path.read_text())


def test_labels_differ_by_line_and_name_and_have_the_colours_of_the_marks_on_the_page(
    drawn: list[Path],
) -> None:
    colours = re.findall(r"underline (?:solid|dashed|dotted) 2px (#\w{6})", HIGHLIGHTS.read_text())
    assert len(colours) == len(LABEL_IDS)
    curves = drawn[KINDS.index("precision-coverage")].read_text()
    dashes = set()
    for colour in colours:
        line = re.search(rf'style="fill: none([^"]*)stroke: {colour}; stroke-width: 2([^"]*)"', curves)
        assert line is not None, f"no line in {colour}"
        dashes.add(re.sub(r"stroke-linecap: \w+", "", line.group(1) + line.group(2)))
    assert len(dashes) == len(LABEL_IDS)
    for label in LABELS:
        assert any(text.startswith(label.name) for text in texts(drawn[KINDS.index("precision-coverage")]))


def test_the_confusion_has_counts_and_shares_of_the_row(drawn: list[Path]) -> None:
    found = texts(drawn[KINDS.index("confusion")])
    figures = measure(SENTENCES)["confusion"]
    for row in figures.values():
        for count in row.values():
            assert f"{count:,}" in found
            assert f"{100 * count / sum(row.values()):.1f} %" in found
    assert {"sure", "Not"} <= set(found), "a column for what is left unsure"


def test_each_score_has_its_calibration_error(drawn: list[Path]) -> None:
    found = texts(drawn[KINDS.index("reliability")])
    for error in measure(SENTENCES)["calibration_error_by_label"].values():
        assert any(text.endswith(f"ECE {error:.3f}") for text in found)


def test_corpora_and_outlets_have_a_row_each(drawn: list[Path]) -> None:
    assert {"wire", "local", "north", "south", "east"} <= set(texts(drawn[KINDS.index("outlets")]))


def test_the_learning_curve_has_a_mark_for_each_training(drawn: list[Path]) -> None:
    assert {"100", "400", "0.610", "0.660"} <= set(texts(drawn[KINDS.index("learning-curve")]))


def test_what_there_is_no_data_for_is_not_drawn_and_not_left_over(tmp_path: Path) -> None:
    for kind in ("outlets", "learning-curve"):
        (tmp_path / f"en-{kind}.svg").write_text("of an earlier training")
    other = tmp_path / "en-careful-learning-curve.svg"
    other.write_text("another model's")
    nameless = [ScoredSentence(s.gold, s.shown, s.scores) for s in SENTENCES]
    paths = draw(tmp_path, "en", nameless, measure(nameless))
    assert sorted(path.name for path in paths) == [
        "en-confusion.svg",
        "en-precision-coverage.svg",
        "en-reliability.svg",
    ]
    assert sorted(tmp_path.iterdir()) == sorted([*paths, other])


def test_a_single_sentence_is_enough(tmp_path: Path) -> None:
    few = SENTENCES[3:4]
    assert len(draw(tmp_path, "en", few, measure(few), CURVE)) == len(KINDS)
