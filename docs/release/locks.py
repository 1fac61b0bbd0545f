"""Read the three locks: what is installed to run, to build and to check, each with a version and hashes.

    python docs/release/locks.py

says what is wrong with them, and nothing where all is well: every package has one version and a hash, and no
lock names an index, a registry or any other address to fetch from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import json
from pathlib import Path
import re
import sys

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "requirements.lock"
TEST = ROOT / "requirements-dev.lock"
NODE = ROOT / "package-lock.json"

PRODUCT = "sourcemark"

RUNTIME, BUILD, EXTRA, DEVELOPMENT = "runtime", "build", "extra", "development"
"""What a package is there for, the most important first."""

_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.*))?")
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")
_ROOT = re.compile(r"sourcemark \(pyproject\.toml(?P<group>:\w+)?\)")


@dataclass(frozen=True, slots=True)
class Package:
    """One package of a lock. `needed_by` are names, or the product's own with a group: `sourcemark:build`."""

    ecosystem: str
    name: str
    version: str
    hashes: tuple[str, ...]
    marker: str = ""
    needed_by: tuple[str, ...] = ()
    declared: str = ""
    """The licence, where the lock says it itself."""


def read_requirements(text: str) -> list[Package]:
    """Return the packages of a lock in pip's format, as `uv pip compile` writes it."""
    packages = []
    for block in re.split(r"\n(?=\S)", text):
        if found := _REQUIREMENT.match(block.replace(" \\\n", "\n")):
            packages.append(
                Package(
                    "PyPI",
                    found["name"],
                    found["version"],
                    tuple(_HASH.findall(block)),
                    found["marker"] or "",
                    tuple(_needed_by(block)),
                )
            )
    return packages


def _needed_by(block: str) -> Iterator[str]:
    for line in re.findall(r"^ +# +(?:via +)?(\S.*)$", block, re.MULTILINE):
        if line == "via":
            continue
        root = _ROOT.fullmatch(line)
        yield PRODUCT + (root["group"] or "") if root else line


def read_node(text: str) -> list[Package]:
    """Return the packages of `package-lock.json`, one for each version."""
    packages = {}
    for place, facts in json.loads(text)["packages"].items():
        if place:
            name = place.rpartition("node_modules/")[2]
            packages[name, facts["version"]] = Package(
                "npm",
                name,
                facts["version"],
                tuple(facts.get("integrity", "").split()),
                declared=facts.get("license", ""),
            )
    return list(packages.values())


def reached(packages: Iterable[Package], *roots: str) -> set[str]:
    """Return the names of what `roots` need, and what those need."""
    names = set(roots)
    found: set[str] = set()
    while new := {each.name for each in packages if names & set(each.needed_by)} - found:
        found |= new
        names |= new
    return found


def uses() -> list[tuple[Package, str]]:
    """Return every locked package once, with what it is there for."""
    run, test = (read_requirements(path.read_text("utf-8")) for path in (RUN, TEST))
    runtime, built = reached(run, PRODUCT), reached(run, f"{PRODUCT}:build")
    extra = reached(test, PRODUCT)

    def use(name: str) -> str:
        if name in runtime:
            return RUNTIME
        return BUILD if name in built else EXTRA if name in extra else DEVELOPMENT

    python = {(each.name, each.version): each for each in (*run, *test)}
    found = [(each, use(each.name)) for each in python.values()]
    return found + [(each, DEVELOPMENT) for each in read_node(NODE.read_text("utf-8"))]


def faults_of_requirements(text: str) -> Iterator[str]:
    """Yield what is wrong with a lock in pip's format."""
    yield from _addresses(text)
    for line in re.findall(r"^-\S+", text, re.MULTILINE):
        yield f"{line}: a lock has no options"
    named = re.findall(r"^[A-Za-z0-9][^\s=<>~!;\[@]*", text, re.MULTILINE)
    packages = read_requirements(text)
    for name in sorted(set(named) - {each.name for each in packages}):
        yield f"{name}: no exact version"
    for each in packages:
        if not each.hashes:
            yield f"{each.name}: no SHA-256 hash"


def faults_of_node(text: str) -> Iterator[str]:
    """Yield what is wrong with `package-lock.json`."""
    for place, facts in json.loads(text)["packages"].items():
        if "resolved" in facts:
            yield f"{place}: names an address to fetch from"
        if facts.get("link"):
            yield f"{place}: is a link"
        if place and not facts.get("integrity", "").startswith("sha512-"):
            yield f"{place}: no SHA-512 hash"


def _addresses(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if "://" in line or " @ " in line:
            yield f"{line.strip()}: names an address to fetch from"


def main() -> None:
    """Say what is wrong with the three locks; the exit status is 1 where anything is."""
    found = [
        f"{path.name}: {fault}"
        for path, faults in (
            (RUN, faults_of_requirements),
            (TEST, faults_of_requirements),
            (NODE, faults_of_node),
        )
        for fault in faults(path.read_text("utf-8"))
    ]
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
