"""Recipes, poems, match reports, opinion, liveblogs and code rest on nobody's word, and are left unmarked."""

import json

import pytest

from sourcemark.labeler import Labeler
from sourcemark.labels import LABELLED
from sourcemark.resources import folder

TEXTS = [
    json.loads(line) for line in (folder("seeds") / "not-news.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_there_are_several_genres_and_ids_of_their_own() -> None:
    assert len({text["genre"] for text in TEXTS}) >= 6
    assert len({text["id"] for text in TEXTS}) == len(TEXTS)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["id"])
def test_no_prose_of_it_is_marked(fast: Labeler, text: dict[str, str]) -> None:
    answer = fast.label(text["paragraphs"], text["title"])
    assert [text["paragraphs"][s.span.block] for s in answer.sentences if s.state == LABELLED] == []
    assert answer.skipped == () or text["genre"] == "code"
