"""Why a move is refused: state, role, what the step must state, and every guard. Pure."""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.articles import ground_on
from xiuhua.cases.procedure.file import STEP, File
from xiuhua.cases.procedure.guards import GUARDS, Check, Guard
from xiuhua.cases.procedure.moves import ROLE_LABELS, Move, Table, may_make
from xiuhua.cases.procedure.road import ON_ROAD
from xiuhua.cases.procedure.setting import Setting
from xiuhua.cases.procedure.side import SIDES, Side
from xiuhua.cases.procedure.stating import unstated_by
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.kernel.authz import Refusal, Said

# What a guard raises when a fact has the wrong type: a text where a number or a block should be.
UNREADABLE = (AttributeError, TypeError, ValueError, IndexError)


def holds(guard: Guard, file: File, setting: Setting) -> bool:
    """Whether the file proves the guard. Facts of a wrong type prove nothing."""
    try:
        return guard.check(file, setting)
    except UNREADABLE:
        return False


def of_guard(guard: Guard, move: Move, day: date) -> Refusal:
    return Refusal(
        guard.name, guard.sentence, ground_on(guard.article, move, day), f"Needed: {guard.meaning}"
    )


def first_from(table: Table, state: str) -> Move:
    """The move that would have to come first where the case stands: the road's own before any other."""
    leaving = table.leaving(state) or table.leaving(table.initial)
    return next((m for m in leaving if m.id in ON_ROAD.get(table.procedure, ())), leaving[0])


def of_unknown(table: Table, move: str, state: str) -> Refusal:
    """The table has no such move; what it has here is named with its article."""
    first = first_from(table, state)
    return Refusal(
        "unknown_move",
        Said("该程序没有“%(move)s”这一步，现应先办“%(first)s”", move=move, first=first.label),
        "; ".join(first.articles),
        f"The procedure has no such move; here '{first.id}' comes first.".replace("_", " "),
        "move",
    )


def of_order(before: Move) -> Refusal:
    """The step is dated before `before`, which comes first."""
    return Refusal(
        "out_of_order",
        Said("步骤日期早于上一步骤“%(before)s”", before=before.label),
        "; ".join(before.articles),
        "The step is dated before the one before it.",
        "on",
    )


def of_state(table: Table, move: Move, state: str) -> Refusal:
    here, there = (
        table.state(state).label if state in table.by_state else state,
        table.state(move.source).label,
    )
    on_road, label = table.procedure in TABLES, move.label
    said = (
        Said("案件现处于“%(here)s”，到“%(there)s”才能办“%(move)s”", here=here, there=there, move=label)
        if on_road
        else Said(
            "该附属程序现处于“%(here)s”，到“%(there)s”才能办“%(move)s”", here=here, there=there, move=label
        )
    )
    called = "The case" if on_road else "This matter"
    return Refusal(
        "wrong_state",
        said,
        "; ".join(move.articles),
        f"{called} stands at '{state}'; this step starts from '{move.source}'.".replace("_", " "),
    )


def of_case(side: Side, move: Move, state: str, table: Table) -> tuple[Refusal, ...]:
    """Why `move` of a matter may not be made while its case stands in `state` of `table`; empty if it may."""
    if side.goes_on(move.id, state):
        return ()
    here = table.state(state).label if state in table.states_by_id else state
    return (
        Refusal(
            "case_elsewhere",
            Said("案件现处于“%(here)s”，不得办“%(move)s”", here=here, move=move.label),
            "; ".join(move.articles),
            f"The case stands at '{state}': this step may not be made there.".replace("_", " "),
        ),
    )


def of_role(move: Move) -> Refusal:
    names = tuple(ROLE_LABELS[r] for r in sorted(move.roles))
    return Refusal(
        "wrong_role",
        Said("%(move)s应由%(names)s办理", move=move.label, names=names),
        "; ".join(move.articles),
        f"Only {', '.join(sorted(move.roles)).replace('_', ' ')} may do this.",
    )


def _of_facts(path: str, move: Move) -> Refusal:
    return Refusal(
        "not_stated",
        Said("%(move)s没有写明应有的事实，或者日期晚于办理之日（%(path)s）", move=move.label, path=path),
        "; ".join(move.articles),
        "The step does not state its own fact, or dates it after the step.",
        path,
    )


def refusals(table: Table, move: Move, state: str, file: File, setting: Setting) -> tuple[Refusal, ...]:
    """Every reason why `move` may not be made in `state`; empty if it is lawful.

    `file` already holds the facts of the step, folded in last (see `file.fold`), and `table` is the one in force
    on `setting.on`.
    """
    found: list[Refusal] = []
    if move.source != state:
        found.append(of_state(table, move, state))
    if not may_make(move, setting.roles):
        found.append(of_role(move))
    if missing := unstated_by(move, file[STEP], setting.day):
        found.append(_of_facts(missing, move))
    for name in move.guards:
        guard = GUARDS[name]
        if not holds(guard, file, setting):
            found.append(of_guard(guard, move, setting.on))
    return tuple(found)


# The tables live as long as the program, so a move is known by its identity: hashing it would cost more.
_CHECKS: dict[int, tuple[Check, ...]] = {
    id(m): tuple(GUARDS[name].check for name in m.guards)
    for tables in (*TABLES.values(), *(side.tables for side in SIDES.values()))
    for table in tables
    for m in table.moves
}


def is_lawful(move: Move, state: str, file: File, setting: Setting) -> bool:
    """The same question as `refusals` for a move of our tables, answered with yes or no, as fast as can be."""
    if move.source != state or not may_make(move, setting.roles):
        return False
    if unstated_by(move, file[STEP], setting.day):
        return False
    try:
        for check in _CHECKS[id(move)]:
            if not check(file, setting):
                return False
    except UNREADABLE:
        return False
    return True
