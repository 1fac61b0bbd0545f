"""The locked packages against advisories from a file. These advisories are invented for the tests."""

from collections.abc import Iterable
import json
from pathlib import Path
from typing import Any
import zipfile

from advisories import AdvisoriesError, audit, findings, main, records
from locks import NODE, TEST, Package, read_node, read_requirements
import pytest

FLASK = next(each for each in read_requirements(TEST.read_text("utf-8")) if each.name == "flask")
ESLINT = next(each for each in read_node(NODE.read_text("utf-8")) if each.name == "eslint")


def advisory(ecosystem: str, name: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    kind = "ECOSYSTEM" if ecosystem == "PyPI" else "SEMVER"
    affected = {
        "package": {"ecosystem": ecosystem, "name": name},
        "ranges": [{"type": kind, "events": list(events)}] if events else [],
        "versions": more.pop("versions", []),
    }
    return {"id": "TEST-2026-1", "modified": "2026-01-01T00:00:00Z", "affected": [affected], **more}


def package(version: str, ecosystem: str = "PyPI", name: str = "some-package") -> Package:
    return Package(ecosystem, name, version, ())


def has(version: str, *events: dict[str, str], ecosystem: str = "PyPI", **more: Any) -> bool:
    known = advisory(ecosystem, "some-package", *events, **more)
    return any(findings([package(version, ecosystem)], [known]))


ALL = {"introduced": "0"}


@pytest.mark.parametrize(
    ("version", "events", "affected"),
    [
        ("1.9", [ALL, {"fixed": "1.10"}], True),
        ("1.10", [ALL, {"fixed": "1.10"}], False),
        ("1.10rc1", [ALL, {"fixed": "1.10"}], True),
        ("1.10.post1", [ALL, {"fixed": "1.10"}], False),
        ("1.0", [{"introduced": "1.0"}, {"last_affected": "1.2"}], True),
        ("1.2", [{"introduced": "1.0"}, {"last_affected": "1.2"}], True),
        ("1.2.1", [{"introduced": "1.0"}, {"last_affected": "1.2"}], False),
        ("0.9", [{"introduced": "1.0"}, {"fixed": "2.0"}], False),
        ("9.0", [ALL], True),
        # the same in any order, and again broken after it was mended
        ("3.1", [{"introduced": "3.0"}, {"fixed": "2.0"}, ALL], True),
        ("2.5", [{"introduced": "3.0"}, {"fixed": "2.0"}, ALL], False),
        ("0.0.dev1", [ALL, {"fixed": "1.0"}], True),
    ],
)
def test_a_version_is_compared_as_python_packages_are(
    version: str, events: list[dict[str, str]], affected: bool
) -> None:
    assert has(version, *events) == affected


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ("1.9.9", True),
        ("1.10.0-alpha", True),
        ("1.10.0-beta.2", True),
        ("1.10.0-beta.11", False),
        ("1.10.0", False),
        ("1.10.1-alpha", False),
    ],
)
def test_a_node_version_is_compared_as_semver_has_it(version: str, affected: bool) -> None:
    assert has(version, ALL, {"fixed": "1.10.0-beta.11"}, ecosystem="npm") == affected


def test_a_version_that_is_listed_is_affected_whatever_the_ranges_say() -> None:
    assert has("1.0", {"introduced": "2.0"}, versions=["1.0"])
    assert has("1.0", versions=["0.9", "1.0.0"])
    assert not has("1.1", versions=["1.0"])


def test_a_withdrawn_advisory_counts_no_more() -> None:
    assert not has("1.0", ALL, withdrawn="2026-02-01T00:00:00Z")


def test_a_name_is_compared_as_its_ecosystem_does() -> None:
    assert any(findings([package("1.0", name="some-package")], [advisory("PyPI", "Some.Package", ALL)]))
    assert not any(findings([package("1.0.0", "npm")], [advisory("PyPI", "some-package", ALL)]))
    assert not any(findings([package("1.0.0", "npm")], [advisory("npm", "Some-Package", ALL)]))


def test_commits_are_not_versions() -> None:
    known = advisory("PyPI", "some-package")
    known["affected"][0]["ranges"] = [{"type": "GIT", "events": [ALL], "repo": "https://host.example/a"}]
    assert not any(findings([package("1.0")], [known]))


def as_folder(path: Path, known: Iterable[dict[str, Any]]) -> Path:
    path.mkdir()
    for number, each in enumerate(known):
        (path / f"TEST-{number}.json").write_text(json.dumps(each))
    return path


def as_zip(path: Path, known: Iterable[dict[str, Any]]) -> Path:
    with zipfile.ZipFile(path, "w") as export:
        for number, each in enumerate(known):
            export.writestr(f"TEST-{number}.json", json.dumps(each))
    return path


HARMLESS = [
    advisory("PyPI", "flask", ALL, {"fixed": "0.5"}),
    advisory("npm", "eslint", ALL, {"fixed": "0.5.0"}),
    advisory("PyPI", "a-package-that-nobody-locked", ALL),
    advisory("Debian:12", "flask", ALL),
]
HARMFUL = [
    advisory("PyPI", "Flask", ALL, aliases=["CVE-2026-0"], summary="Cookies are eaten."),
    advisory("npm", "eslint", ALL, {"fixed": "999.0.0"}),
]


@pytest.mark.parametrize("make", [as_folder, as_zip])
def test_the_locks_are_compared_with_an_export(make: Any, tmp_path: Path) -> None:
    assert audit([make(tmp_path / "harmless", HARMLESS)]) == []

    found = audit([make(tmp_path / "harmful", HARMLESS + HARMFUL)])

    assert {each.package.name for each in found} == {"flask", "eslint"}
    told = "\n".join(map(str, found))
    assert f"flask {FLASK.version}: TEST-2026-1, CVE-2026-0: Cookies are eaten. (no version" in told
    assert f"eslint {ESLINT.version}: TEST-2026-1: no summary (fixed in 999.0.0)" in told


def test_a_fault_is_told_and_ends_the_command_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        main(str(as_folder(tmp_path / "export", HARMLESS + HARMFUL)))
    # eslint is locked twice, in two versions
    assert capsys.readouterr().out.endswith("3 known faults in the locked packages.\n")
    with pytest.raises(SystemExit, match="0"):
        main(str(as_folder(tmp_path / "other", HARMLESS)))


@pytest.mark.parametrize(
    ("known", "told"),
    [([], "no advisories for PyPI and npm"), (HARMLESS[:1], "no advisories for npm in what was given")],
)
def test_an_export_that_shows_nothing_is_no_clean_bill(
    known: list[dict[str, Any]], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(str(as_folder(tmp_path / "export", known)))
    assert told in capsys.readouterr().err


def test_a_file_that_is_no_export_is_told(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("not a zip")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "broken.json").write_text("{")
    for path in ("all.zip", "folder", "nowhere.zip"):
        with pytest.raises(AdvisoriesError, match="is not an export of OSV"):
            list(records(tmp_path / path))
