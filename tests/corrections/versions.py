"""Other versions of Sourcemark than this one, as far as the tables of corrections go.

    python versions.py PLACE SCRIPTS

opens the corrections of a place as a version with these migrations does.
"""

import os
from pathlib import Path
import shutil
import signal
import subprocess
import sys

from sourcemark.corrections.migrate import MIGRATIONS
from sourcemark.corrections.place import Place, place_named
from sourcemark.corrections.store import Store

_NEXT = '''
"""What a later version may change."""

from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contributor", sa.Column("later", sa.String(10), server_default="yes"))
    with op.batch_alter_table("correction") as table:
        table.alter_column("model", type_=sa.String(64), existing_nullable=False)
    {meanwhile}
    op.create_table("later", sa.Column("number", sa.Integer, primary_key=True))
'''
_KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"


def later_version(folder: Path, head: str = "0001", *, killed: bool = False) -> Path:
    """Write the migrations of a later version; one that is killed half-way goes no further than that."""
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = _NEXT.format(head=head, meanwhile=_KILLED if killed else "")
    (folder / "versions" / "later.py").write_text(text.lstrip())
    return folder


def first_version_killed(folder: Path) -> Path:
    """Write the first migration, which is killed before it has made the second table."""
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (script,) = (each for each in (folder / "versions").glob("*.py") if '"0001"' in each.read_text())
    text = script.read_text()
    second = '    op.create_table(\n        "correction",'
    assert second in text
    script.write_text(text.replace(second, f"    {_KILLED}\n{second}"))
    return folder


def open_and_be_killed(name: str, scripts: Path) -> None:
    """Open the corrections of a place in a process of its own, and see it killed."""
    process = subprocess.run([sys.executable, __file__, name, scripts], check=False)
    assert process.returncode == -signal.SIGKILL


def name_of(place: Place) -> str:
    """Return what the setting says for a place."""
    return getattr(place, "url", None) or str(place)


def main(name: str, scripts: str) -> None:
    place = place_named(name, os.environ)
    assert place is not None
    store = Store(place, scripts=Path(scripts))
    store._storage.create()
    store.open()


if __name__ == "__main__":
    main(*sys.argv[1:])
