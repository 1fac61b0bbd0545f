"""What a report cannot be made of is told in a sentence, and nothing is written."""

from collections.abc import Callable
import json
from pathlib import Path
import subprocess
import sys

from click.testing import CliRunner, Result
import pytest

from archive.labelled import Row, write, write_part
from sourcemark.archive.report import findings
from sourcemark.cli import main

KEEP = ["outlet", "published"]


@pytest.fixture
def out(articles: list[list[Row]], tmp_path: Path) -> Path:
    """An archive of its own for each test."""
    return write(tmp_path / "out", [articles[:5], articles[5:10]], KEEP)


def report(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def check(result: Result, out: Path, *said: str) -> None:
    """Fail unless it was said in a sentence, and nothing was written."""
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    for words in said:
        assert words in result.output
    assert not (out / "report").exists()


def change(out: Path, **fields: object) -> None:
    path = out / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_it_says_where_the_page_is(out: Path) -> None:
    result = report(out, "--by", "outlet", "--time", "published")
    assert result.exit_code == 0
    assert f"Wrote {out / 'report' / 'index.html'}: " in result.output
    assert "of 10 articles" in result.output


def test_no_folder_and_no_manifest(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere", tmp_path):
        check(report(place), place, "no manifest.json", "sourcemark archive IN OUT")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": 1}', '{"format": "1"}', '{"format": 1, "state": "done"}']
)
def test_damaged_manifest(out: Path, content: str) -> None:
    (out / "manifest.json").write_text(content)
    check(report(out), out, "manifest.json is damaged")


def test_another_format(out: Path) -> None:
    change(out, format=2, state=7)
    check(report(out), out, "format 2", "reads format 1")


def test_unknown_kind_of_file(out: Path) -> None:
    change(out, settings={"as": "../../etc", "keep": []})
    check(report(out), out, "kind of file that is not known")


@pytest.mark.parametrize("option", ["--by", "--time"])
def test_a_column_that_was_not_kept(out: Path, option: str) -> None:
    check(report(out, option, "section"), out, "“section”", "outlet, published", "--keep section")


def test_no_readable_date(out: Path) -> None:
    check(report(out, "--time", "outlet"), out, "No date can be read in the column “outlet”", "2024-03-01")


def test_a_missing_part(out: Path) -> None:
    (out / "sentences" / "part-00001.parquet").unlink()
    check(report(out), out, "part-00001.parquet is missing", "1 of 2")


def test_too_many_groups(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_GROUPS", 3)
    check(report(out, "--by", "published"), out, "more than 3 different values", "--by")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xff\xfe" * 500)


def _words_for_numbers(path: Path) -> None:
    path.write_text(path.read_text().replace("0.", "zero", 5))


def _no_state(path: Path) -> None:
    path.write_text(path.read_text().replace('"state"', '"condition"'))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("ending", "damage"),
    [
        ("parquet", _cut),
        ("parquet", _garbage),
        ("parquet", _empty),
        ("jsonl", _cut),
        ("jsonl", _garbage),
        ("jsonl", _no_state),
        ("csv", _garbage),
        ("csv", _words_for_numbers),
        ("csv", _no_state),
    ],
)
def test_a_damaged_part(
    articles: list[list[Row]], tmp_path: Path, ending: str, damage: Callable[[Path], None]
) -> None:
    out = write(tmp_path / "out", [articles[:5], articles[5:10]], KEEP, ending)
    damage(out / "sentences" / f"part-00001.{ending}")
    check(report(out), out, f"part-00001.{ending} is damaged", "Delete it and run the same")


def test_a_label_of_a_later_version(articles: list[list[Row]], out: Path) -> None:
    rows = [row | {"label": "hearsay"} for row in articles[0]]
    write_part(out / "sentences" / "part-00001.parquet", rows, KEEP)
    check(report(out), out, "a label that this version of Sourcemark does not know")


def test_nowhere_to_write(out: Path) -> None:
    (out / "report").write_text("a person's own file")
    result = report(out)
    assert result.exit_code == 1
    assert "cannot be read or written" in result.output
    assert (out / "report").read_text() == "a person's own file"


def test_what_a_report_needs_is_asked_for_where_it_is_missing_and_not_before() -> None:
    script = (
        "import sys; sys.modules |= dict.fromkeys(['pyarrow', 'matplotlib'])\n"
        "from sourcemark.cli import main; main(['report', '.'])"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ended.returncode == 1
    assert "pip install 'sourcemark[archive]'" in ended.stderr
    assert "Traceback" not in ended.stderr
