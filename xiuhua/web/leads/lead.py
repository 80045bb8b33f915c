"""A lead's page: what it is, its clocks, what can be done now and what not, similar leads, its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.cases import queries as cases
from xiuhua.kernel import files
from xiuhua.leads import actions, queries, rules
from xiuhua.leads.models import Lead, LeadMedia
from xiuhua.org import queries as org
from xiuhua.web.frame import verbs
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.parts import Entry, Fact, May, MayNot, State, TrackStep, brief
from xiuhua.web.leads.clocks import LeadClocks

# Moves that ask nothing: a button acts at once.
AT_ONCE = frozenset({"verify", "accept", "arrive"})
# Moves that end the lead without working it: drawn as a stop, after all others.
STOPS = frozenset({"refuse", "return"})
# What a person never does by hand: the case does it.
BY_CASE = frozenset({"record_outcome"})
ORDER = (
    "verify",
    "dispatch",
    "accept",
    "hand_to_case",
    "arrive",
    "settle",
    "tell_reporter",
    "merge",
    "return",
    "refuse",
    "transfer_out",
)
ROAD = (
    (rules.State.REGISTERED, "registered_at"),
    (rules.State.VERIFIED, "verified_at"),
    (rules.State.DISPATCHED, "dispatched_at"),
    (rules.State.ACCEPTED, "accepted_at"),
)
# How far along the road a state lies; closed ones are past it.
RANK = {
    rules.State.REGISTERED: 0,
    rules.State.VERIFIED: 1,
    rules.State.RETURNED: 1,
    rules.State.DISPATCHED: 2,
    rules.State.ACCEPTED: 3,
}
STOP_LABELS = {
    "registered": "登记",
    "verified": "核实",
    "dispatched": "派发",
    "accepted": "接收",
    "end": "办理",
}
TONES = {
    rules.State.SETTLED: "done",
    rules.State.MERGED: "done",
    rules.State.TRANSFERRED: "done",
    rules.State.REFUSED: "refused",
    rules.State.RETURNED: "back",
}


def state_of(lead: Lead, ours: bool) -> State:
    """`ours`: the next move is this person's."""
    tone = TONES.get(rules.State(lead.state), "now" if ours else "wait")
    return State(lead.get_state_display(), tone)


def find(request: Request, pk: int) -> Lead:
    """The lead if this person may see it. Raises Http404."""
    found: Lead = get_object_or_404(queries.leads(request.actor), pk=pk)
    return found


@in_room("leads", "leads.see")
def lead(request: Request, pk: int) -> HttpResponse:
    return show(request, "web/leads/lead.html", context_of(request, find(request, pk)))


def context_of(request: Request, found: Lead) -> dict[str, Any]:
    may, may_not = acts(request, found)
    clocks = LeadClocks(request.at).all(found)
    stops = track(found)
    near = queries.near_duplicates(
        request.actor, found.kind, found.lon, found.lat, found.received_at, leave_out=found.pk
    )
    return {
        "lead": found,
        "state": state_of(found, bool(may)),
        "clock": clocks[0] if clocks else None,
        "clocks": clocks[1:],
        "track": stops,
        "brief": brief(stops),
        "may": may,
        "may_not": may_not,
        "facts": facts(found),
        "answers": answers(found),
        "photos": queries.media_of(found),
        "near": near,
        "may_see_recordings": request.actor.can("evidence.see"),
        "reporter_known": queries.reporter_known(found, request.actor),
        "entries": entries(found),
        "case_url": case_url(request, found),
    }


def acts(request: Request, found: Lead) -> tuple[list[May], list[MayNot]]:
    """What can be done now, as buttons in the order of the road; and what cannot yet, with reasons.

    A move that a person's post never reaches is not shown at all: it is somebody else's work, not a blocked one.
    """
    may, may_not = [], []
    by_id = {move.id: (move, refusals) for move, refusals in queries.moves(found, request.actor)}
    for name in ORDER:
        if name not in by_id:
            continue
        move, refusals = by_id[name]
        if not refusals:
            may += _buttons(found, move)
        elif _lies_ahead(found, move) and not any(r.code == "lead_right" for r in refusals):
            may_not.append(MayNot(_label(move), refusals))
    numbered = [
        May(act.label, act.url, str(n) if n <= 9 else "", act.post, act.stop, act.hint)
        for n, act in enumerate(may, 1)
    ]
    return numbered, may_not


def _lies_ahead(found: Lead, move: rules.Move) -> bool:
    """Whether the move can still come: it leaves states that lie further on the road than where the lead is."""
    here = RANK.get(rules.State(found.state))
    return here is not None and min(RANK.get(s, len(RANK)) for s in move.sources) > here


