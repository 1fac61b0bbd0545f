"""The archives for the stores."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]
STORES = ("chrome", "firefox")


@pytest.fixture(scope="module")
def package() -> ModuleType:
    """The script `docs/store/package.py`."""
    spec = importlib.util.spec_from_file_location("package", ROOT / "docs" / "store" / "package.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("store", STORES)
def test_archive_holds_every_file_of_the_extension_as_it_is(
    package: ModuleType, tmp_path: Path, store: str
) -> None:
    folder = ROOT / "extension"
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    with ZipFile(package.package(store, tmp_path)) as archive:
        assert sorted(archive.namelist()) == sorted(there)
        for name in set(there) - {"manifest.json"}:
            assert archive.read(name) == there[name].read_bytes()


def test_archives_differ_in_the_background_only(package: ModuleType, tmp_path: Path) -> None:
    chrome, firefox = (manifest(package.package(store, tmp_path)) for store in STORES)
    assert chrome.pop("background") == {"service_worker": "background.js", "type": "module"}
    assert firefox.pop("background") == {"scripts": ["background.js"], "type": "module"}
    assert chrome == firefox


@pytest.mark.parametrize("store", STORES)
def test_same_folder_gives_the_same_bytes(package: ModuleType, tmp_path: Path, store: str) -> None:
    first = package.package(store, tmp_path).read_bytes()
    assert package.package(store, tmp_path).read_bytes() == first


def manifest(archive: Path) -> dict[str, Any]:
    with ZipFile(archive) as opened:
        return json.loads(opened.read("manifest.json"))
