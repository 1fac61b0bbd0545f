"""Asking a service over the network, with a token or without, from any address of this computer."""

from collections.abc import Callable, Mapping
from http.client import HTTPConnection

from prometheus_client.parser import text_string_to_metric_families

from api.wire import JSON, Reply, article

Ask = Callable[..., Reply]
"""`ask(method, path, token=None, headers={}, body=b"", source="127.0.0.1")`."""

TEXT = "The ministry said on Tuesday that two bridges had been closed."


def asking(address: str) -> Ask:
    """Return a function that sends requests to `address`."""
    netloc = address.removeprefix("http://")

    def ask(
        method: str = "POST",
        path: str = "/v1/label",
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        source: str = "127.0.0.1",
    ) -> Reply:
        bearer = {"Authorization": f"Bearer {token}"} if token is not None else {}
        if method == "POST":
            body, bearer = article([TEXT]) if body is None else body, JSON | bearer
        connection = HTTPConnection(netloc, source_address=(source, 0))
        try:
            connection.request(method, path, body, bearer | dict(headers or {}))
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    return ask


def articles(reply: Reply) -> float:
    """Return how many articles were labelled, as the counters tell."""
    families = {family.name: family for family in text_string_to_metric_families(reply.body.decode())}
    return families["sourcemark_articles"].samples[0].value
