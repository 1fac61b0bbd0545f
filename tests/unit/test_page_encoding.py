"""A page is decoded the way a browser does it."""

import pytest

from sourcemark.text.page_encoding import decoded_page

SAID = "“Café,” he said — €5"


@pytest.mark.parametrize(
    ("head", "encoding", "charset"),
    [
        ("", "utf-8", None),
        ("", "utf-8-sig", "windows-1252"),
        ("", "utf-16", None),
        ("", "cp1252", None),
        ("", "cp1252", "ISO-8859-1"),
        ("", "cp1252", "latin1"),
        ("", "utf-8", "utf8"),
        ('<meta charset="windows-1252">', "cp1252", None),
        ("<META CHARSET=windows-1252>", "cp1252", None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252", None),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252", None),
        # the server's word counts before the page's own
        ('<meta charset="windows-1252">', "utf-8", "utf-8"),
        # a word that names no encoding of pages counts nothing
        ('<meta charset="windows-1252">', "cp1252", "hex"),
        ('<meta charset="klingon">', "utf-8", "unicode_escape"),
        ('<meta charset="utf-16">', "utf-8", None),
    ],
)
def test_the_encoding_is_found(head: str, encoding: str, charset: str | None) -> None:
    page = f"<html>{head}<p>{SAID}</p>"
    assert decoded_page(page.encode(encoding), charset) == page


def test_encodings_of_other_scripts_are_read() -> None:
    page = '<meta charset="gb2312">中文 news 鎔'
    assert decoded_page(page.encode("gb18030")) == page
    page = '<meta charset="Shift_JIS">日本語 ①'
    assert decoded_page(page.encode("cp932")) == page
    page = '<meta charset="koi8-r">новости'
    assert decoded_page(page.encode("koi8-r")) == page


def test_bytes_that_the_encoding_lacks_are_marked() -> None:
    assert decoded_page(b"<meta charset=utf-8>caf\xe9") == "<meta charset=utf-8>caf\ufffd"
