"""Who takes part, in the workshop's file: a random id, and a secret that nobody else has."""

import sqlite3

from sourcemark.workshop.codes import new_id, new_secret
from sourcemark.workshop.errors import UnknownParticipantError


def add(file: sqlite3.Connection, people: int) -> str:
    """Add a participant, or 2 people at one screen; return the secret."""
    secret = new_secret()
    file.execute(
        "INSERT INTO participant (id, secret, people) VALUES (?, ?, ?)",
        (new_id(), secret, 2 if people == 2 else 1),
    )
    return secret


def id_of(file: sqlite3.Connection, secret: str) -> str:
    """Return the id of the participant whose secret it is. Raises UnknownParticipantError."""
    query = "SELECT id FROM participant WHERE secret = ?"
    row = file.execute(query, (_storable(secret),)).fetchone()
    if row is None:
        raise UnknownParticipantError
    return str(row[0])


def take_out(file: sqlite3.Connection, id: str) -> None:
    """Take a participant out, with all their answers. Raises UnknownParticipantError."""
    if not file.execute("DELETE FROM participant WHERE id = ?", (_storable(id),)).rowcount:
        raise UnknownParticipantError


def _storable(text: str) -> str:
    # what an address can hold and a file cannot: half a surrogate pair
    return text.encode(errors="replace").decode()
