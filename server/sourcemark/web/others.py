"""The service as others reach it: the API and the health checks, with tokens and limits, and no page."""

from collections.abc import Sequence

from flask import Flask

from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web import (
    access,
    api,
    corrections,
    gate,
    guard,
    health,
    json,
    limits,
    observe,
    problems,
    service,
)
from sourcemark.web.access import Access
from sourcemark.web.corrections.keeping import Keeping
from sourcemark.web.gate import Gate
from sourcemark.web.meters import Meters
from sourcemark.web.tokens import Tokens


def app_for_others(
    settings: Settings,
    labeler: Labeler,
    tokens: Tokens,
    hosts: Sequence[str],
    *,
    kept: Keeping | None = None,
    shared_gate: Gate | None = None,
    shared_meters: Meters | None = None,
) -> Flask:
    """Return the app for devices other than this computer, which call it by one of `hosts`.

    `kept` is where corrections go; without it none are kept. Where this computer's own app runs beside it,
    both label through `shared_gate` and are added up in `shared_meters`. Raises SettingsError where requests
    cannot be counted.
    """
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes

    service.init_app(app, settings, labeler)
    json.init_app(app)
    observe.init_app(app, shared_meters)
    problems.init_app(app)
    guard.init_app(app, hosts)
    access.init_app(app, Access(tokens, token_required=settings.anonymous_limit is None))
    gate.init_app(app, shared_gate)
    health.init_app(app)
    api.init_app(app)
    corrections.init_app(app, kept or Keeping(None))
    limits.init_app(app, settings.redis or limits.MEMORY)
    return app
