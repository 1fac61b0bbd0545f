"""The reading room and the page about the labels come from this machine alone, and are honest."""

from collections.abc import Mapping
import dataclasses
from html import unescape
from html.parser import HTMLParser
import json
from pathlib import Path, PurePosixPath
import re
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
import pytest

from sourcemark import resources
from sourcemark.labeler import Labeler
from sourcemark.labels import LABELS
from sourcemark.settings import Settings
from sourcemark.web import pages
from sourcemark.web.app import create_app
from sourcemark.web.pages.about import in_words

FOLDER = Path(pages.__file__).parent
EXTENSION = resources.folder("extension")
FILES = [path.name for path in FOLDER.iterdir() if path.suffix in {".js", ".css"}]
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}

# a statement that loads a module, and a text that is an address of this service
IMPORTED = re.compile(r'(?:\bfrom|\bimport)\s*\(?\s*"([./][^"]+\.js)"')
FETCHED = re.compile(r'fetch\("(/[^"]+)"\)')
PAGES = ["/", "/about-these-labels", "/extension/report/report.html"]


class Tags(HTMLParser):
    """Collects every start tag with its attributes, and the ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.ids = {attributes["id"] for _, attributes in self.tags if "id" in attributes}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(params=PAGES)
def address(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(client: FlaskClient, address: str) -> Tags:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    return Tags(response.text)


def addresses(page: Tags, base: str) -> set[str]:
    """Return the addresses of what a page loads by itself."""
    return {
        urljoin(base, value)
        for tag, attributes in page.tags
        for value in (attributes.get("src"), attributes.get("href"))
        if value and tag in {"link", "script", "img"}
    }


def scripts_of_the_extension() -> set[str]:
    """Return the addresses of what the room puts into its page: the extension's own list."""
    listed = (EXTENSION / "background" / "activate.js").read_text()
    named = listed[listed.index("SCRIPTS = [") : listed.index("const VARIANTS")]
    return {f"/extension/{name}" for name in re.findall(r'"(content/[\w./-]+)"', named)}


def test_everything_that_a_page_needs_is_served_by_the_service(
    client: FlaskClient, page: Tags, address: str
) -> None:
    open_ones = addresses(page, address)
    assert open_ones
    for each in open_ones:
        assert client.get(each).status_code == 200


def test_modules_and_all_that_they_load_are_served_and_nothing_else_of_the_extension(
    client: FlaskClient,
) -> None:
    found: set[str] = set()
    waiting = scripts_of_the_extension()
    for each in PAGES:
        waiting |= addresses(Tags(client.get(each).text), each)
    while waiting:
        address = waiting.pop()
        found.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.mimetype == TYPES[PurePosixPath(address).suffix], address
        # content scripts are no modules, and load nothing
        if address.endswith(".js") and "/content/" not in address:
            loaded = {urljoin(address, each) for each in IMPORTED.findall(response.text)}
            waiting |= (loaded | set(FETCHED.findall(response.text))) - found - {"/examples"}

    for path in EXTENSION.rglob("*"):
        name = f"/extension/{path.relative_to(EXTENSION).as_posix()}"
        if path.is_file() and name not in PAGES:
            assert client.get(name).status_code == (200 if name in found else 404), name


def test_the_extension_s_files_are_served_as_they_are(client: FlaskClient) -> None:
    for name in ("content/text-map.js", "shared/exports.js", "report/report.css"):
        assert client.get(f"/extension/{name}").data == (EXTENSION / name).read_bytes()


def test_the_report_is_the_extension_s_but_for_what_starts_it(client: FlaskClient) -> None:
    served = client.get("/extension/report/report.html").text.splitlines()
    own = (EXTENSION / "report" / "report.html").read_text().splitlines()
    changed = [(one, other) for one, other in zip(served, own, strict=True) if one != other]
    assert [one.strip() for one, _ in changed] == ['<script type="module" src="/page/report.js"></script>']


@pytest.mark.parametrize("name", FILES)
def test_each_file_of_the_page_is_served_with_its_type(client: FlaskClient, name: str) -> None:
    response = client.get(f"/page/{name}")
    assert response.status_code == 200
    assert response.mimetype == TYPES[Path(name).suffix]
    assert response.data == (FOLDER / name).read_bytes()


