"""`sourcemark serve` in a process of its own, to be killed at any moment and started again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
import os
from pathlib import Path
import re
import subprocess
import sys
from threading import Event
from typing import Any
from urllib.parse import urlencode

GONE = (OSError, HTTPException)
"""What a client meets when the service dies: a refused, reset or incomplete answer. Not an answer."""

Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Reply:
    """A whole answer."""

    status: int
    location: str
    body: bytes


class Service:
    """The service on one state folder. Its port may be another after each start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corrections = folder.with_name("corrections.sqlite")
        self.killed = Event()
        """Set before the process is killed: until then no answer may stay away."""
        self._process: subprocess.Popen[str] | None = None
        self._port = 0

    def launch(self) -> None:
        """Start the process; it does not answer yet."""
        command = [sys.executable, "-m", "sourcemark", "serve", "--port", "0", "--model", "fast"]
        places = {"SOURCEMARK_STATE_FOLDER": self.folder, "SOURCEMARK_CORRECTIONS": self.corrections}
        environment = os.environ | {name: str(place) for name, place in places.items()}
        environment |= {"PYTHONUNBUFFERED": "1"}
        self.killed.clear()
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )

    def start(self) -> None:
        """Start the process and wait until it says that it answers."""
        self.launch()
        assert self._process and self._process.stdout
        said = ""
        while "Ctrl-C" not in said:
            line = self._process.stdout.readline()
            assert line, f"the service did not start again: {said}"
            said += line
        port = re.search(r"ready at http://127\.0\.0\.1:(\d+)", said)
        assert port, said
        self._port = int(port[1])

    def kill(self) -> None:
        """Kill the process as the system does it, with no time for anything."""
        assert self._process and self._process.stdout
        self.killed.set()
        self._process.kill()
        said = self._process.stdout.read()
        self._process.stdout.close()
        self._process.wait()
        assert "Traceback" not in said, said

    def get(self, path: str) -> Reply:
        """Open an address."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Fields) -> Reply:
        """Send a form, as its page does."""
        return self._ask(
            "POST",
            path,
            urlencode(fields, doseq=True).encode(),
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://127.0.0.1:{self._port}",
            },
        )

    def label(self, body: bytes) -> Reply:
        """Have an article labelled."""
        return self._ask("POST", "/v1/label", body, {"Content-Type": "application/json"})

    def correct(self, body: bytes) -> Reply:
        """Give a correction."""
        return self._ask("POST", "/v1/corrections", body, {"Content-Type": "application/json"})

    def take_back(self, id: str) -> Reply:
        """Take a correction back."""
        return self._ask("DELETE", f"/v1/corrections/{id}")

    def _ask(self, method: str, path: str, body: bytes | None = None, headers: Any = None) -> Reply:
        connection = HTTPConnection("127.0.0.1", self._port)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Reply(response.status, response.headers.get("Location", ""), response.read())
        finally:
            connection.close()
