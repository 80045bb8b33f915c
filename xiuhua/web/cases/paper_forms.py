"""Numbered paper forms: what lies where, receiving, allotting, handing out, how each sheet ended, and every gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.cases import permissions
from xiuhua.cases import queries as cases
from xiuhua.cases.actions import stock as actions
from xiuhua.cases.models import PaperForm
from xiuhua.cases.models.stock import HAND_OUT
from xiuhua.cases.queries import stock
from xiuhua.kernel.authz import Invalid
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, one_of
from xiuhua.web.frame.parts import State
from xiuhua.web.frame.sending import tried
from xiuhua.web.frame.telling import told

MAY_LOOK = ("cases.see", "cases.keep")
TONES = {
    "stored": "wait",
    "allotted": "wait",
    "handed": "now",
    "used": "done",
    "void": "refused",
    "lost": "back",
}
WHY = {
    "voided": gettext_lazy("作废"),
    "missing": gettext_lazy("登记簿中没有，已被人从数据库删除"),
    "void": gettext_lazy("文书纸作废"),
    "lost": gettext_lazy("文书纸遗失"),
}


def kind_label(kind: str) -> str:
    return _(cases.shelf().kinds[kind].label_zh)


def state_of(form: PaperForm) -> State:
    return State(_(PaperForm.State(form.state).label), TONES[form.state])


def _search(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    for word in values[0].split():
        rows = rows.filter(Q(number__contains=word) | Q(officer__name__contains=word) | Q(case__number=word))
    return rows


def _kinds(request: Request) -> Sequence[tuple[str, str]]:
    found = stock.forms(request.actor).order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind_label(kind)) for kind in found]


def _units(request: Request) -> Sequence[tuple[str, str]]:
    held = stock.forms(request.actor).filter(unit__isnull=False).values("unit")
    found = org.handling_units().filter(pk__in=held)
    return [(str(u.pk), (in_english() and u.name_en) or u.short_name) for u in found]


FORMS: Listing[PaperForm] = Listing(
    room="forms",
    filters=(
        Filter(
            "q", gettext_lazy("查找"), _search, kind="text", placeholder=gettext_lazy("编号、领用人、案号")
        ),
        Filter("kind", gettext_lazy("文书"), one_of("kind"), choices=_kinds),
        Filter("unit", gettext_lazy("单位"), one_of("unit"), choices=_units),
        Filter("state", gettext_lazy("状态"), one_of("state"), choices=lambda _r: PaperForm.State.choices),
    ),
    sorts=(
        Sort("number", gettext_lazy("编号"), "number"),
        Sort("moved", gettext_lazy("最近变动"), "-moved_at"),
    ),
    columns=(
        Column(gettext_lazy("文书"), lambda f: kind_label(f.kind)),
        Column(gettext_lazy("编号"), lambda f: f.number),
        Column(gettext_lazy("状态"), lambda f: _(f.get_state_display())),
        Column(gettext_lazy("单位"), lambda f: f.unit.name if f.unit else ""),
        Column(gettext_lazy("领用人"), lambda f: f.officer.name if f.officer else ""),
        Column(gettext_lazy("案号"), lambda f: f.case.number if f.case else ""),
        Column(gettext_lazy("原因"), lambda f: f.reason),
        Column(gettext_lazy("最近变动"), lambda f: f.moved_at),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("在库"), "state=stored"),
        View(gettext_lazy("在单位"), "state=allotted"),
        View(gettext_lazy("在个人"), "state=handed"),
        View(gettext_lazy("作废和遗失"), "state=void&state=lost&sort=moved"),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One kind at one unit (or in the warehouse): how many sheets stand where."""

    kind: str
    where: str
    counts: Sequence[int]
    next: str


def _lines(request: Request) -> list[Line]:
    found = []
    for row in stock.counts(request.actor):
        where = (in_english() and row["unit__name_en"]) or row["unit__short_name"] or _("仓库")
        counts = [row[state.value] for state in PaperForm.State]
        found.append(Line(kind_label(row["kind"]), where, counts, row["next"] or ""))
    return found


@in_room("cases", *MAY_LOOK)
def forms(request: Request) -> HttpResponseBase:
    base = stock.forms(request.actor)
    if exports.wanted(request):
        return exports.respond(request, _("编号文书纸"), FORMS.columns, FORMS.ordered(request, base))
    shown = FORMS.show(request, base)
    context = {
        "shown": shown,
        "rows": [
            (
                f,
                kind_label(f.kind),
                state_of(f),
                f.state in stock.OPEN and permissions.can_end_form(f, request.actor),
            )
            for f in shown.rows
        ],
        "lines": _lines(request),
        "states": [_(label) for label in PaperForm.State.labels],
        "may_stock": permissions.can_stock(request.actor),
        "may_hand_out": request.actor.can(HAND_OUT),
        "empty": _("没有符合条件的文书纸。") if shown.is_filtered else _("还没有编号文书纸入库。"),
    }
    return show(request, "web/cases/paper_forms.html", context, part="web/cases/_paper_forms.html")


# Acts on a range of numbers.


def _count() -> Field:
    return Field("count", _("份数"), Kind.NUMBER, required=True)


def _kind_field() -> Field:
    shelf = cases.shelf()
    return Field(
        "kind",
        _("文书"),
        Kind.CHOICE,
        required=True,
        choices=[(kind, _(shelf.kinds[kind].label_zh)) for kind in shelf.formed_kinds()],
    )


def _unit_field(hint: str = "", *, required: bool = True) -> Field:
    choices = [(str(u.pk), (in_english() and u.name_en) or u.short_name) for u in org.handling_units()]
    return Field("unit", _("单位"), Kind.CHOICE, required=required, choices=choices, hint=hint)


