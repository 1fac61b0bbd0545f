"""The report: what a reader prints, saves and hands on."""

import csv
import io
import json
from pathlib import Path

import pytest

from browser.browser import Browser
from browser.pages import Pages
from browser.popup import look, mark
from browser.report import PAGE, colours, counts, passages, report
from browser.seeds import PARAGRAPHS
from browser.service import Service
from sourcemark.labels import LABEL_IDS

ARTICLE = min(PARAGRAPHS)


@pytest.fixture(name="open_report")
def opened_report(browser: Browser, site: Pages, service: Service) -> Browser:
    """A browser that shows the report of a marked article."""
    browser.open(site.article(ARTICLE))
    mark(browser)
    report(browser)
    return browser


def test_report_shows_every_sentence_with_what_was_said_of_it(open_report: Browser, service: Service) -> None:
    shown = passages(open_report)
    assert {label: shown[label] for label in LABEL_IDS if label in shown} == service.labelled()
    assert counts(open_report) == {**service.counts(), "unchecked": 0}
    text = open_report.in_own_page(PAGE, "document.getElementById('text').textContent")
    assert all(sentence in text for texts in service.labelled().values() for sentence in texts)


def test_report_names_the_page_the_day_and_the_model(
    open_report: Browser, site: Pages, service: Service
) -> None:
    about = open_report.in_own_page(PAGE, "document.querySelector('.about').innerText")
    assert site.article(ARTICLE) in about
    assert str(open_report.in_own_page(PAGE, "new Date().getFullYear()")) in about
    assert service.model.id in about


def test_report_prints_in_black_and_white(open_report: Browser) -> None:
    printed = open_report.print_own_page(PAGE)
    assert colours(printed)
    assert [colour for colour in colours(printed) if len(set(colour)) > 1] == []


def test_report_can_be_saved_as_a_table_as_data_and_as_annotations(
    open_report: Browser, service: Service, tmp_path: Path
) -> None:
    files = {}
    for link in ("csv", "json", "annotations"):
        (tmp_path / link).mkdir()
        files[link] = open_report.download(PAGE, link, tmp_path / link)
    assert [file.suffix for file in files.values()] == [".csv", ".json", ".jsonld"]

    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text("utf-8-sig"), newline="")))
    data = json.loads(files["json"].read_text("utf-8"))
    labelled = service.labelled()
    for label, texts in labelled.items():
        assert [row["text"] for row in rows if row["label"] == label] == texts
        assert [each["text"] for each in data["sentences"] if each["label"] == label] == texts

    annotations = json.loads(files["annotations"].read_text("utf-8"))["items"]
    assert len(annotations) == sum(map(len, labelled.values()))


def test_annotations_point_at_the_very_words_of_the_page(
    browser: Browser, open_report: Browser, site: Pages, tmp_path: Path
) -> None:
    file = open_report.download(PAGE, "annotations", tmp_path)
    annotations = json.loads(file.read_text("utf-8"))["items"]
    page = browser.evaluate("document.body.textContent")
    for annotation in annotations:
        quote, position = annotation["target"]["selector"]
        assert " ".join(page[position["start"] : position["end"]].split()) == quote["exact"]


def test_report_is_forgotten_when_its_tab_is_closed(open_report: Browser, site: Pages) -> None:
    address = open_report.in_own_page(PAGE, "location.href")
    open_report.reload_own_page(PAGE)
    open_report.when_own_page(PAGE, "document.getElementById('report')?.hidden === false")
    open_report.close_own_page(PAGE)

    look(open_report)
    kept = """new Promise((resolve) => {
        const look = async () => {
            const names = Object.keys(await chrome.storage.session.get(null));
            if (!names.some((name) => name.startsWith("report-"))) { stop(); resolve([]); }
        };
        const stop = () => chrome.storage.session.onChanged.removeListener(look);
        chrome.storage.session.onChanged.addListener(look);
        look();
    })"""
    assert open_report.in_popup(kept) == []
    # a tab in front would close the popup
    open_report.in_popup(f"void chrome.tabs.create({{ url: {json.dumps(address)}, active: false }})")
    told = open_report.when_own_page(
        PAGE, "document.getElementById('gone')?.hidden === false && document.body.innerText"
    )
    assert "This report is gone" in told
    open_report.close_own_page(PAGE)
