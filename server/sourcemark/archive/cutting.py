"""Cuts what is read into shards: so many items as one worker labels at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
import hashlib
from typing import Any, Final

from sourcemark.archive.items import Item, Rejected

SHARD_ARTICLES: Final = 500
"""Items of a shard at most, where nothing else is asked for."""
SHARD_BYTES: Final = 8_000_000
"""Size of a shard's items from which it takes no further one: few articles can be long ones."""


# without a place for weak references, so that it travels as part of its task: what Dask hands to its workers
# apart from the task is lost with the worker that has it
@dataclass(frozen=True, slots=True)
class Shard:
    """Some items of the input that follow each other."""

    index: int
    first: int
    """Number of its first item, counted from 0 through the whole input."""
    items: tuple[Item | Rejected, ...]

    @property
    def name(self) -> str:
        """Name of the files it is written to, but for their endings."""
        return name_of(self.index)

    def digest(self) -> str:
        """Return the SHA-256 of its items: another one means that the input is another."""
        found = hashlib.sha256()
        for item in self.items:
            content = _encoded(item)
            found.update(len(content).to_bytes(8, "big"))
            found.update(content)
        return found.hexdigest()


def name_of(index: int) -> str:
    """Return the name of a shard's files, but for their endings."""
    return f"part-{index:05}"


def cut(items: Iterable[Item | Rejected], most: int) -> Iterator[Shard]:
    """Yield the shards of an input, of at most `most` items each."""
    index = first = size = 0
    shard: list[Item | Rejected] = []
    for item in items:
        shard.append(item)
        size += _size(item)
        if len(shard) == most or size >= SHARD_BYTES:
            yield Shard(index, first, tuple(shard))
            index, first, size, shard = index + 1, first + len(shard), 0, []
    if shard:
        yield Shard(index, first, tuple(shard))


def _size(item: Item | Rejected) -> int:
    return 0 if isinstance(item, Rejected) else _weight(item.content)


def _weight(value: Any) -> int:
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_weight, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_weight, value))
    return 8


def _encoded(item: Item | Rejected) -> bytes:
    if isinstance(item, Rejected):
        return ascii((item.where, item.id, item.reason)).encode()
    content = item.content if isinstance(item.content, bytes) else dict(item.content)
    # whatever a column holds, half a surrogate pair too
    return ascii((item.where, content)).encode()
