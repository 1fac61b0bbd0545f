"""A waitress server for one app on one bound socket, that can be stopped from another thread."""

from contextlib import suppress
import errno
import logging
import os
import socket
from threading import Lock
from typing import Any, Final

from flask import Flask
import msgspec
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask
from waitress.wasyncore import close_all, loop

from sourcemark.settings import HOST
from sourcemark.web import guard, observe, problems

# past a size of its own waitress keeps bodies and answers in temporary files; articles stay in memory
_NEVER_ON_DISK: Final = 1 << 40

# a body that is too large is read nevertheless, up to this many times the limit: a client that is cut off
# while it sends sees a broken connection and not the answer that says why
_READ_TO_REFUSE: Final = 8

# more than may label and wait to label together, see `gate`: other requests are answered meanwhile
_THREADS: Final = 48

# a browser keeps up to six open, and sixty may be in one room; Windows looks after 512
_CONNECTIONS: Final = 400

# seconds without a request after which idle connections are looked through
_LONGEST_NAP: Final = 1


class PortError(Exception):
    """The port cannot be used. The message says why, and what to do."""


def bind(port: int, host: str = HOST) -> socket.socket:
    """Take `port` of this machine's address `host`; 0 takes one that is free.

    Raises PortError when it is in use, or kept for administrators.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # a port that was just given up can be taken again at once; on Windows the same option
    # would let two programs share it
    exclusive = "SO_EXCLUSIVEADDRUSE" if os.name == "nt" else "SO_REUSEADDR"
    listener.setsockopt(socket.SOL_SOCKET, getattr(socket, exclusive), 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortError(_port_message(host, port, error)) from error
    return listener


class Server:
    """A waitress server for `app` on a bound socket, that can be stopped from another thread."""

    def __init__(self, app: Flask, listener: socket.socket, *, behind_proxy: bool = False) -> None:
        observe.mute(logging.getLogger("waitress"))
        # each queued request would be a warning
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        limit = _READ_TO_REFUSE * app.config["MAX_CONTENT_LENGTH"]
        self._open: dict[int, Any] = {}
        self._stopping = False
        self._waking = Lock()
        self._server = create_server(
            app,
            map=self._open,
            sockets=[listener],
            threads=_THREADS,
            connection_limit=_CONNECTIONS,
            ident=None,
            max_request_body_size=limit,
            inbuf_overflow=_NEVER_ON_DISK,
            outbuf_overflow=_NEVER_ON_DISK,
            # whom a request is forwarded for is the proxy's word, and nobody else's
            clear_untrusted_proxy_headers=not behind_proxy,
        )
        self._server.channel_class = _Channel
        host, self.port = listener.getsockname()
        self.address = f"http://{host}:{self.port}"

    def run(self) -> None:
        """Answer requests until `stop`, or Ctrl-C."""
        # in waitress's own loop only Ctrl-C leads out
        with suppress(KeyboardInterrupt):
            while not self._stopping:
                loop(timeout=_LONGEST_NAP, map=self._open, count=1)
        self._server.task_dispatcher.shutdown()
        with self._waking:
            close_all(self._open)

    def stop(self) -> None:
        """Let the requests that are being answered finish, and `run` return."""
        self._stopping = True
        # what wakes the loop is one of the things that it closes when it ends
        with self._waking:
            if self._open:
                self._server.pull_trigger()


class _ProblemTask(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """Answers a request that waitress refuses itself in the one shape of errors.

    Its own answer is plain text, and repeats a header that it cannot read.
    """

    def execute(self) -> None:
        details = problems.of_status(self.request.error.code)
        body = msgspec.json.encode(details)
        self.status = f"{details.status} {details.title}"
        self.response_headers = [("Content-Type", problems.MEDIA_TYPE), *guard.HEADERS.items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose errors have our shape."""

    error_task_class = _ProblemTask


def _port_message(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use: by another program, or by Sourcemark running in another window. "
            f"Stop that one, or choose another port, such as --port {port + 1 if port < 65535 else 8377}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is kept for administrators. Choose one above 1023, such as --port 8377."
    return f"Port {port} on {host} cannot be used: {error.strerror}. Choose another one with --port."
