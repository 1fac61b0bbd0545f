"""The application factory: wires the parts together and does nothing else."""

import os
from typing import Final

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from sourcemark.labeler import Labeler
from sourcemark.settings import Settings, SettingsError, state_folder
from sourcemark.web import (
    api,
    corrections,
    gate,
    guard,
    health,
    json,
    metrics,
    modes,
    observe,
    pages,
    problems,
    service,
    workshop,
)
from sourcemark.web.corrections.keeping import Keeping, opened
from sourcemark.web.others import app_for_others
from sourcemark.web.tokens import Tokens

REMEMBERED: Final = 4_096
"""Windows of some ten sentences each that the encoder remembers: about a megabyte."""


def create_app(
    settings: Settings | None = None,
    labeler: Labeler | None = None,
    *,
    one_process: bool = False,
    kept: Keeping | None = None,
) -> Flask:
    """Return the service as a WSGI application: this computer's own, or the public one.

    Without `settings` they are read from the environment, and must be those of a public service: this is how
    a WSGI server such as gunicorn starts. Without a `labeler` the model that the settings name is loaded,
    which takes some seconds; without `kept` corrections go where the settings say. Raises SettingsError or
    TokenError where a public service lacks a protection, and CorrectionsError where the corrections that are
    there cannot be used.
    """
    if settings is None:
        settings = Settings.from_environment(os.environ)
        if not settings.public:
            raise SettingsError(
                "A WSGI server runs the public service: set SOURCEMARK_PUBLIC=true and what it asks for. "
                "For this computer alone, run `sourcemark serve`."
            )
    tokens = Tokens(state_folder(settings, os.environ))
    modes.check(settings, tokens, one_process)
    kept = kept or opened(settings)
    labeler = labeler or load_labeler(settings)
    if settings.public:
        return _public_app(settings, labeler, tokens, kept, one_process)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes

    service.init_app(app, settings, labeler)
    json.init_app(app)
    observe.init_app(app)
    problems.init_app(app)
    guard.init_app(app)
    gate.init_app(app)
    health.init_app(app)
    metrics.init_app(app)
    api.init_app(app)
    corrections.init_app(app, kept)
    pages.init_app(app)
    workshop.init_app(app, settings)
    return app


def load_labeler(settings: Settings) -> Labeler:
    """Return the labeler that a service uses: it remembers what its encoder read last."""
    return Labeler.load(settings.model).remembering(REMEMBERED)


def _public_app(
    settings: Settings, labeler: Labeler, tokens: Tokens, kept: Keeping, one_process: bool
) -> Flask:
    app = app_for_others(settings, labeler, tokens, [modes.host_of(settings.origin or "")], kept=kept)
    metrics.init_app(app, one_process=one_process)
    hops = settings.proxies or 0
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
