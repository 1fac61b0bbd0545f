"""What a worker does: it labels a shard and writes what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
import hashlib

import msgspec
from threadpoolctl import threadpool_limits

from sourcemark.archive.cutting import Shard
from sourcemark.archive.errors import ArchiveError
from sourcemark.archive.items import Source
from sourcemark.archive.manifest import FORMAT, LABELS, Record, versions
from sourcemark.archive.parts import encoded
from sourcemark.archive.place import Place, write, write_json
from sourcemark.archive.shard import label_shard
from sourcemark.article import SKIP_REASONS
from sourcemark.labeler import Labeler


# without a place for weak references, as Shard
@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every shard of an archive."""

    source: Source
    model: str
    """A shipped model's name, or a path that every worker has."""
    model_id: str
    versions: Mapping[str, str]
    """Of what the output depends on, where the run was started."""
    place: Place
    form: str
    with_text: bool
    keep: tuple[str, ...]


class Done(msgspec.Struct, frozen=True):
    """How much one shard was."""

    articles: int
    rejected: int
    earlier: bool = False
    """Whether an earlier run did it."""


def work(shard: Shard, job: Job) -> Done:
    """Label a shard and write its part, and then its record: where that is, the shard is done.

    Raises ArchiveError where that cannot be done.
    """
    if versions() != job.versions:
        raise ArchiveError(
            "A worker has other versions than there are where the run was started. Install the same on all "
            "workers. What was finished is kept: give the same command again to go on."
        )
    labeler = labeler_of(job.model)
    if labeler.model.id != job.model_id:
        raise ArchiveError(
            f"The model {job.model} is another one for this worker ({labeler.model.id}) than where the run "
            f"was started ({job.model_id}). Give every worker the same files."
        )
    labelled = label_shard(shard, job.source, labeler, job.with_text)
    content = encoded(labelled.rows, job.form, job.with_text, job.keep)
    write(job.place.part(shard.index), content)
    record = Record(
        format=FORMAT,
        name=shard.name,
        model=job.model_id,
        digest=shard.digest(),
        items=len(shard.items),
        articles=labelled.articles,
        rejected=labelled.refused,
        sentences=len(labelled.rows),
        labels={label: labelled.labels[label] for label in LABELS},
        skipped_blocks={reason: labelled.skipped_blocks[reason] for reason in SKIP_REASONS},
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    write_json(job.place.record(shard.index), record)
    return Done(record.articles, len(record.rejected))


@cache
def labeler_of(model: str) -> Labeler:
    """Return the labeler of this process, which is opened once.

    From then on the process calculates with one thread: the workers are what runs side by side, and a sum
    must not depend on how many threads shared it.
    """
    threadpool_limits(1)
    return Labeler.load(model)
