"""A browser without JavaScript: it opens addresses, fills in the forms that a page has, and sends them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urljoin, urlsplit

Given = str | Sequence[str]


@dataclass
class Form:
    """A form with what it sends unless something else is filled in."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, value and words of each button."""
    names: set[str] = field(default_factory=set)
    """Of every field, whether or not it sends something by itself."""


class Page(HTMLParser):
    """What came back: status, headers, text, links and forms."""

    def __init__(self, address: str, status: int, headers: dict[str, str], body: bytes) -> None:
        super().__init__()
        self.address, self.status, self.headers, self.body = address, status, headers, body
        self.html = body.decode()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.files: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._form: Form | None = None
        self._inside: list[str] = []
        self._words: list[str] = []
        self._texts: list[str] = []
        self._link = ""
        self._select = ""
        if "html" in headers.get("Content-Type", ""):
            self.feed(self.html)

    @property
    def text(self) -> str:
        """The words that a person reads."""
        return " ".join("".join(self._texts).split())

    def form(self, action: str, button: str | None = None, names: Iterable[str] = ()) -> Form:
        """Return the form whose address ends with `action`, with a button of these words and these fields."""
        for each in self.forms:
            words = [words for _, _, words in each.buttons]
            if (
                each.action.endswith(action)
                and (button is None or any(button in each for each in words))
                and each.names >= set(names)
            ):
                return each
        raise AssertionError(f"no form {action} “{button}” with {names} in: {self.text}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value")
        self.tags.append((tag, given))
        self._words = [] if tag in {"a", "button", "textarea"} else self._words
        if tag == "form":
            self._form = Form(urljoin(self.address, given.get("action") or ""), given.get("method") or "get")
            self.forms.append(self._form)
        elif tag == "a":
            self._link = urljoin(self.address, given.get("href") or "")
        elif tag in {"link", "script"}:
            self.files += [urljoin(self.address, given.get("href") or given.get("src") or "")]
        if self._form and tag in {"input", "textarea", "select"}:
            self._form.names.add(name)
        if self._form and tag == "input":
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            self._form.fields += [(name, value or "")] if ticked else []
        elif tag == "textarea":
            self._inside.append(name)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._form:
            # the first option is sent where none is chosen
            if "selected" in given:
                self._form.fields = [each for each in self._form.fields if each[0] != self._select]
            if self._select not in dict(self._form.fields):
                self._form.fields.append((self._select, value or ""))
        elif tag == "button" and self._form:
            self._form.buttons.append((name, value or "", ""))

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self._words).split())
        if tag == "form":
            self._form = None
        elif tag == "a":
            self.links[words] = self._link
        elif tag == "button" and self._form:
            name, value, _ = self._form.buttons[-1]
            self._form.buttons[-1] = (name, value, words)
        elif tag == "textarea" and self._form:
            self._form.fields.append((self._inside.pop(), "".join(self._words)))

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        self._texts.append(data)


class Browser:
    """Somebody's browser. `source` is the address that it comes from; cookies are refused, none may come."""

    def __init__(self, source: str = "127.0.0.1") -> None:
        self._source = source
        self.page: Page

    def open(self, address: str) -> Page:
        """Open an address and follow where it leads."""
        return self._go("GET", address)

    def again(self) -> Page:
        """Load the page again."""
        return self.open(self.page.address)

    def follow(self, words: str) -> Page:
        """Follow the link with these words."""
        assert words in self.page.links, f"no link “{words}” in: {self.page.text}"
        return self.open(self.page.links[words])

    def send(self, action: str, button: str | None = None, **given: Given) -> Page:
        """Fill in a form of the page and send it; `__` in a field's name stands for `-`."""
        filled = {name.replace("__", "-"): value for name, value in given.items()}
        form = self.page.form(action, button, filled)
        fields = [each for each in form.fields if each[0] not in filled]
        for name, value in filled.items():
            fields += [(name, each) for each in ([value] if isinstance(value, str) else value)]
        for name, value, words in form.buttons:
            if name and (button is None or button in words):
                fields.append((name, value))
                break
        if form.method == "get":
            return self._go("GET", f"{form.action}?{urlencode(fields)}")
        return self._go("POST", form.action, urlencode(fields))

    def post(self, address: str, **fields: str) -> Page:
        """Send a form that no page has, as somebody might who tries."""
        return self._go("POST", address, urlencode(fields))

    def _go(self, method: str, address: str, body: str | None = None) -> Page:
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://{parts.netloc}"
        connection = HTTPConnection(parts.netloc, source_address=(self._source, 0))
        try:
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            self.page = Page(address, response.status, dict(response.headers), response.read())
        finally:
            connection.close()
        assert "Set-Cookie" not in self.page.headers
        if response.status in {302, 303}:
            return self._go("GET", urljoin(address, self.page.headers["Location"]))
        return self.page