def _label(move: rules.Move) -> str:
    return move.label_en if in_english() else move.label


def _buttons(found: Lead, move: rules.Move) -> list[May]:
    if move.id == "hand_to_case":
        return _case_buttons(found)
    url = reverse("web:lead-act", args=[found.pk, move.id])
    return [May(_label(move), url, post=move.id in AT_ONCE, stop=move.id in STOPS)]


def _case_buttons(found: Lead) -> list[May]:
    """Where a lead becomes a case: the ordinary road, a penalty on the spot, or a demolition."""
    query = urlencode({"lead": found.pk})
    pairs = (
        (_("立案办理"), "web:case-new"),
        (_("当场处罚"), "web:case-on-spot"),
        (_("拆违办理"), "web:case-demolition"),
    )
    return [May(label, f"{url}?{query}") for label, name in pairs if (url := _reverse(name))]


def _reverse(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def track(found: Lead) -> list[TrackStep]:
    """The road of a lead; a returned one goes back to dispatch."""
    here = _here(found)
    steps = []
    for place, (state, column) in enumerate(ROAD):
        moment = getattr(found, column)
        mark = "done" if place < here else "here" if place == here else ""
        steps.append(TrackStep(_(STOP_LABELS[state]), mark, day=moment if mark == "done" or moment else None))
    ended = found.state in rules.CLOSED
    label = found.get_outcome_display() if found.outcome else STOP_LABELS["end"]
    last = "done" if ended else "here" if here == len(ROAD) else ""
    steps.append(TrackStep(_(label), last, day=found.outcome_at))
    return steps


def _here(found: Lead) -> int:
    """The place on the road that is being worked on: one after the last that was reached."""
    if found.state in rules.CLOSED:
        return len(ROAD) + 1
    if found.state in {rules.State.HANDED, rules.State.ACCEPTED}:
        return len(ROAD)
    order = {rules.State.REGISTERED: 1, rules.State.VERIFIED: 2, rules.State.RETURNED: 2}
    return order.get(rules.State(found.state), 3)


def facts(found: Lead) -> list[Fact]:
    kind = found.kind.name_en if in_english() else found.kind.name
    rows = [
        (_("类别"), kind, ""),
        (_("来源"), _(found.get_source_display()), found.source_ref),
        (_("地点"), found.place, found.area.name if found.area else ""),
        (_("初判案由"), found.cause_hint, ""),
        (_("承办单位"), _unit_name(found), ""),
    ]
    return [Fact(label, value, note=note) for label, value, note in rows if value]


def _unit_name(found: Lead) -> str:
    if found.unit is None:
        return ""
    return (in_english() and found.unit.name_en) or found.unit.name


def answers(found: Lead) -> list[Fact]:
    """What the kind asked and was told."""
    english = in_english()
    rows = []
    for question in queries.attributes_of(found.kind, english):
        said = found.attributes.get(question.code)
        if said not in (None, "", []):
            many = said if isinstance(said, list) else [said]
            rows.append(
                Fact(question.description, "、".join(question.values.get(str(v), str(v)) for v in many))
            )
    return rows


def entries(found: Lead) -> Sequence[Entry]:
    """The record of this lead, the latest first."""
    names = {u.code: u.short_name for u in org.handling_units()}
    return [
        Entry(e.at, verbs.label(e.verb), e.actor_name, verbs.note(e, names), e.pk)
        for e in queries.timeline(found).order_by("-pk")
    ]


def case_url(request: Request, found: Lead) -> str:
    """The page of the case that the lead was handed to, for who may see the case."""
    case = cases.of_lead(request.actor, found.pk).first() if found.case_subject else None
    return reverse("web:case", args=[case.pk]) if case else ""


@in_room("leads", "leads.see")
def photo(request: Request, pk: int, media: int) -> HttpResponseBase:
    """A photo of the lead, as it came; never run as anything but a picture."""
    found = get_object_or_404(
        LeadMedia.objects.visible(request.actor).select_related("file"), lead=pk, pk=media
    )
    if found.file is None or not found.file.media_type.startswith("image/"):
        raise Http404
    response = FileResponse(files.open_(found.file.sha256), content_type=found.file.media_type)
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@in_room("leads", "leads.see")
@require_POST
def reveal(request: Request, pk: int) -> HttpResponse:
    """Who reported. The look is an act with its reason, and stands in the record."""
    found = find(request, pk)
    reason = request.POST.get("reason", "")
    reporter = actions.reveal_reporter(lead=found, reason=reason, by=request.actor, at=request.at)
    return show(request, "web/leads/lead.html", context_of(request, found) | {"reporter": reporter})
