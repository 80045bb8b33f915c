"""A file without what is empty in it. Pure."""

from __future__ import annotations

from typing import Any

_NESTED = frozenset({dict, list, tuple})


def tidied(value: Any) -> Any:
    """The same without what is empty: a blank text, an empty list or block, None. Flags and 0 stay."""
    return _block(value) if type(value) is dict else {}


def _block(block: dict[Any, Any]) -> dict[Any, Any]:
    """Written for speed: each check begins with it."""
    found = {}
    for key, value in block.items():
        kind = type(value)
        if kind is str:
            if value and not value.isspace():
                found[key] = value
        elif kind in _NESTED:
            if inner := _block(value) if kind is dict else _rows(value):
                found[key] = inner
        elif value is not None:
            found[key] = value
    return found


def _rows(rows: list[Any] | tuple[Any, ...]) -> list[Any]:
    found = []
    for value in rows:
        kind = type(value)
        if kind in _NESTED:
            if inner := _block(value) if kind is dict else _rows(value):
                found.append(inner)
        elif value is not None and not (kind is str and (not value or value.isspace())):
            found.append(value)
    return found
