"""Decisions that fell, reconsiderations and suits under way with their clocks, and the figures of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.cases import figures, queries
from xiuhua.cases.models import Matter, Remedy
from xiuhua.cases.procedure.moves import ROLE_LABELS
from xiuhua.cases.procedure.side.reconsideration_forms import GROUNDS
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.workdays import Calendar
from xiuhua.org.figures import Period
from xiuhua.oversight import queries as oversight
from xiuhua.oversight.queries import Correction
from xiuhua.web.cases.words import side_label
from xiuhua.web.frame import clocks, exports, formats
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of
from xiuhua.web.frame.parts import State

ASKED = ("reconsideration", "litigation")
RECALL = "publication_recall"
# Rows under way that the page shows at most; the nearest clocks come first.
SHOWN = 40
INSTANCES = {"first": gettext_lazy("一审"), "second": gettext_lazy("二审"), "retrial": gettext_lazy("再审")}
OUTCOMES = {
    "revoked": gettext_lazy("撤销"),
    "varied": gettext_lazy("变更"),
    "declared_unlawful": gettext_lazy("确认违法"),
    "declared_void": gettext_lazy("确认无效"),
    "ordered_to_act": gettext_lazy("责令履职"),
    "corrected": gettext_lazy("已自行纠正"),
}


def instance_of(row: Remedy) -> str:
    """Before whom: the reconsideration, or the instance of the suit."""
    said = INSTANCES.get(row.instance)
    return str(said) if said else _(row.get_kind_display())


def ground_said(code: str) -> str:
    """The ground on which a decision fell, in the language of the page."""
    found = {one: (zh, en) for one, zh, en in GROUNDS}.get(code)
    return found[1 if in_english() else 0] if found else ""


def ground_of(row: Remedy) -> str:
    return ground_said(row.ground)


def head_of(row: Remedy) -> str:
    """Whether the head came to the trial; nothing is said of a reconsideration."""
    if row.head_attended is None:
        return "—"
    return _("出庭") if row.head_attended else _("未出庭，已说明")


FALLEN: Listing[Remedy] = Listing(
    room="remedies",
    filters=(
        Filter("kind", gettext_lazy("种类"), one_of("kind"), choices=lambda _r: Remedy.Kind.choices),
        Filter("outcome", gettext_lazy("结果"), one_of("outcome"), choices=lambda _r: list(OUTCOMES.items())),
        Filter("ended", gettext_lazy("结果日期"), between("ended_on"), kind="day"),
    ),
    sorts=(Sort("ended", gettext_lazy("结果日期"), "-ended_on"),),
    columns=(
        Column(gettext_lazy("案号"), lambda r: r.case.number),
        Column(gettext_lazy("当事人"), lambda r: r.case.party_name),
        Column(gettext_lazy("办案单位"), lambda r: r.case.handling_unit.name),
        Column(gettext_lazy("审级"), instance_of),
        Column(gettext_lazy("结果"), lambda r: str(OUTCOMES.get(r.outcome, r.outcome))),
        Column(gettext_lazy("结果日期"), lambda r: r.ended_on),
        Column(gettext_lazy("纠正理由"), ground_of),
        Column(gettext_lazy("认定的问题"), lambda r: r.found),
        Column(gettext_lazy("文书"), lambda r: r.document),
        Column(gettext_lazy("负责人出庭"), head_of),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("复议"), "kind=reconsideration"),
        View(gettext_lazy("诉讼"), "kind=litigation"),
    ),
)


@dataclass(frozen=True, slots=True)
class Fallen:
    """A decision that fell, as oversight reads it."""

    remedy: Remedy
    outcome: State
    instance: str
    ground: str
    head: str
    after: State
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A reconsideration, suit or withdrawal that is not over: who must do what until when."""

    matter: Matter
    label: str
    state: State
    who: str
    clock: clocks.Clock | None


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of the page: its name, its value, and what it counts."""

    label: str
    value: str
    note: str


def fallen_rows(request: Request) -> QuerySet[Remedy]:
    found = Remedy.objects.visible(request.actor).filter(overturned=True)
    return found.select_related("case__handling_unit", "matter")


def _fallen(row: Remedy, shown: frozenset[int], asked: Mapping[int, Correction]) -> Fallen:
    """`shown`: the cases whose publication still waits to be withdrawn; `asked`: what oversight asked, by remedy."""
    carried = row.matter.ended
    after = State(_("已执行"), "done") if carried else State(_("待执行"), "now")
    if row.case_id in shown:
        after = State(_("公示待撤回"), "back")
    outcome = State(str(OUTCOMES.get(row.outcome, row.outcome)), "refused")
    found = instance_of(row), ground_of(row), head_of(row)
    return Fallen(row, outcome, *found, after, asked.get(row.pk))


def _under_way(request: Request, procedures: Sequence[str]) -> QuerySet[Matter]:
    rows = Matter.objects.visible(request.actor).filter(procedure__in=procedures, ended=False)
    return rows.select_related("case__handling_unit").order_by("due_on", "-pk")


def _row(matter: Matter, today: date, calendar: Calendar) -> UnderWay:
    side = queries.sides()[matter.procedure]
    table = side.table_on(today)
    here, move = table.states_by_id.get(matter.state), table.by_id.get(matter.clock)
    clock = None
    if move and matter.due_on:
        clock = clocks.day_clock(
            _(move.label),
            matter.due_on,
            today=today,
            calendar=calendar,
            unit=move.clock.unit if move.clock else "calendar_day",
            ground="; ".join(move.articles),
            provisional=matter.due_provisional,
        )
    roles = move.roles if move else {r for m in table.leaving(matter.state) for r in m.roles}
    who = (", " if in_english() else "、").join(_(ROLE_LABELS[role]) for role in sorted(roles - {"system"}))
    state = State(_(here.label) if here else matter.state, "now" if clock else "wait")
    return UnderWay(matter, side_label(side), state, who, clock)


def _percent(part: int, whole: int) -> str:
    found = figures.rate(part, whole)
    return "—" if found is None else f"{found}%"


def _said(request: Request, period: Period) -> list[Said]:
    """The figures of the year: what came, what was concluded and fell, and how often the head was in court."""
    count = {f.id: f.rows(request.actor, period).count() for f in figures.REMEDIES}
    ended, fell, heard, came = (
        rows(request.actor, period).count()
        for rows in (figures.concluded, figures.overturned, figures.heard, figures.attended)
    )
    number = formats.number
    return [
        Said(_("新增复议案件"), number(count["J05"]), _("按受理日期")),
        Said(_("新增行政诉讼案件"), number(count["J10"]), _("按起诉日期")),
        Said(
            _("被纠正比例"),
            _percent(fell, ended),
            _("审结 %(n)s 件，被纠正 %(m)s 件") % {"n": ended, "m": fell},
        ),
        Said(
            _("负责人出庭率"),
            _percent(came, heard),
            _("开庭 %(n)s 件，出庭 %(m)s 件") % {"n": heard, "m": came},
        ),
    ]


def _year(request: Request) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdigit() and 2000 <= int(text) <= request.today.year else request.today.year


@in_room("cases", "cases.see")
def remedies(request: Request) -> HttpResponseBase:
    base = fallen_rows(request)
    if exports.wanted(request):
        return exports.respond(request, _("败诉和被纠错案件"), FALLEN.columns, FALLEN.ordered(request, base))
    shown, calendar = FALLEN.show(request, base), kernel.calendar()
    recalls = list(_under_way(request, (RECALL,))[:SHOWN])
    waiting = _under_way(request, ASKED)
    still = frozenset(m.case_id for m in recalls)
    asked = {c.remedy_id: c for c in oversight.corrections_of(request.actor, shown.rows)}
    period = Period.year(_year(request))
    context = {
        "shown": shown,
        "rows": [_fallen(row, still, asked) for row in shown.rows],
        "recalls": [_row(m, request.today, calendar) for m in recalls],
        "waiting": [_row(m, request.today, calendar) for m in waiting[:SHOWN]],
        "waiting_total": waiting.count(),
        "figures": _said(request, period),
        "period": period,
        "years": range(request.today.year, 2016, -1),
        "empty": _("没有符合条件的案件。放宽筛选，或清除条件。")
        if shown.is_filtered
        else _("没有被纠正的案件。"),
    }
    return show(request, "web/cases/remedies.html", context, part="web/cases/_fallen.html")
