"""The card says what the manifests say, and leaves out what they do not."""

import copy
from typing import Any

import pytest

from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELS, NONE, OFFICIAL, SCORE_IDS, UNSURE
from sourcemark.model.captions import caption
from sourcemark.model.card import render
from sourcemark.model.metrics import ScoredSentence, measure
from sourcemark.model.tables import escaped, figures_table

KINDS = ("confusion", "reliability", "precision-coverage", "outlets", "learning-curve")


def sentence(gold: str, shown: str, article: str, corpus: str = "wikinews") -> ScoredSentence:
    likeliest = NONE if shown == UNSURE else shown
    scores = {name: 0.7 if name == likeliest else 0.1 for name in SCORE_IDS}
    speakers = (None, None) if gold == NONE else ("Ana Ruiz", "Mayor Ruiz")
    return ScoredSentence(gold, shown, scores, article, corpus, corpus, False, *speakers)


SENTENCES = [
    sentence(OFFICIAL, OFFICIAL, "a"),
    sentence(OFFICIAL, EYEWITNESS, "a"),
    sentence(EYEWITNESS, EYEWITNESS, "a"),
    sentence(ANONYMOUS, ANONYMOUS, "b", "bbc2022"),
    sentence(NONE, UNSURE, "b", "bbc2022"),
    sentence(NONE, NONE, "b", "bbc2022"),
]

TINY: dict[str, Any] = {
    "name": "en",
    "version": "2.0.0",
    "sha256": "ab" * 32,
    "bytes": 2_700_000,
    "thresholds": {OFFICIAL: 0.58, ANONYMOUS: 0.4, EYEWITNESS: 0.39, NONE: 0.68},
    "versions": {"scikit-learn": "1.9.1"},
    "training_data": {"name": "few.jsonl", "sha256": "cd" * 32, "articles": 2, "sentences": 6},
    "licence": "MIT",
    "metrics": {},
}


@pytest.fixture
def whole() -> dict[str, Any]:
    """A manifest with everything that a card can tell."""
    return copy.deepcopy(TINY) | {
        "name": "en-careful",
        "files": {"en-careful.onnx": {"sha256": "ef" * 32, "bytes": 22_400_000}},
        "metrics": {
            "held_out": measure(SENTENCES),
            "dev": measure(SENTENCES) | {"names_swapped": measure(SENTENCES[1:]) | {"flips": 0.021}},
            "outlet_held_out": {"macro_f1": 0.512},
        },
        "learning_curve": [[100, 0.61], [2000, 0.7]],
        "figures": [f"en-careful-{kind}.svg" for kind in KINDS],
        "known_failures": [
            {
                "article": "seed-mine",
                "sentence": "“It *hummed* | all night,” he said.",
                "annotated": EYEWITNESS,
                "shown": NONE,
            }
        ],
    }


def test_a_model_without_figures_has_a_card_without_any() -> None:
    card = render(TINY)
    assert card.startswith("# Model card: en 2.0.0\n")
    assert f"| `en.joblib` | 2.7 MB | `{'ab' * 32}` |" in card
    assert f"`few.jsonl`: 2 articles, 6 sentences (SHA-256 `{'cd' * 32}`)" in card
    assert "official statement 0.58, anonymous claim 0.40, eyewitness quote 0.39, no source found" in card
    assert "| measured on |" not in card
    assert "![" not in card
    assert "None" not in card.replace("None of them", "")
    assert "## What it must not be used for" in card
    for label in LABELS:
        assert f"**{label.name}**: {label.definition} {label.caution}" in card


def test_both_models_are_on_one_card_with_all_their_files(whole: dict[str, Any]) -> None:
    card = render(TINY, whole)
    assert card.startswith("# Model card: en 2.0.0 and en-careful 2.0.0\n")
    for file in ("en.joblib", "en-careful.joblib", "en-careful.onnx"):
        assert card.count(f"| `{file}` |") == 1
    assert f"22.4 MB | `{'ef' * 32}`" in card
    assert card.count("SHA-256 `" + "cd" * 32) == 1, "one corpus, said once"
    assert "(`--model fast`)" in card
    assert "(`--model careful`)" in card


