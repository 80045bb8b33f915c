"""Hearings that are not over: who hosts them, when and where, and how the party was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from xiuhua.cases.models import Case, Document, Matter, Step
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor
from xiuhua.org import queries as org

HEARING = "hearing"


@dataclass(frozen=True, slots=True)
class Hearing:
    """A hearing under way. `at` and `place` are those of its notice, empty before there is one."""

    matter: Matter
    at: datetime | None
    place: str
    public: bool
    host_id: str
    host: str
    asked_on: date | None
    told_on: date | None
    notice: int | None

    @property
    def case(self) -> Case:
        return self.matter.case


def hearings(user: Actor) -> Sequence[Hearing]:
    """The hearings under way that `user` may see, the nearest first, those without a day last; four queries in all."""
    found = list(
        Matter.objects.visible(user)
        .filter(procedure=HEARING, ended=False)
        .select_related("case__cause", "case__handling_unit")
        .order_by(F("due_on").asc(nulls_last=True), "opened_at", "pk")
    )
    stated = _stated(found)
    hosts = {str(s.get("host_id") or "") for s in stated.values()}
    names = org.names_by_id(int(i) for i in hosts if i.isdecimal())
    notices = _notices(found)
    return [_hearing(m, stated.get(m.pk, {}), names, notices) for m in found]


def _stated(matters: Iterable[Matter]) -> dict[int, dict[str, Any]]:
    """What each hearing has stated of itself so far, by the id of its matter."""
    whole: dict[int, dict[str, Any]] = {}
    steps = Step.objects.filter(matter__in=[m.pk for m in matters]).order_by("case_id", "seq")
    for matter, facts in steps.values_list("matter_id", "facts"):
        whole.setdefault(matter or 0, {}).update(facts.get(HEARING) or {})
    return whole


def _notices(matters: Iterable[Matter]) -> dict[int, int]:
    """The last notice of each hearing: matter → document."""
    issued = Document.objects.filter(kind="hearing_notice", step__matter__in=[m.pk for m in matters])
    rows: Iterable[tuple[int | None, int]] = issued.order_by("pk").values_list("step__matter", "pk")
    return {matter or 0: document for matter, document in rows}


def _hearing(
    matter: Matter, stated: Mapping[str, Any], names: Mapping[str, str], notices: Mapping[int, int]
) -> Hearing:
    planned, host = stated.get("planned_at"), str(stated.get("host_id") or "")
    return Hearing(
        matter=matter,
        at=datetime.fromisoformat(planned).replace(tzinfo=clock.SHANGHAI) if planned else None,
        place=str(stated.get("planned_place") or "") if planned else "",
        public=stated.get("public") is not False,
        host_id=host,
        host=names.get(host, ""),
        asked_on=_day(stated.get("requested_on")),
        told_on=_day(stated.get("notice_served_on")),
        notice=notices.get(matter.pk) if planned else None,
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None
