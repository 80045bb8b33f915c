"""One drawn recording: what may be done now, the film, the sheet, and what the unit said."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiuhua.evidence import queries as evidence
from xiuhua.kernel import queries as kernel
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Refusal, Refused
from xiuhua.oversight import permissions, queries, rules
from xiuhua.oversight.models import Sample
from xiuhua.web.evidence import showing
from xiuhua.web.frame import verbs
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.formats import day, moment
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.parts import Entry, Fact, May, MayNot
from xiuhua.web.oversight import ways
from xiuhua.web.oversight.listing import SEES, clock_of

VERDICT_TONES = {rules.Verdict.KEPT: "done", rules.Verdict.FAULT: "refused", rules.Verdict.NOT_ASKED: "wait"}
WATCH_FIRST = Refusal("watch_first", "请先播放视频再填写", meaning="play the recording before you judge it")
NO_FILE = Refusal(
    "no_file", "文件尚未入库，已向采集站调取", meaning="the file is asked for and has not come yet"
)


def found(request: Request, pk: int) -> Sample:
    return get_object_or_404(queries.samples(request.actor), pk=pk)


@in_room("oversight", *SEES)
@require_safe
def sample(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    may, may_not = _acts(request, row)
    exhibit = row.recording.exhibit
    seen = exhibit is not None and evidence.exhibits(request.actor).filter(pk=exhibit.pk).exists()
    entries = kernel.history(record.subject_of(row)).order_by("-pk")
    context = {
        "sample": row,
        "state": ways.state_of(row),
        "clock": clock_of(row, request),
        "may": may,
        "may_not": may_not,
        "facts": list(_facts(request, row)),
        "exhibit": exhibit if seen else None,
        "open": seen and exhibit is not None and showing.is_open(request, exhibit),
        "sheet": [
            (finding, _(finding.get_verdict_display()), VERDICT_TONES[rules.Verdict(finding.verdict)])
            for finding in queries.findings_of(row)
        ],
        "said": list(_said(row)),
        "entries": [Entry(e.at, verbs.label(e.verb), e.actor_name, verbs.note(e), e.pk) for e in entries],
    }
    return show(request, "web/oversight/sample.html", context)


def _facts(request: Request, row: Sample) -> Iterator[Fact]:
    recording = row.recording
    url = reverse("web:recording", args=[recording.pk]) if request.actor.can("evidence.see") else ""
    yield Fact(_("执法记录"), recording.file_name, url=url)
    yield Fact(_("单位"), (in_english() and row.unit.name_en) or row.unit.name)
    yield Fact(_("使用人"), recording.officer.name if recording.officer else recording.officer_no or "—")
    span = "–".join(moment(at) for at in (recording.started_at, recording.ended_at) if at)
    yield Fact(_("起止"), span or "—")
    url = reverse("web:draw", args=[row.draw_id]) if queries.draws(request.actor).exists() else ""
    yield Fact(_("抽取"), f"{row.month:%Y-%m}", url=url, note=_("本单位第%(n)d件") % {"n": row.place})
    if row.looked_at is not None:
        yield Fact(_("查看人"), row.reviewer_name, note=moment(row.looked_at))
    if row.note:
        yield Fact(_("总体评价"), row.note)
    if row.appeal_by is not None and row.state == rules.State.SENT and row.appealed_at is None:
        yield Fact(_("可申诉至"), day(row.appeal_by))


def _said(row: Sample) -> Iterator[tuple[str, str, str]]:
    """What unit and bureau said, as (what, text, when)."""
    if row.appealed_at is not None:
        yield _("申诉"), row.appeal, moment(row.appealed_at)
    if row.decided_at is not None:
        yield _("申诉决定"), row.decision, f"{row.decided_name}　{moment(row.decided_at)}"
    if row.replied_at is not None:
        yield _("整改情况"), row.reply, moment(row.replied_at)


def _acts(request: Request, row: Sample) -> tuple[list[May], list[MayNot]]:
    """The next acts of the state, open or with the reason why not."""
    by = request.actor
    looking: list[ways.Way] = [
        ("watch", _("播放"), lambda: _in_order("watch", row, by)),
        ("judge", _("填写评查表"), lambda: _in_order("judge", row, by)),
    ]
    drawn = row.state == rules.State.DRAWN
    return ways.sorted_out(looking if drawn else ways.answers(row, by), "sample", row.pk)


def _in_order(name: str, row: Sample, by: Actor) -> None:
    """Raises Refused for who may not look, a film that is not there, and a sheet before this person played the film."""
    permissions.check_can_look(row, by)
    if row.recording.exhibit_id is None:
        raise Refused(NO_FILE)
    if name == "judge" and not queries.watched(row, by):
        raise Refused(WATCH_FIRST)
