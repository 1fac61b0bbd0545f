"""The door to the room: a second listener, on this computer's address in the network.

It is opened on purpose, serves an app that has the room's pages and no others, and closes with the workshop.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from ipaddress import ip_address
import socket
from threading import Lock, Thread

from flask import Flask

from sourcemark.web.server import Server, bind

# an address for documentation (RFC 5737): nothing is sent there, the system only says which way it would go
_ANYWHERE = ("192.0.2.1", 9)

Build = Callable[[Sequence[str]], Flask]
"""Makes the app of the room's pages, which may be called by these names, the address in the network first."""


class DoorError(Exception):
    """The room cannot be let in. The message says why, and what to do."""


class Door:
    """Lets the room's devices in, or not. Safe to use from several threads."""

    def __init__(self, build: Build, address: str | None = None) -> None:
        self._build = build
        self._address = address
        self._lock = Lock()
        self._open: tuple[Server, Thread] | None = None

    @property
    def address(self) -> str | None:
        """Where the room reaches the workshop, such as `http://192.168.1.20:8377`; None while closed."""
        opened = self._open
        return opened[0].address if opened else None

    def expected(self, port: int) -> str | None:
        """Return where the room will come in once the door is open by `port`; None without a network."""
        address = self._address or network_address()
        return f"http://{address}:{port}" if address else None

    def open(self, port: int) -> None:
        """Let the room in by `port`; a door that is open stays as it is.

        Raises DoorError where this computer is in no network, PortError where the port is in use.
        """
        with self._lock:
            if self._open:
                return
            address = self._address or network_address()
            if address is None:
                raise DoorError(
                    "This computer is in no network at the moment, so no other device can reach it. "
                    "Join the room's Wi-Fi and try again, or use one of the ways without a network."
                )
            listener = bind(port, address)
            # the name is this computer's own; one that somebody else chose is refused as on this machine
            name = socket.gethostname().lower()
            server = Server(self._build([address, name, f"{name}.local"]), listener)
            thread = Thread(target=server.run, name="door", daemon=True)
            thread.start()
            self._open = server, thread

    def close(self) -> None:
        """Let nobody in any more, once the requests that are being answered are done."""
        with self._lock:
            opened, self._open = self._open, None
        if opened:
            server, thread = opened
            server.stop()
            thread.join()


def network_address() -> str | None:
    """Return the address by which others in the network reach this computer, or None."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
        try:
            outward.connect(_ANYWHERE)
            found = [outward.getsockname()[0]]
        except OSError:
            found = []
    # in a network without a way to the internet
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return next((each for each in found if not ip_address(each).is_loopback), None)
