"""Kinds, clocks and questions from the reference files, and short ways to bring a lead to a state."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings

from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.kernel.models import Day
from xiuhua.leads import actions, rules
from xiuhua.leads.models import Lead, LeadAttribute, LeadClock, LeadKind
from xiuhua.registers.tests.bureau import AT, EAST, Bureau

# Kinds that the suites use.
VENDING, RENTAL, BUILDING = "street_vending", "group_rental", "illegal_building_growing"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF a photo"


def rows(file: str) -> list[dict[str, str]]:
    with (settings.REFERENCE_DIR / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _cell(name: str, text: str) -> Any:
    if name in {"valid_from", "valid_to"}:
        return date.fromisoformat(text) if text else None
    if name in {"every", "for_reporter", "required"}:
        return text == "yes"
    return None if name == "length" and not text else text


def load_desk() -> dict[str, LeadKind]:
    """The tables of the desk as the reference files have them; kinds by code."""
    with record.act("示例", by=SYSTEM, at=AT) as act:
        LeadKind.objects.bulk_create(LeadKind(**r) for r in rows("lead_kinds.csv"))
        kinds = {k.code: k for k in LeadKind.objects.all()}
        clocks = [{n: _cell(n, t) for n, t in r.items()} for r in rows("lead_clocks.csv")]
        LeadClock.objects.bulk_create(LeadClock(**r) for r in clocks)
        questions = [{n: _cell(n, t) for n, t in r.items()} for r in rows("lead_attributes.csv")]
        LeadAttribute.objects.bulk_create(LeadAttribute(**{**r, "kind": kinds[r["kind"]]}) for r in questions)
        act.entry(on=next(iter(kinds.values())), facts={})
    return kinds


class Desk:
    """The bureau with its desk, and a lead in any state."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.kinds = load_desk()

    @cached_property
    def dispatcher(self) -> Actor:
        return self.bureau.actor("duty_dispatcher")

    @cached_property
    def clerk(self) -> Actor:
        return self.bureau.actor("complaint_clerk")

    @cached_property
    def officer(self) -> Actor:
        return self.bureau.actor("officer")

    @cached_property
    def head(self) -> Actor:
        return self.bureau.actor("squad_head")

    @cached_property
    def intake(self) -> Actor:
        return self.bureau.actor("intake")

    def report(self, **more: Any) -> Lead:
        """A citizen's report by hotline about street vending in the east."""
        values: dict[str, Any] = {
            "kind": self.kinds[VENDING],
            "source": rules.Source.HOTLINE,
            "content": "示例路口有人设摊",
            "place": "示例路1号",
            "lon": EAST[0],
            "lat": EAST[1],
            "reporter": actions.Reported(name="示例市民", phone="13800000000"),
            "at": AT,
        }
        values |= more
        values["by"] = more.get("by") or self.clerk
        return actions.register(**values)

    def posted(self, **more: Any) -> Lead:
        """The same through the open interface."""
        return self.report(**{"source": rules.Source.OPEN311, "by": self.intake, **more})

    def finding(self, **more: Any) -> Lead:
        values: dict[str, Any] = {
            "kind": self.kinds[VENDING],
            "content": "巡查发现设摊",
            "lon": EAST[0],
            "lat": EAST[1],
            "by": self.officer,
            "at": AT,
        }
        return actions.register_finding(**(values | more))

    def in_state(self, state: str, at: datetime = AT, **more: Any) -> Lead:
        """A report that was brought to `state` by those whose work it is, in squad east."""
        lead = self.report(**more)
        for step in ROADS[rules.State(state)]:
            self.move(step, lead, at)
        return lead

    def move(self, step: str, lead: Lead, at: datetime = AT) -> Lead:
        """One move of the table, by somebody who may."""
        who = {"verify": self.dispatcher, "merge": self.dispatcher, "refuse": self.dispatcher}
        who |= {"dispatch": self.dispatcher, "transfer_out": self.dispatcher}
        moved: Lead = self.doing(step)(lead=lead, by=who.get(step, self.officer), at=at, **self.said(step))
        return moved

    @staticmethod
    def doing(step: str) -> Callable[..., Lead]:
        """The action of a move."""
        found: Callable[..., Lead] = getattr(actions, "return_" if step == "return" else step)
        return found

    def load_days(self, days: Iterable[tuple[date, bool]]) -> None:
        """Days that differ from the plain week, as (day, worked)."""
        Day.objects.bulk_create(
            Day(day=day, working=working, name="示例", source="示例", certainty="read")
            for day, working in days
        )

    def said(self, step: str) -> Mapping[str, Any]:
        """What a move has to be told."""
        if step == "merge":
            return {"into": self.report()}
        return {
            "refuse": {"reason": "示例：无此地点"},
            "return": {"reason": "示例：不在辖区"},
            "transfer_out": {"to": "示例水务部门", "reason": "示例：河道水面"},
            "hand_to_case": {"case_subject": "cases.case:1", "case_label": "示例案号"},
            "settle": {"outcome": "persuaded", "note": "示例：已收摊"},
            "record_outcome": {"outcome": "case_closed", "public_note": ""},
            "tell_reporter": {"way": "phone", "note": "示例：已告知"},
        }.get(step, {})


_S = rules.State
ROADS: dict[rules.State, tuple[str, ...]] = {
    _S.REGISTERED: (),
    _S.VERIFIED: ("verify",),
    _S.DISPATCHED: ("verify", "dispatch"),
    _S.ACCEPTED: ("verify", "dispatch", "accept"),
    _S.RETURNED: ("verify", "dispatch", "return"),
    _S.HANDED: ("verify", "dispatch", "accept", "hand_to_case"),
    _S.SETTLED: ("verify", "dispatch", "accept", "settle"),
    _S.MERGED: ("merge",),
    _S.REFUSED: ("refuse",),
    _S.TRANSFERRED: ("transfer_out",),
}
