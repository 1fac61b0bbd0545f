"""Turn what was found into the sections of the page: rows, plots with their words, and CSV files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sourcemark.archive.report import figures, tables, words
from sourcemark.archive.report.findings import Findings
from sourcemark.archive.report.periods import by_period, choose_period
from sourcemark.archive.report.shares import Share, shares
from sourcemark.archive.report.svg import in_words
from sourcemark.archive.report.tally import Tally
from sourcemark.model.likeness import FEWEST_ARTICLES, MOST, Reference, divergence

GROUPS: Final = 20
"""Groups that are shown by themselves, the ones with most sentences; tables have all of them."""
SPEAKERS_SHOWN: Final = 20
SPEAKERS: Final = 1_000
"""Speakers in the table that is a file."""

ShareRow = tuple[str, Tally, Mapping[str, Share]]


@dataclass(frozen=True, slots=True)
class Section:
    """A plot, what its table needs, and the CSV file with all of it."""

    plot: str
    rows: Any
    file: tuple[str, bytes]
    notes: Mapping[str, Any]


def shown_section(findings: Findings) -> Section:
    """Return what is shown of all sentences."""
    row = ("all", findings.whole, shares(findings.whole))
    plot = in_words(
        figures.draw_shown(row[2]),
        "shown",
        "What is shown of the sentences of this archive",
        words.shown_in_words(row[2]),
    )
    return Section(plot, [row], ("shown.csv", tables.shares_csv("sentences_of", [row])), {})


def time_section(findings: Findings) -> Section | None:
    """Return the labels over time, or None where no article has a date."""
    if not findings.dates:
        return None
    period = choose_period(findings.dates)
    joined, vague = by_period(findings.dates, period)
    vague.merge(findings.undated)
    rows = _rows(joined.items())
    own = {name: its for name, _, its in rows}
    plot = in_words(
        figures.draw_time(own, period),
        "time",
        f"Share of each label by {period}",
        words.time_in_words(own),
    )
    without = _rows([("(no date)", vague)] if vague.sentences else [])
    file = ("time.csv", tables.shares_csv(period, [*rows, *without]))
    return Section(plot, [*rows, *without], file, {"period": period, "undated": vague})


def groups_section(findings: Findings, column: str) -> Section:
    """Return the labels by group, those with most sentences first."""
    ordered = sorted(findings.groups.items(), key=lambda item: (-item[1].sentences, item[0]))
    every = _rows(ordered)
    rows = [(words.clean(name), tally, its) for name, tally, its in every[:GROUPS]]
    rest = Tally()
    for _, tally, _ in every[GROUPS:]:
        rest.merge(tally)
    if rest.sentences:
        rows += _rows([(f"the other {len(every) - GROUPS:,} together", rest)])
    own = [(name, its) for name, _, its in rows]
    plot = in_words(
        figures.draw_groups(own),
        "groups",
        f"Share of each label by {column}",
        words.groups_in_words(own),
    )
    notes = {"groups": len(every), "together": max(0, len(every) - GROUPS)}
    return Section(plot, rows, ("groups.csv", tables.shares_csv(column, every)), notes)


def speakers_section(findings: Findings) -> Section | None:
    """Return the most quoted speakers, or None where nobody is named."""
    top = findings.speakers.top(SPEAKERS)
    if not top:
        return None
    shown = [(words.clean(name), counts) for name, counts in top[:SPEAKERS_SHOWN]]
    plot = in_words(
        figures.draw_speakers(shown),
        "speakers",
        "Sentences that rest on each of the most quoted speakers, by label",
        words.speakers_in_words(shown),
    )
    rows = [
        (name, int(counts[:-1].sum()), words.label_counts(counts), int(counts[-1])) for name, counts in shown
    ]
    notes = {"error": findings.speakers.error, "names": len(findings.speakers.sentences), "listed": len(top)}
    return Section(plot, rows, ("speakers.csv", tables.speakers_csv(top)), notes)


def likeness_section(findings: Findings, reference: Reference) -> Section:
    """Compare the archive with articles like those that the model was made for."""
    found = {name: divergence(own, reference.bins[name]) for name, own in findings.bins.items()}
    panels = [
        (
            title,
            words.BIN_NAMES[name],
            (findings.bins[name] / findings.bins[name].sum()).tolist(),
            (reference.bins[name] / reference.bins[name].sum()).tolist(),
        )
        for name, title in words.COMPARED.items()
    ]
    plot = in_words(
        figures.draw_likeness(panels),
        "likeness",
        "This archive beside articles like those the program was made for",
        words.likeness_in_words(found),
    )
    rows = [
        (title, name, round(ours, 6), round(theirs, 6))
        for title, names, *both in panels
        for name, ours, theirs in zip(names, *both, strict=True)
    ]
    enough = findings.whole.articles >= FEWEST_ARTICLES
    notes = {
        "enough": enough,
        "fewest": FEWEST_ARTICLES,
        "most": MOST,
        "divergences": [(words.COMPARED[name], value, value > MOST) for name, value in found.items()],
        "unlike": enough and any(value > MOST for value in found.values()),
        "reference": reference,
    }
    return Section(plot, rows, ("likeness.csv", tables.likeness_csv(rows)), notes)


def _rows(tallies: Iterable[tuple[str, Tally]]) -> list[ShareRow]:
    return [(name, tally, shares(tally)) for name, tally in tallies]
