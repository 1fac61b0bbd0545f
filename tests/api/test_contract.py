"""`POST /v1/label` and `GET /v1/about`, as the wire contract has them, by the shipped model."""

from itertools import pairwise
import json
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
import msgspec
import pytest

from api.wire import ARTICLE, JSON, article, blocks
from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS, LABELS, SCORE_IDS
from sourcemark.web import schemas

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "unicode.json").read_text(encoding="utf-8"))
SENDABLE = [
    case for case in GOLDEN if not any("\ud800" <= character <= "\udfff" for character in case["text"])
]


def label(client: FlaskClient, body: bytes) -> schemas.LabelAnswer:
    response = client.post("/v1/label", data=body, headers=JSON)
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    return msgspec.json.decode(response.data, type=schemas.LabelAnswer)


def evidence(answer: schemas.LabelAnswer) -> list[schemas.Evidence]:
    return [each for sentence in answer.sentences for each in sentence.evidence]


def test_an_answer_has_the_fields_of_the_contract_and_no_others(client: FlaskClient) -> None:
    answer = client.post("/v1/label", data=article(title="Two bridges closed"), headers=JSON).json

    assert set(answer) == {"model", "offsets", "sentences", "skipped", "summary"}
    assert set(answer["model"]) == {"name", "version", "id"}
    assert answer["summary"].keys() == {"sentences", *LABEL_IDS, "none", "unsure"}
    for sentence in answer["sentences"]:
        assert set(sentence) == {
            *("block", "start", "end", "label", "state", "scores", "speaker", "evidence", "reason")
        }
        assert sentence["scores"].keys() == set(SCORE_IDS)


def test_every_sentence_of_every_block_comes_back_once_and_in_order(client: FlaskClient) -> None:
    answer = label(client, article())

    ids = [block["id"] for block in blocks(*ARTICLE)]
    places = [(ids.index(sentence.block), sentence.start, sentence.end) for sentence in answer.sentences]
    assert places == sorted(places)
    assert {sentence.block for sentence in answer.sentences} == set(ids)
    for (block, _, end), (next_block, start, _) in pairwise(places):
        assert block < next_block or end <= start
    assert ARTICLE[2][places[-1][1] : places[-1][2]] == "It rained all night."


def test_a_label_is_given_only_where_the_state_is_labelled(client: FlaskClient) -> None:
    for sentence in label(client, article()).sentences:
        assert (sentence.label is not None) == (sentence.state == "labelled")
        assert sentence.label in {*LABEL_IDS, None}
        assert sentence.state in {"labelled", "none", "unsure"}
        assert sentence.reason


def test_scores_are_probabilities_that_sum_to_one(client: FlaskClient) -> None:
    for sentence in label(client, article()).sentences:
        assert all(0 <= score <= 1 for score in sentence.scores.values())
        assert sum(sentence.scores.values()) == pytest.approx(1)


def test_the_summary_counts_the_sentences(client: FlaskClient) -> None:
    answer = label(client, article())

    kinds = [sentence.label or sentence.state for sentence in answer.sentences]
    assert answer.summary == {
        "sentences": len(kinds),
        **{kind: kinds.count(kind) for kind in (*LABEL_IDS, "none", "unsure")},
    }


def test_evidence_points_at_the_same_words_in_both_units(client: FlaskClient, labeler: Labeler) -> None:
    texts = ["😀 " + text for text in ARTICLE]
    by_id = {block["id"]: block["text"] for block in blocks(*texts)}
    expected = [
        texts[each.span.block][each.span.start : each.span.end]
        for sentence in labeler.label(texts).sentences
        for each in sentence.evidence
    ]

    in_code_points = evidence(label(client, article(texts, offsets="code-point")))
    in_utf16 = evidence(label(client, article(texts)))

    assert expected
    assert [by_id[each.block][each.start : each.end] for each in in_code_points] == expected
    assert [
        by_id[each.block].encode("utf-16-le")[2 * each.start : 2 * each.end].decode("utf-16-le")
        for each in in_utf16
    ] == expected


def test_offsets_are_utf16_unless_asked_otherwise_and_the_unit_is_named(client: FlaskClient) -> None:
    assert label(client, article()).offsets == "utf-16"
    assert label(client, article(offsets="utf-16")) == label(client, article())
    assert label(client, article(offsets="code-point")).offsets == "code-point"


