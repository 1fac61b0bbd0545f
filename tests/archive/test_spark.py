"""What `mapInPandas` is given labels the rows of a table as an archive's are; with and without Spark."""

from collections.abc import Iterator
from pathlib import Path
import sys
from typing import Any

import pandas
import pytest

from archive.archives import article
from sourcemark.archive.inputs import ReaderOptions
from sourcemark.archive.spark import labelled, schema
from sourcemark.labeler import Labeler

KEEP = ("outlet",)
READER = ReaderOptions(keep=KEEP)
ARTICLES = [article(number) for number in range(8)]


def expected(labeler: Labeler) -> list[tuple[Any, ...]]:
    return [
        (each["id"], sentence.block, sentence.start, sentence.end, sentence.label, each["outlet"])
        for each in ARTICLES
        for sentence in labeler.label(each["paragraphs"]).sentences
    ]


def found(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("article", "block", "start", "end", "label", "outlet")
    return [tuple(row[name] for name in names) for row in rows if row["rejected"] is None]


def test_tables_of_pandas_are_labelled(fast: Labeler) -> None:
    tables = [pandas.DataFrame(ARTICLES[:5]), pandas.DataFrame(ARTICLES[5:])]
    rows = [row for table in labelled(reader=READER)(iter(tables)) for row in table.to_dict("records")]
    assert found(rows) == expected(fast)
    assert ", ".join(f"`{name}`" for name in rows[0]) == ", ".join(
        column.split()[0] for column in schema(keep=KEEP).split(", ")
    )


def test_a_row_that_is_no_article_comes_out_with_the_reason() -> None:
    table = pandas.DataFrame([{"id": "a", "text": None}, {"id": "b", "text": "It rained."}])
    (done,) = labelled(with_text=True)([table])
    rows = done.to_dict("records")
    assert [(row["article"], row["text"]) for row in rows if row["rejected"] is None] == [("b", "It rained.")]
    (refused,) = (row for row in rows if row["rejected"] is not None)
    assert refused["article"] == "a"
    assert "no text" in refused["rejected"]
    assert refused["evidence"] is refused["block"] is None


@pytest.fixture
def spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    sql = pytest.importorskip(
        "pyspark.sql", reason="Spark is large and nothing else uses it: make test-spark"
    )
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    building = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    for name in ("host", "bindAddress"):
        building = building.config(f"spark.driver.{name}", "127.0.0.1")
    session = building.config("spark.sql.warehouse.dir", str(tmp_path)).getOrCreate()
    yield session
    session.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark_labels_a_table(spark: Any, fast: Labeler) -> None:
    columns = "id string, paragraphs array<string>, outlet string"
    values = [(each["id"], each["paragraphs"], each["outlet"]) for each in ARTICLES]
    table = spark.createDataFrame([*values, ("none", None, None)], columns)
    done = table.mapInPandas(labelled(reader=READER), schema(keep=KEEP)).collect()
    rows = [row.asDict(recursive=True) for row in done]
    assert sorted(found(rows)) == sorted(expected(fast))
    assert [row["article"] for row in rows if row["rejected"]] == ["none"]
    assert any(row["evidence"] for row in rows)
