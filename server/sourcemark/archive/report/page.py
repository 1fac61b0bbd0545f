"""Put the report together: one page that needs nothing else, and its tables."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from sourcemark.archive.report import sections, tables, words
from sourcemark.archive.report.archive import LabelledArchive, open_archive
from sourcemark.archive.report.findings import Findings, find
from sourcemark.archive.report.model import Known, model_in
from sourcemark.labels import LABELS, NONE_DEFINITION
from sourcemark.model.captions import SHOWN_AS
from sourcemark.model.confusion import SHOWN
from sourcemark.standalone import templates_of

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


def write_report(
    out: Path, by: str | None = None, time: str | None = None, model: Path | None = None
) -> Written:
    """Write OUT/report for the labelled archive in `out`, finished or not.

    `by` and `time` are kept columns: one to group articles by, and one with their dates. `model` is the
    folder of the model that labelled it, left out for one that is shipped. The same archive gives the same
    bytes. Raises ReportError, or ModelError for what is in the model's folder, before anything is written.
    """
    archive = open_archive(out)
    known = model_in(model, archive.model)
    for column, option in ((by, "--by"), (time, "--time")):
        if column is not None:
            archive.check_kept(column, option)
    findings = find(archive, by, time)
    parts = _parts(known, findings, by, time)
    files = dict(part.file for part in parts.values() if part is not None)
    if archive.skipped is not None:
        files["unread.csv"] = tables.unread_csv(findings.blocks, archive.skipped)
    page = _render(archive, known, findings, parts, by, time, sorted(files, key=TABLES.index))
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
    known: Known, findings: Findings, by: str | None, time: str | None
) -> dict[str, sections.Section | None]:
    """Return the sections by name; None where there is nothing to show."""
    any_sentence = findings.whole.sentences > 0
    reference = known.reference
    return {
        "shown": sections.shown_section(findings) if any_sentence else None,
        "time": sections.time_section(findings) if time is not None else None,
        "groups": sections.groups_section(findings, by) if by is not None and any_sentence else None,
        "speakers": sections.speakers_section(findings),
        "likeness": sections.likeness_section(findings, reference) if any_sentence and reference else None,
    }


def _render(
    archive: LabelledArchive, known: Known, findings: Findings, parts: Any, by: Any, time: Any, files: Any
) -> str:
    environment = templates_of("sourcemark.archive.report")
    environment.filters |= {"percent": words.percent, "drawn": Markup}
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
        measured=words.measured(known.manifest),
        style=Markup((Path(__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")),
    )
