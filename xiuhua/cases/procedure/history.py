"""A whole history, judged step by step by the law of each day: the door of imports. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiuhua.cases.procedure.file import Facts, File, Malformed, fold, fold_all, misdated
from xiuhua.cases.procedure.judging import is_lawful, refusals
from xiuhua.cases.procedure.moves import Move, Table
from xiuhua.cases.procedure.setting import Setting
from xiuhua.cases.procedure.tables import table_on
from xiuhua.kernel.authz import Refusal


@dataclass(slots=True)
class Step:
    """One step of a history: the move, its day, what it states, in which role and by whom if that is known."""

    move: str
    on: date
    facts: Facts
    role: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a history stops: step number from 1, move, guard or kind of fault, field if one is to blame."""

    step: int
    move: str
    code: str
    sentence: str
    ground: str = ""
    meaning: str = ""
    field: str = ""


@dataclass(slots=True)
class Replay:
    """What a history comes to: the state, the file, the moves made with their tables, and the first fault."""

    state: str
    file: File
    made: list[tuple[Move, Table]] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()

    @property
    def is_lawful(self) -> bool:
        return not self.faults


def _plain(code: str, sentence: str, meaning: str, path: str = "") -> tuple[Refusal, ...]:
    return (Refusal(code, sentence, "", meaning, path),)


def _one(run: Replay, procedure: str, step: Step, setting: Setting) -> tuple[Refusal, ...]:
    """Make one step of a history; the reasons if it is not lawful, and then nothing but the file has changed."""
    table = table_on(procedure, step.on)
    move = table.by_id.get(step.move)
    if move is None:
        return _plain("unknown_move", f"没有“{step.move}”这一步骤", "The procedure has no such move.", "move")
    if wrong := misdated(step.facts):
        return _plain("bad_date", f"日期格式不对（{wrong}）", "A date is not written as YYYY-MM-DD.", wrong)
    try:
        fold(run.file, step.facts)
    except Malformed as error:
        return _plain(
            "malformed", f"所填内容与案卷结构不符（{error.path}）", "The fact does not fit.", error.path
        )
    if not is_lawful(move, run.state, run.file, setting):
        return refusals(table, move, run.state, run.file, setting)
    run.state = move.target
    run.made.append((move, table))
    return ()


def replay(
    procedure: str,
    steps: Iterable[Step],
    base: Mapping[str, Any],
    setting_for: Callable[[Step], Setting],
) -> Replay:
    """Fold a whole history from the first state on, judging each step by the law of its day.

    Stops at the first step that is not lawful and names every reason; the file then holds that step's facts too.
    `base` stays as it is. Raises KeyError for an unknown procedure.
    """
    run = Replay("", fold_all(base, ()))
    before = date.min
    for number, step in enumerate(steps, 1):
        run.state = run.state or table_on(procedure, step.on).initial
        if step.on < before:
            found = _plain(
                "out_of_order", "步骤日期早于上一步骤", "The step is dated before the one before it.", "on"
            )
        else:
            found = _one(run, procedure, step, setting_for(step))
        if found:
            run.faults = tuple(
                Fault(number, step.move, r.code, r.sentence, r.ground, r.meaning, r.field) for r in found
            )
            return run
        before = step.on
    return run
