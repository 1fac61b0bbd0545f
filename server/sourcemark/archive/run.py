"""Labels an archive, shard by shard, and goes on where an earlier run was stopped."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any
import warnings

import joblib
from joblib.externals.loky.process_executor import BrokenProcessPool
import msgspec

from sourcemark.archive.cutting import Shard, cut, name_of
from sourcemark.archive.errors import ArchiveError
from sourcemark.archive.items import Item, Rejected
from sourcemark.archive.manifest import (
    DONE,
    FORMAT,
    RUNNING,
    Manifest,
    Model,
    Record,
    Totals,
    differences,
    entry,
)
from sourcemark.archive.place import Place, read, write_json, written
from sourcemark.archive.work import Done, Job, labeler_of, work


def run(
    job: Job,
    items: Iterable[Item | Rejected],
    inputs: Callable[[], list[Any]],
    settings: dict[str, Any],
    backend: AbstractContextManager[None],
    done: Callable[[Done], None],
) -> Manifest:
    """Label an archive into OUT, which is `job.place`; return the manifest.

    `backend` chooses where joblib has the shards labelled, and `done` is told of each shard. `inputs` is
    asked for their names and digests when all items are read. Raises ArchiveError, and whatever reading the
    input raises; what is finished then is kept, and the same call goes on from there.
    """
    place = job.place
    model = labeler_of(job.model).model
    made_with = Model(model.name, model.version, model.id)
    # as they are read again: JSON has lists and no tuples
    settings = msgspec.json.decode(msgspec.json.encode(settings))
    beginning = Manifest(FORMAT, RUNNING, made_with, job.versions, settings, [], {}, [])
    with place.held(), backend:
        _begin(place, beginning)
        pending = Pending(job, cut(items, settings["shard_articles"]), done)
        _label(pending, job, done)
        pending.check()
        return _finish(place, beginning, pending, inputs())


def _begin(place: Place, beginning: Manifest) -> None:
    begun = read(place.manifest, Manifest)
    if begun is not None and (other := list(differences(begun, beginning))):
        raise ArchiveError(
            f"{place.folder} holds an archive that was labelled with something else: {'; '.join(other)}. "
            "Nothing was changed: go on as it was begun, or choose another folder for OUT."
        )
    place.prepare()
    if begun is None:
        write_json(place.manifest, beginning)


def _label(pending: Iterable[Shard], job: Job, done: Callable[[Done], None]) -> None:
    # so many shards are in memory as keep the workers busy
    tasks = joblib.Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="2*n_jobs")
    try:
        with warnings.catch_warnings():
            # of the tasks that are lost with an interrupt: they are done when the run goes on
            warnings.simplefilter("ignore", UserWarning)
            for each in tasks(joblib.delayed(work)(shard, job) for shard in pending):
                done(each)
    except BrokenProcessPool as error:
        raise ArchiveError(
            "A worker process was ended from outside, perhaps because memory ran out. What was finished is "
            "kept. Give the same command again to go on, with fewer --jobs or smaller --shard-articles."
        ) from error


class Pending:
    """The shards of an input that are still to be labelled. Counts them all while they are handed out."""

    def __init__(self, job: Job, shards: Iterator[Shard], done: Callable[[Done], None]) -> None:
        self.shards = 0
        self.items = 0
        self._job = job
        self._input = shards
        self._done = done
        self._failed: BaseException | None = None

    def __iter__(self) -> Iterator[Shard]:
        # a backend may ask for shards in a thread of its own, where an error would be heard by nobody
        try:
            for shard in self._input:
                self.shards += 1
                self.items += len(shard.items)
                if not self._is_done(shard):
                    yield shard
        except Exception as error:
            self._failed = error

    def check(self) -> None:
        """Raise what kept the input from being read to its end."""
        if self._failed is not None:
            raise self._failed

    def _is_done(self, shard: Shard) -> bool:
        place = self._job.place
        record = read(place.record(shard.index), Record)
        if record is None:
            return False
        if record.digest != shard.digest():
            raise _changed(place, shard.name)
        part = place.part(shard.index)
        if not part.is_file() or part.stat().st_size != record.bytes:
            return False
        self._done(Done(record.articles, len(record.rejected), earlier=True))
        return True


def _finish(place: Place, beginning: Manifest, pending: Pending, inputs: list[Any]) -> Manifest:
    if place.records() > pending.shards:
        raise _changed(place, name_of(pending.shards))
    totals = Totals()
    shards = []
    with written(place.rejected) as file:
        for index in range(pending.shards):
            record = read(place.record(index), Record)
            if record is None:
                raise ArchiveError(
                    f"{place.record(index)} was taken away while this ran. Give the same command again, and "
                    "its shard is labelled again."
                )
            totals.add(record)
            shards.append(entry(record))
            file.writelines(msgspec.json.encode(refused) + b"\n" for refused in record.rejected)
    totals.check(pending.items)
    manifest = msgspec.structs.replace(
        beginning, state=DONE, inputs=inputs, counts=totals.counts(), shards=shards
    )
    write_json(place.manifest, manifest)
    return manifest


def _changed(place: Place, name: str) -> ArchiveError:
    return ArchiveError(
        f"The input has changed since {place.folder} was begun: its shard {name} was made of something else. "
        "Nothing was changed: give the input as it was, or choose another folder for OUT."
    )
