"""A case worked through its forms, as the platform does: defaults, what is typed, faults, facts, the law's answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Self

from xiuhua.cases.procedure.facts import Known, faults_of, fill
from xiuhua.cases.procedure.facts.composing import compose_with
from xiuhua.cases.procedure.facts.deriving import DERIVED
from xiuhua.cases.procedure.facts.fixed import FIXED
from xiuhua.cases.procedure.facts.shaping import forms_of
from xiuhua.cases.procedure.file import File, fold, fold_all
from xiuhua.cases.procedure.judging import refusals
from xiuhua.cases.procedure.moves import acting_role
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.procedure.walk import Step
from xiuhua.cases.tests.procedure.setting import params_on, setting
from xiuhua.cases.tests.procedure.truth.case import officer
from xiuhua.kernel.authz import Refusal

# Who makes a move unless a road says otherwise: role and person.
PEOPLE: Mapping[str, str] = {
    "officer": "A",
    "party": "A",
    "squad_legal_clerk": "S",
    "squad_head": "H",
    "brigade_head": "H",
    "case_centre_reviewer": "C",
    "legal_reviewer": "L",
    "bureau_deputy_head": "Y",
    "bureau_head": "Z",
    "town_approver": "W",
    "publicity_clerk": "P",
    "district_government": "S",
    "system": "",
}
NUMBERED = {
    "decide_on_spot": {"decision": {"number": "1230100001"}},
    "decide_penalty": {"decision": {"number": "2230100001"}},
    "decide_after_discussion": {"decision": {"number": "2230100001"}},
}


def opened(procedure: str, day: str, **blocks: Mapping[str, Any]) -> File:
    """A case as it is opened from a finding; `blocks` change single fields."""
    file: File = {
        "case": {
            "procedure": procedure,
            "lead_received_on": day,
            "lead_source": "patrol",
            "handling_unit_kind": "street_squad",
            "authority_kind": "district_bureau",
            "authority_name": "示例区城市管理行政执法局",
            "handling_area_codes": ["310115016"],
        },
        "violation": {
            "occurred_on": day,
            "ended_on": day,
            "discovered_on": day,
            "place": "示例路2号门前",
            "place_code": "310115016",
            "facts": "占用人行道设摊经营，占地约2平方米",
        },
        "cause": {
            "code": "SR11",
            "basis": "SHCA §25(2)",
            "floor": 50,
            "ceiling": 50000,
            "unit": "yuan",
            "kinds_allowed": ["warning", "fine"],
            "needs_refusal": False,
            "statutory_enforcer": "C",
        },
        "party": {"kind": "citizen", "name": "张示例", "id_no": "示例号", "address": "示例路1号"},
        "officers": [officer("A"), officer("B"), officer("K")],
    }
    return fold(file, blocks)


class Live:
    """One case on its way."""

    def __init__(self, base: File) -> None:
        self.base, self.file = base, fold_all(base, ())
        self.procedure: str = base["case"]["procedure"]
        self.state = "lead"
        self.steps: list[Step] = []

    def facts_of(
        self, move: str, day: str, role: str, typed: Mapping[str, Any], at: str = "10:00"
    ) -> dict[str, Any]:
        """What the step states: known values, typed ones over them, and the papers of the move."""
        on = date.fromisoformat(day)
        known = Known(
            datetime.combine(on, time.fromisoformat(at)), PEOPLE[role], role, params_on(on), "示例银行"
        )
        fields = forms_of(self.file)[move]
        values = {**fill(fields, self.file, known), **typed}
        assert faults_of(fields, values, self.file, on) == {}, move
        facts = compose_with(fields, values, FIXED.get(move, {}), DERIVED.get(move, ()))
        row = table_on(self.procedure, on).move(move)
        papers = [{"kind": kind, "issued_on": day} for kind in row.documents]
        numbered = NUMBERED.get(move, {})
        return fold(fold(facts, {"documents": papers}), numbered) if papers else facts

    def ask(self, move: str, day: str, role: str = "", /, **typed: Any) -> tuple[Refusal, ...]:
        """Why the move would be refused; the case stays as it is. Typed paths are written with `__` for the point."""
        return self._try(move, day, role, typed)[1]

    def go(self, move: str, day: str, role: str = "", /, **typed: Any) -> Self:
        """Make the move; fails if the law refuses it."""
        step, found, file = self._try(move, day, role, typed)
        assert found == (), (move, [r.code for r in found])
        self.file, self.state = file, table_on(self.procedure, step.on).move(move).target
        self.steps.append(step)
        return self

    def _try(
        self, move: str, day: str, role: str, typed: Mapping[str, Any]
    ) -> tuple[Step, tuple[Refusal, ...], File]:
        on = date.fromisoformat(day)
        table = table_on(self.procedure, on)
        row = table.move(move)
        role = role or sorted(row.roles)[0]
        facts = self.facts_of(move, day, role, {k.replace("__", "."): v for k, v in typed.items()})
        facts.pop("step", None)
        file = fold(dict(self.file), facts)
        who = setting(day, role, by=PEOPLE[role])
        assert acting_role(row, {role}) or role not in row.roles
        return Step(move, on, facts, role, PEOPLE[role]), refusals(table, row, self.state, file, who), file
