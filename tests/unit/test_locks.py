"""What is installed is exactly what was tested: every lock holds versions and hashes, and no address."""

import json
import tomllib

from locks import (
    NODE,
    ROOT,
    RUN,
    TEST,
    faults_of_node,
    faults_of_requirements,
    read_node,
    read_requirements,
    uses,
)
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
import pytest

HASH = "sha256:" + "0" * 64


@pytest.mark.parametrize("path", [RUN, TEST], ids=lambda path: path.name)
def test_every_requirement_has_a_hash_and_no_address(path) -> None:
    text = path.read_text("utf-8")
    assert list(faults_of_requirements(text)) == []
    # what the check reads is all there is: a requirement is a line that starts at the margin
    assert len(read_requirements(text)) == sum(line[:1].isalnum() for line in text.splitlines())


def test_every_node_package_has_a_hash_and_no_address() -> None:
    text = NODE.read_text("utf-8")
    assert list(faults_of_node(text)) == []
    assert read_node(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("flask==3.1.3\n", "flask: no SHA-256 hash"),
        ("flask==3.1.3 \\\n    --hash=md5:0123\n", "flask: no SHA-256 hash"),
        (f"flask>=3.1 \\\n    --hash={HASH}\n", "flask: no exact version"),
        (f"--index-url https://index.example/simple\nflask==3.1.3 --hash={HASH}\n", "address"),
        ("--no-index\n", "--no-index: a lock has no options"),
        (f"flask @ git+https://host.example/flask --hash={HASH}\n", "address"),
    ],
)
def test_a_lock_that_leaves_a_door_open_is_told(text: str, fault: str) -> None:
    assert any(fault in each for each in faults_of_requirements(text))


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"version": "1.0.0"}, "no SHA-512 hash"),
        ({"version": "1.0.0", "integrity": "sha1-AAAA"}, "no SHA-512 hash"),
        (
            {"version": "1.0.0", "integrity": "sha512-AAAA", "resolved": "https://host.example/a.tgz"},
            "address",
        ),
        ({"version": "1.0.0", "integrity": "sha512-AAAA", "link": True}, "is a link"),
    ],
)
def test_a_node_lock_that_leaves_a_door_open_is_told(facts: dict[str, object], fault: str) -> None:
    lock = json.dumps({"packages": {"": {}, "node_modules/a": facts}})
    assert any(fault in each for each in faults_of_node(lock))


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    extras = project["project"]["optional-dependencies"]
    run = [*project["project"]["dependencies"], *extras["careful"], *groups["build"]]
    asked = {RUN: run, TEST: [*run, *extras["html"], *extras["public"], *groups["dev"]]}
    for path, requirements in asked.items():
        locked = read_requirements(path.read_text("utf-8"))
        for requirement in map(Requirement, requirements):
            versions = [each.version for each in locked if each.name == canonicalize_name(requirement.name)]
            assert versions, f"{path.name} lacks {requirement}: run make lock"
            assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_both_locks_agree_on_every_version() -> None:
    run, test = (read_requirements(path.read_text("utf-8")) for path in (RUN, TEST))
    tested = {(each.name, each.version): each.hashes for each in test}
    assert {(each.name, each.version): each.hashes for each in run}.items() <= tested.items()


def test_it_is_known_what_each_package_is_there_for() -> None:
    used = {package.name: use for package, use in uses()}
    assert used["flask"] == used["markupsafe"] == "runtime"
    assert used["hatchling"] == "build"
    assert used["trafilatura"] == used["lxml"] == "extra"
    assert used["pytest"] == used["eslint"] == "development"
