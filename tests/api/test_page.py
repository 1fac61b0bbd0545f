"""The page at `/` comes from this machine alone, and its examples are the articles that ship."""

from html.parser import HTMLParser
import json
from pathlib import Path
import re

from flask.testing import FlaskClient
import pytest

from sourcemark import resources
from sourcemark.web import pages

FOLDER = Path(pages.__file__).parent
FILES = [path.name for path in FOLDER.iterdir() if path.suffix in {".js", ".css", ".svg"}]
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Tags(HTMLParser):
    """Collects every start tag with its attributes, and the ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.ids = {attributes["id"] for _, attributes in self.tags if "id" in attributes}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture
def page(client: FlaskClient) -> Tags:
    response = client.get("/")
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    return Tags(response.text)


def test_everything_the_page_needs_is_served_by_the_service(client: FlaskClient, page: Tags) -> None:
    addresses = [
        address
        for tag, attributes in page.tags
        for address in (attributes.get("src"), attributes.get("href"))
        if address and tag in {"link", "script", "img"}
    ]

    assert addresses
    for address in addresses:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", FILES)
def test_each_file_of_the_page_is_served_with_its_type(client: FlaskClient, name: str) -> None:
    response = client.get(f"/page/{name}")
    assert response.status_code == 200
    assert response.mimetype == TYPES[Path(name).suffix]
    assert response.data == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", ["index.html", "__init__.py", "examples.py", "..%2Fapp.py", ".."])
def test_nothing_else_of_the_folder_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/page/{name}").status_code == 404


def test_the_page_needs_nothing_that_its_policy_forbids(client: FlaskClient, page: Tags) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    for tag, attributes in page.tags:
        assert tag != "style"
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".js")])
def test_text_is_never_read_as_html(name: str) -> None:
    script = (FOLDER / name).read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|DOMParser", script)


def test_scripts_only_ask_for_elements_that_the_page_has(page: Tags) -> None:
    asked = re.findall(r'\belement\("([a-z-]+)", HTML', (FOLDER / "page.js").read_text())
    assert asked
    assert set(asked) <= page.ids


def test_the_examples_are_the_articles_that_ship(client: FlaskClient) -> None:
    lines = (resources.folder("seeds") / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]

    listed = client.get("/examples").json["examples"]

    assert listed == [{"id": each["id"], "title": each["title"]} for each in articles]
    for each in articles:
        example = client.get(f"/examples/{each['id']}").json
        assert example == {key: each[key] for key in ("id", "title", "paragraphs")}


def test_an_installation_without_articles_offers_no_examples(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sourcemark.web.pages.examples.folder", lambda name: tmp_path)
    assert client.get("/examples").json == {"examples": []}
