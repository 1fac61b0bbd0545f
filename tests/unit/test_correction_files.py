"""Corrections are read as they were exported, and what is wrong with a file is said with its line."""

from pathlib import Path
from typing import Any

import pytest

from sourcemark.article import Span
from sourcemark.labels import EYEWITNESS, NONE, OFFICIAL, UNSURE
from sourcemark.model.corpus import CorpusError
from sourcemark.training.correction_files import digest, read_corrections
from unit.correcting import AFTER, BEFORE, SENTENCE, correction, written
from unit.training import SEEDS


def test_the_corrected_sentence_alone_is_annotated(tmp_path: Path) -> None:
    [read] = read_corrections([written(tmp_path, [correction(contributors=[1, 3])])])
    assert read.annotated.article.blocks == (BEFORE, SENTENCE, AFTER)
    [sentence] = read.annotated.sentences
    assert sentence.span == Span(1, 0, len(SENTENCE))
    assert (read.proposed, read.given) == (EYEWITNESS, (OFFICIAL,))
    assert read.contributors == {(0, 1), (0, 3)}


def test_a_neighbour_that_is_listed_without_a_label_is_not_annotated(tmp_path: Path) -> None:
    line = correction()
    line["sentences"].insert(0, {"paragraph": 0, "start": 0, "end": len(BEFORE), "label": None})
    [read] = read_corrections([written(tmp_path, [line])])
    assert [sentence.span.block for sentence in read.annotated.sentences] == [1]


def test_what_was_shown_may_be_no_label(tmp_path: Path) -> None:
    [read] = read_corrections([written(tmp_path, [correction(given=[UNSURE, NONE, OFFICIAL])])])
    assert read.given == (NONE, OFFICIAL, UNSURE)


def test_numbers_of_contributors_are_those_of_one_file(tmp_path: Path) -> None:
    paths = [written(tmp_path, ["", correction()], name) for name in ("one.jsonl", "two.jsonl")]
    assert [read.contributors for read in read_corrections(paths)] == [{(0, 1)}, {(1, 1)}]


def without(key: str) -> dict[str, Any]:
    line = correction()
    del line[key]
    return line


def with_sentence(**changes: object) -> dict[str, Any]:
    line = correction()
    line["sentences"][0] |= changes
    return line


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "Input data was truncated"),
        (without("paragraphs"), "missing required field `paragraphs`"),
        (without("correction"), "it is not marked as one; annotated articles are given with --corpus"),
        (correction() | {"sentences": []}, "one sentence of it must have a label, and 0 have"),
        (correction() | {"sentences": correction()["sentences"] * 2}, "and 2 have"),
        (with_sentence(label="rumour"), "unknown label “rumour”"),
        (with_sentence(end=99), "its sentence lies outside paragraph 1"),
        (with_sentence(paragraph=3), "its sentence lies in paragraph 3 of 3"),
        (correction() | {"given": [{"label": None, "state": "labelled"}]}, "cannot be shown"),
        (correction() | {"given": [{"label": OFFICIAL, "state": "none"}]}, "cannot be shown"),
    ],
)
def test_a_line_that_is_no_correction_is_named_with_what_is_wrong(
    tmp_path: Path, line: dict[str, Any] | str, what: str
) -> None:
    path = written(tmp_path, [correction(), line])
    with pytest.raises(CorpusError) as error:
        read_corrections([path])
    assert str(error.value).startswith(f"Line 2 of {path} is not a correction: ")
    assert what in str(error.value)


def test_a_corpus_is_told_from_corrections() -> None:
    with pytest.raises(CorpusError, match=r"^Line 1 of .* annotated articles are given with --corpus"):
        read_corrections([SEEDS])


def test_a_file_that_is_missing_or_empty_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="There are no corrections at"):
        read_corrections([tmp_path / "nowhere.jsonl"])
    with pytest.raises(CorpusError, match=r"There is no correction in .*none has been given yet"):
        read_corrections([written(tmp_path, ["", " "])])


@pytest.mark.parametrize(
    "copy",
    ['"I saw the planks give way," said Mira Holt.', "‘I SAW the planks\u00a0give  way’ said Mira Holt"],
)
def test_copies_of_a_sentence_have_one_digest(copy: str) -> None:
    assert digest(copy) == digest(SENTENCE)
    assert digest(copy.replace("Mira", "Mara")) != digest(SENTENCE)
