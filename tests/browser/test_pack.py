"""The facilitator's sheets on paper: A4 and Letter, one ink, large letters, and no row cut in two."""

from collections.abc import Iterator

import pytest

from api.wire import running
from browser import pdf
from browser.chromium import Chromium
from browser.report import colours
from sourcemark.labeler import Labeler
from sourcemark.labels import ANONYMOUS, EYEWITNESS, OFFICIAL
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.workshop import workshop_of
from sourcemark.workshop.planning import plan_of
from sourcemark.workshop.ready_made import read_ready_made
from sourcemark.workshop.slip import SLIP
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.store import Store

# only Chromium says in its PDF files which element stands on which page
pytestmark = pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)

PAPERS = {"A4": (596, 843), "Letter": (612, 792)}
ONE_PAGE = ["/guide", "/run-sheet-30", "/run-sheet-60", "/labels"]
OF_WORKSHOPS = [f"/{each.id}/{name}" for each in read_ready_made() for name in ("notes", "story", "answers")]
SHEETS = ["", *ONE_PAGE, *OF_WORKSHOPS]
# twelve to fifteen sentences with two rounds of boxes
MOST_PAGES = 4

each_paper = pytest.mark.parametrize("paper", PAPERS)


@pytest.fixture(scope="module")
def pack(fast: Labeler, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with a workshop on two articles that is at its end."""
    app = create_app(Settings(state_folder=str(tmp_path_factory.mktemp("state"))), fast)
    hold_workshop(workshop_of(app).store, fast)
    with running(app) as server:
        yield server.address


def hold_workshop(store: Store, labeler: Labeler) -> None:
    """Let five people answer every sentence twice, with notes and exit slips."""
    ready = read_ready_made()[-1]
    numbers = [sentence.candidate for sentence in ready.sentences]
    plan = plan_of(labeler, [each.article for each in ready.articles], numbers, title=ready.title)
    keys = store.open(plan)
    room = [store.join(keys.code) for _ in range(5)]
    for article in range(len(plan.articles)):
        for stage in (Stage.ALONE, Stage.SECOND):
            store.move(keys.facilitator, stage, article)
            for number, person in enumerate(room):
                for sentence in plan.of_article(article):
                    choices = (OFFICIAL, ANONYMOUS, EYEWITNESS)
                    store.answer(person, sentence.number, [choices[(number + sentence.number) % 3]])
    for sentence in plan.sentences[::3]:
        store.note(keys.facilitator, sentence.number, "The room would like to hear from the port as well.")
    store.move(keys.facilitator, Stage.EXIT, len(plan.articles) - 1)
    for person in room:
        store.hand_in(person, {question.id: next(iter(question.options)) for question in SLIP})


@pytest.fixture
def desk(browser: Chromium, pack: str) -> Chromium:
    """The browser at the facilitator's page."""
    browser.open(f"{pack}/workshop")
    browser.open(browser.evaluate("document.querySelector('a[href*=\"/workshop/f/\"]').href"))
    return browser


def check(printed: bytes, paper: str) -> None:
    """Assert what holds for every sheet."""
    assert {(round(width), round(height)) for width, height in pdf.pages(printed)} == {PAPERS[paper]}
    assert len(pdf.pages(printed)) <= MOST_PAGES
    assert [on for on in pdf.rows(printed) if len(on) > 1] == []
    assert min(pdf.letters(printed)) >= 12
    assert [colour for colour in colours(printed) if len(set(colour)) > 1] == []


@each_paper
def test_every_sheet_prints_whole_rows_in_grey_and_large_letters(
    browser: Chromium, pack: str, paper: str
) -> None:
    for sheet in SHEETS:
        browser.open(f"{pack}/workshop/pack{sheet}")
        printed = browser.print(paper)
        check(printed, paper)
        # a story has paragraphs, which may go over to the next page
        assert pdf.rows(printed) or sheet.endswith("/story") or sheet == "/labels"


@each_paper
@pytest.mark.parametrize("sheet", ONE_PAGE)
def test_what_is_read_at_a_glance_fits_one_page(browser: Chromium, pack: str, sheet: str, paper: str) -> None:
    browser.open(f"{pack}/workshop/pack{sheet}")
    assert len(pdf.pages(browser.print(paper))) == 1


@each_paper
@pytest.mark.parametrize("sheet", ["answers", "results"])
def test_the_running_workshops_sheets_print_like_the_others(desk: Chromium, sheet: str, paper: str) -> None:
    desk.send(f"form[action$='/running/{sheet}']")
    assert desk.evaluate("document.querySelector('h1').textContent").endswith("One fire, two stories")
    check(desk.print(paper), paper)


@each_paper
def test_a_row_that_may_be_cut_is_seen(browser: Chromium, pack: str, paper: str) -> None:
    browser.open(f"{pack}/workshop/pack/{read_ready_made()[-1].id}/answers")
    # without the rule, and with lines far apart, some of fifteen rows lie over an edge
    browser.evaluate(
        """(() => {
            const [sheet] = [...document.styleSheets].filter(({ href }) => href.endsWith("print.css"));
            const rule = "li, tr { break-inside: auto !important; line-height: 3 }";
            sheet.insertRule(rule, sheet.cssRules.length);
        })()"""
    )
    assert [on for on in pdf.rows(browser.print(paper)) if len(on) > 1]


def test_a_sheet_is_as_wide_as_a_telephone(browser: Chromium, pack: str) -> None:
    browser.resize(320, 640)
    for sheet in SHEETS:
        browser.open(f"{pack}/workshop/pack{sheet}")
        assert browser.evaluate("document.documentElement.scrollWidth") <= 320, sheet
