"""Joint investigation with towns: the list, asking a squad, and the page of one with what may be done in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, permissions, queries
from xiuhua.cases.models import CaseExhibit, Document, JointWork
from xiuhua.evidence.rules import EVIDENCE_KIND_LABELS
from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer
from xiuhua.web.cases import joint_page
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show

SHOWN = 200
TASKS = (1, 2, 3)
State = JointWork.State


@in_room("cases", "cases.see")
def joint_works(request: Request) -> HttpResponse:
    """Those at work or asked first, then what is over."""
    rows = list(queries.joint_works(request.actor).prefetch_related("tasks")[:SHOWN])
    live = {State.ASKED, State.ACCEPTED}
    context = {
        "open": [joint_page.line(w, request.today) for w in rows if w.state in live],
        "over": [joint_page.line(w, request.today) for w in rows if w.state not in live],
    }
    return show(request, "web/cases/joint_works.html", context)


def _ask_fields(request: Request) -> list[Field]:
    squads = [
        (str(u.pk), (in_english() and u.name_en) or u.short_name) for u in queries.town_squads(request.actor)
    ]
    fields = [
        Field("squad", _("协查中队"), Kind.CHOICE, required=True, choices=squads),
        Field("basis", _("依据"), required=True, initial="SHUM §4"),
        Field("purpose", _("协查事由"), Kind.LONG, required=True, hint=_("为什么要请镇中队，不超过300字")),
    ]
    for n in TASKS:
        must = n == 1
        fields.append(Field(f"task_{n}", _("任务%(n)s") % {"n": n}, required=must))
        fields.append(Field(f"due_{n}", _("任务%(n)s期限") % {"n": n}, Kind.DAY, required=must))
    return fields


@in_room("cases", "cases.work")
def ask(request: Request, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    form = Form(_ask_fields(request), now=request.at, data=request.POST if request.method == "POST" else None)
    status, refusals = 200, list[Refusal]()
    if request.method == "POST":
        try:
            values = form.values()
            made = actions.ask(
                case=case,
                squad=queries.town_squads(request.actor).get(pk=values["squad"]),
                purpose=values["purpose"],
                basis=values["basis"],
                tasks=_tasks(values, request.today),
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
            status = 422
        except Refused as error:
            status, refusals = 409, list(error.refusals)
        else:
            messages.success(request, _("已请求协查，等待中队答复。"))
            return go(request, reverse("web:joint", args=[made.pk]))
    return show(
        request, "web/cases/joint_ask.html", {"case": case, "form": form, "refusals": refusals}, status=status
    )


def _tasks(values: Mapping[str, Any], today: date) -> list[actions.Asked]:
    """The tasks that were typed; one without a day is named by its field."""
    found = []
    for n in TASKS:
        what, due = values[f"task_{n}"], values[f"due_{n}"]
        if not what:
            continue
        if due is None or due < today:
            raise Invalid({f"due_{n}": _("期限不能早于今天")})
        found.append(actions.Asked(what, due))
    return found


@in_room("cases", "cases.see")
def joint(request: Request, pk: int) -> HttpResponse:
    work = get_object_or_404(queries.joint_works(request.actor), pk=pk)
    return _page(request, work)


def _page(request: Request, work: JointWork, form: Form | None = None, **more: Any) -> HttpResponse:
    """The page, with the form that was just sent in place of an empty one."""
    forms = {name: _form(request, work, name) for name in _open_forms(request, work)}
    if form is not None:
        forms[more["doing"]] = form
    context = {**joint_page.of_work(request, work), "forms": forms, "refusals": more.get("refusals", ())}
    return show(request, "web/cases/joint.html", context, status=more.get("status", 200))


def _open_forms(request: Request, work: JointWork) -> list[str]:
    """The acts that the person may do in the present state."""
    user, out = request.actor, list[str]()
    if work.state == State.ASKED and permissions.can_answer(work, user):
        out += ["accept", "decline"]
    if permissions.can_report(work, user):
        out += ["hand_in"]
    if work.state in (State.ASKED, State.ACCEPTED) and permissions.can_ask(work.case, user):
        out += ["share", "end"]
    return out


def _form(request: Request, work: JointWork, doing: str, sent: bool = False) -> Form:
    fields = {
        "accept": lambda: [_people(_certified(request, work), "officers", _("协查人员"))],
        "decline": lambda: [Field("reason", _("不接受的理由"), Kind.LONG, required=True, wide=True)],
        "end": lambda: [Field("reason", _("结束理由"), Kind.LONG, required=True, wide=True)],
        "share": lambda: _share_fields(work),
        "hand_in": lambda: _hand_in_fields(work),
        "report": lambda: [Field("report", _("办理情况"), Kind.LONG, required=True, wide=True)],
    }[doing]()
    return Form(
        fields, now=request.at, data=request.POST if sent else None, files=request.FILES if sent else None
    )


def _people(people: Sequence[Officer], name: str, label: str) -> Field:
    return Field(name, label, Kind.MANY, required=True, choices=[(str(o.pk), o.name) for o in people])


def _certified(request: Request, work: JointWork) -> Sequence[Officer]:
    return org.officers_of(work.squad, request.today, certified=True)


def _named(work: JointWork) -> list[Officer]:
    return [o.officer for o in work.officers.select_related("officer").order_by("pk")]


def _share_fields(work: JointWork) -> list[Field]:
    """The parts of the case that are not open yet."""
    kinds = queries.shelf().kinds
    shared = work.shares.all()
    papers = work.case.documents.exclude(joint_shares__in=shared).order_by("issued_on", "pk")
    exhibits = work.case.exhibits.exclude(joint_shares__in=shared).order_by("pk")
    return [
        Field(
            "documents", _("文书"), Kind.MANY, choices=[(str(d.pk), kinds[d.kind].label_zh) for d in papers]
        ),
        Field("exhibits", _("证据"), Kind.MANY, choices=[(str(e.pk), e.shows) for e in exhibits]),
    ]


def _hand_in_fields(work: JointWork) -> list[Field]:
    kinds = [(k.value, label) for k, label in EVIDENCE_KIND_LABELS.items()]
    people = _named(work)
    return [
        Field("files", _("文件"), Kind.FILES, required=True),
        Field("kind", _("证据种类"), Kind.CHOICE, required=True, choices=kinds, initial="audio_visual"),
        Field("shows", _("证明内容"), required=True, wide=True),
        Field("captured_at", _("拍摄或形成时间"), Kind.MOMENT),
        _people(people, "collected_by", _("收集人")),
    ]


Do = Callable[[Request, JointWork, Mapping[str, Any]], str]


def _done(request: Request, pk: int, doing: str, act: Do) -> HttpResponse:
    """Do what was sent, and say so; or show the page with what is wrong."""
    work = get_object_or_404(queries.joint_works(request.actor), pk=pk)
    form = _form(request, work, doing, sent=True)
    if request.method != "POST":
        return _page(request, work)
    try:
        said = act(request, work, form.values())
    except Invalid as error:
        form.take(error)
        return _page(request, work, form, doing=doing, status=422)
    except Refused as error:
        return _page(request, work, form, doing=doing, refusals=error.refusals, status=409)
    messages.success(request, said)
    there = queries.joint_works(request.actor).filter(pk=pk).exists()
    return go(request, reverse("web:joint", args=[pk]) if there else reverse("web:joint-works"))


@in_room("cases", "cases.work")
def answer(request: Request, pk: int, doing: str) -> HttpResponse:
    """Accept, decline or end."""

    def act(request: Request, work: JointWork, values: Mapping[str, Any]) -> str:
        who: dict[str, Any] = {"work": work, "by": request.actor, "at": request.at}
        if doing == "accept":
            able = {str(o.pk): o for o in _certified(request, work)}
            actions.accept(officers=[able[key] for key in values["officers"]], **who)
            return _("已接受协查；协查人员现在可以查看本案和共享的材料。")
        if doing == "decline":
            actions.decline(reason=values["reason"], **who)
            return _("已答复不接受。")
        actions.end(reason=values["reason"], **who)
        return _("协查已结束，中队不再看到本案。")

    return _done(request, pk, doing, act)


@in_room("cases", "cases.work")
def share(request: Request, pk: int) -> HttpResponse:
    def act(request: Request, work: JointWork, values: Mapping[str, Any]) -> str:
        n = actions.share(
            work=work,
            documents=list(Document.objects.visible(request.actor).filter(pk__in=values["documents"])),
            exhibits=list(CaseExhibit.objects.visible(request.actor).filter(pk__in=values["exhibits"])),
            by=request.actor,
            at=request.at,
        )
        return _("已共享 %(n)s 件材料。") % {"n": n}

    return _done(request, pk, "share", act)


@in_room("cases", "cases.work")
def hand_in(request: Request, pk: int) -> HttpResponse:
    def act(request: Request, work: JointWork, values: Mapping[str, Any]) -> str:
        named = {str(o.pk): o for o in _named(work)}
        for upload in values["files"]:
            actions.hand_in(
                work=work,
                name=upload.name,
                data=upload.read(),
                kind=values["kind"],
                shows=values["shows"],
                captured_at=values["captured_at"],
                collected_by=[named[key] for key in values["collected_by"]],
                by=request.actor,
                at=request.at,
            )
        return _("证据已提交办案单位。")

    return _done(request, pk, "hand_in", act)


@in_room("cases", "cases.work")
def report(request: Request, pk: int, task_pk: int) -> HttpResponse:
    """What came of one task: a page of its own, for a report is written in peace."""
    work = get_object_or_404(queries.joint_works(request.actor), pk=pk)
    task = get_object_or_404(work.tasks, pk=task_pk)
    form = _form(request, work, "report", sent=request.method == "POST")
    status, refusals = 200, list[Refusal]()
    if request.method == "POST":
        try:
            said = form.values()["report"]
            actions.report_task(task=task, report=said, by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
            status = 422
        except Refused as error:
            status, refusals = 409, list(error.refusals)
        else:
            messages.success(request, _("已报告办理情况。"))
            return go(request, reverse("web:joint", args=[pk]))
    context = {"work": work, "task": task, "form": form, "refusals": refusals}
    return show(request, "web/cases/joint_report.html", context, status=status)


@in_room("cases", "cases.work")
def take(request: Request, pk: int, evidence_pk: int) -> HttpResponse:
    """The case's unit takes what the squad handed in on the list of evidence."""
    work = get_object_or_404(queries.joint_works(request.actor), pk=pk)
    handed = get_object_or_404(work.evidence.select_related("joint__case"), pk=evidence_pk)
    if request.method != "POST":
        return _page(request, work)
    try:
        actions.take_on_list(handed=handed, by=request.actor, at=request.at)
    except Invalid as error:
        messages.error(request, "；".join(_(reason) for reason in error.errors.values()))
    except Refused as error:
        return _page(request, work, refusals=error.refusals, status=409)
    else:
        messages.success(request, _("已列入本案证据目录。"))
    return go(request, reverse("web:joint", args=[pk]))
