"""What the README promises is what the repository holds."""

from pathlib import Path
import re

import pytest

from sourcemark.labels import LABELS
from sourcemark.model.artifact import Model, load_model

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def test_the_figures_are_those_of_the_shipped_model(model: Model) -> None:
    figures = model.manifest["metrics"]["dev"]
    for label in LABELS:
        row = figures["labels"][label.id]
        cells = " | ".join(f"{row[name]:.2f}" for name in ("precision", "recall", "f1"))
        assert f"| {label.name} | {cells} | {row['support']:,} |" in README
    assert f"macro-F1 **{figures['macro_f1']:.2f}**" in README
    assert f"{round(100 * figures['precision_of_marks'])} of 100 marks are right" in README


def test_the_card_is_that_of_the_shipped_model(model: Model) -> None:
    card = (ROOT / "models" / "CARD.md").read_text(encoding="utf-8")
    assert model.manifest["sha256"] in card


def test_the_first_screen_has_a_picture_and_the_two_commands() -> None:
    first_screen = README.split("\n## ")[0]
    assert "make run" in first_screen
    assert "make test" in first_screen
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", first_screen)
    assert (ROOT / picture).is_file()
