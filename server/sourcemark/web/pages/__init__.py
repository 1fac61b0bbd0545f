"""The reading room at `/`: a text is set like an article and read with its marks, without the extension."""

from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, jsonify, render_template

from sourcemark.web.caching import revalidated
from sourcemark.web.openapi import operation
from sourcemark.web.pages import extension
from sourcemark.web.pages.about import about_labels
from sourcemark.web.pages.examples import read_examples
from sourcemark.web.problems import ProblemError
from sourcemark.web.schemas import Example, ExampleList, ExampleTitle
from sourcemark.web.service import current_labeler

blueprint = Blueprint("pages", __name__, template_folder="templates")

_FOLDER: Final = Path(__file__).parent

# named one by one: nothing else in this folder is served. The types are said here because
# Windows may call a script plain text, and then no browser runs it
_FILES: Final = {
    "room.css": "text/css",
    "room.js": "text/javascript",
    "browser.js": "text/javascript",
    "marking.js": "text/javascript",
    "disagreements.js": "text/javascript",
    "giving.js": "text/javascript",
    "texts.js": "text/javascript",
    "html.js": "text/javascript",
    "report.js": "text/javascript",
}


def init_app(app: Flask) -> None:
    """Add the reading room, what it is made of, and its example articles to `app`."""
    app.register_blueprint(blueprint)
    extension.init_app(app)


@blueprint.get("/")
def index() -> Response:
    """Show the reading room."""
    return _file("index.html", "text/html")


@blueprint.get("/about-these-labels")
def about_these_labels() -> str:
    """Say what the labels mean and do not mean, and how often the running model is right."""
    return render_template("about-these-labels.html", **about_labels(current_labeler().model))


@blueprint.get("/page/<name>")
def file(name: str) -> Response:
    """Give one of the room's own files."""
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
