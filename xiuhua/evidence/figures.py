"""What evidence owes the reports: the stations at which body cameras are docked."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from xiuhua.evidence.models import Station
from xiuhua.kernel.authz import Actor
from xiuhua.org.figures import Figure, Period


def stations(user: Actor, period: Period) -> QuerySet[Any]:
    """Stations in use on the last day of the period."""
    used = Q(ended_at__isnull=True) | Q(ended_at__date__gt=period.end)
    return Station.objects.visible(user).filter(used, made_at__date__lte=period.end)


FIGURES = (
    Figure(
        id="A19",
        label="采集工作站",
        label_en="Docking stations",
        measure="台",
        measure_en="stations",
        definition="期末当日在用的采集站数，是时点数。",
        definition_en="Docking stations in use on the last day of the period: a stock, not a flow.",
        day="",
        unit="unit",
        rows=stations,
        needs="evidence.see",
    ),
)
