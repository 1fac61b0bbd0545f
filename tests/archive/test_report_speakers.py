"""Speakers most quoted: counted by name, in memory that does not grow."""

from collections import Counter
from random import Random

import pyarrow as pa

from sourcemark.archive.report.speakers import Speakers
from sourcemark.labels import ANONYMOUS, EYEWITNESS, OFFICIAL


def table(*rows: tuple[int, str | None, bool | None, str | None]) -> pa.Table:
    schema = pa.schema(
        [("number", pa.int64()), ("speaker", pa.string()), ("named", pa.bool_()), ("label", pa.string())]
    )
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema)


def test_named_speakers_of_marked_sentences_are_counted_by_label_and_article() -> None:
    speakers = Speakers()
    speakers.add(
        table(
            (0, "Ana Ruiz", True, EYEWITNESS),
            (0, "Ana Ruiz", True, EYEWITNESS),
            (1, "Ana Ruiz", True, OFFICIAL),
            (1, "a military source", False, ANONYMOUS),
            (1, "Tom Hallam", True, None),
            (1, None, None, OFFICIAL),
        )
    )
    speakers.add(table((2, "A. Ruiz", True, OFFICIAL)))
    assert [(name, counts.tolist()) for name, counts in speakers.top(9)] == [
        ("Ana Ruiz", [1, 0, 2, 2]),
        ("A. Ruiz", [1, 0, 0, 1]),
    ]
    assert speakers.error == 0


def test_frequent_names_survive_a_flood_of_others_and_the_error_is_known() -> None:
    random = Random(5)
    often = {f"Often {number}": 200 - 10 * number for number in range(10)}
    names = [name for name, count in often.items() for _ in range(count)]
    names += [f"Once {number}" for number in range(5000)]
    random.shuffle(names)
    true = Counter(names)
    speakers = Speakers(most=100)
    for begin in range(0, len(names), 50):
        speakers.add(table(*((0, name, True, OFFICIAL) for name in names[begin : begin + 50])))
        assert len(speakers.sentences) <= 100
    assert 0 < speakers.error < 110
    for name, counts in speakers.top(5):
        assert true[name] - speakers.error <= counts[0] <= true[name]
    assert {name for name, _ in speakers.top(5)} == {f"Often {number}" for number in range(5)}
