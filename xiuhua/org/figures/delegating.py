"""Powers of environment law moved down to towns: how many towns, and the mentoring that went with it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from xiuhua.kernel.authz import Actor
from xiuhua.org.figures.shape import Figure, Period
from xiuhua.org.models import MentoringSession, Unit
from xiuhua.org.queries.delegating import delegated_rows, overlapping

# The group of causes that the report of 2018 counts.
ENVIRONMENT = "HB"


def towns(user: Actor, period: Period) -> QuerySet[Any]:
    """Town squads with whom the powers lay on some day of the period."""
    rows = overlapping(delegated_rows(ENVIRONMENT), period.start, period.end)
    return Unit.objects.visible(user).filter(pk__in=rows.values("unit")).order_by("code")


def sessions(user: Actor, period: Period) -> QuerySet[Any]:
    """Mentoring sessions held in the period."""
    held = MentoringSession.objects.visible(user).filter(held_on__range=(period.start, period.end))
    return held.filter(delegation__row__cause_group=ENVIRONMENT)


def _mentoring(
    id: str, label: str, label_en: str, definition: str, definition_en: str, **more: Any
) -> Figure:
    shape = {"day": "held_on", "unit": "delegation__row__unit", "rows": sessions, **more}
    return Figure(
        id=id, label=label, label_en=label_en, definition=definition, definition_en=definition_en, **shape
    )


MENTORING = (
    Figure(
        id="B01",
        label="环保事权下沉的镇",
        label_en="Towns with environment powers",
        measure="个",
        measure_en="towns",
        definition="期内任一日环境保护类案由已下沉的镇中队数；同一镇只计一次。",
        definition_en="Town squads with whom causes of environment law lay on some day of the period, each once.",
        day="",
        unit="",
        rows=towns,
    ),
    _mentoring(
        "B02",
        "现场带教",
        "On-site mentoring",
        "带教日期在期内的环境保护类现场带教场数。",
        "Mentoring sessions on environment law held in the period.",
        measure="场",
        measure_en="sessions",
    ),
    _mentoring(
        "B03",
        "带教参加人次",
        "Attendances at mentoring",
        "期内各场带教参加人次之和；同一人参加几场计几次。",
        "Attendances summed over the sessions of the period; somebody who came twice counts twice.",
        measure="人次",
        measure_en="attendances",
        total="attendees",
    ),
    _mentoring(
        "B04",
        "带教检查户数",
        "Parties checked while mentoring",
        "期内各场带教登记的检查户数之和；各场之间不去重，因此可能多于不同的户数。",
        "Parties checked as recorded for each session of the period; not made distinct between sessions, so it may "
        "exceed the number of different parties.",
        measure="户次",
        measure_en="checks",
        total="parties_checked",
    ),
)