def test_the_fast_model_alone_is_not_said_to_have_a_transformer() -> None:
    assert "transformer" not in render(TINY)


def test_evaluations_stand_side_by_side_with_their_intervals(whole: dict[str, Any]) -> None:
    figures = whole["metrics"]["held_out"]
    low, high = figures["intervals"]["macro_f1"]
    macro_f1 = f"**{figures['macro_f1']:.3f}** ({low:.3f} to {high:.3f})"
    lines = [line for line in render(whole).splitlines() if line.startswith("| en-careful |")]
    assert [line.split(" | ")[1] for line in lines] == [
        "training articles, each held out",
        "development articles",
        "development articles, names swapped for unseen ones",
        "training articles, their outlet held out",
    ]
    assert lines[0].split(" | ")[2] == macro_f1
    assert "2.1 %" in lines[2]
    # what was not measured is a dash, in a column that others have
    assert lines[3].split(" | ")[2:4] == ["**0.512**", "–"]


def test_a_figure_that_nobody_measured_has_no_column(whole: dict[str, Any]) -> None:
    assert "| speaker right |" in render(whole)
    for figures in (*whole["metrics"].values(), whole["metrics"]["dev"]["names_swapped"]):
        figures.pop("speaker_match", None)
    assert "speaker right" not in render(whole)


def test_figures_of_an_older_evaluation_are_shown_as_far_as_they_go() -> None:
    names = "sentences macro_f1 labels confusion precision_of_marks coverage calibration_error".split()
    figures = {name: measure(SENTENCES)[name] for name in names}
    table = figures_table(figures)
    assert f"**{figures['macro_f1']:.3f}**. " in table
    assert "Speaker" not in table
    assert "| corpus |" not in table


def test_the_figures_of_each_label_and_corpus_are_in_tables(whole: dict[str, Any]) -> None:
    table = figures_table(whole["metrics"]["held_out"])
    assert "| Eyewitness quote | 0.500 | 1.000 | 0.667" in table
    assert "| None of them | 0 | 0 | 0 | 1 | 1 |" in table
    # no sentence of this corpus is annotated as an eyewitness quote: no F1, and no mean
    assert "| bbc2022 | 3 | – | – | 1.000 | – | 100.0 % |" in table
    assert "Speaker right in 100.0 % of the 3 sentences" in table


def test_corpora_are_counted_where_all_their_sentences_are(whole: dict[str, Any]) -> None:
    fast = copy.deepcopy(TINY) | {"metrics": {"held_out": measure(SENTENCES * 2)}}
    card = render(fast, whole)
    assert "| bbc2022 | 6 | BBC, 2022-23" in card
    assert "| wikinews | 6 | Wikinews" in card


def test_every_figure_has_a_text_that_says_what_it_shows(whole: dict[str, Any]) -> None:
    card = render(whole)
    for kind in KINDS:
        assert card.count(f"](figures/en-careful-{kind}.svg)") == 1
        text = caption(kind, whole["metrics"]["held_out"], whole["learning_curve"])
        assert f"![{text}](figures/en-careful-{kind}.svg)" in card
        assert len(text) > 30
        assert "\n" not in text
    assert "0.610 with 100, 0.700 with 2,000" in card
    assert "Official statement: 50 % official statement, 50 % eyewitness quote." in card


def test_known_failures_are_shown_as_plain_text_with_both_labels(whole: dict[str, Any]) -> None:
    card = render(whole)
    row = r"| “It \*hummed\* \| all night,” he said. | Eyewitness quote | No source found |"
    assert row in card
    assert "misses most often what is annotated as official statement: it finds 50 of 100" in card


def test_rendering_changes_no_manifest_and_gives_the_same_text_again(whole: dict[str, Any]) -> None:
    before = copy.deepcopy(whole)
    assert render(TINY, whole) == render(TINY, whole)
    assert whole == before


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a | b", r"a \| b"),
        ("<b>", r"\<b\>"),
        ("_x_ `y` [z]", r"\_x\_ \`y\` \[z\]"),
        ("“plain”", "“plain”"),
    ],
)
def test_characters_that_mean_something_in_markdown_are_escaped(text: str, markdown: str) -> None:
    assert escaped(text) == markdown
