"""Somebody who tries whatever comes to mind in a `World`: honest steps, spoiled answers, other roles, wrong moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from xiuhua.cases.procedure.facts.field import FactField, Kind
from xiuhua.cases.procedure.moves import ROLE_LABELS
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.tests.procedure.world import Try, World
from xiuhua.kernel.authz import Refusal

INVESTIGATOR = "A"
JUMPS = (1, 3, 7, 16, 31, 65, 190)


def attempt(world: World) -> tuple[Refusal, ...] | None:
    """One attempt; what came of it, as `World.take` says it. None also where only time went by."""
    dice = world.dice
    if dice.random() < 0.12:
        world.on += timedelta(days=dice.choice(JUMPS))
        return None
    one = anywhere(world) if dice.random() < 0.1 else dice.choice(list(world.tries()) or [anywhere(world)])
    says = spoiled(world, one) if dice.random() < 0.25 else {}
    role = dice.choice(sorted(ROLE_LABELS)) if dice.random() < 0.08 else ""
    by = INVESTIGATOR if dice.random() < 0.15 else ""
    return world.take(one, says, role=role, by=by)


def anywhere(world: World) -> Try:
    """Any move of any table of the day, wherever the case and its matters stand."""
    side = world.dice.choice([None, *SIDES.values()])
    table = side.table_on(world.on) if side else table_on(world.procedure, world.on)
    move = world.dice.choice(table.moves)
    own = world.matter(side.procedure) if side else None
    return Try(move, table, side, own)


def spoiled(world: World, one: Try) -> Mapping[str, Any]:
    """One answer that is not as it should be."""
    shown = [f for f in world.form_of(one) if f.shown]
    if not shown:
        return {}
    asked = world.dice.choice(shown)
    return {asked.path: _spoil(asked, world, world.dice)}


def _spoil(asked: FactField, world: World, dice: Random) -> Any:
    near = (world.on + timedelta(days=dice.choice((-40, -9, -1, 1, 40)))).isoformat()
    match asked.kind:
        case Kind.YES_NO:
            return dice.choice([False, True])
        case Kind.DATE:
            return near
        case Kind.MOMENT:
            return f"{near}T{dice.choice(('03:00', '23:30', '10:00'))}"
        case Kind.MONEY:
            return dice.choice([1, 900, 1100, 1_000_000])
        case Kind.OFFICERS:
            return dice.choice([["A"], ["A", "K"], ["Z"]])
        case Kind.PERSON:
            return dice.choice(["A", "B", "Z"])
        case Kind.CHOICE if asked.choices:
            return dice.choice(asked.choices)[0]
        case Kind.CHOICES if asked.choices:
            return [dice.choice(asked.choices)[0]]
    return None
