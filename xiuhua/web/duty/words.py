"""How things of the street are said on pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from xiuhua.duty import permissions, queries, rules
from xiuhua.duty.models import Shift
from xiuhua.org import queries as org
from xiuhua.org.queries import Unit
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.parts import State

TONES = {
    rules.Standing.PLANNED: "wait",
    rules.Standing.ON_TIME: "done",
    rules.Standing.LATE: "back",
    rules.Standing.ABSENT: "refused",
    rules.Standing.EXCUSED: "done",
}
VERDICT_TONES = {
    rules.Verdict.VALID: "done",
    rules.Verdict.DOUBTFUL: "back",
    rules.Verdict.OUTSIDE: "refused",
    rules.Verdict.VAGUE: "refused",
}
TASK_TONES = {
    rules.TaskState.ISSUED: "now",
    rules.TaskState.RECEIVED: "now",
    rules.TaskState.DONE: "done",
    rules.TaskState.WITHDRAWN: "refused",
}
SWAP_TONES = {
    rules.SwapState.ASKED: "wait",
    rules.SwapState.CONSENTED: "now",
    rules.SwapState.APPROVED: "done",
    rules.SwapState.DECLINED: "refused",
    rules.SwapState.REFUSED: "refused",
    rules.SwapState.WITHDRAWN: "refused",
}


def standing(shift: Shift, request: Request) -> State:
    found = queries.standing_of(shift, request.at)
    return State(_(rules.STANDING_LABELS[found]), TONES[found])


def verdict(value: str) -> State:
    found = rules.Verdict(value)
    return State(_(rules.VERDICT_LABELS[found]), VERDICT_TONES[found])


def kind(row: Any) -> str:
    """The name of a row in the page's language."""
    return str((in_english() and row.name_en) or row.name)


def unit_name(unit: Unit) -> str:
    return (in_english() and unit.name_en) or unit.short_name


def units_seen(request: Request) -> list[Unit]:
    """The handling units whose duty this person sees."""
    return [u for u in org.handling_units() if permissions.reaches("duty.see", u.pk, request.actor)]


def unit_of(request: Request) -> Unit:
    """The unit of the address, else the person's own, else the first that is seen. Raises Http404 for none."""
    seen = units_seen(request)
    wanted = request.GET.get("unit") or request.POST.get("unit") or ""
    named = next((u for u in seen if u.code == wanted), None)
    own = next((u for u in seen if u.pk == request.actor.unit_id), None)
    if wanted and named is None:
        raise Http404
    found = named or own or next(iter(seen), None)
    if found is None:
        raise Http404
    return found
