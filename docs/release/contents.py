"""What the wheel may hold, kind by kind. Anything else is a mistake, such as a file left lying about."""

from collections.abc import Iterable
import re
from typing import Final

KINDS: Final = {
    "the package": r"sourcemark/([a-z_]+/)*[a-z_]+\.py",
    "digests of the models": r"sourcemark/model/pinned\.json",
    "the service's own pages": r"sourcemark/web/([a-z]+/)+[a-z_-]+\.(html|css|js)",
    "the extension": r"sourcemark/extension/([A-Za-z_-]+/)*[A-Za-z_-]+\.(html|css|js)",
    "the extension's manifest and words": r"sourcemark/extension/(manifest|_locales/[a-z]{2}/messages)\.json",
    "the extension's icons": r"sourcemark/extension/icons/icon(-\d+)?\.(png|svg)",
    "licences of others": r"sourcemark/extension/content/vendor/[A-Za-z]+-LICENSE\.md",
    "the reports' pages": r"sourcemark/((archive/report|training)/)?templates/[a-z]+\.(html|css)",
    "the models": r"sourcemark/models/en(-careful)?\.(joblib|onnx|json)",
    "what the models were trained on, in numbers": r"sourcemark/models/reference\.json",
    "the models' card": r"sourcemark/models/(CARD\.md|figures/[a-z-]+\.svg)",
    "seeds": r"sourcemark/seeds/([a-z-]+/)*[a-z0-9_-]+\.(csv|jsonl|html|toml)",
    "what the seeds are": r"sourcemark/seeds/([a-z-]+/)*README\.md",
    "what pip reads": r"sourcemark-[0-9.]+\.dist-info/(METADATA|WHEEL|RECORD|entry_points\.txt)",
    "the licence": r"sourcemark-[0-9.]+\.dist-info/licenses/LICENSE",
}
"""A pattern for the whole name of a file, by what it is."""


def unintended(names: Iterable[str]) -> list[str]:
    """Return those `names` that are of no kind."""
    return sorted(
        name for name in names if not any(re.fullmatch(pattern, name) for pattern in KINDS.values())
    )


def absent(names: Iterable[str]) -> list[str]:
    """Return the kinds of which `names` has nothing."""
    there = list(names)
    return [kind for kind, pattern in KINDS.items() if not any(re.fullmatch(pattern, name) for name in there)]
