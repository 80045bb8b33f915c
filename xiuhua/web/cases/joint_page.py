"""What the page of a joint investigation shows: the case as far as it is shared, tasks, evidence, and its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import permissions, queries
from xiuhua.cases.models import Case, Document, JointTask, JointWork
from xiuhua.web.cases import words
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.parts import Entry, State

TONES = {"asked": "now", "accepted": "wait", "declined": "refused", "ended": "done"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: how many of its tasks are done, and the day of the nearest that is not."""

    work: JointWork
    state: State
    done: int
    total: int
    due: date | None
    over: bool


def state_of(work: JointWork) -> State:
    return State(_(work.get_state_display()), TONES[work.state])


def line(work: JointWork, today: date) -> Line:
    tasks = list(work.tasks.all())
    due = min((t.due_on for t in tasks if t.done_at is None), default=None)
    done = sum(t.done_at is not None for t in tasks)
    return Line(work, state_of(work), done, len(tasks), due, due is not None and due < today)


def of_work(request: Request, work: JointWork) -> dict[str, Any]:
    """The context of the page. The file of the case itself is not in it: only what was shared."""
    user, case = request.actor, work.case
    handed = work.evidence.select_related("exhibit", "handed_in_by").order_by("pk")
    may_ask = permissions.can_ask(case, user)
    return {
        "work": work,
        "case": case,
        "state": state_of(work),
        "stage": words.state_of(case, user),
        "sees_whole": Case.objects.whole(user).filter(pk=case.pk).exists(),
        "officers": [o.officer.name for o in work.officers.select_related("officer").order_by("pk")],
        "tasks": work.tasks.select_related("done_by").order_by("due_on", "pk"),
        "may_report": permissions.can_report(work, user),
        "papers": _papers(request, work),
        "exhibits": queries.exhibits_open_to(user).filter(joint_shares__joint=work).order_by("pk"),
        "handed": handed,
        "may_take": may_ask and work.state in ("asked", "accepted"),
        "today": request.today,
        "entries": sorted(entries(work), key=lambda entry: entry.at, reverse=True),
    }


def _papers(request: Request, work: JointWork) -> list[tuple[Document, str]]:
    kinds = queries.shelf().kinds
    found = (
        Document.objects.visible(request.actor).filter(joint_shares__joint=work).order_by("issued_on", "pk")
    )
    return [(d, kinds[d.kind].label_zh) for d in found]


def entries(work: JointWork, url: str = "") -> list[Entry]:
    """The acts of both units in the joint work, for its own timeline and for that of the case."""
    squad = (in_english() and work.squad.name_en) or work.squad.short_name
    out = [
        Entry(work.asked_at, _("请%(squad)s协查") % {"squad": squad}, work.asked_by, work.purpose, url=url)
    ]
    if work.answered_at:
        yes = work.state != JointWork.State.DECLINED
        label = _("%(squad)s接受协查") if yes else _("%(squad)s不接受协查")
        out.append(
            Entry(work.answered_at, label % {"squad": squad}, work.answered_by, work.answer_reason, url=url)
        )
    out += [_reported(task, squad, url) for task in work.tasks.select_related("done_by") if task.done_at]
    for one in work.evidence.select_related("handed_in_by"):
        said = _("%(squad)s提交证据") % {"squad": squad}
        out.append(Entry(one.handed_in_at, said, one.handed_in_by.name, one.shows, url=url))
        if one.taken_at:
            out.append(Entry(one.taken_at, _("协查证据列入证据目录"), one.taken_by, one.shows, url=url))
    if work.ended_at:
        out.append(Entry(work.ended_at, _("协查结束"), work.ended_by, work.end_reason, url=url))
    return out


def _reported(task: JointTask, squad: str, url: str) -> Entry:
    done_by = task.done_by.name if task.done_by else ""
    label = _("%(squad)s办结协查任务") % {"squad": squad}
    assert task.done_at is not None
    return Entry(task.done_at, label, done_by, task.what, url=url)


def of_case(request: Request, found: Case) -> list[Entry]:
    """The acts of every joint investigation of the case, each a link to it."""
    out = []
    for work in queries.joint_about(request.actor, found):
        out += entries(work, reverse("web:joint", args=[work.pk]))
    return out
