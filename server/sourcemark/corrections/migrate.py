"""Brings the tables up to this version, all in one transaction: a process that is killed changes nothing.

https://alembic.sqlalchemy.org/en/latest/cookbook.html, "Sharing a Connection"
"""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from sourcemark.corrections.errors import NewerStoreError, NotAStoreError

MIGRATIONS: Final = Path(__file__).parent / "migrations"

# the name says whose tables these are
_VERSION_TABLE: Final = "sourcemark_version"


def bring_up_to_date(connection: Connection, told: str, scripts: Path = MIGRATIONS) -> None:
    """Make the tables, or change those of an older version, in the transaction of `connection`.

    Nobody else may write meanwhile. Raises NewerStoreError or NotAStoreError, with nothing changed, where the
    tables are not ours to change; `told` names the place in them.
    """
    config = Config()
    # a config file's own syntax gives % a meaning
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes |= {"connection": connection, "version_table": _VERSION_TABLE}
    if is_older(connection, told, scripts):
        command.upgrade(config, "head")


def is_older(connection: Connection, told: str, scripts: Path = MIGRATIONS) -> bool:
    """Whether the tables have to be brought up to date. Raises as `bring_up_to_date`."""
    known = ScriptDirectory(str(scripts))
    context = MigrationContext.configure(connection, opts={"version_table": _VERSION_TABLE})
    current = context.get_current_revision()
    if current is None:
        if inspect(connection).get_table_names():
            raise NotAStoreError(told)
    elif current not in {script.revision for script in known.walk_revisions()}:
        raise NewerStoreError(told)
    return current != known.get_current_head()
