"""The application factory: wires the parts together and does nothing else."""

import os
from typing import Final

from flask import Flask

from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web import api, gate, guard, health, json, observe, pages, problems, service, workshop

REMEMBERED: Final = 4_096
"""Windows of some ten sentences each that the encoder remembers: about a megabyte."""


def create_app(settings: Settings | None = None, labeler: Labeler | None = None) -> Flask:
    """Return the service as a WSGI application.

    Without `settings` they are read from the environment; without a `labeler` the model that the
    settings name is loaded, which takes some seconds.
    """
    settings = settings or Settings.from_environment(os.environ)
    labeler = labeler or Labeler.load(settings.model).remembering(REMEMBERED)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes

    service.init_app(app, settings, labeler)
    json.init_app(app)
    observe.init_app(app)
    problems.init_app(app)
    guard.init_app(app)
    gate.init_app(app)
    health.init_app(app)
    api.init_app(app)
    pages.init_app(app)
    workshop.init_app(app, settings)
    return app