def _act(
    request: Request,
    title: str,
    fields: Sequence[Field],
    act: Callable[[dict[str, Any]], Sequence[PaperForm]],
) -> HttpResponse:
    """A form for an act on a range; what came of it is said on the list."""
    form = Form(fields, now=request.at, data=request.POST if request.method == "POST" else None)

    def done_and_said(values: dict[str, Any]) -> HttpResponse:
        rows = act(values)
        said = {"title": title, "n": len(rows), "first": rows[0].number, "last": rows[-1].number}
        messages.success(request, _("%(title)s：%(n)s 份，%(first)s 至 %(last)s。") % said)
        return go(request, reverse("web:forms"))

    done = tried(request, form, done_and_said)
    context = {"title": title, "form": form, "refusals": done.refusals}
    return done.went or show(request, "web/cases/paper_form_act.html", context, status=done.status)


@in_room("cases", "forms.stock")
def receive(request: Request) -> HttpResponse:
    fields = [
        _kind_field(),
        _count(),
        _unit_field(_("按该单位的前缀取号；印刷厂自行编号的不选"), required=False),
        Field("first", _("印刷的起始编号"), hint=_("没有选单位时填写，以数字结尾")),
    ]

    def act(said: dict[str, Any]) -> Sequence[PaperForm]:
        unit = org.handling_units().filter(pk=said["unit"]).first() if said["unit"] else None
        first = said["first"] or ""
        return actions.receive(
            kind=said["kind"], count=said["count"], unit=unit, first=first, by=request.actor, at=request.at
        )

    return _act(request, _("入库"), fields, act)


@in_room("cases", "forms.stock")
def allot(request: Request) -> HttpResponse:
    fields = [_kind_field(), Field("first", _("起始编号"), required=True), _count(), _unit_field()]

    def act(said: dict[str, Any]) -> Sequence[PaperForm]:
        unit = org.handling_units().get(pk=said.pop("unit"))
        return actions.allot(**said, unit=unit, by=request.actor, at=request.at)

    return _act(request, _("配发到单位"), fields, act)


@in_room("cases", "forms.hand_out")
def hand_out(request: Request) -> HttpResponse:
    people = _people(request)
    choices = [(str(o.pk), f"{o.name} {o.staff_no}") for o in people]
    fields = [
        _kind_field(),
        Field("first", _("起始编号"), required=True),
        _count(),
        Field("officer", _("领用人"), Kind.CHOICE, required=True, choices=choices),
    ]

    def act(said: dict[str, Any]) -> Sequence[PaperForm]:
        chosen = said.pop("officer")
        officer = next(o for o in people if str(o.pk) == chosen)
        return actions.hand_out(**said, officer=officer, by=request.actor, at=request.at)

    return _act(request, _("发放到个人"), fields, act)


def _people(request: Request) -> list[Officer]:
    units = org.handling_units().filter(pk__in=request.actor.scope(HAND_OUT).units)
    found = {o.pk: o for unit in units for o in org.officers_of(unit, request.today)}
    return list(found.values())


# One sheet.


@in_room("cases", *MAY_LOOK)
def form(request: Request, pk: int) -> HttpResponse:
    """How a sheet ends: used in a case, given back, void, lost."""
    found = get_object_or_404(stock.forms(request.actor), pk=pk)
    permissions.check_can_end_form(found, request.actor)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            _ended(request, found)
        except Invalid as error:
            wrong = {name: told(text) for name, text in error.errors.items()}
        else:
            messages.success(request, _("已登记：%(number)s。") % {"number": found.number})
            return go(request, reverse("web:forms"))
    context = {
        "sheet": found,
        "title": kind_label(found.kind),
        "state": state_of(found),
        "is_open": found.state in stock.OPEN,
        "wrong": wrong,
    }
    return show(request, "web/cases/paper_form.html", context, status=422 if wrong else 200)


def _ended(request: Request, found: PaperForm) -> None:
    by, at, reason = request.actor, request.at, request.POST.get("reason", "")
    do = request.POST.get("do", "")
    if do == "use":
        number = request.POST.get("case", "").strip()
        case = cases.listed(by).filter(number=number).first()
        if case is None:
            raise Invalid({"case": "没有这个案号，或者不在您的范围内"})
        actions.use(form=found, case=case, by=by, at=at)
    elif do == "back":
        actions.take_back(form=found, by=by, at=at)
    elif do == "void":
        actions.spoil(form=found, reason=reason, by=by, at=at)
    elif do == "lost":
        actions.lose(form=found, reason=reason, by=by, at=at)
    else:
        raise Invalid({"do": "请选择去向"})


# Gaps.


@in_room("cases", *MAY_LOOK)
def gaps(request: Request) -> HttpResponse:
    """Every number of a year that stands on no document, with the reason."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else request.today.year
    codes = None
    if not stock.may_see_all_series(request.actor):
        scope = request.actor.scope("cases.see")
        seen = Q(pk__in=scope.units) | Q(authority_rows__authority__in=scope.authorities)
        codes = list(org.handling_units().filter(seen).values_list("code", flat=True).distinct())
    names = {u.code: (in_english() and u.name_en) or u.short_name for u in org.handling_units()}
    found = stock.gaps(request.actor, codes, year)
    context = {
        "year": year,
        "years": range(request.today.year, request.today.year - 4, -1),
        "gaps": [
            (gap, _kind_or_code(gap.kind), names.get(gap.unit_code, gap.unit_code), WHY[gap.why])
            for gap in found
        ],
    }
    return show(request, "web/cases/paper_form_gaps.html", context)


def _kind_or_code(kind: str) -> str:
    return kind_label(kind) if kind in cases.shelf().kinds else kind
