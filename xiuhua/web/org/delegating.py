"""Powers moved down to towns: the list with its figures, and moving a group of causes down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.kernel.authz import Invalid
from xiuhua.org import actions, permissions, queries, rules
from xiuhua.org.models import Delegation, Unit
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.org.delegation_figures import FIGURES, period_of, value_of


def groups() -> list[tuple[str, str]]:
    return [(code, f"{_(label)} {code}") for code, label in rules.CAUSE_GROUP_LABELS.items()]


@in_room("units")
def delegations(request: Request) -> HttpResponse:
    """What lies with which town now, what is over, and for those who read statistics the figures of a year."""
    period, names = period_of(request), dict(groups())
    rows = [(d, names.get(d.row.cause_group, "")) for d in queries.delegations(request.actor)]
    today = request.today
    context = {
        "now": [r for r in rows if r[0].row.valid_to is None or r[0].row.valid_to >= today],
        "over": [r for r in rows if r[0].row.valid_to is not None and r[0].row.valid_to < today],
        "figures": [value_of(request, f, period) for f in FIGURES.values()]
        if request.actor.can("reports.see")
        else [],
        "period": period,
        "years": range(today.year, today.year - 9, -1),
        "may_delegate": permissions.can_delegate(request.actor),
        "today": today,
    }
    return show(request, "web/org/delegations.html", context)


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
        Field("cause_group", _("案由大类"), Kind.CHOICE, required=True, choices=groups()),
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
