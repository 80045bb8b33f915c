"""The square code of a document, as a drawing for pages and prints and as a picture for word processors. Pure."""

from io import BytesIO

import segno


def svg(content: str) -> str:
    """The code of `content` as an SVG that takes the size it is given."""
    made: str = segno.make(content, error="m").svg_inline(omitsize=True, svgclass="code", lineclass=None)
    return made


def svg_file(content: str) -> bytes:
    """The same as a file of its own."""
    return _saved(content, "svg")


def png(content: str) -> bytes:
    """The same as a picture of black and white dots."""
    return _saved(content, "png")


def _saved(content: str, kind: str) -> bytes:
    out = BytesIO()
    segno.make(content, error="m").save(out, kind=kind, scale=8)
    return out.getvalue()
