"""A sentence speaks once; contradictions are shown and not averaged; nobody outvotes the others."""

from pathlib import Path
from typing import Any

import pytest

from sourcemark.labels import EYEWITNESS, NONE, OFFICIAL, UNSURE
from sourcemark.model.corpus import CorpusError
from sourcemark.training.correction_files import read_corrections
from sourcemark.training.settling import ALLOWANCE, Settled, settle
from unit.correcting import SENTENCE, correction, written


def settled(folder: Path, *files: list[dict[str, Any]]) -> Settled:
    return settle(read_corrections([written(folder, lines, f"{i}.jsonl") for i, lines in enumerate(files)]))


def by(contributor: int, count: int, word: str) -> list[dict[str, Any]]:
    """Return corrections of as many sentences by one contributor."""
    return [
        correction(f"“I saw {word} {number} fall,” said Mira Holt.", contributors=[contributor])
        for number in range(count)
    ]


def test_what_is_said_twice_counts_once(tmp_path: Path) -> None:
    again = correction(SENTENCE.replace("“", '"').replace("”", '"'), given=[UNSURE])
    found = settled(tmp_path, [correction(), again], [correction(contributors=[1, 2])])
    assert (found.corrections, found.repeated) == (1, 2)
    [agreed] = found.agreed
    assert agreed.weight == 1
    assert agreed.correction.contributors == {(0, 1), (1, 1), (1, 2)}
    assert found.pairs == {(OFFICIAL, EYEWITNESS): 1, (UNSURE, EYEWITNESS): 1}


def test_a_sentence_of_which_different_things_are_said_is_left_out_and_shown(tmp_path: Path) -> None:
    lines = [
        correction(contributors=[1, 2, 3], id="correction-1"),
        correction(proposed=NONE, contributors=[4], id="correction-2"),
        correction("“I heard it,” said Ben Arlo."),
    ]
    found = settled(tmp_path, lines)
    [contested] = found.contested
    assert (contested.ids, contested.proposed) == (("correction-1", "correction-2"), (EYEWITNESS, NONE))
    assert [agreed.correction.proposed for agreed in found.agreed] == [EYEWITNESS]
    assert SENTENCE not in [agreed.correction.annotated.article.blocks[1] for agreed in found.agreed]
    # three against one is no vote, and both are counted
    assert found.corrections == 3


def test_a_sentence_that_the_export_calls_contested_is_so_without_the_other_proposal(tmp_path: Path) -> None:
    found = settled(tmp_path, [correction() | {"contested": True}, correction("It fell.", NONE)])
    assert [contested.proposed for contested in found.contested] == [(EYEWITNESS,)]
    assert [agreed.correction.proposed for agreed in found.agreed] == [NONE]


def test_nothing_can_be_learnt_where_all_is_contested(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"is contested.*`sourcemark corrections list` shows them"):
        settled(tmp_path, [correction(), correction(proposed=NONE)])


def test_a_flood_from_one_weighs_no_more_than_all_others_together(tmp_path: Path) -> None:
    found = settled(tmp_path, [*by(1, 400, "plank"), *by(2, 60, "rail"), *by(3, 20, "post")])
    weights = {who: count * weight for (_, who), (count, weight) in found.contributors.items()}
    assert weights == pytest.approx({1: 80, 2: 60, 3: 20})
    assert sum(agreed.weight for agreed in found.agreed) == pytest.approx(160)


def test_some_sentences_are_everybodys_to_correct(tmp_path: Path) -> None:
    found = settled(tmp_path, [*by(1, 2 * ALLOWANCE, "plank"), *by(2, 1, "rail")])
    assert found.contributors == {(0, 1): (2 * ALLOWANCE, 0.5), (0, 2): (1, 1.0)}


def test_somebody_who_is_alone_is_not_held_back(tmp_path: Path) -> None:
    found = settled(tmp_path, by(1, 2 * ALLOWANCE, "plank"))
    assert {agreed.weight for agreed in found.agreed} == {1}


def test_a_sentence_that_others_correct_too_has_the_weight_of_the_one_who_is_less_held_back(
    tmp_path: Path,
) -> None:
    shared = correction("“I heard it,” said Ben Arlo.", contributors=[1, 2])
    found = settled(tmp_path, [*by(1, 2 * ALLOWANCE, "plank"), shared])
    assert found.agreed[-1].weight == 1
    assert found.agreed[0].weight < 1
