"""Words and tones for cases: where a case stands, whose turn it is, how its nearest clock reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.models import Case, FineBill, Step
from xiuhua.cases.procedure import periods
from xiuhua.cases.procedure.moves import acting_role
from xiuhua.cases.procedure.side import Side
from xiuhua.cases.procedure.tables import TABLES, latest
from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.workdays import Calendar
from xiuhua.web.frame import clocks, formats
from xiuhua.web.frame.http import in_english
from xiuhua.web.frame.parts import State

# Deadlines that a paper of the case sets, not a period of the law.
IN_PAPERS = {
    "correction_due": "改正期限",
    "defence_period": "陈述申辩期限",
    "instalment": "分期（延期）缴款期限",
    "demand_due": "催告期限",
    "demolition_due": "限期拆除期限",
    "self_removal_due": "公告限期自行拆除",
    "clearing_due": "清理期限",
}

# State of a bill → its tone.
TONES = {"open": "now", "paid": "done", "enforced": "wait", "dropped": "refused"}


@cache
def state_labels(procedure: str) -> dict[str, str]:
    """State id → Chinese label, over both texts of the law."""
    return {s.id: s.label for table in TABLES[procedure] for s in table.states}


@cache
def move_labels(procedure: str) -> dict[str, str]:
    beside = {
        "add_evidence": "补充证据",
        "tie_recording": "关联执法记录",
        "explain_recording": "说明未录原因",
    }
    return {m.id: m.label for table in TABLES[procedure] for m in table.moves} | beside


@cache
def _matter_labels(procedure: str) -> dict[str, str]:
    side = queries.sides()[procedure]
    return {m.id: m.label for table in side.tables for m in table.moves}


@cache
def side_move_labels() -> dict[str, str]:
    """Procedure beside the road and its move, with a dot between as the record has them → Chinese label."""
    return {
        f"{side}.{move}": label for side in queries.sides() for move, label in _matter_labels(side).items()
    }


def side_label(side: Side) -> str:
    """The name of a procedure beside the main road, in the reader's language."""
    return side.label_en if in_english() else side.label_zh


def label_of(case: Case, step: Step, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """What was done; of a procedure beside the main road with its name before it, and whose it is if `names` say so."""
    if step.matter is None:
        whose = f"　{name}" if (name := names.get(_party_in(step.facts))) else ""
        return _(move_labels(case.procedure).get(step.move, step.move)) + whose
    side, labels = queries.sides()[step.matter.procedure], _matter_labels(step.matter.procedure)
    whose = f"　{name}" if (name := names.get(step.matter.party)) else ""
    return side_label(side) + whose + (": " if in_english() else "：") + _(labels.get(step.move, step.move))


def _party_in(facts: Mapping[str, Any]) -> str:
    """The one of several parties of whom a step of the road speaks; empty where it is of the case."""
    rows = [row for name in ("services", "defences", "hearing_requests") for row in facts.get(name) or ()]
    rows += (facts.get("payment") or {}).get("items") or ()
    named = [row.get("party") for row in rows if row.get("party")]
    return str(named[0]) if named else next(iter(facts.get("shares") or ()), "")


def state_of(case: Case, actor: Actor) -> State:
    """Ours to move if one of the moves that leave the state is open to one of our roles."""
    label = _(state_labels(case.procedure).get(case.state, case.state))
    table = latest(case.procedure)
    if case.state in table.states_by_id and table.state(case.state).final:
        return State(label, "done")
    if case.sent_back:
        return State(_("退回：%(state)s") % {"state": label}, "back")
    if case.closed_on:
        return State(label, "done")
    ours = any(acting_role(move, actor.roles) for move in table.leaving(case.state))
    return State(label, "now" if ours else "wait")


def state_of_bill(bill: FineBill, today: date) -> State:
    """Where a bill is; an open one past its day is overdue."""
    if bill.state == FineBill.State.OPEN and bill.due_on and bill.due_on < today:
        return State(_("已逾期"), "back")
    return State(_(FineBill.State(bill.state).label), TONES[bill.state])


def until(what: str, moment: datetime) -> str:
    """A deadline that the law counts in hours, with the minute in which it ends."""
    local = moment.astimezone(clock.SHANGHAI)
    return _("%(what)s（%(time)s前）") % {"what": what, "time": local.strftime("%H:%M")}


def clock_of(case: Case, today: date, calendar: Calendar | None = None) -> clocks.Clock | None:
    """The nearest clock of a case as its columns keep it; a list reads the calendar once and hands it in."""
    if not case.clock or case.due_on is None:
        return None
    row = periods.BY_ID.get(case.clock)
    what = _(row.label) if row else _(IN_PAPERS.get(case.clock, case.clock))
    if case.due_at is not None:
        ground = row.article if row else ""
        return clocks.moment_clock(until(what, case.due_at), case.due_at, now=clock.now(), ground=ground)
    return clocks.day_clock(
        what,
        case.due_on,
        today=today,
        calendar=calendar or kernel.calendar(),
        unit=row.unit if row else "calendar_day",
        length=row.length if row else None,
        ground=row.article if row else "",
        provisional=case.due_provisional,
    )


def done(case: Case, step: Step, today: date) -> str:
    """What a person reads after an act: what was done, which papers it issued, and which clock runs now."""
    kinds = queries.shelf().kinds
    papers = [kinds[kind].label_zh for kind in step.documents.order_by("pk").values_list("kind", flat=True)]
    said = [_("已办：%(what)s。") % {"what": label_of(case, step)}]
    if papers:
        said.append(_("出具%(papers)s。") % {"papers": "、".join(papers)})
    return "".join([*said, running(case, today)])


def running(case: Case, today: date) -> str:
    """The clock that runs now, in a sentence; where none runs, where the case stands."""
    face = clock_of(case, today)
    if face is None or face.due is None:
        label = _(state_labels(case.procedure).get(case.state, case.state))
        return _("案件现在是“%(state)s”。") % {"state": label}
    return _("现在走的期限：%(what)s，%(day)s届满，%(left)s。") % {
        "what": face.what,
        "day": formats.day(face.due),
        "left": face.words,
    }
