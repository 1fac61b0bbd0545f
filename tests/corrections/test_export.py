"""Corrections are exported as a corpus, with agreement counted by contributors and contradictions kept."""

import json
from pathlib import Path
from typing import Any

import msgspec

from corrections.giving import AFTER, ANNA, BEFORE, BEN, CLEO, MODEL, SENTENCE, correction
from sourcemark.corrections.export import Line, encoded, lines
from sourcemark.corrections.store import Store
from sourcemark.corrections.summary import summary_of
from sourcemark.labels import ANONYMOUS, EYEWITNESS, NONE, OFFICIAL
from sourcemark.model.corpus import read_corpus


def exported(store: Store) -> list[dict[str, Any]]:
    return [json.loads(encoded(line)) for line in lines(store.corrections())]


def test_a_correction_is_an_article_of_its_sentences(store: Store, tmp_path: Path) -> None:
    store.give(correction("😀 “I saw it,” she said.", EYEWITNESS), ANNA)
    (line,) = exported(store)
    assert set(line) == set(Line.__struct_fields__)
    assert line.pop("id").startswith("correction-")
    assert len(line.pop("sentence_digest")) == 16
    assert line == {
        "corpus": "corrections",
        "outlet": "",
        "sampling": "correction",
        "title": None,
        "paragraphs": [BEFORE, "😀 “I saw it,” she said.", AFTER],
        "sentences": [
            {"paragraph": 1, "start": 0, "end": 23, "label": EYEWITNESS, "speaker": None, "doubtful": False}
        ],
        "correction": True,
        "given": [{"label": OFFICIAL, "state": "labelled", "model": MODEL}],
        "contributors": 1,
        "contributor_numbers": [1],
        "contested": False,
    }


def test_the_corpus_reader_takes_it_as_it_is_with_the_neighbours_not_annotated(
    store: Store, tmp_path: Path
) -> None:
    store.give(correction(), ANNA)
    store.give(correction("Rain fell.", None, before=None, after=None), ANNA)
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(b"".join(map(encoded, lines(store.corrections()))))
    read = {each.article.text(each.sentences[0].span): each for each in read_corpus(path)}
    assert {text: [one.label for one in each.sentences] for text, each in read.items()} == {
        SENTENCE: [EYEWITNESS],
        "Rain fell.": [NONE],
    }
    assert read[SENTENCE].article.blocks == (BEFORE, SENTENCE, AFTER)
    assert read[SENTENCE].sentences[0].span.block == 1
    assert read["Rain fell."].article.blocks == ("Rain fell.",)


def test_those_who_agree_are_counted_and_are_one_line(store: Store) -> None:
    store.give(correction(given=None, given_state="unsure"), BEN)
    for token in (ANNA, ANNA, CLEO):
        store.give(correction(), token)
    (line,) = exported(store)
    assert line["contributors"] == 3
    assert len(set(line["contributor_numbers"])) == 3
    assert not line["contested"]
    assert [(each["label"], each["state"]) for each in line["given"]] == [
        (None, "unsure"),
        (OFFICIAL, "labelled"),
    ]


def test_those_who_contradict_each_other_are_all_there_and_marked(store: Store) -> None:
    for token, proposed in ((ANNA, EYEWITNESS), (BEN, EYEWITNESS), (CLEO, None), (None, ANONYMOUS)):
        store.give(correction(proposed=proposed), token)
    store.give(correction("Another sentence."), ANNA)
    found = exported(store)
    same = [line for line in found if SENTENCE in line["paragraphs"]]
    assert {line["sentences"][0]["label"]: line["contributors"] for line in same} == {
        EYEWITNESS: 2,
        NONE: 1,
        ANONYMOUS: 1,
    }
    assert all(line["contested"] and line["sentences"][0]["doubtful"] for line in same)
    assert len({line["sentence_digest"] for line in same}) == 1
    assert len({line["id"] for line in found}) == 4
    (other,) = (line for line in found if line not in same)
    assert not other["contested"]


def test_one_token_cannot_outvote_the_others_however_much_it_sends(store: Store) -> None:
    store.give(correction(), ANNA)
    store.give(correction(), BEN)
    for number in range(10):
        store.give(correction(proposed=None, before=f"Sentence {number}.", model=f"{number:012}"), CLEO)
    assert {line["sentences"][0]["label"]: line["contributors"] for line in exported(store)} == {
        EYEWITNESS: 2,
        NONE: 1,
    }
    summary = summary_of(store.corrections())
    assert summary.pairs == {(OFFICIAL, EYEWITNESS): 2, (OFFICIAL, NONE): 1}
    assert sorted(summary.contributors.values()) == [1, 1, 1]


def test_no_line_says_who_gave_it_or_when(store: Store) -> None:
    id = store.give(correction(), ANNA)
    text = json.dumps(exported(store))
    assert id not in text
    assert ANNA not in text
    (found,) = store.corrections()
    assert str(found.day) not in text


def test_the_same_corrections_are_the_same_bytes_whatever_they_came_in(store: Store) -> None:
    def bytes_of(tokens: list[str]) -> list[bytes]:
        store.purge()
        for token in tokens:
            store.give(correction(proposed=EYEWITNESS if token != CLEO else None), token)
        return [
            encoded(msgspec.structs.replace(line, contributor_numbers=[]))
            for line in lines(store.corrections())
        ]

    assert bytes_of([ANNA, BEN, CLEO]) == bytes_of([CLEO, BEN, ANNA])


def test_what_agrees_and_what_contradicts_is_told_apart(store: Store) -> None:
    for token in (ANNA, BEN):
        store.give(correction("Agreed."), token)
        store.give(correction("Contested.", EYEWITNESS if token == ANNA else None), token)
    store.give(correction("Alone."), ANNA)
    summary = summary_of(store.corrections())
    assert (summary.corrections, summary.sentences) == (5, 3)
    assert [each.sentence for each in summary.agreed] == ["Agreed."]
    assert [each.sentence for each in summary.contested] == ["Contested."]
    assert [(each.label, len(each.corrections)) for each in summary.contested[0].proposals] == [
        (EYEWITNESS, 1),
        (NONE, 1),
    ]
