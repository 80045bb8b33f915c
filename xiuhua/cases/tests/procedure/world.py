"""A case with its main road and every matter beside it, moved by anybody, as far as the law lets them. Pure.

Forms are answered as people answer them: what the platform knows stands in them, the rest is typed, honestly or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any

from xiuhua.cases.procedure.demolition_road import DEMOLITION
from xiuhua.cases.procedure.facts import Known, faults_of, fill
from xiuhua.cases.procedure.facts.composing import compose_with
from xiuhua.cases.procedure.facts.deriving import DERIVED
from xiuhua.cases.procedure.facts.field import FactField, Fields
from xiuhua.cases.procedure.facts.fixed import FIXED
from xiuhua.cases.procedure.facts.shaping import forms_of
from xiuhua.cases.procedure.file import File, fold, merge
from xiuhua.cases.procedure.judging import of_case, refusals
from xiuhua.cases.procedure.moves import Move, Table
from xiuhua.cases.procedure.side import SIDES, Side
from xiuhua.cases.procedure.side.folding import Own, as_read_by, fold_step, listed
from xiuhua.cases.procedure.tables import latest, table_on
from xiuhua.cases.tests.procedure.live import NUMBERED, PEOPLE
from xiuhua.cases.tests.procedure.setting import calendar, params_on, setting
from xiuhua.cases.tests.procedure.world_answers import answer_of, is_said
from xiuhua.kernel.authz import Refusal

WHO = {**PEOPLE, "hearing_host": "T", "evidence_custodian": "E", "court": "S", "reconsideration_body": "S"}
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Try:
    """A move that somebody might make: on the road (no side), in a matter, or the first of a new one."""

    move: Move
    table: Table
    side: Side | None = None
    own: Own | None = None

    @property
    def key(self) -> Key:
        return (self.table.procedure, self.table.version, self.move.id)


@dataclass(frozen=True)
class Made:
    """A step as it was made: which move, on which day, what it stated."""

    key: Key
    on: date
    facts: Mapping[str, Any]


@dataclass
class World:
    """One case: its road, its matters, the day. `base` holds what the case states, `matters` what they do."""

    base: File
    on: date
    state: str
    dice: Random
    at: time = time(10)
    matters: list[Own] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)

    @property
    def procedure(self) -> str:
        return str(self.base["case"]["procedure"])

    @property
    def file(self) -> File:
        return listed(self.base, self.matters)

    def matter(self, procedure: str) -> Own | None:
        """The last matter of that kind."""
        return next((m for m in reversed(self.matters) if m.side.procedure == procedure), None)

    @property
    def walked(self) -> list[Key]:
        """The moves that were made, in their order."""
        return [made.key for made in self.made]

    def tries(self) -> Iterator[Try]:
        """Every move that leaves where the road and the matters stand, and the first ones of matters that may begin."""
        table = table_on(self.procedure, self.on)
        for move in table.leaving(self.state):
            yield Try(move, table)
        for own in self.matters:
            here = own.side.table_on(self.on)
            for move in here.leaving(own.state):
                yield Try(move, here, own.side, own)
        for side in SIDES.values():
            if self.may_begin(side):
                here = side.table_on(self.on)
                for move in side.beginnings(self.on):
                    yield Try(move, here, side)

    def may_begin(self, side: Side) -> bool:
        """As the platform asks it: in which states of the case, and only one at a time unless it may have several."""
        final = table_on(self.procedure, self.on).state(self.state).final
        if self.state not in side.begins_in if side.begins_in else final:
            return False
        last = self.matter(side.procedure)
        ended = last is None or side.table_on(self.on).state(last.state).final
        return bool(side.kept_in) or ended

    def read_by(self, one: Try) -> File:
        return as_read_by(self.file, one.side, one.own) if one.side else self.file

    def form_of(self, one: Try) -> Fields:
        if one.side:
            return one.side.forms[one.move.id]
        if self.procedure == DEMOLITION.procedure:
            return DEMOLITION.forms[one.move.id]
        return forms_of(self.file)[one.move.id]

    def facts_of(self, one: Try, says: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the step would state; None where the form itself would not take the answers."""
        read, form, id = self.read_by(one), self.form_of(one), one.move.id
        role = sorted(one.move.roles)[0]
        now = datetime.combine(self.on, self.at)
        known = Known(now, WHO.get(role, "S"), role, params_on(self.on), "示例银行", calendar())
        values = fill(form, read, known)
        values |= {
            f.path: answer for f in form if f.shown and (answer := self._answer(f, id, values)) is not None
        }
        values |= {path: value for path, value in says.items() if any(f.path == path for f in form)}
        values = {path: value for path, value in values.items() if value is not None}
        if faults_of(form, values, read, self.on):
            return None
        side = one.side or (DEMOLITION if self.procedure == DEMOLITION.procedure else None)
        fixed = side.fixed.get(id, {}) if side else FIXED.get(id, {})
        derived = side.derived.get(id, ()) if side else DERIVED.get(id, ())
        facts = compose_with(form, values, fixed, derived)
        if one.side and (complete := one.side.completes.get(id)):
            complete(facts, read, params_on)
        return self._with_papers(one, facts)

    def _answer(self, asked: FactField, move: str, values: Mapping[str, Any]) -> Any:
        """What is typed where nothing stands yet, or where the road needs another answer than the usual one."""
        if (asked.path not in values and asked.required) or is_said(asked, move):
            return answer_of(asked, move, self.on, self.at, self.dice)
        return None

    def _with_papers(self, one: Try, facts: dict[str, Any]) -> dict[str, Any]:
        papers = [{"kind": kind, "issued_on": self.on.isoformat()} for kind in one.move.documents]
        if papers:
            facts = fold(dict(facts), {"documents": papers})
            facts.pop("step", None)
        for kind in one.move.documents:
            where = (one.side.numbers if one.side else {}).get(kind, "")
            block, _, key = where.partition(".")
            if block:
                facts = merge(facts, {block: {key or "number": "示例1号"}})
        facts = merge(facts, NUMBERED.get(one.move.id, {}) if not one.side else {})
        facts.pop("step", None)
        return facts

    def take(
        self, one: Try, says: Mapping[str, Any] | None = None, *, role: str = "", by: str = ""
    ) -> tuple[Refusal, ...] | None:
        """Try the move: empty if it was made, the refusals if the law forbids it, None if its form is not filled."""
        facts = self.facts_of(one, says or {})
        if facts is None:
            return None
        role = role or sorted(one.move.roles)[0]
        who = setting(self.on.isoformat(), role, by=by or WHO.get(role, "S"))
        state = self._state(one)
        if not state:
            return None
        found = refusals(one.table, one.move, state, merge(self.read_by(one), facts), who)
        if one.side and not found:
            found = of_case(one.side, one.move, self.state, latest(self.procedure))
        if not found:
            self._made(one, facts)
        return found

    def _state(self, one: Try) -> str:
        """Where the move would be made; empty where no such matter may begin."""
        if one.side is None:
            return self.state
        if one.own:
            return one.own.state
        if not self.may_begin(one.side):
            return ""
        begins = one.side.begins_at
        return one.move.source if one.move.source in begins else begins[0]

    def must(self, said: str) -> None:
        """Make `procedure:move`; fails if the law forbids it."""
        procedure, _, move = said.partition(":")
        one = next(t for t in self.tries() if t.table.procedure == procedure and t.move.id == move)
        found = self.take(one)
        assert found == (), (said, [r.code for r in found] if found else "the form")

    def again(self, seed: int) -> World:
        """The same world with other chances; what is done there is not done here."""
        matters = [Own(m.side, m.state, m.block) for m in self.matters]
        return World(self.base, self.on, self.state, Random(seed), self.at, matters, list(self.made))

    def _made(self, one: Try, facts: dict[str, Any]) -> None:
        if one.side is None:
            self.state = one.move.target
            self.base = merge(self.base, facts)
        else:
            own = one.own
            if own is None:
                own = Own(one.side, one.move.source)
                self.matters.append(own)
            self.base = fold_step(dict(self.base), facts, own)
            own.state = one.move.target
        self.base.pop("step", None)
        self.made.append(Made(one.key, self.on, facts))
