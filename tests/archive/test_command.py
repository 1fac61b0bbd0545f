"""`sourcemark archive`: what goes in comes out once, in every form, and what cannot be is said in words."""

import csv
from hashlib import sha256
import json
from pathlib import Path
import sys
from typing import Any

from click.testing import Result
from pyarrow import parquet
import pytest

from archive.archives import STATEMENT, archive, article, everything, manifest, run
from disks import KINDS, disk, read_only
from sourcemark.labeler import Labeler
from sourcemark.lock import exclusive


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return archive(tmp_path / "news.jsonl", 12, broken=(3, 7))


def said(result: Result) -> str:
    """Return the one sentence of a command that failed as it may fail."""
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("Error: ").removesuffix("\n")


def rows(out: Path, form: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in sorted((out / "sentences").iterdir()):
        assert part.suffix == f".{form}"
        if form == "parquet":
            found += parquet.read_table(part).to_pylist()
        elif form == "jsonl":
            found += map(json.loads, part.read_text("utf-8").splitlines())
        else:
            with part.open(encoding="utf-8", newline="") as file:
                found += csv.DictReader(file)
    return found


def test_what_goes_in_is_an_article_or_rejected(news: Path, fast: Labeler, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("--quiet", "--shard-articles", 5, "--keep", "outlet", news, out)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        f"10 articles with 40 sentences are in {out}; 2 items were rejected, see {out / 'rejected.jsonl'}.\n"
    )
    refused = [json.loads(line) for line in (out / "rejected.jsonl").read_text("utf-8").splitlines()]
    assert [(each["number"], each["where"], each["id"]) for each in refused] == [
        (3, "news.jsonl:4", None),
        (7, "news.jsonl:8", None),
    ]
    told = manifest(out)
    assert (told["format"], told["state"]) == (1, "done")
    assert told["model"] == {"name": "en", "version": fast.model.version, "id": fast.model.id}
    assert {"sourcemark", "python", "numpy", "pyarrow"} <= told["versions"].keys()
    assert (
        told["settings"].items()
        >= {
            "as": "parquet",
            "with_text": False,
            "shard_articles": 5,
            "keep": ["outlet"],
        }.items()
    )
    content = news.read_bytes()
    assert told["inputs"] == [
        {"name": "news.jsonl", "bytes": len(content), "sha256": sha256(content).hexdigest()}
    ]
    counts = told["counts"]
    assert (counts["items"], counts["articles"], counts["rejected"], counts["sentences"]) == (12, 10, 2, 40)
    assert counts["skipped_blocks"] == {"too-long": 0, "not-english": 0, "deadline": 0}
    found = rows(out, "parquet")
    for label in ("official_statement", "anonymous_claim", "eyewitness_quote"):
        assert counts[label] == sum(row["label"] == label for row in found)
    for state in ("none", "unsure"):
        assert counts[state] == sum(row["state"] == state for row in found)
    assert [(each["name"], each["items"], each["articles"], each["rejected"]) for each in told["shards"]] == [
        ("part-00000", 5, 4, 1),
        ("part-00001", 5, 4, 1),
        ("part-00002", 2, 2, 0),
    ]
    for each in told["shards"]:
        part = (out / "sentences" / f"{each['name']}.parquet").read_bytes()
        assert (each["bytes"], each["sha256"]) == (len(part), sha256(part).hexdigest())


def test_every_form_says_the_same(news: Path, tmp_path: Path) -> None:
    found = {}
    for form in ("parquet", "jsonl", "csv"):
        out = tmp_path / form
        assert run("--quiet", "--as", form, "--with-text", "--keep", "outlet", news, out).exit_code == 0
        found[form] = rows(out, form)
    columns = "number article block start end digest label state official_statement anonymous_claim"
    columns += " eyewitness_quote none speaker named evidence text outlet"
    assert {tuple(row) for form in found.values() for row in form} == {tuple(columns.split())}
    for one, other, cells in zip(*found.values(), strict=True):
        close = {
            name: pytest.approx(value) if isinstance(value, float) else value for name, value in one.items()
        }
        assert other == close
        named = {None: "", True: "true", False: "false"}[other["named"]]
        shown = other | {"evidence": json.loads(cells["evidence"]), "named": named}
        assert cells | {"evidence": shown["evidence"]} == {
            name: value if name == "evidence" else "" if value is None else str(value)
            for name, value in shown.items()
        }
    assert found["jsonl"][0]["text"] == STATEMENT
    assert found["jsonl"][0]["outlet"] == "outlet 0"


def test_text_is_written_only_where_it_is_asked_for(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("--quiet", "--as", "jsonl", news, out).exit_code == 0
    written = b"".join(everything(out).values())
    for words in ("dam would hold", "wall crack", "Rain fell"):
        assert words.encode() not in written


def test_it_reads_standard_input(tmp_path: Path) -> None:
    out = tmp_path / "out"
    lines = b"".join(json.dumps(article(number)).encode() + b"\n" for number in range(3))
    assert run("--quiet", "-", out, stdin=lines).exit_code == 0
    assert manifest(out)["counts"]["articles"] == 3


def test_lines_say_how_far_it_is_where_there_is_no_terminal(news: Path, tmp_path: Path) -> None:
    done = run(news, tmp_path / "out")
    assert done.exit_code == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("12 ")
    assert "articles in 1 shard, 2 rejected;" in line


def test_a_finished_archive_is_left_as_it_is(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run("--quiet", news, out)
    before = everything(out)
    again = run("--quiet", news, out)
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert everything(out) == before


def test_an_empty_archive_is_one_too(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(b"")
    out = tmp_path / "out"
    assert run("--quiet", "--input-kind", "jsonl", tmp_path / "news.jsonl", out).exit_code == 0
    assert manifest(out)["counts"]["items"] == 0


def test_a_folder_of_strange_files_is_labelled_as_far_as_it_can_be(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    (folder / "deep").mkdir(parents=True)
    (folder / "a-article.txt").write_text(f"{STATEMENT}\n\nRain fell.\n", "utf-8")
    (folder / "b-empty.txt").write_bytes(b"")
    (folder / "c-bytes.txt").write_bytes(b"\x81\x00\xfa" * 40)
    (folder / "d-huge.txt").write_bytes(b"It rained. " * 600_000)
    (folder / "e-german.txt").write_text("Der Damm wird halten, sagte das Ministerium gestern. " * 5, "utf-8")
    (folder / "f-nobody-may.txt").symlink_to(folder / "is not there.txt")
    (folder / "deep" / "g.html").write_text(
        f"<!doctype html><title>Dam</title><article><h1>Dam</h1>{f'<p>{STATEMENT}</p>' * 8}</article>",
        "utf-8",
    )
    assert run("--quiet", folder, out).exit_code == 0
    told = manifest(out)["counts"]
    assert told["items"] == 7 == told["articles"] + told["rejected"]
    refused = [json.loads(line) for line in (out / "rejected.jsonl").read_text("utf-8").splitlines()]
    assert {Path(each["where"]).name for each in refused} == {
        "b-empty.txt",
        "c-bytes.txt",
        "d-huge.txt",
        "f-nobody-may.txt",
    }
    assert told["skipped_blocks"]["not-english"] == 1
    assert told["official_statement"] >= 2


def test_another_model_or_other_settings_are_not_mixed_in(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("--quiet", news, out).exit_code == 0
    before = everything(out)
    other = said(run("--quiet", "--model", "careful", news, out))
    assert other.startswith(
        f"{out} holds an archive that was labelled with something else: the model (there en "
    )
    other = said(run("--quiet", "--with-text", "--shard-articles", 9, news, out))
    assert (
        "something else: shard_articles (there 500, here 9); with_text (there false, here true). Noth"
        in other
    )
    assert everything(out) == before


def test_a_newer_format_is_left_alone(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("--quiet", news, out).exit_code == 0
    for name in ("shards/part-00000.json", "manifest.json"):
        newer = json.loads((out / name).read_bytes()) | {"format": 2, "counts": "of another kind"}
        (out / name).write_text(json.dumps(newer))
        before = everything(out)
        assert said(run("--quiet", news, out)) == (
            f"{out / name} was written by a newer version of Sourcemark (format 2; this one knows 1). "
            "Nothing was changed: go on with that version, or choose another folder for OUT."
        )
        assert everything(out) == before


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": "one"}', b'{"format": 1}', b"\xff"])
def test_a_damaged_file_is_left_alone(content: bytes, news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("--quiet", news, out).exit_code == 0
    for name in ("shards/part-00000.json", "manifest.json"):
        (out / name).write_bytes(content)
        before = everything(out)
        assert f"{out / name} is damaged or something else." in said(run("--quiet", news, out))
        assert everything(out) == before


def test_a_folder_with_other_files_is_left_alone(news: Path, tmp_path: Path) -> None:
    assert said(run("--quiet", news, tmp_path)) == (
        f"{tmp_path} holds other files and no archive. Nothing was changed there: choose a new or empty "
        "folder for OUT."
    )
    assert list(tmp_path.iterdir()) == [news]
    assert "may not write" in said(run("--quiet", news, news))


def test_two_runs_do_not_share_a_folder(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with exclusive(out / ".lock") as had:
        assert had
        assert said(run("--quiet", news, out)) == (
            f"Another run is writing to {out}. Wait for it, or choose another folder for OUT."
        )
    assert run("--quiet", news, out).exit_code == 0


def test_what_is_written_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    out = tmp_path / "in" / "labels"
    assert said(run("--quiet", tmp_path / "in", out)) == (
        f"{out} lies in {tmp_path / 'in'}, which is to be read. Choose a folder for OUT outside of it."
    )
    assert not out.exists()


@pytest.mark.parametrize("name", ["number", "label", "text"])
def test_a_column_whose_name_is_taken_is_not_kept(name: str, news: Path, tmp_path: Path) -> None:
    assert said(run("--quiet", "--keep", name, news, tmp_path / "out")) == (
        f"The column “{name}” cannot be kept, because the output has one of that name already. Rename it in "
        "the input."
    )


def test_a_cluster_and_its_scheduler_are_named_together(news: Path, tmp_path: Path) -> None:
    for given in (("--backend", "dask"), ("--scheduler", "tcp://127.0.0.1:1")):
        result = run(*given, news, tmp_path / "out")
        assert result.exit_code == 2
        assert "--backend dask and --scheduler go together." in result.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_told_of_and_what_is_done_is_kept(kind: str, tmp_path: Path) -> None:
    news = archive(tmp_path / "news.jsonl", 12)
    with disk(kind, tmp_path / "disk") as full:
        out = tmp_path / "disk" / "out"
        assert run("--quiet", "--shard-articles", 5, news, out).exit_code == 0
        before = everything(out)
        # as if it had been stopped before these were written
        for path in (*out.rglob("part-00001.*"), *out.rglob("part-00002.*")):
            path.unlink()
        with full(tmp_path / "disk"):
            words = said(run("--quiet", "--shard-articles", 5, news, out))
            assert "could not be written, because its disk is full or failing (" in words
            assert words.endswith("Make room there and give the same command again to go on.")
        assert run("--quiet", "--shard-articles", 5, news, out).exit_code == 0
        assert everything(out) == before


def test_a_folder_that_may_only_be_read_is_named(news: Path, tmp_path: Path) -> None:
    with read_only(tmp_path / "disk"):
        assert "Give this user account the right to write there" in said(
            run("--quiet", news, tmp_path / "disk" / "out")
        )


@pytest.mark.parametrize(
    ("missing", "arguments", "words"),
    [
        ("pyarrow", (), "Parquet needs pyarrow, which is not installed: pip install 'sourcemark[archive]'."),
        (
            "dask",
            ("--as", "jsonl", "--backend", "dask", "--scheduler", "tcp://127.0.0.1:1"),
            "A Dask cluster needs what `pip install 'sourcemark[cluster]'` installs,",
        ),
    ],
)
def test_what_is_not_installed_is_named(
    missing: str,
    arguments: tuple[str, ...],
    words: str,
    news: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert said(run("--quiet", *arguments, news, tmp_path / "out")).startswith(words)
