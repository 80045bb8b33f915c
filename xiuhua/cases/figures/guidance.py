"""What the review centre owes the yearly report: sessions on hard cases held, templates of typical cases made."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from xiuhua.cases.models import CaseTemplate, HardSession
from xiuhua.kernel.authz import Actor
from xiuhua.org.figures import Figure, Period


def sessions(user: Actor, period: Period) -> QuerySet[Any]:
    """Sessions whose minutes are signed, by the day on which they were held."""
    held = HardSession.objects.visible(user).filter(signed_at__isnull=False)
    return held.filter(held_on__range=(period.start, period.end))


def templates(user: Actor, period: Period) -> QuerySet[Any]:
    """First versions of templates that begin in the period: a later version is no further template."""
    earlier = CaseTemplate.objects.filter(code=OuterRef("code"), valid_from__lt=OuterRef("valid_from"))
    rows = CaseTemplate.objects.visible(user).filter(valid_from__range=(period.start, period.end))
    return rows.filter(~Exists(earlier))


GUIDANCE = (
    Figure(
        id="C02",
        label="疑难案件会商",
        label_en="Sessions on hard cases",
        measure="次",
        measure_en="sessions",
        definition="举行日期在期内、纪要已经签署的会商次数。会商不是行政处罚法上的集体讨论。",
        definition_en="Sessions held in the period whose minutes are signed. They are no collective discussion of the "
        "penalty law.",
        day="held_on",
        unit="",
        rows=sessions,
    ),
    Figure(
        id="C04",
        label="典型案例模板",
        label_en="Templates of typical cases",
        measure="个",
        measure_en="templates",
        definition="首版起用日期在期内的典型案例模板个数；后续各版不另计，已停用的仍计。",
        definition_en="Templates whose first version begins in the period; later versions are not counted again, "
        "withdrawn ones are.",
        day="valid_from",
        unit="",
        rows=templates,
    ),
)
