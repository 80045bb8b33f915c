"""Reads the words of a PDF that the press made: enough of the format for that, and no more."""

import re
import zlib

_OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\r?\n(.*?)\r?\nendobj", re.S)
_STREAM = re.compile(rb"/Length (\d+).*?stream\r?\n", re.S)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_PLAIN = rb"(?:\\.|[^\\()])*"
_LITERAL = rb"\(" + _PLAIN + rb"(?:\(" + _PLAIN + rb"\)" + _PLAIN + rb")*\)"
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|(" + _LITERAL + rb"|<[0-9A-Fa-f]*>)", re.S)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    """`pages` are their texts; `missing` counts glyphs that the font does not have (.notdef)."""

    def __init__(self, data: bytes) -> None:
        self._objects = {int(number): body for number, body in _OBJECT.findall(data)}
        self.missing = 0
        kids = next(body for body in self._objects.values() if b"/Type/Pages" in body)
        numbers = re.findall(rb"(\d+) 0 R", kids.split(b"/Kids")[1].split(b"]")[0])
        self.pages = [self._page(self._objects[int(number)]) for number in numbers]

    @property
    def text(self) -> str:
        """All pages, without the breaks between lines."""
        return "".join(self.pages)

    def _page(self, page: bytes) -> str:
        resources = self._objects[_reference(page, b"Resources")]
        fonts = {name: self._unicode(self._objects[int(number)]) for name, number in _FONT.findall(resources)}
        shown, words = {}, []
        for font, string in _SHOWN.findall(self._stream(_reference(page, b"Contents"))):
            if font:
                shown = fonts[font]
            elif string:
                words.append(self._words(_string(string), shown))
        return "".join(words)

    def _words(self, codes: bytes, shown: dict[int, str]) -> str:
        glyphs = [int.from_bytes(codes[place : place + 2], "big") for place in range(0, len(codes), 2)]
        self.missing += glyphs.count(0)
        return "".join(shown.get(glyph, "\ufffd") for glyph in glyphs)

    def _unicode(self, font: bytes) -> dict[int, str]:
        table = self._stream(_reference(font, b"ToUnicode")).decode("latin-1")
        found: dict[int, str] = {}
        for section in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
            for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", section):
                found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
        return found

    def _stream(self, number: int) -> bytes:
        body = self._objects[number]
        found = _STREAM.search(body)
        assert found
        return zlib.decompress(body[found.end() : found.end() + int(found[1])])


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found
    return int(found[1])


def _string(written: bytes) -> bytes:
    if written.startswith(b"<"):
        return bytes.fromhex(written[1:-1].decode())
    return re.sub(rb"\\([0-7]{1,3}|.)", _unescaped, written[1:-1], flags=re.S)


def _unescaped(found: re.Match[bytes]) -> bytes:
    mark = found[1]
    return bytes([int(mark, 8)]) if mark.isdigit() else _ESCAPES.get(mark, mark)
