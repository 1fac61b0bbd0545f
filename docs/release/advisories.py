"""Compare the locked packages with a copy of the OSV database, without a network.

    python docs/release/advisories.py PATH …

Each PATH is an export of https://osv.dev, such as `PyPI/all.zip` and `npm/all.zip`, or a folder of its JSON
files. Prints one line for each known fault of a locked version. The exit status is 1 where there is any, and
2 where the exports hold nothing about an ecosystem that is locked, since then nothing has been shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import json
from pathlib import Path
import sys
import zipfile

from locks import Package, uses
from packaging.utils import canonicalize_name
from versions import Record, fixes, is_affected


@dataclass(frozen=True, slots=True)
class Finding:
    """An advisory that a locked version has."""

    package: Package
    id: str
    aliases: tuple[str, ...]
    summary: str
    fixed: tuple[str, ...]

    def __str__(self) -> str:
        names = ", ".join((self.id, *self.aliases))
        fixed = f"fixed in {' and '.join(self.fixed)}" if self.fixed else "no version without it is named"
        return (
            f"{self.package.name} {self.package.version}: {names}: {self.summary or 'no summary'} ({fixed})"
        )


class AdvisoriesError(Exception):
    """An export cannot be used. The message says why, and what to do."""


def records(path: Path) -> Iterator[Record]:
    """Yield the advisories of an export, a folder or a zip. Raises AdvisoriesError."""
    try:
        if path.is_dir():
            contents = (each.read_bytes() for each in sorted(path.rglob("*.json")))
            yield from map(json.loads, contents)
        else:
            with zipfile.ZipFile(path) as export:
                names = [name for name in export.namelist() if name.endswith(".json")]
                yield from (json.loads(export.read(name)) for name in names)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise AdvisoriesError(
            f"{path} is not an export of OSV: {error}. Give its all.zip, or the folder it unpacks to."
        ) from error


def findings(packages: Iterable[Package], advisories: Iterable[Record]) -> Iterator[Finding]:
    """Yield what of `advisories` the locked `packages` have; one that was withdrawn counts no more."""
    locked: dict[tuple[str, str], list[Package]] = {}
    for package in packages:
        locked.setdefault((package.ecosystem, _name(package.ecosystem, package.name)), []).append(package)
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        for affected in advisory.get("affected", ()):
            ecosystem = _ecosystem(affected)
            name = affected.get("package", {}).get("name", "")
            for package in locked.get((ecosystem, _name(ecosystem, name)), ()):
                if is_affected(ecosystem, package.version, affected):
                    yield Finding(
                        package,
                        advisory["id"],
                        tuple(advisory.get("aliases", ())),
                        advisory.get("summary", ""),
                        tuple(fixes(affected)),
                    )


def _ecosystem(affected: Record) -> str:
    # "Debian:12": what follows the colon is a part of it
    return str(affected.get("package", {}).get("ecosystem", "")).partition(":")[0]


def _name(ecosystem: str, name: str) -> str:
    return canonicalize_name(name) if ecosystem == "PyPI" else name


def audit(paths: Iterable[Path]) -> list[Finding]:
    """Return what the locks have of the advisories at `paths`. Raises AdvisoriesError."""
    packages = [package for package, _ in uses()]
    missing = {each.ecosystem for each in packages}

    def read() -> Iterator[Record]:
        # one after the other: an export is larger than what fits into memory with ease
        for path in paths:
            for advisory in records(path):
                missing.difference_update(_ecosystem(each) for each in advisory.get("affected", ()))
                yield advisory

    found = list(findings(packages, read()))
    if missing:
        names = " and ".join(sorted(missing))
        raise AdvisoriesError(
            f"There are no advisories for {names} in what was given, so nothing is shown of those packages. "
            f"Add the export for {names}."
        )
    return found


def main(*paths: str) -> None:
    """Print what was found; see the module's text for the exit status."""
    try:
        found = audit(map(Path, paths))
    except AdvisoriesError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    for each in found:
        print(each)
    print(f"{len(found)} known faults in the locked packages.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
