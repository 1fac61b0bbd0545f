"""Every example runs, and shows what it says."""

import csv
from html.parser import HTMLParser
import json
import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

from api.wire import running, through_port
from sourcemark.labeler import Labeler
from sourcemark.labels import LABELS
from sourcemark.settings import Settings
from sourcemark.web.app import create_app

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SEEDS = [json.loads(line) for line in (ROOT / "seeds" / "articles.jsonl").read_text("utf-8").splitlines()]


def run(*command: str | Path) -> str:
    """Run an example to its end, and return what it prints."""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_example_is_listed_and_run_here() -> None:
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    for path in EXAMPLES.iterdir():
        if path.is_file() and path.suffix != ".md":
            assert f"]({path.name})" in listed
            assert f'"{path.name}"' in Path(__file__).read_text("utf-8")


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("sh")), reason="there is no curl here")
def test_the_session_with_curl(fast: Labeler, tmp_path: Path) -> None:
    with running(create_app(Settings(state_folder=str(tmp_path)), fast)) as server:
        said = run("sh", EXAMPLES / "session.sh", server.address)
    answers = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    running_, ready, about, labelled, empty, refused = answers
    assert (running_["status"], ready["status"]) == ("ok", "ready")
    assert about["model"]["id"] == labelled["model"]["id"] == fast.model.id
    assert labelled["summary"]["sentences"] == 2
    assert empty["type"].endswith(":no-blocks")
    assert refused["type"].endswith(":origin-not-allowed")
    assert said.count("\nsourcemark_sentences_total{") == 5


def test_the_archive_counts_the_seeds() -> None:
    lines = run(sys.executable, EXAMPLES / "archive.py").splitlines()
    counted = {line.split()[0]: int(line.split()[1]) for line in lines if line.startswith("seed-")}
    assert set(counted) == {each["id"] for each in SEEDS}
    assert lines[0].split() == [
        "article",
        "sentences",
        "official",
        "anonymous",
        "eyewitness",
        "none",
        "unsure",
    ]


def test_the_archive_counts_what_was_labelled_before(tmp_path: Path) -> None:
    (tmp_path / "sentences").mkdir()
    columns = ("number", "article", "label", "state", "speaker")
    with (tmp_path / "sentences" / "part-00000.csv").open("w", encoding="utf-8", newline="") as part:
        table = csv.writer(part)
        table.writerow(columns)
        table.writerows(
            [
                (0, "a", "official_statement", "labelled", "the ministry"),
                (0, "a", "", "none", ""),
                (1, "b", "", "unsure", ""),
            ]
        )
    (tmp_path / "sentences" / "part-00001.jsonl").write_text(
        json.dumps(dict(zip(columns, (2, "c", "anonymous_claim", "labelled", "a source"), strict=True))),
        "utf-8",
    )
    lines = run(sys.executable, EXAMPLES / "archive.py", tmp_path).splitlines()
    assert [line.split() for line in lines[1:4]] == [
        ["a", "2", "50%", "0%", "0%", "50%", "0%"],
        ["b", "1", "0%", "0%", "0%", "0%", "100%"],
        ["c", "1", "0%", "100%", "0%", "0%", "0%"],
    ]
    assert {tuple(line.split(maxsplit=1)) for line in lines[4:]} == {("1", "the ministry"), ("1", "a source")}


class Paragraphs(HTMLParser):
    """Collects the text of each paragraph, and of each mark in them, until the rule."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self._inside = ""
        self.feed(html.partition("<hr>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._inside = tag
        if tag == "p":
            self.paragraphs.append("")
        if tag == "mark":
            self.marks.append((dict(attrs)["class"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = "p" if tag == "mark" else ""

    def handle_data(self, data: str) -> None:
        if self._inside in {"p", "mark"}:
            self.paragraphs[-1] += data
        if self._inside == "mark":
            name, text = self.marks[-1]
            self.marks[-1] = name, text + data


def test_the_page_holds_the_article_word_for_word_with_the_labeler_s_marks(labeler: Labeler) -> None:
    article = SEEDS[0]
    html = run(sys.executable, EXAMPLES / "page.py", article["id"])
    page = Paragraphs(html)
    assert page.paragraphs == article["paragraphs"]
    expected = [
        (f"sourcemark-{each.label}", article["paragraphs"][each.block][each.start : each.end])
        for each in labeler.label(article["paragraphs"], article["title"]).sentences
        if each.label
    ]
    assert page.marks == expected
    # it runs nothing and fetches nothing
    assert not page.tags & {"script", "link", "img", "iframe"}
    assert all(label.definition in html for label in LABELS)


@pytest.mark.parametrize("destination", ["iframe", "document"])
def test_the_reading_room_is_neither_framed_nor_linked_to(
    fast: Labeler, tmp_path: Path, destination: str
) -> None:
    """As the README says: what a browser sends for a frame, and for a link, on another site's page."""
    asked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": destination}
    with running(create_app(Settings(state_folder=str(tmp_path)), fast)) as server:
        send = through_port(server)
        assert send("GET", "/", asked).problem() == "cross-site-request"
        assert "frame-ancestors 'none'" in send("GET", "/").headers["Content-Security-Policy"]
