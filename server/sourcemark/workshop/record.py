"""Reads a workshop's file into its state."""

from collections import Counter, defaultdict
import sqlite3

import msgspec

from sourcemark.workshop.lifetime import deadline
from sourcemark.workshop.plan import Plan
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import Answered, Keys, Participant, WorkshopState, last_round


def read_plan(file: sqlite3.Connection) -> Plan:
    """Return the plan."""
    return msgspec.json.decode(file.execute("SELECT plan FROM workshop").fetchone()[0], type=Plan)


def read_keys(file: sqlite3.Connection) -> Keys:
    """Return the code and the secrets."""
    return Keys(*file.execute("SELECT code, facilitator, projector FROM workshop").fetchone())


def read_step(file: sqlite3.Connection) -> tuple[Stage, int]:
    """Return the stage, and the index of the article that it is about."""
    stage, article = file.execute("SELECT stage, article FROM workshop").fetchone()
    return Stage(stage), article


def read_state(file: sqlite3.Connection) -> WorkshopState:
    """Return the workshop as it stands."""
    plan = read_plan(file)
    stage, article = read_step(file)
    tallies = {
        (round, sentence): Answered(n, msgspec.json.decode(counts, type=dict[str, int]))
        for round, sentence, n, counts in file.execute("SELECT round, sentence, n, counts FROM tally")
    }
    answered = _answered(file, tallies)
    # after the answers the round that was held last counts
    round = stage.answers_round or (last_round(plan, answered, article) if stage.shows_totals else 1)
    return WorkshopState(
        plan=plan,
        keys=read_keys(file),
        stage=stage,
        article=article,
        round=round,
        participants=_participants(file, plan, article, round),
        answered=answered,
        tallies=tallies,
        notes=dict(file.execute("SELECT sentence, text FROM note")),
        slips={(question, option): n for question, option, n in file.execute("SELECT * FROM slip")},
        started=file.execute("SELECT started FROM workshop").fetchone()[0],
        ends=deadline(file),
    )


def _answered(
    file: sqlite3.Connection, tallies: dict[tuple[int, int], Answered]
) -> dict[tuple[int, int], Answered]:
    """Return the answers from the web, with the counts by hand added to them."""
    n: Counter[tuple[int, int]] = Counter()
    counts: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for key, tally in tallies.items():
        n[key] += tally.n
        counts[key].update(tally.counts)
    for round, sentence, choices, times in file.execute(
        "SELECT round, sentence, choices, COUNT(*) FROM answer GROUP BY round, sentence, choices"
    ):
        n[round, sentence] += times
        counts[round, sentence].update(dict.fromkeys(choices.split(), times))
    return {key: Answered(n[key], dict(counts[key])) for key in n}


def _participants(file: sqlite3.Connection, plan: Plan, article: int, round: int) -> tuple[Participant, ...]:
    sentences = plan.of_article(article)
    rows = file.execute(
        "SELECT id, people, COUNT(sentence), handed_in FROM participant"
        " LEFT JOIN answer ON participant = id AND round = ? AND sentence BETWEEN ? AND ?"
        " GROUP BY id ORDER BY id",
        (round, sentences[0].number, sentences[-1].number),
    )
    return tuple(Participant(id, people, answered, bool(slip)) for id, people, answered, slip in rows)
