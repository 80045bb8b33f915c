"""Invented addresses, and the party that lives or trades there."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from xiuhua.simulation import people
from xiuhua.simulation.world import Place

ROADS = "东西南北中新和平安康乐永兴"
FOOD = "food"


def address(rng: Random, place: Place) -> str:
    """An address on a road that does not exist: 花木示例东路12号."""
    return f"{place.short_name}示例{rng.choice(ROADS)}路{rng.randint(1, 999)}号"


def party(rng: Random, kind: str, trade: str, where: str) -> Mapping[str, str]:
    """A party of `kind`; a shop or firm of `trade` sits at the place of the act, a citizen lives elsewhere."""
    if kind == "citizen":
        return people.citizen(rng, f"示例市示例区示例路{rng.randint(1, 999)}号")
    if kind == "individual_business":
        return people.individual_business(rng, FOOD if trade == FOOD else "shop", where)
    return people.organisation(rng, trade, where)
