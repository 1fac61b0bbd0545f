"""The extension's own files, which the reading room is made of: the same marks, card, list and report."""

from typing import Final

from flask import Blueprint, Flask, Response

from sourcemark.resources import folder
from sourcemark.web.caching import revalidated
from sourcemark.web.problems import ProblemError

blueprint = Blueprint("extension", __name__, url_prefix="/extension")

# named one by one: nothing else of the folder is served
_FILES: Final = frozenset(
    """
    _locales/en/messages.json
    background/activate.js background/answer.js background/corrections.js background/server.js
    content/namespace.js content/furniture.js content/text-runs.js content/text-map.js
    content/vendor/Readability.js content/readability.js content/article.js content/frames.js
    content/selection.js content/reading.js content/watcher.js content/registries.js
    content/painter-highlight.js content/painter-mark.js content/view.js content/look.js content/surface.js
    content/contribution.js content/preview.js content/giving.js content/disagreement.js
    content/explanation.js content/card.js content/list.js content/take-along.js content/messages.js
    content/main.js content/highlights.css content/marks.css
    icons/icon.svg
    popup/words.js
    report/passages.js report/report.css report/report.js
    shared/contribution.js shared/corrections.js shared/exports.js shared/labels.js shared/messages.js
    shared/page.css shared/page.js shared/passages.js shared/settings.js
""".split()
)
_REPORT: Final = "report/report.html"

# said here because Windows may call a script plain text, and then no browser runs it
_TYPES: Final = {
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
}


def init_app(app: Flask) -> None:
    """Add the extension's files to `app`."""
    app.register_blueprint(blueprint)


@blueprint.get(f"/{_REPORT}")
def report() -> Response:
    """Show the extension's report, started by our own script: no browser hands it the article here."""
    html = (folder("extension") / _REPORT).read_text(encoding="utf-8")
    return revalidated(
        Response(html.replace('src="report.js"', 'src="/page/report.js"'), mimetype="text/html")
    )


@blueprint.get("/<path:name>")
def file(name: str) -> Response:
    """Give one of the extension's files."""
    if name not in _FILES:
        raise ProblemError("not-found")
    media_type = _TYPES[name.rsplit(".", 1)[1]]
    return revalidated(Response((folder("extension") / name).read_bytes(), mimetype=media_type))
