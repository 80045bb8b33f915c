"""Powers moved down to towns: the list with its figures, moving a group down, taking it back, and the mentoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import figures as bench
from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.org import actions, figures, permissions, queries, rules
from xiuhua.org.figures import Figure, Period
from xiuhua.org.models import Delegation, MentoringSession, Officer, Unit
from xiuhua.web.frame import formats
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show

FIGURES: Mapping[str, Figure] = {f.id: f for f in (*figures.MENTORING, *bench.DELEGATING)}
# Of which kind the rows of a figure are: how the page shows them.
ROWS = {"B01": "units", "B02": "sessions", "B03": "sessions", "B04": "sessions", "B07": "matters"}
SHOWN = 200


def _period(request: Request) -> Period:
    said = request.GET.get("year", "")
    year = int(said) if said.isdigit() and 2000 <= int(said) <= request.today.year else request.today.year
    return Period.year(year)


def _said(figure: Figure) -> dict[str, str]:
    if in_english():
        return {"label": figure.label_en, "measure": figure.measure_en, "definition": figure.definition_en}
    return {"label": figure.label, "measure": figure.measure, "definition": figure.definition}


def _value(request: Request, figure: Figure, period: Period) -> dict[str, Any]:
    """A figure with its value, its words and the address of its rows."""
    rows = figure.rows(request.actor, period)
    value: Any = rows.count()
    if figure.total:
        value = round((rows.aggregate(summed=Sum(figure.total))["summed"] or 0) / figure.per, figure.decimals)
    url = f"{reverse('web:delegation-rows', args=[figure.id])}?year={period.start.year}"
    return {**_said(figure), "id": figure.id, "value": formats.number(value), "url": url}


def _groups() -> list[tuple[str, str]]:
    return [(code, f"{_(label)} {code}") for code, label in rules.CAUSE_GROUP_LABELS.items()]


@in_room("units")
def delegations(request: Request) -> HttpResponse:
    """What lies with which town now, what is over, and for those who read statistics the figures of a year."""
    period, groups = _period(request), dict(_groups())
    rows = [(d, groups.get(d.row.cause_group, "")) for d in queries.delegations(request.actor)]
    today = request.today
    context = {
        "now": [r for r in rows if r[0].row.valid_to is None or r[0].row.valid_to >= today],
        "over": [r for r in rows if r[0].row.valid_to is not None and r[0].row.valid_to < today],
        "figures": [_value(request, f, period) for f in FIGURES.values()]
        if request.actor.can("reports.see")
        else [],
        "period": period,
        "years": range(today.year, today.year - 9, -1),
        "may_delegate": permissions.can_delegate(request.actor),
        "today": today,
    }
    return show(request, "web/org/delegations.html", context)


@in_room("units", "reports.see")
def rows(request: Request, figure_id: str) -> HttpResponse:
    """The rows behind a figure, of those that the person may see."""
    figure, period = FIGURES.get(figure_id), _period(request)
    if figure is None:
        raise Http404(_("没有这个统计数"))
    kind = ROWS.get(figure_id, "cases")
    found = figure.rows(request.actor, period)
    joins = {
        "sessions": ("mentor", "delegation__row__unit"),
        "matters": ("case__cause", "case__handling_unit"),
        "cases": ("cause", "handling_unit"),
    }.get(kind, ())
    if kind != "units":
        found = found.select_related(*joins).order_by(f"-{figure.day}", "-pk")
    context = {**_value(request, figure, period), "kind": kind, "rows": found[:SHOWN], "period": period}
    return show(request, "web/org/delegation_rows.html", context)


def _unit_name(unit: Unit) -> str:
    return (in_english() and unit.name_en) or unit.short_name


def _delegate_fields(request: Request) -> list[Field]:
    squads = queries.units(request.actor).filter(kind=rules.UnitKind.TOWN_SQUAD)
    names = [("bureau", _("区局名义")), ("town", _("本镇人民政府名义"))]
    return [
        Field(
            "unit",
            _("镇中队"),
            Kind.CHOICE,
            required=True,
            choices=[(str(u.pk), _unit_name(u)) for u in squads],
        ),
        Field("cause_group", _("案由大类"), Kind.CHOICE, required=True, choices=_groups()),
        Field("name", _("以谁的名义"), Kind.CHIPS, required=True, choices=names),
        Field("valid_from", _("起始日"), Kind.DAY, required=True, initial=request.today),
        Field("document", _("下沉文件"), required=True, hint=_("名称和文号")),
        Field("basis", _("法律依据"), required=True, initial="SHUM §4"),
    ]


@in_room("units", "org.delegate")
def delegate(request: Request) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = Form(_delegate_fields(request), now=request.at, data=sent)
    status = 200
    if request.method == "POST":
        try:
            made = _delegate(request, form.values())
        except Invalid as error:
            form.take(error)
            status = 422
        else:
            messages.success(request, _("已登记下沉。"))
            return go(request, reverse("web:delegation", args=[made.pk]))
    return show(request, "web/org/delegate.html", {"form": form}, status=status)


def _delegate(request: Request, values: Mapping[str, Any]) -> Delegation:
    unit = queries.units(request.actor).select_related("parent").get(pk=values["unit"])
    authority = queries.bureau() if values["name"] == "bureau" else unit.parent
    if authority is None:
        raise Invalid({"name": _("没有这个执法主体")})
    return actions.delegate(
        unit=unit,
        authority=authority,
        cause_group=values["cause_group"],
        valid_from=values["valid_from"],
        document=values["document"],
        basis=values["basis"],
        by=request.actor,
        at=request.at,
    )


def _mentors(request: Request, delegation: Delegation) -> Sequence[Officer]:
    """Who may have taught: the certified people of the bureau's own brigades and detachments, and its heads."""
    kinds = (
        rules.UnitKind.BRIGADE,
        rules.UnitKind.DETACHMENT,
        rules.UnitKind.CASE_CENTRE,
        rules.UnitKind.BUREAU,
    )
    found: dict[int, Officer] = {}
    for unit in queries.units(request.actor).filter(kind__in=kinds):
        found |= {o.pk: o for o in queries.officers_of(unit, request.today) if o.kind == Officer.Kind.OFFICER}
    return sorted(found.values(), key=lambda o: o.staff_no)


