"""Write the bill of materials of a release: CycloneDX 1.6, as JSON.

    python docs/release/sbom.py [FILE]

It lists what the wheel holds that others made, or that has a version of its own (the models, Mozilla's
Readability), and what is installed with it, at the versions that were tested. The same tree gives the same
bytes: there is no serial number, and a time only where SOURCE_DATE_EPOCH gives one.

https://cyclonedx.org/docs/1.6/json/
"""

from datetime import UTC, datetime
import hashlib
import json
import os
from pathlib import Path
import sys
import tomllib
from typing import Any, Final

from licences import read_table
from locks import PRODUCT, ROOT, RUN, Package, reached, read_requirements
from packaging.utils import canonicalize_name

Json = dict[str, Any]

READABILITY: Final = "extension/content/vendor/Readability.js"


def bill() -> Json:
    """Return the bill of materials."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    packages = read_requirements(RUN.read_text("utf-8"))
    runtime = reached(packages, PRODUCT)
    installed = [each for each in packages if each.name in runtime]
    product = {
        "type": "application",
        "bom-ref": _python(PRODUCT, project["version"]),
        "name": PRODUCT,
        "version": project["version"],
        "description": project["description"],
        "licenses": [{"license": {"id": project["license"]}}],
        "purl": _python(PRODUCT, project["version"]),
    }
    parts = [*_models(), _readability()]
    components = [*parts, *map(_component, installed)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {**_time(), "lifecycles": [{"phase": "build"}], "component": product},
        "components": sorted(components, key=lambda each: each["bom-ref"]),
        "dependencies": _dependencies(product["bom-ref"], [each["bom-ref"] for each in parts], installed),
    }


def _component(package: Package) -> Json:
    reference = _python(package.name, package.version)
    component: Json = {
        "type": "library",
        "bom-ref": reference,
        "name": package.name,
        "version": package.version,
        "scope": "required",
        "licenses": [{"expression": _licences()[package.name, package.version]}],
        "purl": reference,
    }
    if package.marker:
        component["properties"] = [{"name": "sourcemark:installed-where", "value": package.marker}]
    return component


def _licences() -> dict[tuple[str, str], str]:
    return {
        (row["name"], row["version"]): row["licence"] for row in read_table() if row["ecosystem"] == "PyPI"
    }


def _models() -> list[Json]:
    found = []
    for path in sorted((ROOT / "models").glob("en*.json")):
        manifest = json.loads(path.read_text("utf-8"))
        files = {f"{manifest['name']}.joblib": manifest, **manifest.get("files", {})}
        found += [
            {
                "type": "machine-learning-model",
                "bom-ref": f"file:models/{name}",
                "name": name,
                "version": manifest["version"],
                "licenses": [{"license": {"id": manifest["licence"]}}],
                "hashes": [{"alg": "SHA-256", "content": facts["sha256"]}],
            }
            for name, facts in files.items()
        ]
    return found


def _readability() -> Json:
    content = (ROOT / READABILITY).read_bytes()
    return {
        "type": "library",
        "bom-ref": f"file:{READABILITY}",
        "name": "Readability",
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}],
        "externalReferences": [{"type": "vcs", "url": "https://github.com/mozilla/readability"}],
    }


def _dependencies(product: str, parts: list[str], installed: list[Package]) -> list[Json]:
    def needs(name: str) -> list[str]:
        return [_python(each.name, each.version) for each in installed if name in each.needed_by]

    found = {_python(each.name, each.version): needs(each.name) for each in installed}
    found |= {product: parts + needs(PRODUCT)} | {part: [] for part in parts}
    return [{"ref": ref, "dependsOn": sorted(found[ref])} for ref in sorted(found)]


def _python(name: str, version: str) -> str:
    """Return a package's address, https://github.com/package-url/purl-spec."""
    return f"pkg:pypi/{canonicalize_name(name)}@{version}"


def _time() -> Json:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return {}
    return {"timestamp": datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


def write(target: Path) -> Path:
    """Write the bill of materials to `target`, and return it."""
    target.write_bytes(json.dumps(bill(), indent=2, ensure_ascii=False).encode() + b"\n")
    return target


def main(target: str = "sourcemark.cdx.json") -> None:
    """Write the bill of materials and say where it is."""
    print(write(Path(target)))


if __name__ == "__main__":
    main(*sys.argv[1:])
