"""What is wrong with a request is said plainly, with where it is, and the service goes on."""

import msgspec
import pytest

from api.wire import JSON, Reply, Send, article, blocks
from sourcemark.settings import Settings

LIMITS = Settings()


def post(send: Send, body: bytes) -> Reply:
    return send("POST", "/v1/label", JSON, body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[",
        b'{"blocks": [',
        b'{"blocks": 3',
        b"{'blocks': []}",
        b'{"blocks": [],}',
        b'{"blocks": []} and more',
        b'{"blocks": NaN}',
        b"blocks=1",
        b'\xef\xbb\xbf{"blocks": []}',
        '{"blocks": []}'.encode("utf-16"),
        b'{"blocks": [{"id": "p1", "text": "caf\xe9"}]}',
        b'{"blocks": [{"id": "p1", "text": "ok"}], "unknown": "caf\xe9"}',
        b'{"blocks": [{"id": "p1", "text": "\xed\xa0\xbd"}]}',
        b'{"blocks": [{"id": "p1", "text": "half an emoji: \\ud83d"}]}',
        b'{"blocks": [{"id": "p1", "text": "the other half: \\ude00"}]}',
        b'{"blocks": [{"id": "\\ud83d", "text": "in an id"}]}',
        b'{"blocks": [{"id": "p1", "text": "a line\nbreak"}]}',
        b"[" * 100_000,
        b'{"unknown": ' * 50_000 + b"1" + b"}" * 50_000,
    ],
    ids=lambda body: repr(body[:60]),
)
def test_malformed_json_is_called_malformed(send: Send, body: bytes) -> None:
    assert post(send, body).problem() == "malformed-json"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ("null", "#"),
        ("[]", "#"),
        ('"text"', "#"),
        ("{}", "#"),
        ('{"blocks": null}', "#/blocks"),
        ('{"blocks": "text"}', "#/blocks"),
        ('{"blocks": {}}', "#/blocks"),
        ('{"blocks": ["text"]}', "#/blocks/0"),
        ('{"blocks": [{"id": "p1", "text": "ok"}, {"id": "p2"}]}', "#/blocks/1"),
        ('{"blocks": [{"text": "no id"}]}', "#/blocks/0"),
        ('{"blocks": [{"id": "p1", "text": 3}]}', "#/blocks/0/text"),
        ('{"blocks": [{"id": "p1", "text": null}]}', "#/blocks/0/text"),
        ('{"blocks": [{"id": 1, "text": "a number"}]}', "#/blocks/0/id"),
        ('{"blocks": [{"id": "", "text": "empty"}]}', "#/blocks/0/id"),
        (f'{{"blocks": [{{"id": "{"x" * 101}", "text": "long"}}]}}', "#/blocks/0/id"),
        ('{"blocks": [], "title": 3}', "#/title"),
        ('{"blocks": [], "offsets": "utf-8"}', "#/offsets"),
        ('{"blocks": [], "offsets": null}', "#/offsets"),
    ],
)
def test_a_wrong_type_is_pointed_at(send: Send, body: str, pointer: str) -> None:
    reply = post(send, body.encode())

    assert reply.problem() == "invalid-request"
    assert reply.json["pointer"] == pointer


def test_an_article_without_blocks_is_refused(send: Send) -> None:
    assert post(send, article([])).problem() == "no-blocks"


def test_blocks_without_text_are_an_article_without_sentences(send: Send) -> None:
    reply = post(send, article(["", "  "]))

    assert reply.status == 200
    assert reply.json["sentences"] == []
    assert reply.json["summary"]["sentences"] == 0


def test_two_blocks_of_one_id_are_refused_and_the_second_is_pointed_at(send: Send) -> None:
    body = msgspec.json.encode({"blocks": [*blocks("one", "two"), {"id": "p0", "text": "three"}]})

    reply = post(send, body)

    assert reply.problem() == "duplicate-block-id"
    assert reply.json["pointer"] == "#/blocks/2/id"


def test_an_id_may_be_a_hundred_characters_of_any_kind(send: Send) -> None:
    name = "😀" * 100
    reply = post(send, msgspec.json.encode({"blocks": [{"id": name, "text": "It rained."}]}))
    assert [sentence["block"] for sentence in reply.json["sentences"]] == [name]


def test_a_thousand_blocks_are_read_and_one_more_is_refused(send: Send) -> None:
    assert post(send, article([""] * 1_000)).status == 200

    reply = post(send, article([""] * 1_001))

    assert reply.problem() == "too-many-blocks"
    assert reply.json["limit"] == 1_000


def test_two_hundred_thousand_characters_are_read_and_one_more_is_refused(send: Send) -> None:
    # white space, so that the test is about the limit and not about reading
    full = [" " * 20_000] * 10
    assert post(send, article(full)).status == 200

    for over in (article([*full, " "]), article(full, title="x")):
        reply = post(send, over)
        assert reply.problem() == "too-many-characters"
        assert reply.json["limit"] == 200_000


def test_characters_are_counted_and_not_bytes(send: Send) -> None:
    full = article(["\u2003" * 20_000] * 10)
    assert len(full) > 600_000
    assert post(send, full).status == 200


def test_a_body_of_a_mebibyte_is_read_and_one_byte_more_is_refused(send: Send) -> None:
    body = article()
    assert post(send, body.ljust(1_048_576)).status == 200

    reply = post(send, body.ljust(1_048_577))

    assert reply.problem() == "body-too-large"
    assert reply.json["limit"] == 1_048_576


def test_asking_where_an_article_should_be_sent_says_so(send: Send) -> None:
    reply = send("GET", "/v1/label")
    assert reply.problem() == "method-not-allowed"
    assert reply.headers["Allow"] == "POST"


def test_a_post_without_a_body_is_malformed(send: Send) -> None:
    assert send("POST", "/v1/label", JSON).problem() == "malformed-json"


def test_after_all_of_it_the_service_still_labels(send: Send) -> None:
    before = post(send, article()).body
    for body in (b"{", b"\xff", b"null", article([])):
        post(send, body)
    assert post(send, article()).body == before
