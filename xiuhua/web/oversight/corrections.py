"""Decisions that fell: what their units were asked, what they said, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xiuhua.cases import queries as cases
from xiuhua.kernel import queries as kernel
from xiuhua.kernel import record
from xiuhua.org import queries as org
from xiuhua.oversight import queries, rules
from xiuhua.oversight.models import Correction
from xiuhua.web.cases.remedies import OUTCOMES, ground_said
from xiuhua.web.frame import exports, verbs
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.formats import day, moment
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of
from xiuhua.web.frame.parts import Entry, Fact
from xiuhua.web.oversight import ways
from xiuhua.web.oversight.listing import SEES


def _states(_request: Request) -> Sequence[tuple[str, str]]:
    return [(s.value, label) for s, label in rules.STATE_LABELS.items() if s in rules.ANSWERED_FOR]


def _units(request: Request) -> Sequence[tuple[str, str]]:
    seen = queries.corrections(request.actor).order_by().values("unit")
    found, english = org.units(request.actor).filter(pk__in=seen), in_english()
    return [(str(u.pk), (english and u.name_en) or u.short_name) for u in found]


def outcome_of(row: Correction) -> str:
    return str(OUTCOMES.get(row.outcome, row.outcome))


CORRECTIONS: Listing[Correction] = Listing(
    room="corrections",
    filters=(
        Filter("state", gettext_lazy("状态"), one_of("state"), choices=_states),
        Filter("unit", gettext_lazy("单位"), one_of("unit"), choices=_units),
        Filter("outcome", gettext_lazy("结果"), one_of("outcome"), choices=lambda _r: list(OUTCOMES.items())),
        Filter("sent", gettext_lazy("发出日期"), between("sent_on"), kind="day"),
    ),
    sorts=(
        Sort("new", gettext_lazy("发出日期"), "-opened_at"),
        Sort("due", gettext_lazy("应回复"), "due_on", nullable=True),
    ),
    columns=(
        Column(gettext_lazy("编号"), lambda c: c.number),
        Column(gettext_lazy("单位"), lambda c: c.unit.name),
        Column(gettext_lazy("案号"), lambda c: c.case.number),
        Column(gettext_lazy("种类"), lambda c: _(c.remedy.get_kind_display())),
        Column(gettext_lazy("结果"), outcome_of),
        Column(gettext_lazy("结果日期"), lambda c: c.ended_on),
        Column(gettext_lazy("理由"), lambda c: ground_said(c.ground)),
        Column(gettext_lazy("状态"), lambda c: _(c.get_state_display())),
        Column(gettext_lazy("应回复"), lambda c: c.due_on),
        Column(gettext_lazy("回复时间"), lambda c: c.replied_at),
        Column(gettext_lazy("销号时间"), lambda c: c.closed_at),
    ),
    views=(
        View(gettext_lazy("待整改回复"), "state=sent"),
        View(gettext_lazy("待销号"), "state=replied"),
        View(gettext_lazy("申诉中"), "state=appealed"),
        View(gettext_lazy("全部"), ""),
    ),
)


@in_room("oversight", *SEES)
@require_safe
def corrections(request: Request) -> HttpResponseBase:
    base = queries.corrections(request.actor).order_by()
    if exports.wanted(request):
        told = CORRECTIONS.ordered(request, base)
        return exports.respond(request, _("纠正执法过错建议书"), CORRECTIONS.columns, told)
    shown = CORRECTIONS.show(request, base)
    rows = [
        (row, outcome_of(row), ground_said(row.ground), ways.state_of(row), ways.reply_clock(row, request))
        for row in shown.rows
    ]
    context = {"shown": shown, "rows": rows, "room": "corrections", "tab": "corrections"}
    return show(request, "web/oversight/corrections.html", context, part="web/oversight/_corrections.html")


def found(request: Request, pk: int) -> Correction:
    return get_object_or_404(queries.corrections(request.actor), pk=pk)


@in_room("oversight", *SEES)
@require_safe
def correction(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    may, may_not = ways.sorted_out(ways.answers(row, request.actor), "correction", pk)
    entries = kernel.history(record.subject_of(row)).order_by("-pk")
    context = {
        "correction": row,
        "state": ways.state_of(row),
        "clock": ways.reply_clock(row, request),
        "may": may,
        "may_not": may_not,
        "facts": list(_facts(request, row)),
        "said": list(_said(row)),
        "before": list(queries.corrected_before(request.actor, row)),
        "entries": [Entry(e.at, verbs.label(e.verb), e.actor_name, verbs.note(e), e.pk) for e in entries],
    }
    return show(request, "web/oversight/correction.html", context)


def _facts(request: Request, row: Correction) -> Iterator[Fact]:
    yield Fact(_("单位"), (in_english() and row.unit.name_en) or row.unit.name)
    seen = cases.listed(request.actor).filter(pk=row.case_id).exists()
    url = reverse("web:case", args=[row.case_id]) + "#matters" if seen else ""
    yield Fact(_("案件"), row.case.number, url=url)
    yield Fact(_(row.remedy.get_kind_display()), outcome_of(row), note=day(row.ended_on))
    if row.ground:
        yield Fact(_("理由"), ground_said(row.ground))
    yield Fact(_("发出"), moment(row.opened_at))
    if row.appeal_by is not None and row.state == rules.State.SENT and row.appealed_at is None:
        yield Fact(_("可申诉至"), day(row.appeal_by))
    if row.closed_at is not None:
        yield Fact(_("销号"), row.closed_name, note=moment(row.closed_at))


def _said(row: Correction) -> Iterator[tuple[str, str, str]]:
    """What the body or court found, and what unit and bureau said, as (what, text, when)."""
    if row.found:
        yield _("认定的问题"), row.found, day(row.ended_on)
    if row.appealed_at is not None:
        yield _("申诉"), row.appeal, moment(row.appealed_at)
    if row.decided_at is not None:
        yield _("申诉决定"), row.decision, f"{row.decided_name}　{moment(row.decided_at)}"
    if row.replied_at is not None:
        yield _("原因分析"), row.why, moment(row.replied_at)
        yield _("整改情况"), row.reply, moment(row.replied_at)
        yield _("责任认定"), row.answerable, moment(row.replied_at)
