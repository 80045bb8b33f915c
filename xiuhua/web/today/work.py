"""What waits for a person today, joined from the desk and the bench through their own queries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import queries as cases
from xiuhua.command import queries as command
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Reach
from xiuhua.kernel.models import RecordEntry
from xiuhua.kernel.record import subject_of
from xiuhua.leads import queries as leads
from xiuhua.leads import rules as lead_rules
from xiuhua.leads.queries import Lead
from xiuhua.web.cases import words
from xiuhua.web.command.orders import clock_of as order_clock
from xiuhua.web.frame.clocks import Clock, day_clock
from xiuhua.web.frame.forms import drafts
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.parts import State
from xiuhua.web.leads.clocks import LeadClocks
from xiuhua.web.leads.listing import row_act, waiting

DAYS = 14
CLOCKS = 9
TASKS = 6
BACK = 5


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline with the thing it runs on and what to do about it."""

    clock: Clock
    title: str
    number: str
    url: str
    act: str


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day of the strip: how many deadlines end on it, and whether the bureau works."""

    day: date
    n: int
    rests: bool


@dataclass(frozen=True, slots=True)
class Task:
    title: str
    note: str
    url: str
    act: str
    count: int | None = None
    clock: Clock | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """Something that came back: where it came from, and what was said."""

    state: State
    title: str
    url: str
    said: str
    by: str
    at: datetime


def is_of_unit(request: Request) -> bool:
    """Whether the person works for one unit, and so looks after all that lies with it."""
    return any(g.reach is Reach.UNIT for g in request.actor.grants)


def my_leads(request: Request) -> QuerySet[Lead]:
    """Leads whose next move is this person's."""
    return leads.to_do(request.actor)


def my_cases(request: Request) -> QuerySet[Any]:
    """Cases whose clocks are this person's business: the own unit's, or those that wait for the own post."""
    mine = "mine" in request.GET
    if is_of_unit(request) and not mine:
        return cases.listed(request.actor).filter(closed_on__isnull=True)
    return cases.to_do(request.actor)


def strip(request: Request) -> list[DayCount]:
    """The next fourteen days: the deadlines that end on each; what is overdue counts today."""
    today, last = request.today, request.today + timedelta(days=DAYS - 1)
    calendar = kernel.calendar()
    ends: Counter[date] = Counter()
    for rows in (my_cases(request), my_leads(request)):
        found = rows.order_by().filter(due_on__lte=last).values_list("due_on", flat=True)
        ends.update(max(day, today) for day in found if day)
    days = [today + timedelta(days=n) for n in range(DAYS)]
    return [DayCount(day, ends[day], not calendar.is_working(day)) for day in days]


def chosen_day(request: Request) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def due(request: Request) -> list[Due]:
    """The clocks that run out soonest; with a day of the strip chosen, those that end on it."""
    day = chosen_day(request)
    until = day or request.today + timedelta(days=DAYS - 1)
    found = [*_due_cases(request, until, day), *_due_leads(request, until, day)]
    found.sort(key=lambda d: (d.clock.due or until, d.number))
    return found if day else found[:CLOCKS]


def _window(rows: QuerySet[Any], until: date, day: date | None, today: date) -> list[Any]:
    rows = rows.filter(due_on__lte=until).order_by("due_on", "pk")
    if day is not None and day > today:
        rows = rows.filter(due_on=day)
    return list(rows[: 50 if day else CLOCKS])


def _due_cases(request: Request, until: date, day: date | None) -> list[Due]:
    out = []
    for case in _window(my_cases(request), until, day, request.today):
        clock = words.clock_of(case, request.today)
        if clock:
            title = f"{case.party_name}　{(in_english() and case.cause.name_en) or case.cause.name}"
            url = reverse("web:case", args=[case.pk])
            out.append(Due(clock, title.strip(), case.number, url, _("打开")))
    return out


def _act(move: lead_rules.Move | None) -> str:
    if move is None:
        return _("打开")
    if move.id == "hand_to_case":
        return _("处理")
    return move.label_en if in_english() else move.label


def _due_leads(request: Request, until: date, day: date | None) -> list[Due]:
    clocks = LeadClocks(request.at)
    out = []
    for lead in _window(my_leads(request), until, day, request.today):
        clock = clocks.nearest(lead)
        if clock:
            move = row_act(lead, request)
            act = _act(move)
            kind = lead.kind.name_en if in_english() else lead.kind.name
            url = reverse("web:lead", args=[lead.pk])
            out.append(Due(clock, f"{kind}　{lead.place}", lead.number, url, act))
    return out


