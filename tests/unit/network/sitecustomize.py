"""Python runs this before a program whose PYTHONPATH has this folder: it notes what is done with sockets."""

from ipaddress import ip_address
import json
import os
import sys

# of each event, what is noted: bind and connect have the socket first and then the address
_NOTED = {
    "socket.bind": 1,
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
    "urllib.Request": 0,
    "webbrowser.open": 0,
    # a program that is started could do what this one does not
    "subprocess.Popen": 0,
    "os.posix_spawn": 0,
    "os.system": 0,
    "os.exec": 0,
}


def _is_number(host):
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _note(event, given):
    # an address in numbers is looked up without asking anybody
    if event in _NOTED and not (event == "socket.getaddrinfo" and _is_number(given[0])):
        os.write(_notes, f"{json.dumps([event, given[_NOTED[event]]], default=str)}\n".encode())


_notes = os.open(os.environ["NETWORK_NOTES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
sys.addaudithook(_note)