@pytest.mark.parametrize(
    "name", ["index.html", "__init__.py", "about-these-labels.html", "..%2Fapp.py", ".."]
)
def test_nothing_else_of_the_folder_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/page/{name}").status_code == 404


def test_the_page_needs_nothing_that_its_policy_forbids(
    client: FlaskClient, page: Tags, address: str
) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    for tag, attributes in page.tags:
        assert tag != "style"
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".js")])
def test_text_is_never_read_as_html(name: str) -> None:
    script = (FOLDER / name).read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", script)
    # a page from a file is, in the one place that strips it
    assert ("DOMParser" in script) == (name == "html.js")


def test_scripts_only_ask_for_elements_that_the_page_has(client: FlaskClient) -> None:
    scripts = "".join((FOLDER / name).read_text() for name in ("room.js", "disagreements.js"))
    asked = re.findall(r'\belement\("([a-z-]+)", HTML', scripts)
    assert asked
    assert set(asked) <= Tags(client.get("/").text).ids


def test_the_room_names_only_texts_that_the_extension_has(client: FlaskClient) -> None:
    texts = json.loads((EXTENSION / "_locales" / "en" / "messages.json").read_text())
    room = client.get("/").text + "".join((FOLDER / name).read_text() for name in FILES)
    named = re.findall(r'data-text="(\w+)"|\btext\("(\w+)"|\btexts\.(\w+)\.', room)
    assert {name for names in named for name in names if name} <= set(texts)


BANNED = re.compile(
    r"\b(?:true|false|fake|reliable|suspicious|verified|correct|incorrect|trust\w*|score)\b", re.I
)


def test_the_room_gives_no_verdicts(client: FlaskClient) -> None:
    words = re.sub(r"<[^>]+>|<!--.*?-->", " ", client.get("/").text)
    assert BANNED.findall(words) == []


def words_about(manifest: Mapping[str, Any], labeler: Labeler) -> str:
    """Return what the page about the labels says where a model has this manifest."""
    model = dataclasses.replace(labeler.model, manifest=manifest)
    app = create_app(Settings(), dataclasses.replace(labeler, model=model))
    html = app.test_client().get("/about-these-labels").text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_labels_are_explained_with_the_running_model_s_figures(client: FlaskClient, labeler: Labeler) -> None:
    words = words_about(labeler.model.manifest, labeler)
    figures = labeler.model.manifest["metrics"]["dev"]
    assert f"{figures['sentences']:,} sentences of {figures['articles']:,} English news articles" in words
    assert labeler.model.id in words
    assert f"version {labeler.model.version}" in words
    for label in LABELS:
        assert f"{label.definition} {label.caution}" in words
        rates = figures["labels"][label.id]
        assert f"{in_words(rates['precision'])} {in_words(rates['recall'])} {rates['support']:,}" in words
    # a number with a sign after it says more than was measured
    assert "%" not in words


def test_what_was_not_measured_is_said_to_be_so(labeler: Labeler) -> None:
    bare = {name: labeler.model.manifest[name] for name in ("name", "version", "sha256", "thresholds")}
    words = words_about(bare, labeler)
    assert "This model comes without figures: how often it is right is not measured." in words
    assert " in 10" not in words
    halves = words_about(bare | {"metrics": {"dev": {"sentences": 10, "articles": 1}}}, labeler)
    assert "Official statement not measured not measured not measured" in halves
    assert "Who labelled the examples is not recorded" in words_about(bare | {"name": "mine"}, labeler)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "not measured"),
        (0.0, "fewer than 1 in 20"),
        (0.05, "about 1 in 20"),
        (0.1, "about 1 in 10"),
        (0.55, "about 6 in 10"),
        (0.904, "about 9 in 10"),
        (0.95, "about 19 in 20"),
        (1.0, "more than 19 in 20"),
    ],
)
def test_figures_are_said_as_a_person_says_them(share: float | None, words: str) -> None:
    assert in_words(share) == words


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
