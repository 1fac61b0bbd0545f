"""The report on a labelled archive: what it says is what is in the archive, to eyes and to programs."""

from collections import Counter
import csv
from pathlib import Path
import re
from typing import Any

import pytest

from archive.conftest import OUTLETS
from archive.labelled import Row, write
from sourcemark.archive.report import sentences
from sourcemark.archive.report.page import TABLES, write_report
from sourcemark.labels import ANONYMOUS, LABEL_IDS, LABELS
from sourcemark.model.confusion import SHOWN

KEEP = ["outlet", "published"]


@pytest.fixture(scope="module")
def report(archive: Path) -> Path:
    """The folder of a report with everything in it."""
    return write_report(archive, "outlet", "published").page.parent


@pytest.fixture(scope="module")
def page(report: Path) -> str:
    return (report / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(articles: list[list[Row]]) -> list[Row]:
    """All sentences of the archive."""
    return [row for article in articles for row in article]


def table(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counts(rows: list[Row]) -> dict[str, int]:
    found = Counter(row["label"] or row["state"] for row in rows)
    return {name: found[name] for name in SHOWN}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def words(page: str) -> str:
    """Return the text of a page on one line."""
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL).split())


def test_there_is_a_page_and_a_table_for_everything_it_draws(report: Path, page: str) -> None:
    assert sorted(path.name for path in report.iterdir()) == sorted(["index.html", *TABLES])
    for name in TABLES:
        assert f'href="{name}"' in page
    assert len(page) < 800_000


def test_the_whole_is_counted(report: Path, rows: list[Row], articles: list[list[Row]]) -> None:
    (row,) = table(report / "shown.csv")
    assert {name: int(row[name]) for name in SHOWN} == counts(rows)
    assert (int(row["articles"]), int(row["sentences"])) == (len(articles), len(rows))
    for name in SHOWN:
        low, share, high = (float(row[f"{name}{end}"]) for end in ("_low", "_share", "_high"))
        assert share == pytest.approx(int(row[name]) / len(rows), abs=1e-6)
        assert low < share < high


@pytest.mark.parametrize(("name", "column", "length"), [("groups", "outlet", None), ("time", "published", 7)])
def test_groups_and_months_are_counted(
    report: Path, rows: list[Row], name: str, column: str, length: int | None
) -> None:
    found = table(report / f"{name}.csv")
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        by_key.setdefault(row[column][:length], []).append(row)
    first = next(iter(found[0]))
    assert {row[first]: {name: int(row[name]) for name in SHOWN} for row in found} == {
        key: counts(own) for key, own in by_key.items()
    }


def test_the_largest_groups_come_first_and_the_rest_together(report: Path, page: str) -> None:
    sizes = [int(row["sentences"]) for row in table(report / "groups.csv")]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == len(OUTLETS)
    assert f"the other {len(OUTLETS) - 20} together" in words(page)
    assert "largest 20 are shown by themselves" in words(page)


def test_speakers_are_counted(report: Path, rows: list[Row]) -> None:
    named = Counter(row["speaker"] for row in rows if row["label"] and row["named"])
    found = table(report / "speakers.csv")
    assert {row["speaker"]: int(row["sentences"]) for row in found} == named
    first = found[0]
    own = [row for row in rows if row["label"] and row["speaker"] == first["speaker"]]
    assert int(first["articles"]) == len({row["number"] for row in own})
    assert [int(first[label]) for label in LABEL_IDS] == [counts(own)[label] for label in LABEL_IDS]


def test_the_page_says_what_it_was_made_from(page: str, rows: list[Row], articles: list[list[Row]]) -> None:
    text = words(page)
    for said in (
        f"Items in the input {len(articles) + 3}",
        "Rejected 3",
        f"Sentences {len(rows):,}",
        "Blocks not read 15",
        "model en, version 1.0.0 (16a1ef9f200a)",
        "news.jsonl.gz",
        "Official statement 96.3 % 94.8 to 97.4 % 863",
        "Of all marks 91.0 % were right (88.2 to 93.8 %",
        "not in English 14",
    ):
        assert said in text


