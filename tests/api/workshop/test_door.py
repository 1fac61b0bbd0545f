"""The door to the room: opened on purpose, for the room's pages alone, closed with the workshop."""

from http.client import HTTPConnection
import re
import socket
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
import pytest

from api.wire import running
from api.workshop.browser import Browser
from api.workshop.evening import Evening
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.server import bind
from sourcemark.web.workshop import workshop_of
from sourcemark.workshop.store import Store

ROOM = "127.0.0.2"
ROOMS_OWN = {"/w", "/w/", "/workshop/p/", "/workshop/page/"}


def ask(address: str, path: str, host: str | None = None, method: str = "GET") -> tuple[int, str]:
    """Ask the door for a path, under another name if one is given."""
    netloc = urlsplit(address).netloc
    connection = HTTPConnection(netloc)
    try:
        connection.request(method, path, headers={"Host": host or netloc})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_the_door_is_closed_until_the_facilitator_opens_it(evening: Evening) -> None:
    evening.open()
    assert "The door is closed: only this computer reaches the workshop." in evening.desk().text
    port = urlsplit(evening.address).port
    with pytest.raises(ConnectionRefusedError):
        ask(f"http://{ROOM}:{port}", "/w")


def test_the_room_comes_in_by_the_port_of_the_service(evening: Evening) -> None:
    evening.open()
    assert urlsplit(evening.let_in()).port == urlsplit(evening.address).port
    assert ask(evening.workshop.door.address, "/")[0] == 302  # type: ignore[arg-type]


def test_no_other_route_of_the_service_is_behind_the_door(evening: Evening, app: Flask) -> None:
    evening.open()
    address = evening.let_in()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<[^>]+>", evening.keys.facilitator, rule.rule)
        if (
            rule.rule == "/"
            or any(rule.rule.startswith(own) for own in ROOMS_OWN if own != "/w")
            or path == "/w"
        ):
            continue
        for method in ("GET", "POST"):
            status, body = ask(address, path, method=method)
            assert status in {404, 405}, path
            assert evening.keys.code not in body
    assert ask(address, "/v1/about")[0] == 404
    assert ask(address, f"/workshop/f/{evening.keys.facilitator}")[0] == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "localhost", "127.0.0.3", "127.0.0.2.evil.example"]
)
def test_by_another_name_nobody_comes_in(evening: Evening, host: str) -> None:
    evening.open()
    address = evening.let_in()
    status, body = ask(address, "/w", f"{host}:{urlsplit(address).port}")
    assert status == 403
    assert "host-not-allowed" in body


def test_the_computers_own_name_is_answered_too(evening: Evening) -> None:
    evening.open()
    address = evening.let_in()
    assert ask(address, "/w", f"{socket.gethostname()}:{urlsplit(address).port}")[0] == 200


def test_the_service_itself_still_has_its_two_names_only(evening: Evening) -> None:
    evening.open()
    evening.let_in()
    assert ask(evening.address, "/workshop", ROOM)[0] == 403


def test_this_computer_is_no_second_device(evening: Evening) -> None:
    evening.open()
    address = evening.let_in()
    evening.join(address, ROOM)
    assert "No other device has come yet." in evening.desk().text
    evening.join(address, "127.0.0.7")
    assert "A second device reached this page." in evening.desk().text


def test_the_room_can_be_shut_out_and_let_in_again(evening: Evening) -> None:
    evening.open()
    address = evening.let_in()
    person = evening.join(address)
    evening.desk()
    evening.facilitator.send("/door", "Shut the room out")
    with pytest.raises(ConnectionRefusedError):
        person.again()
    evening.let_in()
    assert "You are in" in person.again().text


def test_the_door_closes_with_the_workshop(evening: Evening) -> None:
    evening.open()
    address = evening.let_in()
    evening.facilitator.follow("End and delete …")
    evening.facilitator.send("/end")
    with pytest.raises(ConnectionRefusedError):
        ask(address, "/w")


def test_the_door_closes_when_the_time_is_up(evening: Evening) -> None:
    evening.open()
    address = evening.let_in()
    ends = evening.workshop.state().ends
    evening.workshop.store = Store(evening.workshop.store.path, lambda: ends)
    evening.workshop.tidy()
    with pytest.raises(ConnectionRefusedError):
        ask(address, "/w")
    assert "No workshop here" in evening.facilitator.again().text


def test_a_port_that_is_taken_in_the_room_is_told_on_the_desk(evening: Evening) -> None:
    evening.open()
    port = urlsplit(evening.address).port
    assert port
    with bind(port, ROOM):
        evening.desk()
        page = evening.facilitator.send("/door", "Let the room in")
    assert page.status == 409
    assert f"Port {port} is in use" in page.text


def test_without_a_network_the_desk_says_what_to_do(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evening.workshop.door, "_address", None)
    monkeypatch.setattr("sourcemark.web.workshop.door.network_address", lambda: None)
    evening.open()
    evening.desk()
    page = evening.facilitator.send("/door", "Let the room in")
    assert page.status == 409
    assert "This computer is in no network at the moment" in page.text
    assert "Four ways to take part" in page.text


def test_with_lan_the_door_opens_together_with_the_workshop(fast: Labeler, tmp_path) -> None:  # type: ignore[no-untyped-def]
    app = create_app(Settings(state_folder=str(tmp_path), lan_address=ROOM, lan=True), fast)
    with running(app) as server:
        evening = Evening(server.address, workshop_of(app))
        assert workshop_of(app).door.address is None
        evening.open()
        assert f"http://{ROOM}:{server.port}/w" in evening.desk().text
        workshop_of(app).door.close()


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (FORM, 422),
        (FORM | {"Origin": "http://127.0.0.1:8377"}, 422),
        (FORM | {"Origin": "https://evil.example"}, 403),
        (FORM | {"Origin": "null"}, 403),
        (FORM | {"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Content-Type": "application/json"}, 415),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
    ],
)
def test_a_form_is_taken_from_its_own_page_alone(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    reply = client.post("/w", data=b"code=ABCDEF", headers=headers | {"Host": "127.0.0.1:8377"})
    assert reply.status_code == status


def test_the_api_takes_no_form(client: FlaskClient) -> None:
    assert client.post("/v1/label", data=b"a=b", headers=FORM).status_code == 415


def test_only_the_workshops_pages_may_send_forms(client: FlaskClient) -> None:
    assert "form-action 'self'" in client.get("/w").headers["Content-Security-Policy"]
    assert client.get("/w").headers["Referrer-Policy"] == "same-origin"
    assert "form-action 'none'" in client.get("/").headers["Content-Security-Policy"]
    assert client.get("/").headers["Referrer-Policy"] == "no-referrer"


def test_a_fault_is_a_page_for_a_person_and_a_problem_for_a_program(client: FlaskClient) -> None:
    assert client.get("/w/nothing", headers={"Accept": "text/html"}).mimetype == "text/html"
    assert client.get("/w/nothing").mimetype == "application/problem+json"


def test_a_browser_keeps_no_cookie(evening: Evening) -> None:
    evening.open()
    assert "Set-Cookie" not in evening.join().page.headers
    assert "Set-Cookie" not in Browser().open(evening.address).headers