def _forms(request: Request, found: Delegation, doing: str) -> dict[str, Form]:
    mentors = [(str(o.pk), o.name) for o in _mentors(request, found)]
    fields = {
        "mentor": [
            Field("held_on", _("日期"), Kind.DAY, required=True, initial=request.today),
            Field("mentor", _("带教人"), Kind.CHOICE, required=True, choices=mentors),
            Field("place", _("地点"), required=True),
            Field("attendees", _("参加人次"), Kind.NUMBER, required=True),
            Field("parties_checked", _("检查户数"), Kind.NUMBER, initial=0),
            Field("programme", _("带教内容"), required=True, wide=True),
        ],
        "back": [
            Field("last_day", _("最后一日"), Kind.DAY, required=True, initial=request.today),
            Field("document", _("收回文件"), required=True, hint=_("名称和文号")),
        ],
    }
    return {
        name: Form(asked, now=request.at, data=request.POST if name == doing else None)
        for name, asked in fields.items()
    }


@in_room("units")
def delegation(request: Request, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(queries.delegations(request.actor), pk=pk))


def _page(
    request: Request,
    found: Delegation,
    forms: Mapping[str, Form] | None = None,
    refusals: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    sessions = queries.mentoring(request.actor).filter(delegation=found)
    context = {
        "found": found,
        "group": dict(_groups()).get(found.row.cause_group, ""),
        "sessions": sessions[:SHOWN],
        "taught": MentoringSession.objects.visible(request.actor)
        .filter(delegation=found)
        .aggregate(people=Sum("attendees"), parties=Sum("parties_checked")),
        "forms": forms or _forms(request, found, ""),
        "refusals": refusals,
        "may_mentor": permissions.can_mentor(request.actor),
        "may_take_back": permissions.can_delegate(request.actor) and found.back_at is None,
    }
    return show(request, "web/org/delegation.html", context, status=status)


@in_room("units", "org.mentor")
def mentor(request: Request, pk: int) -> HttpResponse:
    """Record a session that was held."""
    return _sent(request, pk, "mentor")


@in_room("units", "org.delegate")
def take_back(request: Request, pk: int) -> HttpResponse:
    return _sent(request, pk, "back")


def _sent(request: Request, pk: int, doing: str) -> HttpResponse:
    found = get_object_or_404(queries.delegations(request.actor), pk=pk)
    if request.method != "POST":
        return _page(request, found)
    forms = _forms(request, found, doing)
    try:
        said = _do(request, found, doing, forms[doing].values())
    except Invalid as error:
        forms[doing].take(error)
        return _page(request, found, forms, status=422)
    except Refused as error:
        return _page(request, found, forms, error.refusals, 409)
    messages.success(request, said)
    return go(request, reverse("web:delegation", args=[pk]))


def _do(request: Request, found: Delegation, doing: str, values: Mapping[str, Any]) -> str:
    if doing == "back":
        actions.take_back(
            delegation=found,
            last_day=values["last_day"],
            document=values["document"],
            by=request.actor,
            at=request.at,
        )
        return _("已登记收回。")
    mentors = {str(o.pk): o for o in _mentors(request, found)}
    held = actions.Held(
        held_on=values["held_on"],
        place=values["place"],
        programme=values["programme"],
        mentor=mentors[values["mentor"]],
        attendees=values["attendees"],
        parties_checked=values["parties_checked"] or 0,
    )
    actions.record_mentoring(delegation=found, held=held, by=request.actor, at=request.at)
    return _("已登记带教。")
