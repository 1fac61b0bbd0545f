"""Open the folder that `sourcemark archive` wrote, finished or not."""

from dataclasses import dataclass
from pathlib import Path
import re
from typing import Final

import msgspec

from sourcemark.archive.report.errors import ReportError

FORMAT: Final = 1
"""Of the folders that this version reads."""

_ENDINGS: Final = {"parquet", "jsonl", "csv"}


class ModelName(msgspec.Struct, frozen=True):
    """The model that an archive was labelled with."""

    name: str
    version: str
    id: str


class _Settings(msgspec.Struct, rename={"ending": "as"}):
    ending: str
    keep: list[str] = []


class _Input(msgspec.Struct):
    name: str


class _Counts(msgspec.Struct):
    items: int | None = None
    rejected: int | None = None
    skipped_blocks: dict[str, int] | None = None


class _Shard(msgspec.Struct):
    name: str


class _Manifest(msgspec.Struct):
    state: str
    model: ModelName
    settings: _Settings
    inputs: list[_Input] = []
    counts: _Counts = msgspec.field(default_factory=_Counts)
    shards: list[_Shard] = []


class _Format(msgspec.Struct):
    format: int


@dataclass(frozen=True, slots=True)
class LabelledArchive:
    """A labelled archive: what its manifest says, and the files of its sentences, in order."""

    folder: Path
    done: bool
    model: ModelName
    inputs: tuple[str, ...]
    kept: tuple[str, ...]
    """Columns of the input that stand beside the labels."""
    items: int | None
    """Rows, files or records of the input, with those that were rejected; None where nobody counted yet."""
    rejected: int | None
    skipped: dict[str, int] | None
    """Blocks that were not read, by reason."""
    parts: tuple[Path, ...]

    def check_kept(self, column: str, option: str) -> None:
        """Raise ReportError unless a column was kept."""
        if column not in self.kept:
            kept = ", ".join(self.kept) if self.kept else "none"
            raise ReportError(
                f"The archive has no kept column “{column}” for {option}; kept columns: {kept}. Name one of "
                f"them, or label the archive again into another folder with --keep {column}."
            )


def open_archive(folder: Path) -> LabelledArchive:
    """Read the manifest of a labelled archive and find its sentences. Raises ReportError."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise ReportError(
            f"There is no labelled archive in {folder}: it has no manifest.json. Give the folder OUT that "
            "`sourcemark archive IN OUT` wrote."
        )
    content = path.read_bytes()
    try:
        number = msgspec.json.decode(content, type=_Format).format
        if number != FORMAT:
            raise ReportError(
                f"The archive in {folder} has format {number}; this version of Sourcemark reads format "
                f"{FORMAT}. Use the version that it was labelled with."
            )
        manifest = msgspec.json.decode(content, type=_Manifest)
    except msgspec.DecodeError as error:
        raise ReportError(
            f"{path} is damaged: {error}. Run the same `sourcemark archive` command again; what is finished "
            "is not labelled twice."
        ) from error
    if manifest.settings.ending not in _ENDINGS:
        raise ReportError(f"{path} names a kind of file that is not known: “{manifest.settings.ending}”.")
    done = manifest.state == "done"
    return LabelledArchive(
        folder,
        done,
        manifest.model,
        tuple(each.name for each in manifest.inputs),
        tuple(manifest.settings.keep),
        manifest.counts.items if done else None,
        manifest.counts.rejected if done else None,
        manifest.counts.skipped_blocks if done else None,
        _parts(folder / "sentences", manifest, done),
    )


def _parts(folder: Path, manifest: _Manifest, done: bool) -> tuple[Path, ...]:
    ending = manifest.settings.ending
    # what is only being written has another name
    whole = re.compile(rf"part-\d+\.{ending}")
    there = {path.stem: path for path in folder.glob(f"part-*.{ending}") if whole.fullmatch(path.name)}
    if not done:
        return tuple(there[name] for name in sorted(there, key=_number))
    named = [Path(shard.name).stem for shard in manifest.shards]
    missing = [name for name in named if name not in there]
    if missing:
        raise ReportError(
            f"{folder / missing[0]}.{ending} is missing, though the archive is finished ({len(missing)} of "
            f"{len(named)} files are). Run the same `sourcemark archive` command again; it makes what is "
            "missing."
        )
    return tuple(there[name] for name in named)


def _number(name: str) -> int:
    return int(name.removeprefix("part-"))
