"""The JSON schema of a case file, made from `fields`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.checker.fields import CODES, FIELDS
from xiuhua.cases.checker.kinds import DAY, LARGEST_COUNT, LONGEST_TEXT, MOMENT
from xiuhua.cases.checker.snapshot import MOST_ROWS, NEEDED

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string", "maxLength": LONGEST_TEXT}
_SHAPES: Mapping[str, Mapping[str, Any]] = {
    "day": {"type": "string", "pattern": rf"^({DAY.pattern}|{MOMENT.pattern})$|^$"},
    "moment": {"type": "string", "pattern": f"^({MOMENT.pattern})$|^$"},
    "text": _TEXT,
    "id": {"type": ["string", "integer"]},
    "flag": {"type": "boolean"},
    "mark": {"type": ["boolean", "string"]},
    "number": {"type": "number"},
    "count": {"type": "integer", "minimum": 0, "exclusiveMaximum": LARGEST_COUNT},
    "ids": {"type": "array", "items": {"type": ["string", "integer"]}},
    "texts": {"type": "array", "items": _TEXT},
    "numbers": {"type": "array", "items": {"type": "number"}},
    **{name: {"enum": list(codes)} for name, codes in CODES.items()},
}


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12."""
    blocks = [name for name in FIELDS if "." not in name]
    return {
        "$schema": DIALECT,
        "title": "Case file of Xiuhua (案卷)",
        "description": "One case file as `xiuhua case check` reads and `xiuhua case export` writes it.",
        "type": "object",
        "properties": {name.removesuffix("[]"): _part(name) for name in blocks},
        "required": sorted({path.split(".")[0] for path in NEEDED}),
    }


def _part(name: str) -> dict[str, Any]:
    row = _block(name)
    return {"type": "array", "maxItems": MOST_ROWS, "items": row} if name.endswith("[]") else row


def _block(name: str) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "type": "object",
        "properties": {
            field: _part(f"{name}.{field}[]") if kind == "rows" else dict(_SHAPES[kind])
            for field, kind in FIELDS[name].items()
        },
    }
    if needed := [path.split(".")[1] for path in NEEDED if path.split(".")[0] == name]:
        shape["required"] = needed
    return shape
