"""Runs the service on this machine until it is told to stop."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
import os
import sys

from flask import Flask

from sourcemark.labeler import Labeler
from sourcemark.settings import Settings, SettingsError, state_folder
from sourcemark.web import modes
from sourcemark.web.app import create_app, load_labeler
from sourcemark.web.corrections.keeping import opened
from sourcemark.web.gate import gate_of
from sourcemark.web.observe import leave_no_core, meters_of, written
from sourcemark.web.others import app_for_others
from sourcemark.web.server import PortError, Server, bind
from sourcemark.web.tokens import Tokens
from sourcemark.web.workshop import Workshop, workshop_of
from sourcemark.web.workshop.door import Door, DoorError
from sourcemark.workshop.claim import claimed

Ready = Callable[[str, Workshop], None]
"""What to do once the service answers: it is told the address, and the workshop that may be open."""

Shared = Callable[[str], None]
"""What to do once others can reach the service: it is told where, in the network or behind the proxy."""


def serve(
    settings: Settings, ready: Ready, labeler: Labeler | None = None, shared: Shared = lambda _: None
) -> None:
    """Run the service until Ctrl-C; call `ready` once it answers, and `shared` where it does so to others.

    A public service has no workshop, and calls `shared` alone. Raises PortError when the port cannot be used,
    sourcemark.workshop.trouble.FileError when the state folder cannot, SettingsError or TokenError when a
    protection is missing, and CorrectionsError when the corrections that are there cannot be used: all before
    the model is loaded.
    """
    leave_no_core()
    folder = state_folder(settings, os.environ)
    tokens = Tokens(folder)
    modes.check(settings, tokens, one_process=True)
    log = written(sys.stderr) if settings.log else nullcontext()
    with bind(settings.port) as listener, claimed(folder), log:
        kept = opened(settings)
        labeler = labeler or load_labeler(settings)
        app = create_app(settings, labeler, one_process=True, kept=kept)
        if settings.public:
            server = Server(app, listener, behind_proxy=True)
            shared(server.address)
            server.run()
            return
        workshop = workshop_of(app)
        port = listener.getsockname()[1]
        # of others' corrections nothing is kept unless a place is told
        for_others = kept if settings.corrections else None
        build = partial(
            app_for_others,
            settings,
            labeler,
            tokens,
            kept=for_others,
            shared_gate=gate_of(app),
            shared_meters=meters_of(app),
        )
        with workshop.kept(port), _share(settings, build, shared):
            server = Server(app, listener)
            ready(server.address, workshop)
            server.run()


@contextmanager
def _share(settings: Settings, build: Callable[[Sequence[str]], Flask], shared: Shared) -> Iterator[None]:
    """Let the network's devices reach the API for as long as the block lasts, where that was asked for."""
    if not settings.share:
        yield
        return
    door = Door(build, settings.lan_address)
    try:
        door.open(settings.share_port)
    except DoorError:
        raise SettingsError(
            "This computer is in no network at the moment, so there is nobody to share with. Join one, or "
            "leave --share out."
        ) from None
    except PortError:
        raise SettingsError(
            f"Port {settings.share_port}, for the devices of the network, cannot be used: another program "
            "may have it. Choose another one with SOURCEMARK_SHARE_PORT."
        ) from None
    try:
        shared(door.address or "")
        yield
    finally:
        door.close()
