"""The bill of materials says what ships, in the form that CycloneDX 1.6 asks for."""

import hashlib
import json
from pathlib import Path
import re

from locks import PRODUCT, ROOT, RUN, reached, read_requirements
import pytest
from sbom import READABILITY, bill, write

from sourcemark.model.artifact import SHIPPED


def test_it_has_the_fields_that_the_specification_requires() -> None:
    made = bill()
    # https://cyclonedx.org/docs/1.6/json/: what each object must have, and the values that are allowed
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    components = [made["metadata"]["component"], *made["components"]]
    for each in components:
        assert {"type", "name"} <= set(each)
        assert each["type"] in {"application", "library", "machine-learning-model"}
        assert each.get("scope", "required") in {"required", "optional", "excluded"}
        for licence in each["licenses"]:
            assert set(licence) in ({"license"}, {"expression"})
            assert licence.get("expression") != ""
        for digest in each.get("hashes", ()):
            assert digest["alg"] == "SHA-256"
            assert re.fullmatch("[0-9a-f]{64}", digest["content"])
        for reference in each.get("externalReferences", ()):
            assert {"type", "url"} <= set(reference)
    references = [each["bom-ref"] for each in components]
    assert len(set(references)) == len(references)
    assert [each["ref"] for each in made["dependencies"]] == sorted(references)
    for each in made["dependencies"]:
        assert set(each["dependsOn"]) <= set(references)
        assert len(set(each["dependsOn"])) == len(each["dependsOn"])


def test_it_names_what_is_installed_to_run_and_nothing_that_only_builds_or_checks() -> None:
    packages = read_requirements(RUN.read_text("utf-8"))
    runtime = reached(packages, PRODUCT)
    listed = {each["purl"] for each in bill()["components"] if "purl" in each}
    assert listed == {f"pkg:pypi/{each.name}@{each.version}" for each in packages if each.name in runtime}
    assert not any("hatchling" in each or "pytest" in each for each in listed)


def test_everything_is_reached_from_the_product() -> None:
    made = bill()
    needs = {each["ref"]: each["dependsOn"] for each in made["dependencies"]}
    waiting, seen = [made["metadata"]["component"]["bom-ref"]], set()
    while waiting:
        seen.add(here := waiting.pop())
        waiting += set(needs[here]) - seen
    assert seen == set(needs)
    assert f"pkg:pypi/werkzeug@{version_of('werkzeug')}" in needs[f"pkg:pypi/flask@{version_of('flask')}"]


def version_of(name: str) -> str:
    return next(each.version for each in read_requirements(RUN.read_text("utf-8")) if each.name == name)


def test_its_digests_are_those_of_the_files() -> None:
    digests = {
        each["bom-ref"]: each["hashes"][0]["content"] for each in bill()["components"] if "hashes" in each
    }
    for reference, digest in digests.items():
        content = (ROOT / reference.removeprefix("file:")).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
    assert f"file:{READABILITY}" in digests
    assert {f"file:models/{name}.joblib" for name in SHIPPED.values()} <= set(digests)
    assert {f"file:models/{path.name}" for path in (ROOT / "models").glob("*.onnx")} <= set(digests)


def test_what_others_wrote_is_listed() -> None:
    vendored = {path.name for path in (ROOT / "extension" / "content" / "vendor").glob("*.js")}
    assert vendored == {Path(READABILITY).name}, "docs/release/sbom.py lists one"


def test_it_is_the_same_bytes_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = write(tmp_path / "first.json").read_bytes()
    assert write(tmp_path / "second.json").read_bytes() == first
    assert b"serialNumber" not in first
    assert b"timestamp" not in first


def test_it_has_a_time_only_where_one_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = json.loads(write(tmp_path / "bill.json").read_text("utf-8"))
    assert made["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
