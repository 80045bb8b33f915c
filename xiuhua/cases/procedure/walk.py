"""The walk through a table, as pages and actions ask for it. Pure.

`refusals`: why a move may not be made. `choices`: what can be done now, and what not yet and why. `replay`: a whole
history at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from xiuhua.cases.procedure.file import File, without_step
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.history import Fault, Replay, Step, replay
from xiuhua.cases.procedure.judging import holds, of_guard, of_role, of_state, refusals
from xiuhua.cases.procedure.moves import Move, Table, may_make
from xiuhua.cases.procedure.road import MAIN_ROAD, ON_ROAD
from xiuhua.cases.procedure.setting import Setting
from xiuhua.cases.procedure.side.shape import Side
from xiuhua.kernel.authz import Refusal

__all__ = ["Choice", "Fault", "Replay", "Step", "choices", "refusals", "replay", "side_choices"]

# The move towards which everything on the road leads; its reasons are worth showing from the first day.
AIM = {"summary": "decide_on_spot", "ordinary": "decide_penalty", "demolition": "order_demolition"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A move as the case page offers it: open now, or blocked for `refusals`, the weightiest first.

    `on_road` marks the main road; `later` a move that does not leave the present state.
    """

    move: Move
    refusals: tuple[Refusal, ...] = ()
    on_road: bool = False
    later: bool = False

    @property
    def is_open(self) -> bool:
        return not self.refusals


def side_choices(
    side: Side, table: Table, state: str, file: File, setting: Setting, *, case_state: str = ""
) -> list[Choice]:
    """What can be done in a matter that stands in `state`, or with what it can begin: the open moves first.

    `case_state` is where the case stands; a move that it has left behind, and what time itself does, is not offered.
    """
    begins = state == side.begins_at[0]
    moves = side.beginnings(setting.on) if begins else table.leaving(state)
    bare = without_step(file)
    offered = [
        Choice(m, _before_facts(table, m, m.source, bare, setting))
        for m in moves
        if "system" not in m.roles and side.goes_on(m.id, case_state)
    ]
    return sorted(offered, key=lambda c: not c.is_open)


def _before_facts(table: Table, move: Move, state: str, file: File, setting: Setting) -> tuple[Refusal, ...]:
    """The reasons that stand before anything is typed: guards that read the file, then state, then role."""
    unmet = [
        of_guard(GUARDS[name], move, setting.on)
        for name in move.guards
        if GUARDS[name].judges_before(move.id) and not holds(GUARDS[name], file, setting)
    ]
    if move.source != state:
        unmet.append(of_state(table, move, state))
    if not may_make(move, setting.roles):
        unmet.append(of_role(move))
    return tuple(unmet)


def _coming(table: Table, state: str) -> list[str]:
    """The moves of the road that come after those of this state, and the decision while it lies ahead."""
    road, on_road = MAIN_ROAD[table.procedure], ON_ROAD[table.procedure]
    here = [m for m in table.leaving(state) if m.id in on_road]
    nexts = {m.target for m in here if not m.stays}
    coming = {m.id for target in nexts for m in table.leaving(target) if m.id in on_road and not m.stays}
    aim = AIM[table.procedure]
    last = max((road.index(m.id) for m in here), default=len(road))
    if last < road.index(aim):
        coming.add(aim)
    return [id for id in road if id in coming and table.move(id).source != state]


def choices(table: Table, state: str, file: File, setting: Setting) -> list[Choice]:
    """What can be done now, and what cannot yet and why.

    Open moves first, those of the main road before the others; then the road's moves of this state that are
    blocked, then those that come next. Guards that read the facts of the very form are not judged here.
    """
    on_road, road = ON_ROAD[table.procedure], MAIN_ROAD[table.procedure]
    bare = without_step(file)
    offered = [
        Choice(m, _before_facts(table, m, state, bare, setting), m.id in on_road)
        for m in table.leaving(state)
    ]
    offered.sort(key=lambda c: road.index(c.move.id) if c.on_road else len(road))
    opened = [c for c in offered if c.is_open]
    blocked = [c for c in offered if not c.is_open and c.on_road and "system" not in c.move.roles]
    ahead = [
        Choice(m, _before_facts(table, m, state, bare, setting), on_road=True, later=True)
        for m in map(table.move, _coming(table, state))
    ]
    return [*opened, *blocked, *ahead]
