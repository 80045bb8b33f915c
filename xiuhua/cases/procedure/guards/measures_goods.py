"""The goods of a measure: what was taken, what has come to its end, what is still held. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.cases.procedure.guards.reading import rows

Goods = Mapping[str, Any]


def named(row: Goods) -> tuple[str, str, str]:
    """What tells one row of a list from another: name, quantity, state."""
    return str(row.get("name") or ""), str(row.get("quantity") or ""), str(row.get("state") or "")


def goods_left(own: Mapping[str, Any]) -> list[Goods]:
    """The rows of the list of a matter that have no end yet, in their order."""
    return _without(rows(own, "items"), rows(own, "ends"))


def perishing(own: Mapping[str, Any]) -> list[Goods]:
    """Those among them for which the party was called because they spoil."""
    called = Counter(named(row) for row in rows(own, "perishable"))
    found = []
    for row in goods_left(own):
        if called[named(row)] > 0:
            called[named(row)] -= 1
            found.append(row)
    return found


def are_held(wanted: Sequence[Goods], own: Mapping[str, Any]) -> bool:
    """Whether each of `wanted` is still held."""
    return not Counter(map(named, wanted)) - Counter(map(named, goods_left(own)))


def _without(items: Sequence[Goods], ends: Sequence[Goods]) -> list[Goods]:
    gone = Counter(map(named, ends))
    left = []
    for row in items:
        if gone[named(row)] > 0:
            gone[named(row)] -= 1
        else:
            left.append(row)
    return left
