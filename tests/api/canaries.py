"""A word for each place that a request has, to be looked for everywhere afterwards."""

from collections.abc import Mapping

PLACES = (
    *("title", "text", "block", "key", "value", "query", "path", "method", "host", "origin", "referer"),
    *("agent", "cookie", "token", "custom", "field", "name", "note", "type", "garbage", "gone"),
)
# put together here and nowhere else, so that only what was sent can hold the whole
CANARY = {place: f"heron{'q7' + 'x3'}{place}" for place in PLACES}

HEADERS = {
    "User-Agent": CANARY["agent"],
    "Referer": f"https://news.example/{CANARY['referer']}",
    "Cookie": f"session={CANARY['cookie']}",
    "Authorization": f"Bearer {CANARY['token']}",
    "X-Forwarded-For": CANARY["custom"],
    "X-Custom": CANARY["custom"],
    "Accept-Language": CANARY["custom"],
    "If-None-Match": CANARY["custom"],
}
ORIGIN = {"Origin": f"https://{CANARY['origin']}.example"}
HOST = {"Host": f"{CANARY['host']}.example"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OTHER = {"Content-Type": f"text/{CANARY['type']}"}
PERSON = {"Accept": "text/html"}

# every field that some form has, and one that none has
FIELDS = dict.fromkeys(
    """
    code people sentence choice easier look from to door participant note ready round facilitator 1-n
    first-text first-title first-source first-licence first-example
""".split(),
    CANARY["field"],
) | {CANARY["name"]: CANARY["field"]}


def found(text: bytes) -> set[str]:
    """Return the places whose canary is in `text`."""
    lower = text.lower()
    return {place for place, canary in CANARY.items() if canary.encode() in lower}


def places_by_file(files: Mapping[str, bytes]) -> dict[str, set[str]]:
    """Return the places whose canary is in a file, for those files that have any."""
    return {name: places for name, text in files.items() if (places := found(text))}
