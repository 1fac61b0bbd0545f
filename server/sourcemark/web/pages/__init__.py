"""The page at `/`: paste a text, read it with its sentences marked. Works without the extension."""

from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, jsonify

from sourcemark.web.caching import revalidated
from sourcemark.web.openapi import operation
from sourcemark.web.pages.examples import read_examples
from sourcemark.web.problems import ProblemError
from sourcemark.web.schemas import Example, ExampleList, ExampleTitle

blueprint = Blueprint("pages", __name__)

_FOLDER: Final = Path(__file__).parent

# named one by one: nothing else in this folder is served. The types are said here because
# Windows may call a script plain text, and then no browser runs it
_FILES: Final = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "reading.js": "text/javascript",
    "service.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


def init_app(app: Flask) -> None:
    """Add the page, its files and its example articles to `app`."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> Response:
    """Show the page."""
    return _file("index.html", "text/html")


@blueprint.get("/page/<name>")
def file(name: str) -> Response:
    """Give one of the page's own files."""
    if name not in _FILES:
        raise ProblemError("not-found")
    return _file(name, _FILES[name])


@blueprint.get("/examples")
@operation(answer=ExampleList)
def list_examples() -> Response:
    """List the example articles."""
    return jsonify(ExampleList([ExampleTitle(each.id, each.title) for each in read_examples()]))


@blueprint.get("/examples/<id>")
@operation(answer=Example, problems=["not-found"])
def show_example(id: str) -> Response:
    """Give one example article, paragraph by paragraph."""
    for each in read_examples():
        if each.id == id:
            return jsonify(each)
    raise ProblemError("not-found")


def _file(name: str, media_type: str) -> Response:
    return revalidated(Response((_FOLDER / name).read_bytes(), mimetype=media_type))
