"""For archives that are Spark tables already: the same labelling as a function for `mapInPandas`.

https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.mapInPandas.html

    from sourcemark.archive.spark import labelled, schema

    articles = spark.table("news").select("id", "text")
    articles.mapInPandas(labelled(), schema()).write.parquet("labels")
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sourcemark.archive.cutting import cut
from sourcemark.archive.inputs.articles import article_of
from sourcemark.archive.inputs.options import ReaderOptions
from sourcemark.archive.items import ArchiveArticle, Item, Rejected
from sourcemark.archive.parts import columns_of
from sourcemark.archive.shard import label_shard
from sourcemark.archive.work import labeler_of
from sourcemark.labels import SCORE_IDS
from sourcemark.model.artifact import FAST

REJECTED: Final = "rejected"
"""Last column: null for a sentence. What no article could be made of comes out as one row with the reason."""

_MOST: Final = 500
_KINDS: Final = {
    **dict.fromkeys(("block", "start", "end"), "int"),
    **dict.fromkeys(SCORE_IDS, "float"),
    "named": "boolean",
    "evidence": "array<struct<kind:string,block:int,start:int,end:int>>",
}


def schema(with_text: bool = False, keep: tuple[str, ...] = ()) -> str:
    """Return the schema of what comes out, as Spark takes it. A table's rows have no number."""
    return ", ".join(f"`{name}` {_KINDS.get(name, 'string')}" for name in _columns(with_text, keep))


def labelled(
    model: str = FAST, with_text: bool = False, reader: ReaderOptions | None = None
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return a function from tables of articles to tables of sentences, both pandas DataFrames.

    `reader` names the columns to read and to keep, as for other archives.
    """
    source = _Rows(reader or ReaderOptions())
    columns = _columns(with_text, source.reader.keep)

    def label(tables: Iterable[Any]) -> Iterator[Any]:
        import pandas

        for table in tables:
            for shard in cut(_items(table), _MOST):
                result = label_shard(shard, source, labeler_of(model), with_text)
                rows = [{**row, REJECTED: None} for row in result.rows]
                # pandas makes a number of what is not said
                nothing = dict.fromkeys(columns)
                rows += [
                    {**nothing, "article": refused.id, REJECTED: refused.reason} for refused in result.refused
                ]
                yield pandas.DataFrame(rows, columns=columns, dtype=object)

    return label


@dataclass(frozen=True)
class _Rows:
    reader: ReaderOptions

    def items(self) -> Iterator[Item | Rejected]:
        return iter(())

    def read(self, item: Item) -> ArchiveArticle | Rejected:
        assert not isinstance(item.content, bytes)
        return article_of(item.where, item.content, self.reader)


def _items(table: Any) -> Iterator[Item]:
    for row in table.to_dict("records"):
        yield Item("row", {name: _plain(value) for name, value in row.items()})


def _plain(value: Any) -> Any:
    # a list comes as an array of numpy, and nothing as a number that is none
    if hasattr(value, "tolist"):
        value = value.tolist()
    return None if isinstance(value, float) and value != value else value


def _columns(with_text: bool, keep: tuple[str, ...]) -> list[str]:
    return [*columns_of(with_text, keep)[1:], REJECTED]
