"""What all pages of the workshop share: their headers, their files, and errors in words instead of JSON."""

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request
import msgspec
from werkzeug.exceptions import SecurityError
from werkzeug.wrappers import Response as AnyResponse

from sourcemark.resources import folder
from sourcemark.web import problems, schemas
from sourcemark.web.caching import revalidated
from sourcemark.web.problems import ProblemError
from sourcemark.web.workshop.words import WORDS
from sourcemark.workshop.errors import WorkshopError
from sourcemark.workshop.trouble import FileError

# the parts that the room sees too
_ROOM: Final = {"workshop.participant", "workshop.projector"}

_FOLDER: Final = Path(__file__).parent / "files"

# named one by one, with their types, as in sourcemark.web.pages
_FILES: Final = {
    "workshop.css": "text/css",
    "print.css": "text/css",
    "live.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}

# the forms of these pages go to their own origin; the referrer stays inside of it, and without one a
# browser would say that a form comes from nowhere ("Origin: null")
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
}


def blueprint_of(*parts: Blueprint) -> Blueprint:
    """Return a blueprint that holds `parts` and the files of their pages."""
    whole = Blueprint("workshop", __name__, template_folder="templates")
    for part in parts:
        whole.register_blueprint(part)
    whole.add_url_rule("/workshop/page/<name>", view_func=file)
    whole.register_error_handler(WorkshopError, _on_workshop_error)
    whole.context_processor(lambda: WORDS)
    whole.after_request(in_words)
    whole.after_request(_add_headers)
    return whole


def file(name: str) -> Response:
    """Give one of the files that the pages need."""
    if name not in _FILES:
        raise ProblemError("not-found")
    # the icon is the extension's
    place = folder("extension") / "icons" if name == "icon.svg" else _FOLDER
    return revalidated(Response((place / name).read_bytes(), mimetype=_FILES[name]))


def in_words(response: Response) -> Response:
    """Turn a problem into a page where a person looks at it; a program gets the one shape of errors."""
    if response.mimetype == problems.MEDIA_TYPE and _is_person():
        details = msgspec.json.decode(response.get_data(), type=schemas.Problem)
        response.set_data(render_template("workshop/trouble.html", problem=details))
        response.mimetype = "text/html"
    return response


def see(address: str) -> AnyResponse:
    """Answer a form: look there, and do not send it again on reload."""
    return redirect(address, 303)


def _is_person() -> bool:
    if isinstance(request.routing_exception, SecurityError):
        # called by a name that is not ours, no page of ours has an address, and so none can be made
        return False
    kinds = [problems.MEDIA_TYPE, "text/html"]
    return request.accept_mimetypes.best_match(kinds) == "text/html"


def _on_workshop_error(error: WorkshopError) -> Response:
    if isinstance(error, FileError):
        # where the file lies is told to whoever can do something about it, and not to the room
        details = problems.problem("not-kept", None if request.blueprint in _ROOM else str(error))
    else:
        # every other error that a page does not answer itself comes from a link of another workshop
        details = problems.problem("no-workshop", str(error))
    return Response(msgspec.json.encode(details), details.status, mimetype=problems.MEDIA_TYPE)


def _add_headers(response: Response) -> Response:
    response.headers.extend(_HEADERS)
    return response
