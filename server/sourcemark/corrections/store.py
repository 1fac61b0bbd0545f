"""Keeps corrections: for each contributor and sentence the last one, and nothing that tells who they are."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select, true
from sqlalchemy.orm import Session

from sourcemark.corrections.errors import DayFullError
from sourcemark.corrections.given import Given, digest_of
from sourcemark.corrections.migrate import MIGRATIONS, bring_up_to_date, is_older
from sourcemark.corrections.place import File, Place
from sourcemark.corrections.postgres import PostgresDatabase
from sourcemark.corrections.sqlite import SqliteFile
from sourcemark.corrections.tables import Contributor, Correction, new_id
from sourcemark.corrections.trouble import in_words

A_DAY: Final = 500
"""Corrections that count for one contributor in one day. A class that shares a token comes up to that."""

_AT_ONCE: Final = 1_000
"""Rows that are read at once."""


class Store:
    """The corrections of one place. Safe to share between threads, and between processes.

    Nothing is created before the first correction is kept. Every method raises CorrectionsError where the
    place cannot be used: NewerStoreError or NotAStoreError where something else is there. `now` is in UTC.
    """

    def __init__(
        self,
        place: Place,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        a_day: int = A_DAY,
        scripts: Path = MIGRATIONS,
    ) -> None:
        self.place = place
        self._now = now
        self._a_day = a_day
        self._scripts = scripts
        self._storage = SqliteFile(place.path) if isinstance(place, File) else PostgresDatabase(place.url)
        self._opening = Lock()
        self._is_open = False

    def open(self) -> bool:
        """Bring what is there up to this version; return False where nothing is."""
        with self._opening, in_words(self.place):
            if not self._storage.exists():
                self._is_open = False
            elif not self._is_open:
                with self._storage.engine.execution_options(writes=True).begin() as connection:
                    self._storage.lock(connection)
                    bring_up_to_date(connection, str(self.place), self._scripts)
                self._storage.made()
                self._is_open = True
            return self._is_open

    def close(self) -> None:
        """Close the connections to a database."""
        self._storage.engine.dispose()

    def examine(self) -> int | None:
        """Return how many corrections there are, None where there is no file yet. Changes nothing."""
        with in_words(self.place):
            if not self._storage.exists():
                return None
            self._storage.examine()
            with self._storage.engine.connect() as connection:
                if is_older(connection, str(self.place), self._scripts):
                    return 0
                return connection.scalar(select(func.count()).select_from(Correction)) or 0

    def give(self, given: Given, token: str | None) -> str:
        """Keep a correction and return its id, by which it can be taken back.

        `token` is the id of the contributor's token, None on this computer. The same proposal for the same
        sentence is kept once; another proposal takes the place of the first. Raises DayFullError.
        """
        with in_words(self.place):
            if not self._storage.exists():
                self._storage.create()
        now = self._now()
        with self._transaction(writes=True) as session:
            contributor = _contributor(session, token)
            digest = digest_of(given.sentence)
            theirs = Correction.contributor_number == contributor.number
            before = session.scalar(select(Correction).where(theirs, Correction.digest == digest))
            if before is not None and before.proposed == given.proposed:
                return before.id
            today = theirs & (Correction.day == now.date()) & (Correction.digest != digest)
            if _count(session, today) >= self._a_day:
                raise DayFullError(self._a_day, _seconds_left(now))
            if before is not None:
                session.delete(before)
                # before the new one, which the tables would not let in beside it
                session.flush()
            id = new_id()
            session.add(
                Correction(
                    id=id,
                    digest=digest,
                    **asdict(given),
                    day=now.date(),
                    contributor=contributor,
                )
            )
        if before is not None:
            self._storage.forget()
        return id

    def take_back(self, id: str) -> bool:
        """Delete one correction; return False where there is none with this id."""
        return self.delete([id]) == 1

    def delete(self, ids: Collection[str]) -> int:
        """Delete the corrections with these ids, and return how many there were."""
        return self._delete(Correction.id.in_(ids))

    def purge(self, older_than: int | None = None, contributor: int | None = None) -> int:
        """Delete what was given more than `older_than` days ago, by one contributor, or all; say how many.

        What was deleted is nowhere in the file afterwards: not by this and not by any deletion before.
        """
        which: ColumnElement[bool] = true()
        if older_than is not None:
            which = Correction.day < self._now().date() - timedelta(days=older_than)
        if contributor is not None:
            which &= Correction.contributor_number == contributor
        deleted = self._delete(which)
        if self._is_open:
            with in_words(self.place):
                self._storage.forget_all()
        return deleted

    def corrections(self) -> Iterator[Correction]:
        """Yield every correction: those of one sentence together, and else in an order that says nothing."""
        if self.open():
            with self._transaction() as session:
                rows = select(Correction).order_by(Correction.digest, Correction.proposed, Correction.id)
                yield from session.scalars(rows.execution_options(yield_per=_AT_ONCE))

    def _delete(self, which: ColumnElement[bool]) -> int:
        if not self.open():
            return 0
        with self._transaction(writes=True) as session:
            deleted = session.connection().execute(delete(Correction).where(which)).rowcount
            # a token that gave nothing that is kept is not remembered
            session.execute(
                delete(Contributor).where(Contributor.number.not_in(select(Correction.contributor_number)))
            )
        if deleted:
            self._storage.forget()
        return deleted

    @contextmanager
    def _transaction(self, *, writes: bool = False) -> Iterator[Session]:
        """Give a session whose changes are kept whole or not at all."""
        self.open()
        engine = self._storage.engine.execution_options(writes=writes)
        with in_words(self.place), Session(engine, expire_on_commit=False) as session, session.begin():
            if writes:
                self._storage.lock(session.connection())
            yield session


def _contributor(session: Session, token: str | None) -> Contributor:
    contributor = session.scalar(select(Contributor).where(Contributor.token.is_not_distinct_from(token)))
    if contributor is None:
        contributor = Contributor(token=token)
        session.add(contributor)
        session.flush()
    return contributor


def _count(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Correction).where(which)) or 0


def _seconds_left(now: datetime) -> int:
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    return int((midnight - now).total_seconds()) + 1
