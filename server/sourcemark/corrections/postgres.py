"""Corrections in a database of PostgreSQL, for a service with many readers or several computers."""

from inspect import signature
from typing import Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, func, make_url, select, text
from sqlalchemy.exc import ArgumentError

from sourcemark.settings import SettingsError, variable_of

_SECONDS: Final = 10
"""Longest wait for a connection, and for each answer of the database."""
_LOCK: Final = int.from_bytes(b"srcmark", "big")
"""A number of our own: PostgreSQL lets one transaction at a time have it."""


class PostgresDatabase:
    """One database of our own. Raises SettingsError where the address or the driver is not usable."""

    def __init__(self, url: str) -> None:
        try:
            address = make_url(url).set(drivername="postgresql+pg8000")
            self.engine: Engine = create_engine(
                address,
                # a connection that broke while nobody used it is replaced, and no correction lost over it
                pool_pre_ping=True,
                pool_timeout=_SECONDS,
                connect_args={"timeout": _SECONDS},
                hide_parameters=True,
            )
            # what the driver does not know, or misses, would be a TypeError at the first connection
            options, named = self.engine.dialect.create_connect_args(address)
            signature(self.engine.dialect.loaded_dbapi.connect).bind(*options, **named)
        except ModuleNotFoundError:
            raise SettingsError(
                "Corrections in PostgreSQL need pg8000, which is not installed. Run: "
                "pip install 'sourcemark[postgres]'"
            ) from None
        except (ArgumentError, TypeError, ValueError):
            # not repeated: it may hold a password
            raise SettingsError(
                f"{variable_of('corrections')} is no address of a database that pg8000 can use: "
                "postgresql://sourcemark:PASSWORD@localhost/sourcemark is one."
            ) from None

    def exists(self) -> bool:
        """Whether there is something to look at: for a database, always."""
        return True

    def create(self) -> None:
        """Nothing to do: whoever runs PostgreSQL creates databases."""

    def lock(self, connection: Connection) -> None:
        """Wait until no other transaction writes corrections, and keep others waiting until this one ends."""
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    def made(self) -> None:
        """Nothing to do once the tables are there."""

    def forget(self) -> None:
        """Nothing to do: PostgreSQL frees the place of what was deleted itself (autovacuum)."""

    def forget_all(self) -> None:
        """Write the tables anew, without what was deleted. PostgreSQL's own journal is not ours to empty."""
        # a connection of its own: one that the pool has tried is in a transaction already
        engine = create_engine(
            self.engine.url, isolation_level="AUTOCOMMIT", poolclass=NullPool, hide_parameters=True
        )
        with engine.connect() as connection:
            for table in ("correction", "contributor"):
                connection.execute(text(f"VACUUM FULL {table}"))

    def examine(self) -> None:
        """Nothing to look at: PostgreSQL looks after its files itself."""
