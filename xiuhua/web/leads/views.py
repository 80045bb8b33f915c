"""The list of leads, what is done with many at once, and its export."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.leads import actions, permissions, queries
from xiuhua.leads.models import Lead
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show
from xiuhua.web.frame.telling import sentence, told
from xiuhua.web.leads.clocks import LeadClocks
from xiuhua.web.leads.listing import BULK_ACTS, LEADS, row_act

MOST_AT_ONCE = 100


def _base(request: Request) -> QuerySet[Lead]:
    return queries.leads(request.actor).order_by()


@in_room("leads", "leads.see", "leads.register")
def leads(request: Request) -> HttpResponseBase:
    base = _base(request)
    if exports.wanted(request):
        return exports.respond(request, _("线索"), LEADS.columns, LEADS.ordered(request, base))
    shown = LEADS.show(request, base)
    clocks = LeadClocks(request.at)
    acts = {lead.pk: row_act(lead, request) for lead in shown.rows}
    context = {
        "shown": shown,
        "table": [(lead, clocks.nearest(lead), acts[lead.pk]) for lead in shown.rows],
        "bulk": [move for move in BULK_ACTS if any(act and act.id == move for act in acts.values())],
        "room": "leads",
        "may_register": permissions.can_register(request.actor),
        "may_find": permissions.can_register_finding(request.actor),
    }
    return show(request, "web/leads/leads.html", context, part="web/leads/_leads.html")


@in_room("leads", "leads.see")
@require_POST
def bulk(request: Request) -> HttpResponse:
    """One act on many leads, each with its own record entry; what is refused is told with its reason."""
    acts: dict[str, Callable[[Lead], Lead]] = {
        "verify": lambda lead: actions.verify(lead=lead, by=request.actor, at=request.at),
        "dispatch": lambda lead: actions.dispatch(lead=lead, by=request.actor, at=request.at),
        "accept": lambda lead: actions.accept(lead=lead, by=request.actor, at=request.at),
    }
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Invalid({"act": "请从所列各项中选"})
    picked = [int(pk) for pk in request.POST.getlist("lead") if pk.isdigit()][:MOST_AT_ONCE]
    done, refused = _each(_base(request).filter(pk__in=picked), act)
    if done:
        said = ngettext("%(n)d 条已办", "%(n)d 条已办", done) % {"n": done}
        messages.success(request, said)
    if refused:
        raise Refused(*refused)
    return redirect(request.POST.get("back") or "web:leads")


def _each(rows: QuerySet[Lead], act: Callable[[Lead], Lead]) -> tuple[int, list[Refusal]]:
    done, refused = 0, []
    for lead in rows:
        try:
            act(lead)
        except Refused as error:
            refused += [_of(lead, r) for r in error.refusals]
        except Invalid as error:
            refused += [Refusal("invalid", f"{lead.number}：{told(text)}") for text in error.errors.values()]
        else:
            done += 1
    return done, refused


def _of(lead: Lead, refusal: Refusal) -> Refusal:
    said = f"{lead.number}: {sentence(refusal)}"
    return Refusal(refusal.code, f"{lead.number}：{refusal.sentence}", refusal.ground, said, refusal.field)
