"""JSON by msgspec, so that a view hands a struct of the wire contract to `jsonify`."""

from typing import Any

from flask import Flask, Response
from flask.json.provider import JSONProvider
import msgspec


class MsgspecProvider(JSONProvider):
    """Flask's JSON, read and written by msgspec."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Return `obj` as JSON."""
        return msgspec.json.encode(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Return what the JSON `s` holds."""
        return msgspec.json.decode(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """Return an answer whose body is `args` as JSON."""
        body = msgspec.json.encode(self._prepare_response_obj(args, kwargs))
        return Response(body, mimetype="application/json")


def init_app(app: Flask) -> None:
    """Let `app` speak JSON by msgspec."""
    app.json = MsgspecProvider(app)
