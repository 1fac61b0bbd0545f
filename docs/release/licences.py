"""List the licence of every locked package, from what the package says itself, in `licences.csv`.

    python docs/release/licences.py [FOLDER]

Writes the table again. What is installed is asked, and for Node packages their lock. A package that belongs
to another system or Python version is not installed here: its wheel in FOLDER is asked (`pip download
--no-deps --only-binary :all: --platform … --dest FOLDER …`), and without one its row stays if it is of the
same version.

Older packages name their licence in words. A row's `licence`, an SPDX expression, is then a person's reading
of `declared`, and stays for as long as the package declares the same. Where there is none yet it is left
empty, and the tests fail until somebody has read the package's licence and written it down.
"""

from collections.abc import Iterator
import csv
from importlib.metadata import Distribution, PackageNotFoundError, PathDistribution, distribution
from pathlib import Path
import re
import sys
from typing import Any, Final
import zipfile

from locks import Package, uses
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name

TABLE = Path(__file__).with_name("licences.csv")
FIELDS: Final = ("ecosystem", "name", "version", "used", "declared", "licence", "read_from")

INSTALLED, NODE_LOCK, WHEEL = "installed package", "package-lock.json", "wheel"

COMPATIBLE: Final = frozenset(
    """
    0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC MIT MIT-0 MIT-CMU
    PSF-2.0 Python-2.0 Zlib ZPL-2.1
    MPL-1.1 MPL-2.0
""".split()
)
"""Licences that may be used together with Sourcemark's own, MIT. The last two ask for the source of a package
that was changed, and for nothing else; Sourcemark changes none, and its wheel holds none of them."""

_WORDS: Final = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Zope Public License": "ZPL-2.1",
}
"""What a classifier can only mean. “BSD License” is none of these: there are several."""

Row = dict[str, str]


def table(earlier: list[Row], wheels: Path | None = None) -> Iterator[Row]:
    """Yield the rows for what is locked now; `earlier` are those of the table as it stands."""
    known = {(row["ecosystem"], row["name"], row["version"]): row for row in earlier}
    read = {(row["ecosystem"], row["name"], row["declared"]): row["licence"] for row in earlier}
    for package, used in sorted(uses(), key=lambda each: (each[0].ecosystem != "PyPI", *_order(each[0]))):
        row = dict(zip(FIELDS[:4], (package.ecosystem, package.name, package.version, used), strict=True))
        declared, origin = declaration(package, wheels)
        if not origin and (kept := known.get((package.ecosystem, package.name, package.version))):
            declared, origin = kept["declared"], kept["read_from"]
        licence = read.get((package.ecosystem, package.name, declared)) or spdx(declared)
        yield row | {"declared": declared, "licence": licence, "read_from": origin}


def declaration(package: Package, wheels: Path | None) -> tuple[str, str]:
    """Return what a package declares, in a line, and where that was read; both empty where it is not here."""
    if package.ecosystem == "npm":
        return package.declared, NODE_LOCK
    try:
        found = distribution(package.name)
        if found.version == package.version:
            return _declared(found), INSTALLED
    except PackageNotFoundError:
        pass
    for wheel in sorted(wheels.glob("*.whl")) if wheels else ():
        name, version = wheel.name.split("-")[:2]
        if (canonicalize_name(name), version) == (canonicalize_name(package.name), package.version):
            with zipfile.ZipFile(wheel) as opened:
                return _declared(_inside(opened)), WHEEL
    return "", ""


def spdx(declared: str) -> str:
    """Return the SPDX expression that `declared` is, or can only mean; empty where a person must read."""
    try:
        return str(canonicalize_license_expression(declared))
    except InvalidLicenseExpression:
        return _WORDS.get(declared, "")


def is_compatible(expression: str) -> bool:
    """Return whether one choice that an SPDX expression leaves has compatible licences only."""
    while "(" in expression:
        expression = re.sub(
            r"\(([^()]*)\)", lambda inner: "MIT" if is_compatible(inner[1]) else "none", expression
        )
    return any(
        all(licence.strip() in COMPATIBLE for licence in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


def read_table() -> list[Row]:
    """Return the rows of `licences.csv`."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _declared(found: Distribution) -> str:
    facts: Any = found.metadata
    classifiers = [each for each in facts.get_all("Classifier") or [] if each.startswith("License ::")]
    words = " / ".join(each.rpartition(" :: ")[2] for each in classifiers)
    # some put the whole text of their licence here
    field = str(facts.get("License") or "").strip().partition("\n")[0]
    return str(facts.get("License-Expression") or words or field)


def _inside(wheel: zipfile.ZipFile) -> Distribution:
    (metadata,) = (name for name in wheel.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
    return PathDistribution(zipfile.Path(wheel, metadata.removesuffix("METADATA")))


def _order(package: Package) -> tuple[str, str]:
    return package.name, package.version


def main(wheels: str | None = None) -> None:
    """Write the table again, and name what a person must read."""
    rows = list(table(read_table() if TABLE.exists() else [], Path(wheels) if wheels else None))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        if not row["licence"] or not is_compatible(row["licence"]):
            print(f"{row['name']} {row['version']}: “{row['declared']}” → “{row['licence']}”")


if __name__ == "__main__":
    main(*sys.argv[1:])
