"""The bureau of the desk with the tables of the street, a beat with points, and short ways to plan and check in."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import count
from typing import Any

from django.conf import settings

from xiuhua.duty import actions, rules
from xiuhua.duty.models import CheckIn, Limit, Plan, Point, Shift, ShiftKind
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.leads.tests.desk import Desk
from xiuhua.org import queries as org
from xiuhua.org.models import Officer, Unit
from xiuhua.registers.tests.bureau import AT, EAST, Bureau, appointed

_codes = count(1)
NEAR = 0.0003  # degrees: about 33 m


def rows(file: str) -> list[dict[str, str]]:
    with (settings.REFERENCE_DIR / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def load_street() -> None:
    """The reference tables of the street as their files have them."""
    with record.act("示例", by=SYSTEM, at=AT) as act:
        for row in rows("duty_shifts.csv"):
            hours = {n: time.fromisoformat(row[n]) for n in ("starts", "ends")}
            ShiftKind(**{**row, **hours}).save()
        Limit.objects.bulk_create(Limit(**row) for row in rows("duty_limits.csv"))
        for row in rows("duty_plans.csv"):
            Plan(**{**row, "check_sources": row["check_sources"] == "yes"}).save()
        act.entry(on=ShiftKind.objects.all()[0], facts={})


class Street:
    """Squad east on the street: an officer, a colleague, a head, and a beat with two points."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.desk = Desk(bureau)
        load_street()
        self.beat = actions.add_beat(unit=self.unit, code="B1", name="示例巡区", by=self.head, at=AT)
        self.point = self.add_point()
        self.other_point = self.add_point(lon=EAST[0] + 0.002)

    @property
    def unit(self) -> Unit:
        return self.bureau.east

    @cached_property
    def officer(self) -> Actor:
        return self.bureau.actor("officer")

    @cached_property
    def colleague(self) -> Actor:
        return org.actor_for(appointed("officer", self.unit), AT)

    @cached_property
    def head(self) -> Actor:
        return self.bureau.actor("squad_head")

    @cached_property
    def inspector(self) -> Actor:
        return self.bureau.actor("supervision_inspector")

    @cached_property
    def dispatcher(self) -> Actor:
        return self.bureau.actor("duty_dispatcher")

    def kind(self, code: str = "day") -> ShiftKind:
        return ShiftKind.objects.get(code=code)

    def add_point(self, **more: Any) -> Point:
        said: dict[str, Any] = {
            "unit": self.unit,
            "code": f"P{next(_codes):05}",
            "name": "示例岗点",
            "lon": EAST[0],
            "lat": EAST[1],
            "beat": self.beat,
            "active_from": date(2026, 1, 1),
            "by": self.head,
            "at": AT,
        }
        return actions.add_point(**(said | more))

    def shift(
        self, who: Actor | None = None, day: date | None = None, kind: str = "day", **more: Any
    ) -> Shift:
        person = Officer.objects.get(pk=(who or self.officer).officer_id or 0)
        said: dict[str, Any] = {
            "officer": person,
            "unit": self.unit,
            "kind": self.kind(kind),
            "day": day or AT.date(),
            "beat": self.beat,
            "by": self.head,
            "at": AT - timedelta(days=3),
        }
        return actions.plan_shift(**(said | more))

    def fix(self, at: datetime = AT, **more: Any) -> rules.Fix:
        said: dict[str, Any] = {"lon": EAST[0], "lat": EAST[1] + NEAR, "accuracy": 8.0, "device": "phone-1"}
        return rules.Fix(at=at, **(said | more))

    def check_in(
        self, who: Actor | None = None, at: datetime = AT, point: Point | None = None, **fix: Any
    ) -> CheckIn:
        received = fix.pop("received_at", at)
        return actions.check_in(
            point=point or self.point, fix=self.fix(at, **fix), by=who or self.officer, at=received
        )