@pytest.mark.parametrize("case", SENDABLE, ids=lambda case: case["name"])
def test_both_units_point_at_the_same_characters(client: FlaskClient, case: dict[str, Any]) -> None:
    # a sentence before and after, so that there is something to shift
    english = "He told the people of the town on Monday that this was what they should have been asked about"
    text = f"{english}: {case['text']} {english}. 😀 She agreed with him: {case['text']} {english}."
    in_utf16 = label(client, article([text])).sentences
    in_code_points = label(client, article([text], offsets="code-point")).sentences

    units = text.encode("utf-16-le")
    slices = [units[2 * each.start : 2 * each.end].decode("utf-16-le") for each in in_utf16]

    assert slices
    assert slices == [text[each.start : each.end] for each in in_code_points]


def test_the_service_and_the_labeler_agree(client: FlaskClient, labeler: Labeler) -> None:
    expected = labeler.label(ARTICLE).sentences
    answer = label(client, article(offsets="code-point")).sentences

    for theirs, ours in zip(answer, expected, strict=True):
        assert (theirs.start, theirs.end, theirs.label, theirs.state) == (
            ours.start,
            ours.end,
            ours.label,
            ours.state,
        )
        assert (theirs.scores, theirs.reason) == (ours.scores, ours.reason)
        assert (theirs.speaker is None) == (ours.speaker is None)
        if theirs.speaker and ours.speaker:
            assert (theirs.speaker.name, theirs.speaker.named) == (ours.speaker.name, ours.speaker.named)


def test_the_answer_names_the_model_that_labelled(client: FlaskClient, labeler: Labeler) -> None:
    model = label(client, article()).model
    assert (model.name, model.version, model.id) == (
        labeler.model.name,
        labeler.model.version,
        labeler.model.id,
    )


def test_unknown_fields_are_ignored(client: FlaskClient) -> None:
    later = {"blocks": [{**block, "kind": "paragraph"} for block in blocks(*ARTICLE)], "lang": "en"}
    assert label(client, msgspec.json.encode(later)) == label(client, article())


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0\u2003", "\ufeff"])
def test_a_block_of_white_space_is_fine_and_gives_no_sentences(client: FlaskClient, text: str) -> None:
    answer = label(client, article([text, "The mayor said so."]))
    if text.strip():
        # a byte order mark is no white space: it may be read as a sentence, and must not disturb the others
        assert answer.sentences[-1].block == "p1"
    else:
        assert [sentence.block for sentence in answer.sentences] == ["p1"]


def test_a_block_that_is_too_long_is_named_and_does_not_disturb_the_others(client: FlaskClient) -> None:
    longest = "It rained. " * 1818 + "It"
    assert len(longest) == 20_000

    answer = label(client, article(["The mayor said so.", longest + ".", longest, "He left."]))

    assert answer.skipped == [schemas.Skipped("p1", "too-long")]
    assert {sentence.block for sentence in answer.sentences} == {"p0", "p2", "p3"}


def test_a_block_that_is_not_english_is_named_and_does_not_disturb_the_others(client: FlaskClient) -> None:
    spanish = (
        "El tribunal rechazó el recurso de la empresa y ordenó pagar una multa de cuatro millones de euros."
    )

    answer = label(client, article(["The mayor said so.", spanish, "He left."]))

    assert answer.skipped == [schemas.Skipped("p1", "not-english")]
    assert {sentence.block for sentence in answer.sentences} == {"p0", "p2"}
    assert answer.summary["sentences"] == 2


def test_about_says_what_the_labels_mean_and_what_they_do_not(client: FlaskClient) -> None:
    about = msgspec.json.decode(client.get("/v1/about").data, type=schemas.AboutAnswer)

    assert about.product == "Sourcemark"
    assert not about.token_required
    assert about.labels == [
        schemas.Label(each.id, each.name, each.definition, each.caution) for each in LABELS
    ]
    assert about.offsets == ["utf-16", "code-point"]


def test_about_tells_the_limits(client: FlaskClient) -> None:
    assert client.get("/v1/about").json["limits"] == {
        "max_blocks": 1_000,
        "max_block_characters": 20_000,
        "max_characters": 200_000,
        "max_body_bytes": 1_048_576,
        "max_seconds": 15.0,
    }


def test_about_is_not_sent_again_to_a_client_that_has_it(client: FlaskClient) -> None:
    first = client.get("/v1/about")

    second = client.get("/v1/about", headers={"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 304
    assert second.data == b""
    assert client.get("/v1/about", headers={"If-None-Match": '"another"'}).status_code == 200


def test_an_answer_is_kept_by_nobody(client: FlaskClient) -> None:
    response = client.post("/v1/label", data=article(), headers=JSON)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
