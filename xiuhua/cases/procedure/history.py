"""A whole history, judged step by step by the law of each day: the door of imports. Pure.

A step of a matter beside the road names it: `coercive_measure:1` is the first seizure of the case. Such a step walks
the table of that procedure, in the state of that matter; the road stays where it is. See `side.shape`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiuhua.cases.procedure.file import Facts, File, Malformed, fold_all, misdated
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.judging import first_from, is_lawful, of_case, of_order, of_unknown, refusals
from xiuhua.cases.procedure.moves import Move, Table
from xiuhua.cases.procedure.setting import Setting
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.side.folding import Own, as_read_in, fold_step, listed
from xiuhua.cases.procedure.tables import latest, table_on
from xiuhua.kernel.authz import Refusal, Said


@dataclass(slots=True)
class Step:
    """One step of a history: the move, its day, what it states, in which role and by whom if that is known.

    `matter` is empty on the road, else procedure and number of the matter.
    """

    move: str
    on: date
    facts: Facts
    role: str = ""
    by: str = ""
    matter: str = ""


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
    """What a history comes to: the state, the file, the moves made with their tables, and the first fault.

    `matters` are those that began, by the names that their steps give them, in the order in which they did; `file` is
    the case's without them.
    """

    state: str
    file: File
    made: list[tuple[Move, Table]] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()
    matters: dict[str, Own] = field(default_factory=dict)

    @property
    def whole(self) -> File:
        """The file with its matters in it, as the guards of the road read it."""
        return listed(self.file, self.matters.values()) if self.matters else self.file

    @property
    def is_lawful(self) -> bool:
        return not self.faults


def _plain(code: str, sentence: str, meaning: str, path: str, ground: str = "") -> tuple[Refusal, ...]:
    return (Refusal(code, sentence, ground, meaning, path),)


def _one(run: Replay, procedure: str, step: Step, setting: Setting) -> tuple[Refusal, ...]:
    """Make one step of a history; the reasons if it is not lawful, and then nothing but the file has changed."""
    own: Own | None = None
    if step.matter:
        found = _matter(run, procedure, step)
        if isinstance(found, tuple):
            return found
        own = found
    table = own.side.table_on(step.on) if own else table_on(procedure, step.on)
    move = table.by_id.get(step.move)
    if move is None:
        return (of_unknown(table, step.move, own.state if own else run.state),)
    if wrong := misdated(step.facts):
        return _plain(
            "bad_date",
            Said("日期格式不对（%(wrong)s）", wrong=wrong),
            "A date is not written as YYYY-MM-DD.",
            wrong,
        )
    try:
        fold_step(run.file, step.facts, own)
    except Malformed as error:
        return _plain(
            "malformed",
            Said("所填内容与案卷结构不符（%(path)s）", path=error.path),
            "The fact does not fit.",
            error.path,
        )
    state, file = _stands(run, own, move)
    if not is_lawful(move, state, file, setting):
        return refusals(table, move, state, file, setting)
    if own is not None and (late := of_case(own.side, move, run.state, latest(procedure))):
        return late
    if own is None:
        run.state = move.target
    else:
        own.state = move.target
        run.matters.setdefault(step.matter, own)
    run.made.append((move, table))
    return ()


def _stands(run: Replay, own: Own | None, move: Move) -> tuple[str, File]:
    """The state from which a move is made, and the file as its guards read it."""
    if own is None:
        return run.state, run.whole
    first = own.side.begins_at
    begins = move.source if move.source in first else first[0]
    return own.state or begins, as_read_in(run.whole, own)


def _matter(run: Replay, procedure: str, step: Step) -> Own | tuple[Refusal, ...]:
    """The matter of a step, a new one where it begins with this step; or why there can be none."""
    if known := run.matters.get(step.matter):
        return known
    name, _, number = step.matter.partition(":")
    side = SIDES.get(name)
    if side is None:
        ground = "; ".join(first_from(table_on(procedure, step.on), run.state).articles)
        said = Said("没有“%(name)s”这种程序", name=name)
        return _plain("unknown_matter", said, "There is no such procedure.", "matter", ground)
    ground = "; ".join(dict.fromkeys(a for m in side.beginnings(step.on) for a in m.articles))
    same = [own for key, own in run.matters.items() if key.startswith(f"{name}:")]
    if number != str(len(same) + 1):
        said = Said("%(side)s应依次编号", side=side.label_zh)
        return _plain("matter_number", said, "Its number is not the next one.", "matter", ground)
    here = latest(procedure).states_by_id.get(run.state)
    may = run.state in side.begins_in if side.begins_in else here is not None and not here.final
    if not may:
        said = Said(
            "案件处于“%(state)s”，不能开始%(side)s",
            state=here.label if here else run.state,
            side=side.label_zh,
        )
        return _plain("wrong_state", said, "It cannot begin in this state of the case.", "matter", ground)
    party = apart.party_of(step.facts) if side.apart else ""
    if side.apart and party not in apart.may_have(run.whole, side.apart(run.whole)):
        said = Said("应当写明是哪一名被罚款的当事人的%(side)s", side=side.label_zh)
        return _plain("whose_share", said, "Each fined party has one of its own.", "matter", ground)
    if not side.kept_in and any(not _ended(own, step.on) for own in same if own.party == party):
        said = Said("%(side)s正在进行", side=side.label_zh)
        return _plain("begun_already", said, "One of its kind is under way.", "matter", ground)
    return Own(side, "", party=party)


def _ended(own: Own, on: date) -> bool:
    return own.side.table_on(on).state(own.state).final


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
            found: tuple[Refusal, ...] = (of_order(run.made[-1][0]),)
        else:
            found = _one(run, procedure, step, setting_for(step))
        if found:
            run.faults = tuple(
                Fault(number, step.move, r.code, r.sentence, r.ground, r.meaning, r.field) for r in found
            )
            return run
        before = step.on
    return run
