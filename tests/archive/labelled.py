"""A labelled archive as `sourcemark archive` leaves it, made of the project's own articles."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
import hashlib
import json
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
from pyarrow import csv, parquet

from sourcemark.article import Article, LabelledArticle
from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS, NONE, SCORE_IDS, UNSURE
from sourcemark.model.corpus import read_corpus
from sourcemark.resources import folder

Row = dict[str, Any]

EVIDENCE = pa.struct({"kind": pa.string(), "block": pa.int32(), "start": pa.int32(), "end": pa.int32()})
COLUMNS = {
    "number": pa.int64(),
    "article": pa.string(),
    "block": pa.int32(),
    "start": pa.int32(),
    "end": pa.int32(),
    "digest": pa.string(),
    "label": pa.string(),
    "state": pa.string(),
    **dict.fromkeys(SCORE_IDS, pa.float32()),
    "speaker": pa.string(),
    "named": pa.bool_(),
    "evidence": pa.list_(EVIDENCE),
}


def outlets(count: int) -> list[str]:
    """Return names of outlets, some of them with signs that mean something to a program."""
    names = ["The Daily Gannet", "Quill Valley Herald", "Ålesund Tidende", "The $tar_x & <b>Moor</b>"]
    return [*names, *(f"Local paper {number}" for number in range(1, count - len(names) + 1))]


def seed_articles(labeler: Labeler) -> list[list[Row]]:
    """Return the rows of the sentences of each of the project's own articles."""
    articles = [each.article for each in read_corpus(folder("seeds") / "articles.jsonl")]
    pairs = zip(articles, labeler.label_many(articles), strict=True)
    return [rows_of(article, labelled) for article, labelled in pairs]


def rows_of(article: Article, labelled: LabelledArticle) -> list[Row]:
    """Return a row for each sentence of an article, without what tells articles apart."""
    return [
        {
            "block": s.block,
            "start": s.start,
            "end": s.end,
            "digest": hashlib.sha256(article.text(s.span).encode()).hexdigest()[:16],
            "label": s.label,
            "state": s.state,
            **{name: round(score, 4) for name, score in s.scores.items()},
            "speaker": s.speaker.name if s.speaker else None,
            "named": s.speaker.named if s.speaker else None,
            "evidence": [
                {"kind": e.kind, "block": e.span.block, "start": e.span.start, "end": e.span.end}
                for e in s.evidence
            ],
        }
        for s in labelled.sentences
    ]


def numbered(rows: Sequence[Row], number: int, **kept: str | None) -> list[Row]:
    """Return the sentences of an article with its place in the input, an id and kept columns."""
    return [{"number": number, "article": f"article-{number}", **row, **kept} for row in rows]


def varied(seeds: Sequence[Sequence[Row]], count: int, outlets: Sequence[str]) -> Iterator[list[Row]]:
    """Yield articles of three years, each a stretch of one of the seeds; the same ones each time."""
    random = Random(7)
    for number in range(count):
        # the first outlets have more articles, and each has a manner of its own
        place = int(len(outlets) * random.random() ** 2)
        whole = seeds[place % len(seeds)] if random.random() < 0.4 else random.choice(seeds)
        begin = random.randrange(max(1, len(whole) - 12))
        day = date(2021, 1, 1) + timedelta(days=random.randrange(3 * 365))
        stretch = whole[begin : begin + random.randrange(8, 30)]
        yield numbered(stretch, number, outlet=outlets[place], published=day.isoformat())


def write(
    place: Path,
    shards: Sequence[Sequence[Sequence[Row]]],
    keep: Sequence[str] = (),
    ending: str = "parquet",
    model: Mapping[str, str] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Path:
    """Write an archive: each shard a list of articles, each a list of rows. Return its folder."""
    (place / "sentences").mkdir(parents=True)
    names = []
    for number, articles in enumerate(shards):
        rows = [row for article in articles for row in article]
        names.append(f"part-{number:05}")
        write_part(place / "sentences" / f"{names[-1]}.{ending}", rows, keep)
    every = [row for articles in shards for article in articles for row in article]
    shown = [row["label"] or row["state"] for row in every]
    articles = sum(map(len, shards))
    whole = {
        "format": 1,
        "state": "done",
        "model": model or {"name": "en", "version": "1.0.0", "id": "16a1ef9f200a"},
        "versions": {"sourcemark": "0.1.0"},
        "settings": {"as": ending, "with_text": False, "shard_articles": 500, "keep": list(keep)},
        "inputs": [{"name": "news.jsonl.gz", "bytes": 1, "sha256": "0" * 64}],
        "counts": {
            "items": articles + 3,
            "articles": articles,
            "rejected": 3,
            "sentences": len(every),
            **{name: shown.count(name) for name in (*LABEL_IDS, NONE, UNSURE)},
            "skipped_blocks": {"too-long": 1, "not-english": 14, "deadline": 0},
        },
        "shards": [{"name": name} for name in names],
    } | dict(changes or {})
    (place / "manifest.json").write_text(json.dumps(whole))
    return place


def write_part(path: Path, rows: Sequence[Row], keep: Sequence[str]) -> None:
    """Write one file of sentences, as its name ends."""
    if path.suffix == ".jsonl":
        columns = [*COLUMNS, *keep]
        lines = (json.dumps({name: row[name] for name in columns}) for row in rows)
        path.write_text("".join(f"{line}\n" for line in lines))
        return
    schema = pa.schema([*COLUMNS.items(), *((name, pa.dictionary(pa.int32(), pa.string())) for name in keep)])
    table = pa.Table.from_pylist(list(rows), schema)
    if path.suffix == ".parquet":
        parquet.write_table(table, path)
    else:
        evidence = pa.array([json.dumps(each) for each in table["evidence"].to_pylist()], pa.string())
        table = table.set_column(table.column_names.index("evidence"), "evidence", evidence)
        for name in keep:
            table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.string()))
        csv.write_csv(table, path)
