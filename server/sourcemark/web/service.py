"""What every request of one app shares: its settings and its labeler."""

from dataclasses import dataclass

from flask import Flask, current_app

from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.problems import ProblemError

_NAME = "sourcemark"


@dataclass(frozen=True, slots=True)
class Service:
    """The settings and the labeler of one app. Neither changes while it runs."""

    settings: Settings
    labeler: Labeler | None
    """None while there is no model."""


def init_app(app: Flask, settings: Settings, labeler: Labeler | None) -> None:
    """Give `app` its settings and its labeler."""
    app.extensions[_NAME] = Service(settings, labeler)


def current_settings() -> Settings:
    """Return the settings of the app that the current request is sent to."""
    return _service().settings


def current_labeler() -> Labeler:
    """Return the labeler of the app that the current request is sent to.

    Raises the problem `no-model` while there is none.
    """
    labeler = _service().labeler
    if labeler is None:
        raise ProblemError("no-model")
    return labeler


def _service() -> Service:
    service: Service = current_app.extensions[_NAME]
    return service
