"""CSV and Parquet: chosen columns, one article a row, and a broken row costs only itself."""

import csv
from datetime import date, datetime
import io
from pathlib import Path
from typing import Any

from hypothesis import given, strategies
import pyarrow
import pyarrow.parquet
import pytest

from archive.reading_inputs import articles, blocks_by_id, only_articles, read, reasons, texts
from sourcemark.archive.inputs import LARGEST_ITEM, InputError, ReaderOptions, source_of
from sourcemark.archive.items import ArchiveArticle, Rejected

BROKEN = "The row is broken: a quotation mark is not closed, or stands inside a field."


def table(**columns: Any) -> pyarrow.Table:
    return pyarrow.table(columns)


def stored(place: Path, content: pyarrow.Table) -> Path:
    path = place / "news.parquet"
    pyarrow.parquet.write_table(content, path, row_group_size=4)
    return path


def csv_file(place: Path, content: str, name: str = "news.csv", encoding: str = "utf-8") -> Path:
    path = place / name
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [
        ("news.csv", None, "utf-8"),
        ("news.csv", ";", "utf-8-sig"),
        ("news.tsv", None, "utf-8"),
        ("news.csv", "\t", "utf-16"),
    ],
)
def test_articles_in_csv_are_those_that_were_written(
    tmp_path: Path, name: str, delimiter: str | None, encoding: str
) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter or ("\t" if name == "news.tsv" else ","))
    writer.writerow(["outlet", "id", "title", "text"])
    for article in articles():
        writer.writerow([article["outlet"], article["id"], article["title"], texts()[article["id"]]])
    path = csv_file(tmp_path, file.getvalue(), name, encoding)
    found = read(path, delimiter=delimiter, keep=("outlet",), encoding=encoding.removesuffix("-sig"))
    assert blocks_by_id(found) == {each["id"]: each["paragraphs"] for each in articles()}
    assert [each.kept["outlet"] for each in only_articles(found)] == [each["outlet"] for each in articles()]
    assert only_articles(found)[0].where == f"{name}:2"


def test_a_broken_row_costs_only_itself(tmp_path: Path) -> None:
    content = (
        'id,text\n1,"One,\nand ""more""."\n2,"open\n3,Three.\n\n4,"Four."\n5,Five.,more\n6\n'
        '7,"Sev"en\n8,Eight.\n9,"never closed\n10,Ten.'
    )
    found = read(csv_file(tmp_path, content))
    assert reasons(found) == [
        None,
        BROKEN,
        None,
        None,
        "The row has 3 fields where the header has 2.",
        "The row has 1 fields where the header has 2.",
        BROKEN,
        None,
        BROKEN,
        None,
    ]
    assert [each.where.partition(":")[2] for each in found] == "2 4 5 7 8 9 10 11 12 13".split()
    assert [each.id for each in found if isinstance(each, ArchiveArticle)] == ["1", "3", "4", "8", "10"]


def test_a_row_that_is_too_large_costs_only_itself(tmp_path: Path) -> None:
    long = "x" * 1_000_000
    many = "\n".join(["x" * 99_999] * 60)
    content = f'id,text\n1,{long}\n2,{"x" * (LARGEST_ITEM + 9)}\n3,Three.\n4,"{many}"\n5,Five.\n'
    found = read(csv_file(tmp_path, content))
    articles_found = [each.id for each in found if isinstance(each, ArchiveArticle)]
    assert articles_found == ["1", "3", "5"]
    assert reasons(found)[1] == reasons(found)[3] == "It is larger than 5 MB; what is larger is not read."


