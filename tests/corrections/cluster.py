"""A PostgreSQL of our own: in a folder of its own, on a socket of its own, gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
import os
from pathlib import Path
import pwd
import shutil
import subprocess
from tempfile import mkdtemp
from urllib.parse import quote

from sqlalchemy import NullPool, create_engine, text

OWNER = "sourcemark"
GUARDED = "guarded"
"""A user who is asked for a password, once a test has created them."""

# where Debian has what it does not put on the path
_DEBIAN = Path("/usr/lib/postgresql")


def program(name: str) -> str | None:
    """Return the path of a program of PostgreSQL; None where there is none."""
    versions = sorted(_DEBIAN.glob("*/bin"), key=lambda each: float(each.parent.name))
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(map(str, reversed(versions))))


def unprivileged() -> str | None:
    """Return whom to run it as: it refuses an administrator, as whom a container runs its tests."""
    if os.geteuid() != 0:
        return None
    users = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"


class Cluster:
    """A running PostgreSQL, with as many databases as are asked for."""

    def __init__(self, folder: Path, user: str | None) -> None:
        self.folder = folder
        self._user = user
        self._databases: set[str] = set()
        # small pieces of its journal, and no waiting for the disk
        small = ("--wal-segsize", "1", "--no-sync")
        self._run("initdb", "--username", OWNER, "--auth", "trust", "--encoding", "UTF8", *small)
        rules = folder / "data" / "pg_hba.conf"
        # the first rule that fits holds
        rules.write_text(f"local all {GUARDED} scram-sha-256\n{rules.read_text()}")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c shared_buffers=16MB"
        self._run("pg_ctl", "start", "--wait", "--log", str(self.folder / "log"), "--options", options)

    def stop(self) -> None:
        """Stop it in the middle of whatever it does, as a crash would."""
        self._run("pg_ctl", "stop", "--wait", "--mode", "immediate")

    def url(self, name: str, user: str = OWNER) -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@/{name}?unix_sock={quote(str(self.folder / '.s.PGSQL.5432'))}"

    def empty_database(self, name: str = "corrections", options: str = "") -> str:
        """Create a database, or empty the one that is there, which takes less time; return its name."""
        if name not in self._databases:
            self.say(f"CREATE DATABASE {name} {options}")
            self._databases.add(name)
        self.say(
            "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO public", name
        )
        return name

    def say(self, statement: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Have a statement done, outside of any transaction; return the rows it gives."""
        address = self.url(name).replace("postgresql:", "postgresql+pg8000:")
        engine = create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            result = connection.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []

    def _run(self, name: str, *arguments: str) -> None:
        command = [program(name) or name, "--pgdata", str(self.folder / "data"), *arguments]
        subprocess.run(
            command,
            user=self._user,
            group=pwd.getpwnam(self._user).pw_gid if self._user else None,
            extra_groups=[] if self._user else None,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )


@contextmanager
def running() -> Iterator[Cluster]:
    """Run a PostgreSQL for as long as the block lasts."""
    # not below pytest's folder, which is closed to other users; a socket's path has to be short, too
    folder = Path(mkdtemp(prefix="sourcemark-"))
    user = unprivileged()
    if user:
        shutil.chown(folder, user)
    cluster = Cluster(folder, user)
    try:
        cluster.start()
        yield cluster
        cluster.stop()
    finally:
        shutil.rmtree(folder)
