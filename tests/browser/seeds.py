"""The seed articles as they were written: what a page should give to the service."""

import json
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "seeds"

PAGES = _FOLDER / "pages"
"""The same articles as pages of a news site, `<id>.html`."""

PARAGRAPHS: dict[str, list[str]] = {
    article["id"]: article["paragraphs"]
    for article in map(json.loads, (_FOLDER / "articles.jsonl").read_text().splitlines())
}
"""The paragraphs of each article, by its id."""
