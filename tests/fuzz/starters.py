"""What a fuzzer starts from: our own articles in each target's form, and words that matter to it."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

from sourcemark.resources import folder
from sourcemark.web.pages.examples import read_examples

_PARAGRAPHS: Final = 6

MARKS: Final = (
    *("“", "”", "„", "‘", "’", '"', "'", "''", "``", "…", "—"),
    *("\u00a0", "\u2028", "\u0301", "😀", "\n\n"),
)
"""Marks and blanks that the reading looks for, or may trip over."""

_SPEECH: Final = (
    *("said", "according to", "who", "she", "he", "they", "The ministry", "Ana Ruiz", "Mr.", "U.S.", ", 34,"),
    *("reportedly", "on condition of anonymity", "two officials", "told", "'s", "WHO", "a spokesman for"),
)
_TAGS: Final = (
    *("<html>", "<article>", "<p>", "</p>", "<h1>", "<br>", "<!--", "-->", "<![CDATA[", "&nbsp;", "&#0;"),
)
_KEYS: Final = (
    *('"blocks"', '"id"', '"text"', '"title"', '"offsets"', '"utf-16"', '"code-point"', "[{", "\\ud83d"),
)

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "segmentation": (*MARKS, *_SPEECH),
    "attribution": (*MARKS, *_SPEECH),
    "extraction": (*MARKS, *_TAGS),
    "decoding": _KEYS,
    "offsets": MARKS,
}
"""Words that a target knows, so that nobody need find them letter by letter."""


def starters(target: str) -> Iterator[bytes]:
    """Yield inputs that are whole and right, for the target of this name."""
    match target:
        case "segmentation":
            for paragraphs in _articles():
                yield from (paragraph.encode() for paragraph in paragraphs)
        case "attribution":
            for paragraphs in _articles():
                yield "\n\n".join(paragraphs).encode()
        case "extraction":
            for page in sorted((folder("seeds") / "pages").glob("*.html")):
                yield page.read_bytes()
            for paragraphs in islice(_articles(), 3):
                yield "\n\n".join(paragraphs).encode()
        case "decoding":
            for paragraphs in _articles():
                blocks = [{"id": f"p{number}", "text": text} for number, text in enumerate(paragraphs)]
                yield msgspec.json.encode({"title": paragraphs[0], "offsets": "utf-16", "blocks": blocks})
                yield "\n\n".join(paragraphs).encode()
        case "offsets":
            for paragraphs in _articles():
                yield f"😀{paragraphs[0]}".encode("utf-16-le")
            yield "".join(MARKS).encode("utf-16-le")
            # the halves of a character, in the wrong order
            yield b"\x00\xde\x3d\xd8"


def dictionary(target: str) -> str:
    """Return a target's words as libFuzzer reads them.

    https://llvm.org/docs/LibFuzzer.html#dictionaries
    """
    encoding = "utf-16-le" if target == "offsets" else "utf-8"
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode(encoding)) for word in WORDS[target])
    return "".join(f'"{word}"\n' for word in escaped)


def _articles() -> Iterator[list[str]]:
    for example in read_examples():
        yield example.paragraphs[:_PARAGRAPHS]
