"""The digests of the inputs are those of their bytes on the disk, whether or not they could be read."""

import gzip
import hashlib
from pathlib import Path
import subprocess
import sys

import pyarrow
import pyarrow.parquet
import pytest

from archive.reading_inputs import PAGES, SEEDS
from archive.test_files import standard_input
from sourcemark.archive.inputs import Digests, InputDigest, InputError, digests_of, source_of


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def while_reading(*paths: str | Path) -> list[InputDigest]:
    digests = Digests()
    for _ in source_of(paths).items(digests):
        pass
    return digests.all()


@pytest.mark.parametrize(
    "name", ["news.jsonl", "news.jsonl.gz", "broken.jsonl.gz", "news.csv", "a.txt", "empty.txt"]
)
def test_a_file_is_digested_while_it_is_read_and_to_its_end(tmp_path: Path, name: str) -> None:
    content = {
        "news.jsonl": SEEDS.read_bytes(),
        "news.jsonl.gz": gzip.compress(SEEDS.read_bytes()),
        # what comes after the damage is never unpacked
        "broken.jsonl.gz": gzip.compress(SEEDS.read_bytes())[:9_000] + bytes(200_000),
        "news.csv": b'id,text\n1,One.\n2,"never closed' + b" word" * 50_000,
        "a.txt": b"word " * 2_000_000,
        "empty.txt": b"",
    }[name]
    path = tmp_path / name
    path.write_bytes(content)
    expected = [InputDigest(name, len(content), digest(content))]
    assert while_reading(path) == digests_of([path]) == expected


def test_a_parquet_file_is_digested_too(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": ["One."]}), path)
    content = path.read_bytes()
    assert while_reading(path, SEEDS)[0] == InputDigest("news.parquet", len(content), digest(content))


def test_a_folder_has_one_digest_as_sha256sum_would_make_it(tmp_path: Path) -> None:
    place = tmp_path / "pages"
    (place / "b").mkdir(parents=True)
    for page in PAGES:
        (place / "b" / page.name).write_bytes(page.read_bytes())
    (place / "a.txt").write_text("One.")
    (place / "c.txt").symlink_to(place / "nowhere")
    (place / "d").mkdir()
    # what is packed otherwise is rejected, but it was there
    (place / "d" / "e.txt").write_bytes(b"BZh9")
    names = ["a.txt", *(f"b/{page.name}" for page in PAGES), "d/e.txt"]
    listed = subprocess.run(["sha256sum", *names], cwd=place, capture_output=True, check=True).stdout
    size = sum((place / name).stat().st_size for name in names)
    assert while_reading(place) == digests_of([place]) == [InputDigest("pages", size, digest(listed))]


def test_standard_input_is_digested_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = SEEDS.read_bytes()
    with standard_input(SEEDS, monkeypatch):
        assert while_reading("-") == [InputDigest("stdin", len(content), digest(content))]
        assert not sys.stdin.closed
    with pytest.raises(InputError, match=r"^Standard input can be read only once"):
        digests_of(["-"])


def test_an_input_counts_when_it_was_read_to_its_end() -> None:
    digests = Digests()
    items = source_of([SEEDS]).items(digests)
    next(items)
    assert digests.all() == []
    for _ in items:
        pass
    assert [each.name for each in digests.all()] == ["articles.jsonl"]
