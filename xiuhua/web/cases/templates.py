"""Templates of typical cases: which there are, what they say, a new version, and withdrawing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, permissions, queries
from xiuhua.cases.models import CaseTemplate
from xiuhua.cases.reviewing.wording import BLANKS
from xiuhua.kernel.authz import Invalid
from xiuhua.web.cases.guiding import title_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.sending import tried


@in_room("cases", "cases.see")
def templates(request: Request) -> HttpResponse:
    """Those that count today, and those that begin later or count no more."""
    now = list(queries.templates_on(request.actor, request.today))
    counting = {t.pk for t in now}
    context = {
        "now": [(t, title_of(t)) for t in now],
        "others": [(t, title_of(t)) for t in queries.templates(request.actor) if t.pk not in counting],
        "causes": _causes(request),
        "may_guide": permissions.can_guide(request.actor),
        "today": request.today,
    }
    return show(request, "web/cases/templates.html", context)


def _causes(request: Request) -> Mapping[str, str]:
    found = queries.causes(request.today)
    return {c.code: f"{(in_english() and c.name_en) or c.name} {c.code}" for c in found}


def _fields(request: Request, old: CaseTemplate | None) -> Sequence[Field]:
    hint = _("可用的空格：%(blanks)s") % {"blanks": " ".join(f"{{{name}}}" for name in BLANKS)}
    causes = sorted(_causes(request).items())
    return [
        Field(
            "cause_code",
            _("案由"),
            Kind.CHOICE,
            required=True,
            choices=causes,
            initial=old.cause_code if old else None,
            known=_("与前一版相同") if old else "",
        ),
        Field("valid_from", _("起用日期"), Kind.DAY, required=True, initial=request.today),
        Field("title", _("名称"), required=True, initial=old.title if old else None),
        Field("title_en", _("英文名称"), initial=old.title_en if old else None),
        _long("facts", _("违法事实写法"), old, hint),
        Field(
            "evidence",
            _("应有证据"),
            Kind.LINES,
            required=True,
            hint=_("每行一项"),
            initial=old.evidence.splitlines() if old else None,
        ),
        _long("reasons", _("裁量理由写法"), old, hint),
        _long("proposal", _("处理建议写法"), old, hint),
    ]


def _long(name: str, label: str, old: CaseTemplate | None, hint: str) -> Field:
    return Field(
        name, label, Kind.LONG, required=True, hint=hint, initial=getattr(old, name) if old else None
    )


@in_room("cases", "reviews.guide")
def new(request: Request) -> HttpResponse:
    """A new template, or with `of` a later version of one."""
    of = request.GET.get("of", "")
    old = queries.templates(request.actor).filter(pk=int(of)).first() if of.isdigit() else None
    sent = request.POST if request.method == "POST" else None
    form = Form(_fields(request, old), now=request.at, data=sent)
    status = 200
    if request.method == "POST":
        try:
            made = _publish(request, form.values(), old)
        except Invalid as error:
            form.take(error)
            status = 422
        else:
            messages.success(request, _("已发布模板“%(title)s”。") % {"title": made.title})
            return go(request, reverse("web:template", args=[made.pk]))
    return show(request, "web/cases/template_new.html", {"form": form, "old": old}, status=status)


def _publish(request: Request, values: Mapping[str, Any], old: CaseTemplate | None) -> CaseTemplate:
    texts = {n: values[n] or "" for n in ("title", "title_en", "facts", "reasons", "proposal")}
    return actions.publish_template(
        cause_code=values["cause_code"],
        wording=actions.Wording(evidence=values["evidence"], **texts),
        valid_from=values["valid_from"],
        code=old.code if old else "",
        by=request.actor,
        at=request.at,
    )


@in_room("cases", "cases.see")
def template(request: Request, pk: int) -> HttpResponse:
    """One version with its blanks as they stand; withdrawn here with the reason."""
    found = get_object_or_404(queries.templates(request.actor), pk=pk)
    sent = request.POST if request.method == "POST" else None
    reason = Field("reason", _("停用理由"), Kind.LONG, required=True, wide=True)
    form = Form([reason], now=request.at, data=sent)

    def act(values: Mapping[str, Any]) -> HttpResponse:
        actions.withdraw_template(template=found, reason=values["reason"], by=request.actor, at=request.at)
        messages.success(request, _("已停用。"))
        return go(request, reverse("web:templates"))

    done = tried(request, form, act)
    texts = [
        (_("违法事实写法"), found.facts),
        (_("应有证据"), found.evidence),
        (_("裁量理由写法"), found.reasons),
        (_("处理建议写法"), found.proposal),
    ]
    context = {
        "template": found,
        "title": title_of(found),
        "texts": texts,
        "versions": queries.templates(request.actor).filter(code=found.code).exclude(pk=found.pk),
        "cause": _causes(request).get(found.cause_code, found.cause_code),
        "form": form,
        "refusals": done.refusals,
        "may_guide": permissions.can_guide(request.actor),
    }
    return done.went or show(request, "web/cases/template.html", context, status=done.status)
