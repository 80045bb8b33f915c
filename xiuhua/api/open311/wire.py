"""The two forms of an answer: bare JSON, and XML with the element names of GeoReport v2. Pure.

A `Table` is a list of rows: JSON gives the rows, XML wraps them in `root` and each in `item`. Lists inside a row are
wrapped in the singular of their name. Content types carry no charset: the conformance validator compares the letters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

TYPES = {"xml": "text/xml", "json": "application/json"}

# Names of lists → the element that holds one of their items.
SINGULAR = {"endpoints": "endpoint", "formats": "format", "attributes": "attribute", "values": "value"}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer with the names of their elements."""

    root: str
    item: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Single:
    """An answer that is one thing, such as a service definition; `namespace` is that of its XML."""

    root: str
    row: Row
    namespace: str = ""


def encoded(answer: Table | Single, ending: str) -> bytes:
    """The bytes of the answer, UTF-8."""
    if ending == "json":
        plain: Any = list(answer.rows) if isinstance(answer, Table) else answer.row
        return json.dumps(plain, ensure_ascii=False, default=str).encode()
    root = ElementTree.Element(answer.root)
    if isinstance(answer, Table):
        for row in answer.rows:
            _fill(ElementTree.SubElement(root, answer.item), row)
    else:
        if answer.namespace:
            root.set("xmlns", answer.namespace)
        _fill(root, answer.row)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _fill(element: ElementTree.Element, row: Row) -> None:
    for name, value in row.items():
        child = ElementTree.SubElement(element, name)
        if isinstance(value, list | tuple):
            _fill_list(child, SINGULAR[name], value)
        else:
            child.text = _text(value)


def _fill_list(element: ElementTree.Element, item_name: str, items: Sequence[Any]) -> None:
    for item in items:
        inner = ElementTree.SubElement(element, item_name)
        if isinstance(item, Mapping):
            _fill(inner, item)
        else:
            inner.text = _text(item)


def _text(value: Any) -> str:
    """A value as an element says it; signs that XML 1.0 cannot hold are left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "".join(c for c in str(value) if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def errors(faults: Sequence[tuple[int, str]]) -> Table:
    """(code, description) of everything that is wrong."""
    return Table("errors", "error", [{"code": code, "description": said} for code, said in faults])
