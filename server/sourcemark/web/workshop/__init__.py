"""The workshop's pages, for the facilitator, participants and projector, and the door that lets a room in."""

from collections.abc import Sequence
import os
from typing import Final

from flask import Flask, request

from sourcemark.settings import Settings, state_folder
from sourcemark.web import guard, json, observe, problems
from sourcemark.web.meters import Meters
from sourcemark.web.workshop import counting, desk, opening, pack, pages, participant, projector, running
from sourcemark.web.workshop.door import Door
from sourcemark.web.workshop.running import Workshop, workshop_of
from sourcemark.workshop import place
from sourcemark.workshop.store import Store

__all__ = ["Workshop", "init_app", "room_app", "workshop_of"]

# bytes of a form that the room sends: a code, or the answer to one sentence
_ROOM_LIMIT: Final = 16_384


def init_app(app: Flask, settings: Settings) -> None:
    """Add the workshop to `app`, the service on this computer."""

    def build(hosts: Sequence[str]) -> Flask:
        return room_app(workshop, hosts, observe.meters_of(app))

    workshop = Workshop(
        Store(state_folder(settings, os.environ) / place.FILE),
        Door(build, settings.lan_address),
        settings.lan,
    )
    running.init_app(app, workshop)
    # a pasted article comes as a form
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_body_bytes
    app.register_blueprint(
        pages.blueprint_of(
            opening.blueprint,
            desk.blueprint,
            counting.blueprint,
            pack.blueprint,
            participant.blueprint,
            projector.blueprint,
        )
    )


def room_app(workshop: Workshop, hosts: Sequence[str], meters: Meters | None = None) -> Flask:
    """Return the app behind the door: the room's pages, and nothing else of the service.

    It has no model. `hosts` are the names it may be called by, its address in the network first. Its requests
    are added up in `meters`, those of the service.
    """

    def note_device() -> None:
        # this computer comes from the door's own address; that somebody else came is kept, and not who
        if request.remote_addr != hosts[0]:
            workshop.reached = True

    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _ROOM_LIMIT
    running.init_app(app, workshop)
    json.init_app(app)
    observe.init_app(app, meters)
    problems.init_app(app)
    guard.init_app(app, hosts)
    app.before_request(note_device)
    app.after_request(pages.in_words)
    app.register_blueprint(pages.blueprint_of(participant.blueprint, projector.blueprint))
    app.add_url_rule("/", view_func=participant.to_door)
    return app
