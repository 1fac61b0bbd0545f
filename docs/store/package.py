"""Make the two archives that the browsers' stores take, from the extension's folder as it stands.

The folder loads in every browser; a store complains about the other's keys, so each archive leaves those
out. The same folder gives the same bytes, on any machine and on any day.

    python docs/store/package.py [FOLDER]
"""

from collections.abc import Iterator
import json
from pathlib import Path
import sys
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"

# an event page in Firefox, a service worker in Chrome and Edge: each would ignore the other, aloud
OTHERS = {"chrome": "scripts", "firefox": "service_worker"}


def main(target: Path = ROOT / "dist") -> None:
    """Write the archives into a folder, in the place of earlier ones, and say where they are."""
    target.mkdir(parents=True, exist_ok=True)
    for earlier in target.glob("sourcemark-*.zip"):
        earlier.unlink()
    for store in OTHERS:
        print(package(store, target))


def package(store: str, target: Path) -> Path:
    """Write the archive for a store, `chrome` or `firefox`, into a folder, and return its path."""
    manifest = manifest_for(store)
    archive = target / f"sourcemark-{manifest['version']}-{store}.zip"
    with ZipFile(archive, "w") as written:
        for name, content in files(manifest):
            # the first day that an archive can hold, and rights that need no computer of ours
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            written.writestr(entry, content)
    return archive


def manifest_for(store: str) -> dict[str, Any]:
    """Return the manifest without what the other browser's store wants in it."""
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    background = {key: value for key, value in manifest["background"].items() if key != OTHERS[store]}
    return {**manifest, "background": background}


def files(manifest: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of an archive's files, in order."""
    for path in sorted(EXTENSION.rglob("*")):
        name = path.relative_to(EXTENSION).as_posix()
        if name == "manifest.json":
            yield name, (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
        elif path.is_file() and not any(part.startswith(".") for part in path.parts[len(ROOT.parts) :]):
            yield name, path.read_bytes()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
