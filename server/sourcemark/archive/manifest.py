"""What stands beside the rows: for each shard what it came to, and for the whole archive what was done."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
import platform
from typing import Any, Final

import msgspec

from sourcemark.archive.errors import ArchiveError
from sourcemark.archive.shard import Refused
from sourcemark.article import SKIP_REASONS
from sourcemark.labels import SCORE_IDS, UNSURE

FORMAT: Final = 1
RUNNING, DONE = "running", "done"
LABELS: Final = (*SCORE_IDS, UNSURE)
"""What every sentence is counted as one of."""

_ALWAYS: Final = ("sourcemark", "numpy", "scipy", "nupunkt")
_SOMETIMES: Final = ("onnxruntime", "pyarrow", "trafilatura", "warcio")


class Record(msgspec.Struct, frozen=True):
    """What a shard came to: the shard's own file, which is written last, so that where it is all is."""

    format: int
    name: str
    model: str
    """Id of the model that labelled it."""
    digest: str
    """SHA-256 of the items that it was made of."""
    items: int
    articles: int
    rejected: list[Refused]
    sentences: int
    labels: dict[str, int]
    skipped_blocks: dict[str, int]
    bytes: int
    """Size of the part."""
    sha256: str
    """Of the part."""


class Model(msgspec.Struct, frozen=True):
    """The model that labels."""

    name: str
    version: str
    id: str


class Manifest(msgspec.Struct, frozen=True):
    """What was done, with what, and what came of it. No time and no path stands in it."""

    format: int
    state: str
    """"running" until every shard is there, then "done"."""
    model: Model
    versions: Mapping[str, str]
    settings: dict[str, Any]
    inputs: list[Any]
    """Name, bytes and sha256 of each; known when everything is read."""
    counts: dict[str, Any]
    shards: list[dict[str, Any]]


@cache
def versions() -> Mapping[str, str]:
    """Return the versions of what the output depends on, as far as it is installed here."""
    found = {"python": platform.python_version()}
    for name in (*_ALWAYS, *_SOMETIMES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


class Totals:
    """Sums of what the shards came to."""

    def __init__(self) -> None:
        self.plain: Counter[str] = Counter()
        self.skipped_blocks: Counter[str] = Counter()

    def add(self, record: Record) -> None:
        """Count one shard."""
        self.plain.update(
            items=record.items,
            articles=record.articles,
            rejected=len(record.rejected),
            sentences=record.sentences,
        )
        self.plain.update(record.labels)
        self.skipped_blocks.update(record.skipped_blocks)

    def counts(self) -> dict[str, Any]:
        """Return the counts as they stand in the manifest."""
        names = ("items", "articles", "rejected", "sentences", *LABELS)
        skipped = {reason: self.skipped_blocks[reason] for reason in SKIP_REASONS}
        return {name: self.plain[name] for name in names} | {"skipped_blocks": skipped}

    def check(self, items: int) -> None:
        """Raise ArchiveError unless everything that was read is accounted for."""
        counts = self.plain
        if not (
            counts["items"] == items == counts["articles"] + counts["rejected"]
            and counts["sentences"] == sum(counts[label] for label in LABELS)
        ):
            raise ArchiveError(
                f"The counts do not add up: {items} items were read, and {self.counts()} came of them. This "
                "is a fault of Sourcemark: please report it. The output is not marked as done."
            )


def entry(record: Record) -> dict[str, Any]:
    """Return what the manifest says of a shard."""
    return {
        "name": record.name,
        "items": record.items,
        "articles": record.articles,
        "rejected": len(record.rejected),
        "sentences": record.sentences,
        "bytes": record.bytes,
        "sha256": record.sha256,
    }


def differences(one: Manifest, other: Manifest) -> Iterable[str]:
    """Yield what differs between two beginnings, in words: model, versions, settings."""
    if one.model != other.model:
        yield f"the model (there {_model(one)}, here {_model(other)})"
    for what in ("versions", "settings"):
        there, here = getattr(one, what), getattr(other, what)
        for name in _differing(there, here):
            yield f"{name} (there {_shown(there.get(name))}, here {_shown(here.get(name))})"


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _model(manifest: Manifest) -> str:
    return f"{manifest.model.name} {manifest.model.version}, {manifest.model.id}"


def _shown(value: Any) -> str:
    return "none" if value is None else msgspec.json.encode(value).decode().strip('"')
