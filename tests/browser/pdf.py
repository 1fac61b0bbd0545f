"""What a printed sheet looks like, read from Chromium's PDF files.

Chromium writes its objects one by one and in plain text; only what draws is compressed. A tagged file also
has a tree of the page's elements, and each says on which pages it stands (ISO 32000-1, 14.7).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
import re
import zlib

_OBJECT = re.compile(rb"^(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL | re.MULTILINE)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBER = r"-?[\d.]+"
_POINTS = re.compile(
    rf"^({_NUMBER}) 0 0 {_NUMBER} {_NUMBER} {_NUMBER} cm$|^/F\d+ ({_NUMBER}) Tf$", re.MULTILINE
)


@dataclass(frozen=True)
class Element:
    """An element of the page, and the numbers of the pages that its own text stands on."""

    kind: str
    parent: int
    pages: frozenset[int]


def pages(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of every page, in points."""
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(float(width), float(height)) for width, height in found]


def rows(pdf: bytes) -> list[frozenset[int]]:
    """Return the pages that each row of a table and each entry of a list stands on, nested ones too."""
    elements = _elements(pdf)
    children = defaultdict(list)
    for number, element in elements.items():
        children[element.parent].append(number)

    def spread(number: int) -> frozenset[int]:
        return elements[number].pages.union(*map(spread, children[number]))

    def is_head(number: int) -> bool:
        # the head of a table is printed again on every page
        return all(elements[cell].kind == "TH" for cell in children[number])

    return [
        spread(number)
        for number, element in elements.items()
        if element.kind == "LI" or (element.kind == "TR" and not is_head(number))
    ]


def letters(pdf: bytes) -> set[float]:
    """Return the sizes of the letters, in points."""
    found = set()
    for drawing in _drawings(pdf):
        # the browser scales a page once for its resolution and once for its paper, then sets every letter
        scale = 1.0
        for zoom, size in _POINTS.findall(drawing):
            if zoom:
                scale *= float(zoom)
            else:
                found.add(round(scale * float(size), 1))
    return found


def _drawings(pdf: bytes) -> Iterator[str]:
    for stream in _STREAM.findall(pdf):
        try:
            drawing = zlib.decompress(stream).decode("latin-1")
        except zlib.error:
            continue
        # fonts are compressed too
        if " Tf\n" in drawing:
            yield drawing


def _elements(pdf: bytes) -> dict[int, Element]:
    elements = {}
    for number, body in _OBJECT.findall(pdf):
        if b"/Type /StructElem" in body:
            kind = re.search(rb"/S /(\w+)", body)
            parent = re.search(rb"/P (\d+) 0 R", body)
            assert kind and parent
            on = frozenset(int(page) for page in re.findall(rb"/Pg (\d+) 0 R", body))
            elements[int(number)] = Element(kind[1].decode(), int(parent[1]), on)
    return elements