def test_bytes_in_another_encoding_cost_only_their_row(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_bytes("id,text\n1,Café\n2,Two.\n".encode("cp1252"))
    assert reasons(read(path)) == ["The row is not text in the encoding that was told.", None]
    assert blocks_by_id(read(path, encoding="cp1252")) == {"1": ["Café"], "2": ["Two."]}


def test_a_file_that_turns_out_to_be_in_another_encoding_is_rejected_from_there(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_bytes(("id,text\n" + "1,One.\n" * 9_000).encode("utf-16-le") + b"\x00\xd8" * 3)
    found = reasons(read(path, encoding="utf-16-le"))
    assert found[-1] == "From here on it is not text in the encoding that was told."
    assert len(found) > 1_000 and not any(found[:-1])


ROWS = strategies.lists(strategies.text(alphabet='a"\n\r,;é\x00 ', max_size=8), max_size=8)


@given(ROWS)
def test_any_csv_is_read_to_its_end(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text("id,text\n" + "\n".join([*lines, "last,Last."]), encoding="utf-8", newline="")
    found = read(path)
    assert found
    places = [int(each.where.partition(":")[2]) for each in found]
    assert places == sorted(set(places))
    if not any('"' in line for line in lines):
        assert [each.id for each in found][-1] == "last"


def test_articles_in_parquet_are_those_that_were_written(tmp_path: Path) -> None:
    path = stored(
        tmp_path,
        table(
            id=[each["id"] for each in articles()],
            paragraphs=[each["paragraphs"] for each in articles()],
            outlet=pyarrow.array([each["outlet"] for each in articles()]).dictionary_encode(),
            sentences=[len(each["sentences"]) for each in articles()],
        ),
    )
    found = read(path, keep=("sentences", "outlet"))
    assert blocks_by_id(found) == {each["id"]: each["paragraphs"] for each in articles()}
    assert [each.kept for each in only_articles(found)] == [
        {"sentences": str(len(each["sentences"])), "outlet": each["outlet"]} for each in articles()
    ]
    path = stored(tmp_path, table(key=range(11), body=list(texts().values())))
    found = read(path, id_column="key", text_column="body")
    assert blocks_by_id(found) == {str(n): each["paragraphs"] for n, each in enumerate(articles())}


def test_what_lacks_in_a_parquet_row_is_said(tmp_path: Path) -> None:
    path = stored(
        tmp_path,
        table(
            id=["a", None, "c", "d"],
            text=["One.", "Two.", None, "x" * (LARGEST_ITEM + 1)],
            title=["Dam", None, None, None],
            day=[date(2020, 2, 1), None, None, None],
            hour=[datetime(2020, 2, 1, 6, 30), None, None, None],
            weight=[0.5, None, None, None],
        ),
    )
    one, two, three, four = read(path, keep=("day", "hour", "weight"))
    assert isinstance(one, ArchiveArticle) and isinstance(two, ArchiveArticle)
    assert one.kept == {"day": "2020-02-01", "hour": "2020-02-01 06:30:00.000000", "weight": "0.5"}
    assert (two.id, two.article.title, set(two.kept.values())) == ("news.parquet:2", None, {None})
    assert three == Rejected("news.parquet:3", "c", "It has no text.")
    assert four == Rejected("news.parquet:4", None, "It is larger than 5 MB; what is larger is not read.")


def test_paragraphs_with_a_gap_and_text_that_is_none_are_rejected(tmp_path: Path) -> None:
    assert reasons(read(stored(tmp_path, table(paragraphs=[["One.", None], ["Two."]])))) == [
        "One of its paragraphs is not text.",
        None,
    ]
    buffers = [None, pyarrow.array([0, 2, 4], pyarrow.int32()).buffers()[1], pyarrow.py_buffer(b"a\xffok")]
    damaged = pyarrow.StringArray.from_buffers(2, buffers[1], buffers[2])
    path = stored(tmp_path, table(text=damaged))
    assert reasons(read(path)) == ["The row holds text that is not UTF-8.", None]


def test_a_parquet_file_that_is_damaged_inside_is_rejected_from_there(tmp_path: Path) -> None:
    path = stored(tmp_path, table(text=[f"{number} {'word ' * 50}" for number in range(12)]))
    content = bytearray(path.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 200] = bytes(200)
    path.write_bytes(content)
    found = reasons(read(path))
    assert found[-1] == "The Parquet file is damaged here: the rest cannot be read."
    assert not any(found[:-1])


@pytest.mark.parametrize(
    ("columns", "options", "message"),
    [
        (["id", "body"], {}, "“{name}” has no column “text”. Its columns are “id”, “body”."),
        (["text"], {"id_column": "key"}, "“{name}” has no column “key”. Its columns are “text”."),
        (["text"], {"title_column": "head"}, "“{name}” has no column “head”. Its columns are “text”."),
        (["text"], {"keep": ("year",)}, "“{name}” has no column “year”. Its columns are “text”."),
    ],
)
@pytest.mark.parametrize("name", ["news.csv", "news.parquet"])
def test_a_column_that_is_missing_is_said_before_anything_is_read(
    tmp_path: Path, name: str, columns: list[str], options: dict[str, Any], message: str
) -> None:
    if name == "news.csv":
        path = csv_file(tmp_path, ",".join(columns))
    else:
        path = stored(tmp_path, pyarrow.table({column: ["One."] for column in columns}))
    with pytest.raises(InputError) as raised:
        source_of([path], ReaderOptions(**options))
    assert str(raised.value) == message.format(name=name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "“news.csv” has no column “text”. It is empty."),
        ("id,text,text\n", "“news.csv” has the column “text” twice. Rename one of them."),
        ('id,"text\n', "The first line of “news.csv” is no header of columns."),
        ("x" * (LARGEST_ITEM + 1), "The first line of “news.csv” is no header of columns."),
    ],
)
def test_what_is_no_header_is_said(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        source_of([csv_file(tmp_path, content)])
    assert str(raised.value) == message


def test_a_column_that_holds_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^The column “text” of “news.parquet” holds list<"):
        source_of([stored(tmp_path, table(text=[[[1]]]))])
    with pytest.raises(InputError, match=r"^The column “tags” of “news.parquet” holds list<"):
        source_of([stored(tmp_path, table(text=["One."], tags=[["a"]]))], ReaderOptions(keep=("tags",)))


def test_a_parquet_file_that_breaks_off_is_said(tmp_path: Path) -> None:
    path = stored(tmp_path, table(text=["One."]))
    whole = path.read_bytes()
    # the end is missing, a column's name is no Unicode, or the end is said to be larger than the file
    for content in (whole[:-9], whole.replace(b"text", b"t\xffxt"), whole[:-8] + b"\xff" * 4 + b"PAR1"):
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"^“news.parquet” cannot be read as Parquet: it breaks off"):
            source_of([path])
