"""An article with its marks, as a page of your own: no service, no script, nothing from elsewhere.

    python examples/page.py [ID] > page.html

ID is one of the articles that ship with Sourcemark. The lines are the reading room's own; each mark says in a
`title` and in words for screen readers what it means.
"""

from html import escape
from itertools import groupby
import json
import sys

from sourcemark import Labeler
from sourcemark.labels import LABELS
from sourcemark.resources import folder

NAMES = {label.id: label.name for label in LABELS}

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 Georgia, serif; }}
{styles}
</style>
<h1>{title}</h1>
{paragraphs}
<hr>
<p>Marked by Sourcemark, model {model}. A mark says who speaks, not whether it is true:</p>
<ul>
{legend}
</ul>
<p>To mark a text of your own, start Sourcemark and type <code>127.0.0.1:8377</code> into the address bar.</p>
</html>"""


def marked(text, sentences):
    """Return a paragraph as HTML: its text, with a mark around each sentence that has a label."""
    html, done = "", 0
    for sentence in sentences:
        html += escape(text[done : sentence.start])
        inner = escape(text[sentence.start : sentence.end])
        if sentence.label:
            name = NAMES[sentence.label]
            inner = (
                f'<mark class="sourcemark-{sentence.label}" title="{name}: {escape(sentence.reason)}" '
                f'data-sourcemark-start="[{name}: " data-sourcemark-end="]">{inner}</mark>'
            )
        html += inner
        done = sentence.end
    return f"<p>{html}{escape(text[done:])}</p>"


def page(id):
    """Return the page of one article."""
    lines = (folder("seeds") / "articles.jsonl").read_text("utf-8").splitlines()
    article = next(each for each in map(json.loads, lines) if each["id"] == id)
    labeler = Labeler.load()
    labelled = labeler.label(article["paragraphs"], article["title"])
    by_block = {block: list(group) for block, group in groupby(labelled.sentences, lambda each: each.block)}
    return PAGE.format(
        title=escape(article["title"]),
        styles=(folder("extension") / "content" / "marks.css").read_text("utf-8"),
        paragraphs="\n".join(
            marked(text, by_block.get(block, ())) for block, text in enumerate(article["paragraphs"])
        ),
        model=labeler.model.id,
        legend="\n".join(
            f'<li><mark class="sourcemark-{label.id}">{label.name}</mark>: {label.definition}</li>'
            for label in LABELS
        ),
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    print(page(sys.argv[1] if len(sys.argv) > 1 else "seed-border-crisis"))
