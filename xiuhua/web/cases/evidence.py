"""Adding to the evidence of a case: files, what they show, where they come from, and the form that the law asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.actions import exhibits
from xiuhua.cases.models import Case
from xiuhua.cases.procedure.guards.reading import case_officers
from xiuhua.evidence import rules
from xiuhua.org import queries as org
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.cases.steps import people_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.sending import tried

# Asked only where the kind or the source calls for it.
MORE = frozenset({"is_copy", "source_signed", "expert_qualification_no", "told_party_on"})


def fields_for(request: Request, case: Case) -> list[Field]:
    kinds = [(k.value, label) for k, label in rules.EVIDENCE_KIND_LABELS.items()]
    sources = [(s.value, label) for s, label in rules.SOURCE_LABELS.items()]
    file = queries.file_of(case)
    return [
        Field("files", _("文件"), Kind.FILES, required=True, capture=False),
        Field("kind", _("证据种类"), Kind.CHOICE, required=True, choices=kinds, initial="audio_visual"),
        Field("shows", _("证明内容"), required=True, wide=True, focus=True),
        Field("captured_at", _("拍摄或形成时间"), Kind.MOMENT),
        Field(
            "source", _("证据来源"), Kind.CHIPS, required=True, choices=sources, initial="officers", wide=True
        ),
        Field(
            "collected_by",
            _("收集人"),
            Kind.MANY,
            choices=people_of(case, request),
            initial=case_officers(file) or [o["id"] for o in file.get("officers", ())],
            hint=_("执法人员收集的，不少于两名"),
        ),
        Field("is_copy", _("复制件"), Kind.YESNO, initial=False),
        Field("source_signed", _("出证人已核对签章"), Kind.YESNO, hint=_("复制件须填")),
        Field("expert_qualification_no", _("鉴定人资质证号"), hint=_("鉴定意见须填")),
        Field("told_party_on", _("鉴定意见告知当事人日期"), Kind.DAY, hint=_("鉴定意见须填")),
    ]


@in_room("cases", "cases.work")
def add_evidence(request: Request, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    form = Form(
        fields_for(request, case),
        now=request.at,
        data=request.POST if request.method == "POST" else None,
        files=request.FILES,
    )

    def act(values: dict[str, Any]) -> HttpResponse:
        _add(request, case, values)
        messages.success(request, _("已加入证据目录。"))
        return go(request, reverse("web:case", args=[case.pk]) + "#evidence")

    done = tried(request, form, act)
    return done.went or show(
        request,
        "web/cases/evidence.html",
        {
            "case": case,
            "form": form,
            "asked": [f for f in form if f.field.name not in MORE],
            "more": [f for f in form if f.field.name in MORE],
            "more_open": any(f.error for f in form if f.field.name in MORE),
            "refusals": done.refusals,
        },
        status=done.status,
    )


def _add(request: Request, case: Case, values: Mapping[str, Any]) -> None:
    chosen = set(values["collected_by"] or ()) if values["source"] == rules.Source.OFFICERS else set()
    exhibits.add_files(
        case=case,
        files=[(upload.name, upload.read()) for upload in values["files"]],
        kind=values["kind"],
        shows=values["shows"],
        source=values["source"],
        collected_by=[o for o in org.officers_of(case.handling_unit, request.today) if str(o.pk) in chosen],
        captured_at=values["captured_at"],
        said={key: values[key] for key in MORE},
        by=request.actor,
        at=request.at,
    )
