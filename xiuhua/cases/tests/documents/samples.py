"""Typed-in case snapshots for the tests of the documents. All names and numbers are invented."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("files")


def vending(year: str = "2018", fine: int = 50) -> dict[str, Any]:
    """A summary case of a citizen, decided on the spot in the year that is asked for."""
    text = _text("vending").replace("2018-", f"{year}-").replace("1180100001", f"1{year[2:]}0100001")
    case: dict[str, Any] = json.loads(text)
    case["decision"]["fine"] = case["payment"]["items"][0]["amount"] = fine
    return case


def muck() -> dict[str, Any]:
    """An ordinary case of a company under the law of 2018: one fine, defence not adopted."""
    return dict(json.loads(_text("muck")))


def fume() -> dict[str, Any]:
    """An ordinary case under the law of 2023: hearing offered, discussed by the leaders, paid by instalments."""
    return merged(muck(), json.loads(_text("fume_changes")))


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of `base` with the values of `change`; dicts merge deeply, everything else is replaced."""
    found = dict(base)
    for name, value in change.items():
        old = found.get(name)
        found[name] = merged(old, value) if isinstance(value, dict) and isinstance(old, dict) else value
    return found


def _text(name: str) -> str:
    return (_FOLDER / f"{name}.json").read_text(encoding="utf-8")