HEAP_WORDS = {
    "to_verify": ("待核实的线索", "state=registered&sort=due", "去核实"),
    "to_dispatch": ("待派发的线索", "state=verified&state=returned&sort=due", "去派发"),
    "to_accept": ("待接收的线索", "state=dispatched&sort=due", "去接收"),
    "in_hand": ("处理中的线索", "state=accepted&sort=due", "去处理"),
}
DRAFTS = {
    "lead-new": ("web:lead-new", "登记线索"),
    "finding": ("web:finding", "巡查发现"),
    "party-new": ("web:party-new", "登记当事人"),
}


def tasks(request: Request) -> list[Task]:
    """Heaps of leads that wait, cases that wait for this person's act, and forms that were begun."""
    heaps = waiting(request)
    out = [
        Task(_(label), "", f"{reverse('web:leads')}?{query}", _(act), count=heaps[name])
        for name, (label, query, act) in HEAP_WORDS.items()
        if heaps.get(name)
    ]
    out += _orders(request)
    out += _case_tasks(request)
    out += _joint_tasks(request)
    out += _drafts(request)
    return out


def _orders(request: Request) -> list[Task]:
    """Where somebody was sent, and what nobody signed for."""
    rows = command.waiting_for(request.actor)[:TASKS]
    return [
        Task(
            o.what,
            _("调度令"),
            reverse("web:command-order", args=[o.pk]),
            _("去办"),
            clock=order_clock(o, request),
        )
        for o in rows
    ]


def _case_tasks(request: Request) -> list[Task]:
    if not request.actor.can("cases.work"):
        return []
    out = []
    for case in cases.to_do(request.actor).order_by("due_on", "pk")[:TASKS]:
        state = words.state_of(case, request.actor)
        title = f"{case.number}　{case.party_name}"
        url = reverse("web:case", args=[case.pk])
        out.append(Task(title, state.label, url, _("去办"), clock=words.clock_of(case, request.today)))
    return out


def _joint_tasks(request: Request) -> list[Task]:
    """Requests of other units that wait for my answer, and what I was named for and have not reported."""
    out = [
        Task(
            _("协查请求：%(number)s") % {"number": work.case.number},
            work.purpose,
            reverse("web:joint", args=[work.pk]),
            _("去答复"),
        )
        for work in cases.joint_requests(request.actor)[:TASKS]
    ]
    for task in cases.joint_tasks(request.actor)[:TASKS]:
        clock = day_clock(_("协查任务"), task.due_on, today=request.today)
        url = reverse("web:joint-report", args=[task.joint_id, task.pk])
        out.append(Task(task.what, task.joint.case.number, url, _("去办"), clock=clock))
    return out


def _drafts(request: Request) -> list[Task]:
    kept = drafts.begun(request.actor, DRAFTS)
    return [
        Task(_("没写完的：%(form)s") % {"form": _(label)}, "", reverse(name), _("续写"))
        for name, label in (DRAFTS[draft.key] for draft in kept)
    ]


def came_back(request: Request) -> list[Back]:
    """What was sent back to this person's desk, with the words that came with it."""
    found = [*_cases_back(request), *_leads_back(request)]
    return sorted(found, key=lambda b: b.at, reverse=True)[:BACK]


def _cases_back(request: Request) -> list[Back]:
    if not (request.actor.can("cases.work") and is_of_unit(request)):
        return []
    rows = list(cases.sent_back(request.actor)[:BACK])
    said = _last_words([subject_of(case) for case in rows])
    return [
        Back(
            State(words.state_of(case, request.actor).label, "back"),
            f"{case.number}　{case.party_name}",
            reverse("web:case", args=[case.pk]),
            *said.get(subject_of(case), ("", "")),
            case.state_since,
        )
        for case in rows
    ]


def _leads_back(request: Request) -> list[Back]:
    if not request.actor.can("leads.dispatch"):
        return []
    rows = list(
        leads.leads(request.actor).filter(state=lead_rules.State.RETURNED).order_by("-state_since")[:BACK]
    )
    said = _last_words([subject_of(lead) for lead in rows])
    return [
        Back(
            State(lead.get_state_display(), "back"),
            f"{lead.number}　{lead.place}",
            reverse("web:lead", args=[lead.pk]),
            *said.get(subject_of(lead), ("", "")),
            lead.state_since,
        )
        for lead in rows
    ]


def _last_words(subjects: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Subject → (reason, who) of its last entry; one query."""
    out: dict[str, tuple[str, str]] = {}
    for entry in RecordEntry.objects.filter(subject__in=subjects).order_by("pk"):
        facts = json.loads(entry.facts)
        said = next((str(facts[k]) for k in ("reason", "note", "opinion") if facts.get(k)), "")
        out[entry.subject] = (said, entry.actor_name)
    return out
