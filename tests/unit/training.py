"""A model trained on the project's own articles, by the command that a person would use."""

from dataclasses import dataclass
import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from sourcemark.cli import main
from sourcemark.resources import folder

SEEDS = folder("seeds") / "articles.jsonl"


@dataclass(frozen=True)
class Training:
    """What `sourcemark train` said and where it wrote."""

    folder: Path
    stdout: str
    stderr: str

    @property
    def manifest(self) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads((self.folder / "en.json").read_bytes())
        return manifest


def train_on_seeds(place: Path) -> Training:
    """Run `sourcemark train` on the seed articles; the first two of them are its --dev."""
    dev = place / "few.jsonl"
    dev.write_bytes(b"".join(SEEDS.read_bytes().splitlines(keepends=True)[:2]))
    out = place / "models"
    arguments = ["train", "--corpus", str(SEEDS), "--out", str(out), "--dev", str(dev), "--version", "7.1.0"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return Training(out, result.stdout, result.stderr)
