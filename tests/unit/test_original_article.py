"""The article that the project began with is read rightly, where it lies beside the repository."""

import json
from pathlib import Path

import pytest

from sourcemark.labeler import Labeler
from sourcemark.labels import NONE, UNSURE
from sourcemark.model.corpus import read_corpus
from sourcemark.model.metrics import align

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "dev.jsonl"
ARTICLE = "seed-ukraine-2022"


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus, which is not part of the project, is not here")
def test_at_least_34_of_the_44_sentences_of_the_original_article_are_right(
    labeler: Labeler, tmp_path: Path
) -> None:
    with CORPUS.open(encoding="utf-8") as lines:
        line = next(line for line in lines if json.loads(line)["id"] == ARTICLE)
    alone = tmp_path / "original.jsonl"
    alone.write_text(line, encoding="utf-8")
    [annotated] = read_corpus(alone)

    article = labeler.label(annotated.article.blocks, annotated.article.title)
    sentences = align([(annotated, article)])

    assert len(sentences) == 44
    right = sum(s.gold == (NONE if s.shown == UNSURE else s.shown) for s in sentences)
    assert right >= 34
