"""What readers of a service for others correct, all the way to the page that says whether it helped."""

import json
from pathlib import Path
import re

from click.testing import CliRunner

from api.others.asking import Ask, asking
from api.wire import article, running
from sourcemark.cli import main
from sourcemark.corrections.place import File
from sourcemark.labeler import Labeler
from sourcemark.labels import EYEWITNESS, LABEL_IDS, LABELS, OFFICIAL
from sourcemark.settings import Settings
from sourcemark.training.settling import ALLOWANCE
from sourcemark.web.corrections.keeping import Keeping
from sourcemark.web.others import app_for_others
from sourcemark.web.tokens import Tokens
from unit.training import SEEDS

FLOOD = ALLOWANCE + 10
"""Sentences that one reader corrects; the two others correct four each."""


def disagree(ask: Ask, token: str, sentence: str, wanted: str | None = None) -> None:
    """Have a sentence labelled, and say that it should be `wanted`, or else another label than it has."""
    before = "Pier 4 was closed on Monday."
    answer = ask(token=token, body=article([f"{before} {sentence}"])).json
    shown = answer["sentences"][-1]
    proposed = wanted or next(label for label in LABEL_IDS if label != shown["label"])
    correction = {
        "model": answer["model"]["id"],
        "consent": True,
        "before": before,
        "sentence": sentence,
        "given": shown["label"],
        "given_state": shown["state"],
        "proposed": None if proposed == shown["label"] else proposed,
    }
    assert ask("POST", "/v1/corrections", token, None, json.dumps(correction).encode()).status == 201


def sourcemark(*arguments: object) -> str:
    result = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_corrections_of_several_readers_come_to_a_page_that_says_whether_they_helped(
    fast: Labeler, tokens: Tokens, tmp_path: Path
) -> None:
    place, exported, out = tmp_path / "kept.sqlite", tmp_path / "corrections.jsonl", tmp_path / "out"
    anna, ben, cleo = (tokens.new(1, name) for name in ("anna", "ben", "cleo"))
    settings = Settings(requests_per_minute=1000)
    app = app_for_others(settings, fast, tokens, ["127.0.0.1"], kept=Keeping(File(place)))
    with running(app) as server:
        ask = asking(server.address)
        for number in range(FLOOD):
            disagree(ask, anna, f"The harbour office said that {number} boats were safe.")
        for reader, name in ((ben, "Holt"), (cleo, "Brandt")):
            for number in range(3):
                disagree(ask, reader, f"“I saw plank {number} fall,” said Mira {name}.")
        for reader, label in ((ben, EYEWITNESS), (cleo, OFFICIAL)):
            disagree(ask, reader, "“The pier fell at noon,” she said.", label)

    sourcemark("corrections", "export", "--database", place, "-o", exported)
    told = sourcemark("train", "--corpus", SEEDS, "--corrections", exported, "--compare", "--out", out)
    assert [path.name for path in out.iterdir()] == ["comparison.html"]
    for label in LABELS:
        line = next(line for line in told.splitlines() if line.startswith(label.name))
        assert re.search(r"helped\.|did harm\.|cannot be told apart\.", line)
        assert "95 % interval" in line
        assert "from other starts, differ by up to" in line
    page = " ".join((out / "comparison.html").read_text(encoding="utf-8").split())
    assert f"Learnt from: {FLOOD + 6}. Contested, and left out: 1." in page
    rows = re.findall(r'<th scope="row">Number (\d) of file 1</th><td>(\d+)</td><td>([0-9.]+)</td>', page)
    assert sorted(row[1:] for row in rows) == [
        ("3", "1.00"),
        ("3", "1.00"),
        (str(FLOOD), f"{ALLOWANCE / FLOOD:.2f}"),
    ]
    assert "harbour" not in page and "Holt" not in page
    for token in (anna, ben, cleo):
        assert token.partition(".")[0].removeprefix("sm_") not in exported.read_text(encoding="utf-8")
