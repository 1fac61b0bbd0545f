"""The tables, as this version reads and writes them; `migrations` makes them."""

import datetime
import secrets
from typing import Final

from sqlalchemy import ForeignKey, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

_ID_BYTES: Final = 16
_ID_LENGTH: Final = 22
"""Of those bytes in URL-safe base64."""


class Base(DeclarativeBase):
    """What the tables share: constraints have names, by which a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
        }
    )


class Contributor(Base):
    """Whoever has a token; everybody on the service's own computer is one."""

    __tablename__ = "contributor"

    number: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Id of the token; None for the service's own computer."""


class Correction(Base):
    """One contributor's word on one sentence: the last one. No column tells when in the day it came."""

    __tablename__ = "correction"
    __table_args__ = (
        UniqueConstraint("contributor_number", "digest"),
        # rowids would tell in which order they came
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(_ID_LENGTH), primary_key=True)
    """Drawn by lot. Whoever knows it may take the correction back."""
    digest: Mapped[str] = mapped_column(String(64), index=True)
    """SHA-256 of the sentence, however it is wrapped."""
    before: Mapped[str | None]
    sentence: Mapped[str]
    after: Mapped[str | None]
    given: Mapped[str | None] = mapped_column(String(32))
    given_state: Mapped[str] = mapped_column(String(32))
    proposed: Mapped[str | None] = mapped_column(String(32))
    """None says that no source stands behind the sentence."""
    model: Mapped[str] = mapped_column(String(12))
    day: Mapped[datetime.date] = mapped_column(index=True)
    """In UTC."""
    contributor_number: Mapped[int] = mapped_column(ForeignKey("contributor.number"))
    contributor: Mapped[Contributor] = relationship(lazy="joined")


def new_id() -> str:
    """Return an id for a correction, by lot."""
    # a command would take one that begins with a hyphen for an option
    while (id := secrets.token_urlsafe(_ID_BYTES)).startswith("-"):
        pass
    return id
