"""Cases that towns filed by powers of environment law that were moved down to them, and what came of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from xiuhua.cases.models import Case, Matter, Step
from xiuhua.kernel.authz import Actor
from xiuhua.org import queries as org
from xiuhua.org.figures import ENVIRONMENT, Figure, Period

# Moves by which a party is told to stop and put right.
ORDERS = ("order_correction_at_check", "order_correction")


def delegated(user: Actor, day: str) -> QuerySet[Case]:
    """Cases of environment law whose unit held the powers on the day in the column `day`."""
    rows = org.delegated_rows(ENVIRONMENT)
    held = org.overlapping(rows.filter(unit=OuterRef("handling_unit")), OuterRef(day), OuterRef(day))
    # A handful of units ever got powers: asked first, the days are compared for their cases only.
    theirs = Case.objects.whole(user).filter(handling_unit__in=rows.values("unit"))
    return theirs.filter(Exists(held), cause__code__startswith=ENVIRONMENT)


def filed(user: Actor, period: Period) -> QuerySet[Any]:
    """Those filed in the period."""
    return delegated(user, "filed_on").filter(filed_on__range=(period.start, period.end))


def fined(user: Actor, period: Period) -> QuerySet[Any]:
    """Those of them that ended in a fine, whenever it was decided."""
    return filed(user, period).filter(fine__gt=0, decided_on__isnull=False)


def sealed(user: Actor, period: Period) -> QuerySet[Any]:
    """Seals beside such cases, by the day on which the measure began."""
    sealing = Step.objects.filter(matter=OuterRef("pk"), facts__measure__kind="seal")
    rows = Matter.objects.filter(procedure="coercive_measure", case__in=delegated(user, "found_on"))
    return rows.filter(Exists(sealing), opened_at__date__range=(period.start, period.end))


def stopped(user: Actor, period: Period) -> QuerySet[Any]:
    """Cases in which the order to stop and put right was given on the very day the act was found."""
    same_day = Step.objects.filter(case=OuterRef("pk"), move__in=ORDERS, at__date=OuterRef("found_on"))
    rows = delegated(user, "found_on").filter(found_on__range=(period.start, period.end))
    return rows.filter(Exists(same_day))


def _figure(id: str, label: str, label_en: str, definition: str, definition_en: str, **more: Any) -> Figure:
    shape = {"measure": "件", "measure_en": "cases", "day": "filed_on", "unit": "handling_unit", **more}
    return Figure(
        id=id, label=label, label_en=label_en, definition=definition, definition_en=definition_en, **shape
    )


def petitions(user: Actor, period: Period) -> QuerySet[Any]:
    """None: see why in the figure."""
    return Case.objects.none()


DELEGATING = (
    _figure(
        "B05",
        "环境信访调处",
        "Petitions on the environment settled",
        "承办单位为事权已下沉的镇中队、办结日期在期内的环境保护类信访件数。",
        "Petitions on the environment that squads with the powers settled in the period.",
        day="",
        unit="",
        rows=petitions,
        missing="没有数据：平台登记线索和案件，不登记信访件；事权下沉和带教记录里也没有信访件数。",
        missing_en="No data: the platform registers leads and cases and no petitions, and the records of delegation "
        "and of mentoring count none either.",
    ),
    _figure(
        "B06",
        "下沉后立案",
        "Cases filed by towns",
        "立案日期在期内、立案当日环境保护类事权已下沉到办案中队的环境保护类案件数。",
        "Cases of environment law filed in the period by a squad that held the powers on the day of filing.",
        rows=filed,
    ),
    _figure(
        "B07",
        "下沉后查封",
        "Seals by towns",
        "上述案件中措施开始日期在期内的查封次数；报告称“家”，同一当事人两次查封计两次。",
        "Seals beside such cases that began in the period; the report counts parties, here two seals of one party "
        "count twice.",
        measure="次",
        measure_en="seals",
        day="opened_at",
        unit="case__handling_unit",
        rows=sealed,
    ),
    _figure(
        "B08",
        "发现当日制止",
        "Stopped on the day",
        "发现日期在期内、发现当日即责令改正的上述案件数。",
        "Such cases found in the period in which the order to stop and put right was given on the day of finding.",
        day="found_on",
        rows=stopped,
    ),
    _figure(
        "B09",
        "下沉后处罚金额",
        "Fines of cases filed by towns",
        "B06各案中已决定罚款的金额之和，不论决定在哪一年；报告未写明按立案还是按决定计。",
        "Fines of the cases of B06 that are decided, in whichever year; the report does not say whether it counts by "
        "filing or by decision.",
        measure="万元",
        measure_en="10,000 yuan",
        total="fine",
        per=10000,
        decimals=2,
        rows=fined,
    ),
)
