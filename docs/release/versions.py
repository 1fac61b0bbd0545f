"""Whether a version is among those that an advisory of OSV is about.

https://ossf.github.io/osv-schema/#evaluation
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
import re
from typing import Any, Final

from packaging.version import InvalidVersion, Version

Record = Mapping[str, Any]

_SEMVER: Final = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?")


def is_affected(ecosystem: str, version: str, affected: Record) -> bool:
    """Return whether `version` is one of those listed in `affected`, or lies in one of its ranges."""
    key = _KEYS[ecosystem]
    here = key(version)
    if any(key(each) == here for each in affected.get("versions", ())):
        return True
    return any(_in_range(version, reach["events"], key) for reach in _ranges(affected))


def fixes(affected: Record) -> Iterator[str]:
    """Yield the versions in which what `affected` is about was mended."""
    for reach in _ranges(affected):
        yield from (event["fixed"] for event in reach["events"] if "fixed" in event)


def _ranges(affected: Record) -> Iterator[Record]:
    # the third type counts commits
    yield from (reach for reach in affected.get("ranges", ()) if reach["type"] in {"ECOSYSTEM", "SEMVER"})


def _in_range(version: str, events: Iterable[Record], key: Callable[[str], Any]) -> bool:
    def place(value: str) -> tuple[Any, ...]:
        # "0" stands for before every version
        return (False,) if value == "0" else (True, key(value))

    here = place(version)
    timeline = sorted(
        (place(value), kind) for event in events for kind, value in event.items() if value != "*"
    )
    inside = False
    for there, kind in timeline:
        if kind == "introduced":
            inside = inside or here >= there
        elif here > there or (here == there and kind != "last_affected"):
            inside = False
    return inside


def _python(version: str) -> tuple[bool, Any]:
    # a version that Python's rules cannot read is older than all others, as it was for its tools
    try:
        return True, Version(version)
    except InvalidVersion:
        return False, version


def _node(version: str) -> tuple[Any, ...]:
    """Return what orders versions as https://semver.org/#spec-item-11 does."""
    found = _SEMVER.fullmatch(version)
    if found is None:
        return (0, 0, 0), False, ()
    *numbers, before = found.groups()
    # numbers come before words, and whatever has such a part before what has none
    parts = tuple(
        (False, int(part), "") if part.isdecimal() else (True, 0, part) for part in (before or "").split(".")
    )
    return tuple(map(int, numbers)), before is None, parts


_KEYS: Final[Mapping[str, Callable[[str], Any]]] = {"PyPI": _python, "npm": _node}
