"""Make everything that a release consists of, in one folder: wheel, archives for the stores, SBOM, checksums.

    python docs/release/release.py [FOLDER]

The same tree gives the same bytes, whatever the folder, the day, the time zone or the rights of new files.
"""

import hashlib
from pathlib import Path
import subprocess
import sys
from zipfile import ZipFile

from contents import absent, unintended
from locks import ROOT
import sbom

sys.path.append(str(ROOT / "docs" / "store"))
import package

CHECKSUMS = "SHA256SUMS"


def main(target: Path = ROOT / "dist") -> None:
    """Make the release in a folder, in the place of an earlier one, and say what it consists of."""
    target.mkdir(parents=True, exist_ok=True)
    for earlier in (*target.glob("sourcemark-*"), *target.glob(CHECKSUMS)):
        earlier.unlink()
    wheel = build_wheel(target)
    # as the wheel is named: sourcemark-VERSION-…
    version = wheel.name.split("-")[1]
    files = [
        wheel,
        *(package.package(store, target) for store in package.OTHERS),
        sbom.write(target / f"sourcemark-{version}.cdx.json"),
    ]
    sums = "".join(
        f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in sorted(files)
    )
    (target / CHECKSUMS).write_bytes(sums.encode())
    print(sums, end="")


def build_wheel(target: Path) -> Path:
    """Build the wheel into a folder and return its path; where it is not as intended, say so and exit."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    if built.returncode:
        sys.exit(f"The wheel cannot be built:\n{built.stderr}")
    (wheel,) = target.glob("sourcemark-*.whl")
    with ZipFile(wheel) as opened:
        names = opened.namelist()
    faults = [f"{name} does not belong into it" for name in unintended(names)]
    faults += [f"{kind}: nothing of it is there" for kind in absent(names)]
    if faults:
        wheel.unlink()
        sys.exit("The wheel is not as intended (docs/release/contents.py):\n" + "\n".join(faults))
    return wheel


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
