"""One box over everything visible: results in groups, and a side pane that tells more of the one in focus."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import queries as cases
from xiuhua.leads import queries as leads
from xiuhua.registers import queries as registers
from xiuhua.web.cases import words
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.formats import day, moment
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.parts import Fact
from xiuhua.web.registers.dossier import facts as party_facts
from xiuhua.web.search import finding

SHOWN_CASES = 4


@in_room("search")
def search(request: Request) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    only = request.GET.get("only", "")
    groups = finding.find(request, text, only)
    first = groups[0].hits[0] if groups else None
    context = {
        "q": text,
        "only": only,
        "groups": groups,
        "total": sum(len(group.hits) for group in groups),
        "too_short": bool(text) and len(text) < finding.SHORTEST,
        "more": any(len(group.hits) >= finding.PER_GROUP for group in groups) and not only,
        "first": first,
        "peek": peek_of(request, first.kind, first.pk) if first and first.pk else None,
    }
    return show(request, "web/search/search.html", context)


@in_room("search")
def peek(request: Request, kind: str, pk: int) -> HttpResponse:
    """The side pane for one hit."""
    found = peek_of(request, kind, pk)
    if found is None:
        raise Http404
    return show(request, "web/search/_peek.html", {"peek": found})


def peek_of(request: Request, kind: str, pk: int) -> dict[str, Any] | None:
    """What the side pane tells of a thing that this person may see. Raises Http404 for one that is not seen."""
    peeks = {"party": _party, "case": _case, "lead": _lead}
    return peeks[kind](request, pk) if kind in peeks else None


def _party(request: Request, pk: int) -> dict[str, Any]:
    party = get_object_or_404(registers.parties(request.actor), pk=pk)
    rows = cases.of_party(request.actor, pk)[:SHOWN_CASES]
    return {
        "title": party.name,
        "note": f"{_('当事人')} · {_(party.get_kind_display())}",
        "facts": party_facts(party),
        "url": reverse("web:party", args=[pk]),
        "cases": [(case, words.state_of(case, request.actor)) for case in rows],
    }


def _case(request: Request, pk: int) -> dict[str, Any]:
    case = get_object_or_404(cases.seen(request.actor), pk=pk)
    rows = [
        (_("当事人"), case.party_name),
        (_("案由"), (in_english() and case.cause.name_en) or case.cause.name),
        (_("地点"), case.place),
        (_("环节"), words.state_of(case, request.actor).label),
        (_("承办单位"), (in_english() and case.handling_unit.name_en) or case.handling_unit.name),
        (_("主办人员"), case.officer.name if case.officer else ""),
        (_("立案日期"), day(case.filed_on) if case.filed_on else ""),
        (_("决定书文号"), case.decision_number),
    ]
    return {
        "title": case.number,
        "note": _("案件"),
        "facts": [Fact(label, value) for label, value in rows if value],
        "url": reverse("web:case", args=[pk]),
        "clock": words.clock_of(case, request.today),
    }


def _lead(request: Request, pk: int) -> dict[str, Any]:
    lead = get_object_or_404(leads.leads(request.actor), pk=pk)
    rows = [
        (_("类别"), lead.kind.name_en if in_english() else lead.kind.name),
        (_("地点"), lead.place),
        (_("状态"), _(lead.get_state_display())),
        (_("来源"), _(lead.get_source_display())),
        (_("收到"), moment(lead.received_at)),
        (_("反映的情况"), lead.content),
    ]
    return {
        "title": lead.number,
        "note": _("线索"),
        "facts": [Fact(label, value) for label, value in rows if value],
        "url": reverse("web:lead", args=[pk]),
    }
