"""The list of drawn recordings, and how a row of it reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count as Counted
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xiuhua.kernel import clock
from xiuhua.org import queries as org
from xiuhua.oversight import queries, rules
from xiuhua.oversight.models import Sample
from xiuhua.oversight.queries.units import late, reply_late
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.clocks import Clock
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, one_of
from xiuhua.web.frame.rooms import Count, counts
from xiuhua.web.oversight import ways

SEES = ("oversight.see",)


def _states(_request: Request) -> Sequence[tuple[str, str]]:
    return [(s.value, label) for s, label in rules.STATE_LABELS.items()]


def _units(request: Request) -> Sequence[tuple[str, str]]:
    seen = Sample.objects.visible(request.actor).order_by().values("unit")
    found, english = org.units(request.actor).filter(pk__in=seen), in_english()
    return [(str(u.pk), (english and u.name_en) or u.short_name) for u in found]


def _months(request: Request) -> Sequence[tuple[str, str]]:
    found = (
        Sample.objects.visible(request.actor).order_by("-month").values_list("month", flat=True).distinct()
    )
    return [(f"{month:%Y-%m}", f"{month:%Y-%m}") for month in found[:36]]


def _month(rows: QuerySet[Sample], values: Sequence[str]) -> QuerySet[Sample]:
    return rows.filter(month__in=[date.fromisoformat(f"{value}-01") for value in values])


RESULTS = (
    ("looked", gettext_lazy("已查看")),
    ("faulty", gettext_lazy("有问题")),
    ("late", gettext_lazy("逾期")),
)


def _result(rows: QuerySet[Sample], values: Sequence[str]) -> QuerySet[Sample]:
    """What a number of the table by unit counts."""
    if "looked" in values:
        rows = rows.exclude(state=rules.State.DRAWN)
    if "faulty" in values:
        rows = rows.filter(faults__gt=0).exclude(state=rules.State.STRUCK)
    return rows.filter(late(clock.today())) if "late" in values else rows


SAMPLES: Listing[Sample] = Listing(
    room="samples",
    filters=(
        Filter("state", gettext_lazy("状态"), one_of("state"), choices=_states),
        Filter("unit", gettext_lazy("单位"), one_of("unit"), choices=_units),
        Filter("month", gettext_lazy("月份"), _month, choices=_months),
        Filter("result", gettext_lazy("结果"), _result, choices=lambda _r: RESULTS),
    ),
    sorts=(
        Sort("new", gettext_lazy("抽取次序"), "-pk"),
        Sort("due", gettext_lazy("应回复"), "due_on", nullable=True),
    ),
    columns=(
        Column(gettext_lazy("月份"), lambda s: f"{s.month:%Y-%m}"),
        Column(gettext_lazy("单位"), lambda s: s.unit.name),
        Column(gettext_lazy("执法记录"), lambda s: s.recording.file_name),
        Column(gettext_lazy("状态"), lambda s: _(s.get_state_display())),
        Column(gettext_lazy("问题数"), lambda s: s.faults),
        Column(gettext_lazy("查看人"), lambda s: s.reviewer_name),
        Column(gettext_lazy("查看时间"), lambda s: s.looked_at),
        Column(gettext_lazy("应回复"), lambda s: s.due_on),
        Column(gettext_lazy("回复时间"), lambda s: s.replied_at),
    ),
    views=(
        View(gettext_lazy("待查看"), "state=drawn", only=lambda r: r.actor.can("oversight.review")),
        View(gettext_lazy("待整改回复"), "state=sent"),
        View(gettext_lazy("待销号"), "state=replied"),
        View(gettext_lazy("申诉中"), "state=appealed"),
        View(gettext_lazy("全部"), ""),
    ),
)


@counts("oversight")
def mine(request: Request) -> Count:
    """What waits for me: to look at, to answer, to decide, to close."""
    by, today = request.actor, request.today
    waiting = (
        (queries.waiting_for(by), late(today)),
        (queries.corrections_waiting_for(by), reply_late(today)),
    )
    found = [
        rows.order_by().aggregate(n=Counted("pk"), over=Counted("pk", filter=past)) for rows, past in waiting
    ]
    return Count(sum(one["n"] for one in found), sum(one["over"] for one in found))


def clock_of(sample: Sample, request: Request) -> Clock | None:
    """The day until which somebody has to do the next thing; none where nothing is due."""
    if sample.state == rules.State.DRAWN:
        return ways.day_left(_("查看期限"), sample.look_by, request)
    return ways.reply_clock(sample, request)


@in_room("oversight", *SEES)
@require_safe
def samples(request: Request) -> HttpResponseBase:
    base = queries.samples(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("视频抽查"), SAMPLES.columns, SAMPLES.ordered(request, base))
    shown = SAMPLES.show(request, base)
    rows = [(row, ways.state_of(row), clock_of(row, request)) for row in shown.rows]
    context = {"shown": shown, "rows": rows, "room": "samples", "tab": "samples"}
    return show(request, "web/oversight/samples.html", context, part="web/oversight/_samples.html")
