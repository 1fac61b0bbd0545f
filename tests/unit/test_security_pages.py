"""What docs/security says about the extension: every test that it names is there."""

from pathlib import Path
import re

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_that_is_named_exists() -> None:
    page = (ROOT / "docs" / "security" / "extension.md").read_text("utf-8")
    named = re.findall(r"`((?:browser|extension|unit)/[\w-]+(?:\.test)?\.(?:py|js))(?:::([^`]+))?`", page)
    assert len(named) > 20
    for file, name in named:
        test = ROOT / "tests" / file
        assert test.is_file(), file
        assert name in test.read_text("utf-8"), f"{file} has no test called {name!r}"
