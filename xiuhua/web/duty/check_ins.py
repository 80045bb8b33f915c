"""Check-ins: the list, the doubtful ones of the inspector, and what was found when one was looked into."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.duty import actions, permissions, queries, rules
from xiuhua.duty.models import CheckIn
from xiuhua.kernel.authz import Invalid
from xiuhua.web.duty import words
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of
from xiuhua.web.frame.parts import Fact


def _verdicts(_request: Request) -> Sequence[tuple[str, str]]:
    return [(v.value, label) for v, label in rules.VERDICT_LABELS.items()]


def _reviews(_request: Request) -> Sequence[tuple[str, str]]:
    return [(r.value or "none", label) for r, label in rules.REVIEW_LABELS.items()]


def _review(rows: QuerySet[CheckIn], values: Sequence[str]) -> QuerySet[CheckIn]:
    return rows.filter(review__in=["" if value == "none" else value for value in values])


def _units(request: Request) -> Sequence[tuple[str, str]]:
    return [(u.code, words.unit_name(u)) for u in words.units_seen(request)]


def _signs(row: CheckIn) -> str:
    return "；".join(_(rules.SIGN_LABELS[s]) for s in row.sign_list)


CHECK_INS: Listing[CheckIn] = Listing(
    room="duty-check-ins",
    filters=(
        Filter("verdict", gettext_lazy("判定"), one_of("verdict"), choices=_verdicts),
        Filter("review", gettext_lazy("核查"), _review, choices=_reviews),
        Filter("unit", gettext_lazy("单位"), one_of("unit__code"), choices=_units),
        Filter("at", gettext_lazy("日期"), between("at__date"), kind="day"),
    ),
    sorts=(Sort("at", gettext_lazy("签到时间"), "-at"),),
    columns=(
        Column(gettext_lazy("签到时间"), lambda c: c.at),
        Column(gettext_lazy("收到时间"), lambda c: c.received_at),
        Column(gettext_lazy("人员"), lambda c: c.officer.name),
        Column(gettext_lazy("单位"), lambda c: c.unit.short_name),
        Column(gettext_lazy("签到点"), lambda c: c.point.name),
        Column(gettext_lazy("距签到点（米）"), lambda c: c.distance),
        Column(gettext_lazy("定位误差（米）"), lambda c: c.accuracy),
        Column(gettext_lazy("判定"), lambda c: _(c.get_verdict_display())),
        Column(gettext_lazy("可疑迹象"), _signs),
        Column(gettext_lazy("核查"), lambda c: _(rules.REVIEW_LABELS[rules.Review(c.review)])),
    ),
    views=(
        View(
            gettext_lazy("待核查"),
            "verdict=doubtful&review=none",
            lambda r: r.actor.can("duty.inspect"),
            lambda r: queries.doubtful(r.actor).count(),
        ),
        View(gettext_lazy("可疑"), "verdict=doubtful"),
        View(gettext_lazy("全部"), ""),
    ),
)


@in_room("duty", "duty.see")
def check_ins(request: Request) -> HttpResponseBase:
    base = queries.check_ins(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("签到"), CHECK_INS.columns, CHECK_INS.ordered(request, base))
    shown = CHECK_INS.show(request, base)
    context = {
        "shown": shown,
        "rows": [(c, words.verdict(c.verdict), _signs(c)) for c in shown.rows],
        "room": "duty-check-ins",
        "may_work": permissions.can_work(request.actor),
    }
    return show(request, "web/duty/check_ins.html", context, part="web/duty/_check_ins.html")


def _facts(row: CheckIn) -> list[Fact]:
    return [
        Fact(_("签到点"), row.point.name),
        Fact(_("手机时间"), f"{row.at.astimezone():%Y-%m-%d %H:%M:%S}"),
        Fact(_("收到时间"), f"{row.received_at.astimezone():%Y-%m-%d %H:%M:%S}"),
        Fact(
            _("距签到点"),
            _("%(m)s 米") % {"m": f"{row.distance:.0f}"},
            note=_("范围 %(m)s 米") % {"m": row.point.radius},
        ),
        Fact(_("定位误差"), _("%(m)s 米") % {"m": f"{row.accuracy:.0f}"}),
        Fact(_("手机"), row.device or "—"),
    ]


@in_room("duty", "duty.see")
def check_in_page(request: Request, pk: int) -> HttpResponse:
    """One check-in with its signs; whoever may looks into it here."""
    found = get_object_or_404(queries.check_ins(request.actor).select_related("shift__kind"), pk=pk)
    choices = [("clear", _("核查无异常")), ("confirm", _("核查属实"))]
    form = Form(
        [
            Field("decision", _("结论"), Kind.CHIPS, required=True, choices=choices, wide=True),
            Field("note", _("核查情况"), Kind.LONG, required=True),
        ],
        now=request.at,
        data=request.POST or None,
    )
    if request.method == "POST":
        try:
            said = form.values()
            actions.review_check_in(
                check_in=found,
                clear=said["decision"] == "clear",
                note=said["note"],
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, reverse("web:duty-check-ins") + "?verdict=doubtful&review=none")
    context = {
        "check_in": found,
        "state": words.verdict(found.verdict),
        "facts": _facts(found),
        "signs": [_(rules.SIGN_LABELS[s]) for s in found.sign_list],
        "review": _(rules.REVIEW_LABELS[rules.Review(found.review)]),
        "form": form if permissions.can_review(found, request.actor) else None,
    }
    status = 422 if form.errors or form.general else 200
    return show(request, "web/duty/check_in_page.html", context, status=status)
