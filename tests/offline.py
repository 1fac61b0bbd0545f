"""Keeps a test run on this computer: whatever would reach another one fails, and says so."""

from ipaddress import ip_address
import socket
import sys
from typing import Any

# an address for documentation (RFC 5737), which the workshop's door asks the system for the way to: no packet
# is sent for it
NOBODY = "192.0.2.1"

_LOOKED_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_REACHED = {"socket.connect", "socket.sendto", "socket.sendmsg"}


class OfflineError(Exception):
    """Something would reach another computer."""


def stay_here() -> None:
    """Let nothing in this process reach another computer, from now on until it ends."""
    # an audit hook cannot be taken off again, by a test or by a library
    sys.addaudithook(_refuse)


def _refuse(event: str, given: tuple[Any, ...]) -> None:
    if event in _REACHED:
        place = given[1]
        # a path is a socket between programs of this computer
        if isinstance(place, tuple) and not _is_here(place[0]) and not _asks_the_way(event, *given[:2]):
            raise OfflineError(f"{event} to {place[0]}")
    elif event in _LOOKED_UP and not _is_here(given[0]):
        raise OfflineError(f"{event} of {given[0]}")


def _asks_the_way(event: str, asking: socket.socket, place: tuple[Any, ...]) -> bool:
    return event == "socket.connect" and asking.type == socket.SOCK_DGRAM and place[0] == NOBODY


def _is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", "0.0.0.0", socket.gethostname()}:
        return True
    try:
        return ip_address(str(name)).is_loopback
    except ValueError:
        return False
