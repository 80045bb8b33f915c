"""The forms of a joint investigation: naming officers, reasons, what is shared, evidence, reports."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from xiuhua.cases import permissions, queries
from xiuhua.cases.models import JointWork
from xiuhua.evidence.rules import EVIDENCE_KIND_LABELS
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request

State = JointWork.State


def open_to(request: Request, work: JointWork) -> list[str]:
    """The acts that the person may do in the present state."""
    user, out = request.actor, list[str]()
    if work.state == State.ASKED and permissions.can_answer(work, user):
        out += ["accept", "decline"]
    if permissions.can_report(work, user):
        out += ["hand_in"]
    if work.state in (State.ASKED, State.ACCEPTED) and permissions.can_ask(work.case, user):
        out += ["share", "end"]
    return out


def form_of(request: Request, work: JointWork, doing: str, sent: bool = False) -> Form:
    fields = {
        "accept": lambda: [_people(certified(request, work), "officers", _("协查人员"))],
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


def certified(request: Request, work: JointWork) -> Sequence[Officer]:
    return org.officers_of(work.squad, request.today, certified=True)


def named(work: JointWork) -> list[Officer]:
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
    people = named(work)
    return [
        Field("files", _("文件"), Kind.FILES, required=True),
        Field("kind", _("证据种类"), Kind.CHOICE, required=True, choices=kinds, initial="audio_visual"),
        Field("shows", _("证明内容"), required=True, wide=True),
        Field("captured_at", _("拍摄或形成时间"), Kind.MOMENT),
        _people(people, "collected_by", _("收集人")),
    ]
