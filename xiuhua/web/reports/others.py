"""Figures whose rows are no closed cases: powers moved down to towns with their mentoring, and the review centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiuhua.org.figures import Figure, Period
from xiuhua.reports import queries
from xiuhua.web.frame import formats
from xiuhua.web.frame.http import Request, in_english, show

PAGE = 50


class Chapter(NamedTuple):
    """What the ledger shows together: its name and the figures in their order."""

    name: str
    ids: tuple[str, ...]


GROUPS: Mapping[str, Chapter] = MappingProxyType(
    {
        "powers": Chapter(
            gettext_noop("环保事权下沉"), ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09")
        ),
        "guidance": Chapter(gettext_noop("案件审理指导"), ("C02", "C04")),
        "events": Chapter(
            gettext_noop("重大活动保障"),
            (
                *("X05", "X06", "X07", "X08", "X09"),
                *("X11", "X12", "X13", "X14", "X15", "X16", "X17"),
            ),
        ),
        "devices": Chapter(gettext_noop("设备"), ("A18", "A19", "A21", "A22", "A23", "A24", "A25")),
    }
)
OTHERS = frozenset(id for chapter in GROUPS.values() for id in chapter.ids)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a figure: what it is, of which unit and person, when, and where it is opened."""

    what: str
    unit: str
    who: str
    when: str
    url: str = ""


def _unit(unit: Any) -> str:
    return str((in_english() and unit.name_en) or unit.short_name)


def _town(row: Any) -> Row:
    return Row(_unit(row), row.code, formats.NONE, formats.NONE, reverse("web:delegations"))


def _session(row: Any) -> Row:
    said = _("%(place)s　参加 %(n)s 人次，检查 %(m)s 户次") % {
        "place": row.place,
        "n": formats.number(row.attendees),
        "m": formats.number(row.parties_checked),
    }
    url = reverse("web:delegation", args=[row.delegation_id])
    return Row(said, _unit(row.delegation.row.unit), row.mentor.name, formats.day(row.held_on), url)


def _case(row: Any) -> Row:
    who = formats.yuan(row.fine) if row.fine and row.decided_on else row.party_name
    when = formats.day(row.filed_on or row.found_on)
    return Row(f"{row.number}　{row.party_name}", _unit(row.handling_unit), who, when, _of_case(row.pk))


def _matter(row: Any) -> Row:
    case = row.case
    name, when = f"{case.number}　{case.party_name}", formats.day(row.opened_at)
    return Row(name, _unit(case.handling_unit), case.party_name, when, _of_case(case.pk))


def _of_case(pk: int) -> str:
    return reverse("web:case", args=[pk])


def _hard(row: Any) -> Row:
    url = reverse("web:session", args=[row.pk])
    return Row(row.place, formats.NONE, row.chair.name, formats.day(row.held_on), url)


def _template(row: Any) -> Row:
    title = (in_english() and row.title_en) or row.title
    url = reverse("web:template", args=[row.pk])
    return Row(f"{row.code}　{title}", formats.NONE, row.author, formats.day(row.valid_from), url)


def _punished(row: Any) -> Row:
    who = formats.yuan(row.fine) if row.fine else formats.NONE
    when = formats.day(row.decided_on)
    return Row(f"{row.number}　{row.party_name}", _unit(row.handling_unit), who, when, _of_case(row.pk))


def _device(row: Any) -> Row:
    who = row.plate or (row.officer.name if row.officer else formats.NONE)
    url = reverse("web:device", args=[row.pk])
    return Row(row.name, _unit(row.unit), who, formats.day(row.registered_at), url)


def _channel(row: Any) -> Row:
    url = reverse("web:device", args=[row.device_id])
    return Row(row.name, _unit(row.device.unit), row.device.name, formats.moment(row.told_at), url)


def _officer(row: Any) -> Row:
    return Row(row.name, formats.NONE, row.staff_no, formats.NONE)


def _station(row: Any) -> Row:
    return Row(row.name, _unit(row.unit), formats.NONE, formats.day(row.made_at), reverse("web:stations"))


# Figure → what of a row is read beside it, and how it is told.
SESSION = (("mentor", "delegation__row__unit"), _session)
CASE = (("handling_unit",), _case)
PUNISHED = (("handling_unit",), _punished)
DEVICE = (("unit", "officer"), _device)
CHANNEL = (("device__unit",), _channel)
TELLS: Mapping[str, tuple[tuple[str, ...], Callable[[Any], Row]]] = MappingProxyType(
    {
        "B01": ((), _town),
        "B02": SESSION,
        "B03": SESSION,
        "B04": SESSION,
        "B05": CASE,
        "B06": CASE,
        "B07": (("case__handling_unit",), _matter),
        "B08": CASE,
        "B09": CASE,
        "C02": (("chair",), _hard),
        "C04": ((), _template),
        "X16": PUNISHED,
        "X17": PUNISHED,
        "A18": DEVICE,
        "A19": (("unit",), _station),
        "A21": DEVICE,
        "A22": ((), _officer),
        "A23": CHANNEL,
        "A24": CHANNEL,
        "A25": CHANNEL,
    }
)


def page(request: Request, figure: Figure, period: Period, said: Mapping[str, Any]) -> HttpResponse:
    """The page of one of them: its definition, its parts, and exactly the rows that it counts."""
    related, tell = TELLS[figure.id]
    found = queries.rows(figure, request.actor, period)
    unit = request.GET.get("unit", "")
    if unit.isdigit() and figure.unit:
        found = found.filter(**{figure.unit: int(unit)})
    order = (f"-{figure.day}", "-pk") if figure.day else ("pk",)
    if related:
        found = found.select_related(*related)
    shown = Paginator(found.order_by(*order), PAGE).get_page(request.GET.get("page"))
    context = {
        **said,
        "value_said": said["shown"],
        "period": period,
        "years": range(request.today.year, 2016, -1),
        "is_month": period.start.month == period.end.month,
        "by_month": queries.by_month(figure, request.actor, Period.year(period.start.year)),
        "by_unit": queries.by_unit(figure, request.actor, period),
        "unit": unit,
        "shown": shown,
        "rows": [tell(row) for row in shown],
        "person": _("罚款") if figure.total == "fine" else _("人员"),
    }
    return show(request, "web/duty/figure.html", context)
