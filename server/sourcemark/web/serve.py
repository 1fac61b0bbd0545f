"""Runs the service on this machine until it is told to stop."""

from collections.abc import Callable
from contextlib import nullcontext
import sys

from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.observe import leave_no_core, written
from sourcemark.web.server import Server, bind
from sourcemark.web.workshop import Workshop, workshop_of

Ready = Callable[[str, Workshop], None]
"""What to do once the service answers: it is told the address, and the workshop that may be open."""


def serve(settings: Settings, ready: Ready, labeler: Labeler | None = None) -> None:
    """Run the service until Ctrl-C; call `ready` once it answers.

    Raises PortError before the model is loaded when the port cannot be used.
    """
    leave_no_core()
    listener = bind(settings.port)
    try:
        app = create_app(settings, labeler)
        server = Server(app, listener)
    except BaseException:
        listener.close()
        raise
    workshop = workshop_of(app)
    with workshop.kept(server.port), written(sys.stderr) if settings.log else nullcontext():
        ready(server.address, workshop)
        server.run()
