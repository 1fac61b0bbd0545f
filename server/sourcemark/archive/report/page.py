"""Put the report together: one page that needs nothing else, and its tables."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sourcemark.archive.report import sections, tables, words
from sourcemark.archive.report.archive import LabelledArchive, ModelName, open_archive
from sourcemark.archive.report.findings import Findings, find
from sourcemark.labels import LABELS, NONE_DEFINITION
from sourcemark.model.artifact import SHIPPED
from sourcemark.model.captions import SHOWN_AS
from sourcemark.model.confusion import SHOWN
from sourcemark.model.likeness import read_reference
from sourcemark.model.manifest import read_manifest
from sourcemark.resources import folder

PAGE: Final = "index.html"
TABLES: Final = ("shown.csv", "time.csv", "groups.csv", "speakers.csv", "unread.csv", "likeness.csv")
"""All that a report can write beside the page."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a report lies, and what the command says of it."""

    page: Path
    sentences: int
    articles: int
    done: bool
    unlike: bool


def write_report(out: Path, by: str | None = None, time: str | None = None) -> Written:
    """Write OUT/report for the labelled archive in `out`, finished or not.

    `by` and `time` are kept columns: one to group articles by, and one with their dates. The same archive
    gives the same bytes. Raises ReportError, before anything is written.
    """
    archive = open_archive(out)
    for column, option in ((by, "--by"), (time, "--time")):
        if column is not None:
            archive.check_kept(column, option)
    findings = find(archive, by, time)
    parts = _parts(archive, findings, by, time)
    files = dict(part.file for part in parts.values() if part is not None)
    if archive.skipped is not None:
        files["unread.csv"] = tables.unread_csv(findings.blocks, archive.skipped)
    page = _render(archive, findings, parts, by, time, sorted(files, key=TABLES.index))
    place = out / "report"
    place.mkdir(exist_ok=True)
    for name in TABLES:
        # one that an earlier report had may not be one of this report
        (place / name).unlink(missing_ok=True)
    for name, content in files.items():
        (place / name).write_bytes(content)
    (place / PAGE).write_bytes(page.encode())
    likeness = parts["likeness"]
    unlike = likeness is not None and likeness.notes["unlike"]
    return Written(place / PAGE, findings.whole.sentences, findings.whole.articles, archive.done, unlike)


def _parts(
    archive: LabelledArchive, findings: Findings, by: str | None, time: str | None
) -> dict[str, sections.Section | None]:
    """Return the sections by name; None where there is nothing to show."""
    any_sentence = findings.whole.sentences > 0
    reference = read_reference(archive.model.id)
    return {
        "shown": sections.shown_section(findings) if any_sentence else None,
        "time": sections.time_section(findings) if time is not None else None,
        "groups": sections.groups_section(findings, by) if by is not None and any_sentence else None,
        "speakers": sections.speakers_section(findings),
        "likeness": sections.likeness_section(findings, reference) if any_sentence and reference else None,
    }


def _render(archive: LabelledArchive, findings: Findings, parts: Any, by: Any, time: Any, files: Any) -> str:
    environment = Environment(
        loader=PackageLoader("sourcemark.archive.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"percent": words.percent, "drawn": Markup, "number": "{:,}".format}
    return environment.get_template("report.html").render(
        archive=archive,
        findings=findings,
        parts=parts,
        by=by,
        time=time,
        files=files,
        labels=LABELS,
        none_definition=NONE_DEFINITION,
        shown=SHOWN,
        shown_as=SHOWN_AS,
        interval=words.interval,
        not_read=words.NOT_READ,
        measured=words.measured(_manifest_of(archive.model)),
        style=Markup((Path(__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")),
    )


def _manifest_of(model: ModelName) -> dict[str, Any] | None:
    """Return the manifest of a shipped model, or None for one that is not this installation's."""
    if model.name not in SHIPPED.values():
        return None
    manifest = read_manifest(folder("models") / f"{model.name}.json")
    return manifest if manifest["sha256"].startswith(model.id) else None
