"""Corrections as `sourcemark corrections export` writes them, of made-up sentences."""

from collections.abc import Iterable, Sequence
import json
from pathlib import Path
from typing import Any

from sourcemark.labels import EYEWITNESS, LABEL_IDS, LABELLED, OFFICIAL

BEFORE = "The pier was closed on Monday."
SENTENCE = "“I saw the planks give way,” said Mira Holt."
AFTER = "Rain fell on the market."


def correction(
    sentence: str = SENTENCE,
    proposed: str = EYEWITNESS,
    *,
    before: str | None = BEFORE,
    after: str | None = AFTER,
    given: Sequence[str] = (OFFICIAL,),
    contributors: Sequence[int] = (1,),
    id: str = "correction-5d0f6c1e9a3b7c24",
) -> dict[str, Any]:
    """Return one line of an export."""
    paragraphs = [text for text in (before, sentence, after) if text is not None]
    place = 0 if before is None else 1
    label = {"paragraph": place, "start": 0, "end": len(sentence), "label": proposed}
    return {
        "id": id,
        "corpus": "corrections",
        "outlet": "",
        "sampling": "correction",
        "title": None,
        "paragraphs": paragraphs,
        "sentences": [label | {"speaker": None, "doubtful": False}],
        "correction": True,
        "sentence_digest": "0b1c2d3e4f506172",
        "given": [_given(shown) for shown in given],
        "contributors": len(contributors),
        "contributor_numbers": list(contributors),
        "contested": False,
    }


def _given(shown: str) -> dict[str, Any]:
    known = shown in LABEL_IDS
    return {
        "label": shown if known else None,
        "state": LABELLED if known else shown,
        "model": "9f2c61d0a7b4",
    }


def written(folder: Path, lines: Iterable[dict[str, Any] | str], name: str = "corrections.jsonl") -> Path:
    """Write lines to a file, objects as JSON."""
    path = folder / name
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path