def test_the_page_says_what_labels_and_intervals_do_not(page: str) -> None:
    text = words(page)
    for label in LABELS:
        assert f"{label.definition} {label.caution}" in text.replace("&#39;", "'")
    assert "A label says who speaks, not whether it is true." in text
    assert "know nothing of the program’s own errors" in text
    assert "Names are joined as they are written" in text
    assert not re.search(r"credib|trustworth|reliab|biased|fake", text)


def test_the_page_needs_nothing_from_elsewhere(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\((?!#)| on\w+=", page)
    assert set(re.findall(r'(?<!xmlns=)(?<!xlink=)"https?://[^"]*"', page)) == set()


def test_every_plot_has_a_name_a_description_and_a_table(page: str) -> None:
    plots = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(plots) == 5
    for plot in plots:
        named = re.match(
            r'<svg [^>]*role="img" aria-labelledby="([\w-]+)" aria-describedby="([\w-]+)">', plot
        )
        assert named is not None
        assert len(re.search(rf'<title id="{named[1]}">([^<]+)</title>', plot)[1]) > 20
        assert len(re.search(rf'<desc id="{named[2]}">([^<]+)</desc>', plot)[1]) > 40
    assert page.count("<details>") == len(plots)
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:url\(#|href="#)([^")]*)', page)) <= set(ids)


def test_labels_differ_without_colours(page: str) -> None:
    plots = dict(re.findall(r'<title id="(\w+)-title">.*?</title>(.*?)</svg>', page, re.DOTALL))
    for name in ("shown", "speakers"):
        assert len(set(re.findall(r"fill: url\(#([\w-]+)\)", plots[name]))) >= 2, "bars have hatches"
    # solid, dashed and dotted, as on the page of a reader
    lines = re.findall(r'style="fill: none([^"]*); stroke-width: 1.4', plots["time"])
    dashes = {re.sub(r"stroke(?:-linecap)?: [#\w]+", "", line) for line in lines}
    assert len(dashes) == len(LABELS)


def test_names_are_text_whatever_signs_they_have(page: str) -> None:
    assert "<b>Moor</b>" not in page
    assert "<bdi>The $tar_x &amp; &lt;b&gt;Moor&lt;/b&gt;</bdi>" in page
    assert "The $tar_x &amp; &lt;b&gt;Moor&lt;/b&gt;</text>" in page


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_every_kind_of_output_gives_the_same_report(
    report: Path, articles: list[list[Row]], tmp_path: Path, ending: str
) -> None:
    # and so does another number of parts
    archive = write(tmp_path / "out", [articles[:10], articles[10:400]], KEEP, ending)
    again = write_report(archive, "outlet", "published").page.parent
    assert bytes_of(again) == bytes_of(report)


@pytest.mark.parametrize("ending", ["parquet", "jsonl", "csv"])
def test_large_files_are_read_in_pieces_and_no_article_is_cut(
    articles: list[list[Row]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(sentences, "_BATCH", 97)
    monkeypatch.setattr(sentences, "_BYTES", 1 << 16)
    archive = write(tmp_path / "out", [articles[:60], [], articles[60:200]], ending=ending)
    parts = sorted((archive / "sentences").iterdir())
    tables = list(sentences.sentence_tables(parts, []))
    assert len(tables) > 5
    numbers = [set(table["number"].to_pylist()) for table in tables]
    assert sum(map(len, numbers)) == len(set().union(*numbers)) == 200
    assert sum(table.num_rows for table in tables) == sum(map(len, articles[:200]))


def test_the_same_archive_gives_the_same_bytes_whatever_the_machine_prefers(
    archive: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import matplotlib

    before = bytes_of(report)
    monkeypatch.setitem(matplotlib.rcParams, "font.size", 30)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert write_report(archive, "outlet", "published").page.parent == report
    assert bytes_of(report) == before
    assert not re.search(rb"Matplotlib v|dc:date|" + str(archive).encode(), before["index.html"])


def test_a_report_without_columns_leaves_no_table_of_an_earlier_one(
    articles: list[list[Row]], tmp_path: Path
) -> None:
    archive = write(tmp_path / "out", [articles[:20]], KEEP)
    write_report(archive, "outlet", "published")
    own = archive / "report" / "notes.txt"
    own.write_text("a person's own")
    page = write_report(archive).page
    assert {path.name for path in page.parent.iterdir()} == {
        "index.html", "shown.csv", "speakers.csv", "unread.csv", "likeness.csv", "notes.txt"
    }  # fmt: skip
    assert "Over time" not in page.read_text(encoding="utf-8")


def test_an_archive_that_is_not_finished_is_reported_as_far_as_it_is(
    articles: list[list[Row]], tmp_path: Path
) -> None:
    running = {"state": "running", "shards": [], "counts": {}}
    archive = write(tmp_path / "out", [articles[:20], articles[20:30]], KEEP, changes=running)
    (archive / "sentences" / "part-00002.parquet.writing").write_bytes(b"half a file")
    written = write_report(archive, "outlet", "published")
    assert (written.articles, written.done) == (30, False)
    text = words(written.page.read_text(encoding="utf-8"))
    assert "This archive is not finished" in text
    assert "2 finished parts of it" in text
    assert "Rejected" not in text


@pytest.mark.parametrize("state", ["running", "done"])
@pytest.mark.parametrize("ending", ["parquet", "jsonl", "csv"])
def test_an_archive_without_a_sentence_has_a_report_that_says_so(
    tmp_path: Path, state: str, ending: str
) -> None:
    shards = [[]] if state == "done" else []
    archive = write(tmp_path / "out", shards, KEEP, ending, changes={"state": state})
    written = write_report(archive, "outlet", "published")
    assert written.sentences == 0
    assert "There is no sentence in this archive yet" in words(written.page.read_text(encoding="utf-8"))


def test_one_sentence_is_enough(articles: list[list[Row]], tmp_path: Path) -> None:
    one = next(row for row in articles[0] if row["label"])
    written = write_report(write(tmp_path / "out", [[[one]]], KEEP), "outlet", "published")
    assert (written.sentences, written.unlike) == (1, False)


def test_what_is_missing_in_a_column_is_told(articles: list[list[Row]], tmp_path: Path) -> None:
    without = [
        [row | {"outlet": None, "published": "long ago"} for row in article] for article in articles[:5]
    ]
    archive = write(tmp_path / "out", [[*without, *articles[5:40]]], KEEP)
    text = words(write_report(archive, "outlet", "published").page.read_text(encoding="utf-8"))
    assert "Not drawn: 5 articles whose date cannot be read" in text
    assert "(no value)" in text
    assert table(archive / "report" / "time.csv")[-1]["month"] == "(no date)"


def test_cells_are_no_formulas_and_names_keep_to_one_line(articles: list[list[Row]], tmp_path: Path) -> None:
    name = "=HYPERLINK(1)\u202e\n" + "x" * 300
    strange = [
        row | {"speaker": name, "named": True, "outlet": name, "label": ANONYMOUS} for row in articles[0]
    ]
    archive = write(tmp_path / "out", [[strange]], KEEP)
    page = write_report(archive, "outlet").page.read_text(encoding="utf-8")
    assert "\u202e" not in page
    assert "x" * 81 not in page
    for name in ("groups", "speakers"):
        assert next(iter(table(archive / "report" / f"{name}.csv")[0].values())).startswith("'=HYPERLINK")


def test_letters_that_the_font_has_not_are_no_trouble(articles: list[list[Row]], tmp_path: Path) -> None:
    strange = [row | {"outlet": "朝日新聞 हिन्दी 🗞"} for row in articles[0]]
    page = write_report(write(tmp_path / "out", [[strange]], KEEP), "outlet").page
    assert "朝日新聞 हिन्दी 🗞" in page.read_text(encoding="utf-8")
