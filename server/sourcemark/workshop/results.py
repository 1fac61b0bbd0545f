"""The results of a workshop: rows for a printed sheet, and a CSV file for spreadsheets."""

import csv
from dataclasses import dataclass
from datetime import datetime
import io
from typing import Final

from sourcemark.workshop.choices import BY_ID, CHOICES
from sourcemark.workshop.comparison import Comparison, compare
from sourcemark.workshop.plan import BANDS, BLANKS, NOT_SURE, PlannedSentence
from sourcemark.workshop.state import WorkshopState
from sourcemark.workshop.totals import FEWER, SentenceTotal, total_of

COLUMNS: Final = (
    *"date article_title source licence sentence_no sentence round n".split(),
    *(choice.column for choice in CHOICES),
    *"tool_label tool_band model_version facilitator_note".split(),
)

# a spreadsheet reads a cell that begins with one of these as a formula, the wide forms too:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A sentence with what the room and the tool said of it."""

    sentence: PlannedSentence
    totals: tuple[SentenceTotal, ...]
    """Of round 1 and, where it was held, of round 2."""
    tool: str
    """The tool's answer in words: a label's name, "No source found", "Not sure" or "Not checked"."""
    band: str
    """How sure the tool is, in words; empty where it is not sure or did not check."""
    comparison: Comparison
    """Of the tool with the room's last round."""
    note: str


def result_rows(state: WorkshopState) -> tuple[ResultRow, ...]:
    """Return a row for every sentence of the workshop, in the order of the text."""
    return tuple(_row(state, sentence) for sentence in state.plan.sentences)


def tool_words(label: str | None, state: str) -> str:
    """Return the tool's answer in words."""
    return BY_ID[label].name if label is not None else BLANKS[state]


def csv_file(state: WorkshopState) -> bytes:
    """Return the results as CSV for spreadsheets, a row for each sentence and round.

    UTF-8 with a byte order mark, without which Excel breaks accents; no cell can act as a formula; totals
    of fewer than four answers stay hidden, as everywhere.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    date = datetime.fromtimestamp(state.started).astimezone().date().isoformat()
    for row in result_rows(state):
        article = state.plan.articles[row.sentence.article]
        for round, total in enumerate(row.totals, 1):
            counts = total.counts
            writer.writerow(
                [
                    date,
                    *map(_cell, (article.title, article.source, article.licence)),
                    row.sentence.number,
                    _cell(row.sentence.text),
                    round,
                    FEWER if total.n is None else total.n,
                    *("" if counts is None else counts[choice.id] for choice in CHOICES),
                    row.tool,
                    row.band,
                    state.plan.model,
                    _cell(row.note),
                ]
            )
    return file.getvalue().encode("utf-8-sig")


def _row(state: WorkshopState, sentence: PlannedSentence) -> ResultRow:
    rounds = range(1, state.last_round(sentence.article) + 1)
    found = tuple(total_of(state, sentence, round) for round in rounds)
    return ResultRow(
        sentence=sentence,
        totals=found,
        tool=tool_words(sentence.label, sentence.state),
        band=BANDS[sentence.band] if sentence.band not in (None, NOT_SURE) else "",
        comparison=compare(sentence, found[-1]),
        note=state.notes.get(sentence.number, ""),
    )


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
