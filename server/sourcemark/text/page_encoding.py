"""Decode a web page the way a browser does."""

import codecs
import re
from typing import Final

_DECLARED: Final = re.compile(
    rb"""(?:<meta\b[^>]*?\bcharset|<\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_SEARCHED: Final = 8_192
"""Bytes at the beginning of a page that are searched for what it says of its encoding."""

_MARKS: Final = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

_FALLBACK: Final = "cp1252"

# what is declared is often a subset of what is meant: https://encoding.spec.whatwg.org/#names-and-labels
_MEANT: Final = {
    "ascii": _FALLBACK,
    "iso8859-1": _FALLBACK,
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    # whoever could read such a declaration has no such page
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}

# Python knows encodings that no page has, some of them slow or unsafe
_OF_PAGES: Final = re.compile(
    r"utf-8|cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|gb18030|big5\w*|euc_\w+|iso2022_\w+"
)


def decoded_page(content: bytes, charset: str | None = None) -> str:
    """Return the text of a page: by its byte order mark, by `charset` as the server told, or by its own word.

    A page that says nothing is UTF-8, or else Windows-1252. Bytes that its encoding lacks become U+FFFD.
    """
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    found = _DECLARED.search(content, 0, _SEARCHED)
    declared = _known(charset) or _known(found[1].decode("ascii", "replace") if found else None)
    if declared is not None:
        return content.decode(declared, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode(_FALLBACK, "replace")


def _known(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label.strip()).name if label else ""
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if _OF_PAGES.fullmatch(name) else None
