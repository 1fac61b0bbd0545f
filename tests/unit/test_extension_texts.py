"""What the extension's legend says about the labels is what the service says about them."""

import json
from pathlib import Path

from sourcemark.labels import LABELS, NONE_DEFINITION

MESSAGES = json.loads(
    (Path(__file__).parents[2] / "extension" / "_locales" / "en" / "messages.json").read_text("utf-8")
)


def test_extension_shows_the_labels_in_the_words_of_the_service() -> None:
    expected = {"label_none_definition": NONE_DEFINITION}
    for label in LABELS:
        expected[f"label_{label.id}_name"] = label.name
        expected[f"label_{label.id}_definition"] = label.definition
        expected[f"label_{label.id}_caution"] = label.caution
    shown = {key: text["message"] for key, text in MESSAGES.items() if key.startswith("label_")}
    assert shown == expected
