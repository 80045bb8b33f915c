"""Making one move: the procedure is asked, the step is written, the columns, documents, clock and lead follow."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from xiuhua.cases import permissions, queries, rules
from xiuhua.cases.actions import papers, people
from xiuhua.cases.models import Case, Step
from xiuhua.cases.procedure import judging
from xiuhua.cases.procedure.facts.checking import faults as faults_in
from xiuhua.cases.procedure.facts.composing import compose
from xiuhua.cases.procedure.facts.field import is_empty
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.file import STEP, File, merge
from xiuhua.cases.procedure.moves import Move, Table, acting_role
from xiuhua.cases.procedure.tables import table_on
from xiuhua.kernel import clock, numbering, outbox, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.kernel.workdays import Calendar
from xiuhua.leads import actions as leads

# The job that looks whether a wait is over (see `cases.jobs`).
LAPSE = "cases.lapse"


@dataclass(slots=True)
class Walk:
    """A case under way inside one act: the locked row, its file, the table of the day, who acts."""

    case: Case
    file: File
    table: Table
    by: Actor
    at: datetime
    act: record.Act

    @property
    def day(self) -> date:
        return clock.day_of(self.at)

    @property
    def roles(self) -> frozenset[str]:
        """The roles in which the actor may act on this case."""
        return queries.roles_on(self.case, self.by)


def take(*, case: Case, move: str, values: Mapping[str, Any], by: Actor, at: datetime) -> Step:
    """Make `move` on `case`, stating `values` (path → value of the move's form).

    What the platform knows is filled in. Raises Invalid with field and reason for wrong input, Refused with reason and
    article where the procedure, the authority or the separation of duties forbids the move. Nothing is half written.
    """
    with record.act(f"cases.{move}", by=by, at=at) as act:
        walking = start(case, by=by, at=at, act=act)
        step = state_and_step(walking, move, values)
    case.refresh_from_db()
    return step


def start(case: Case, *, by: Actor, at: datetime, act: record.Act) -> Walk:
    """Lock the case and fold its file.

    Raises Refused when it lies outside the reach of `by`, or `at` lies on a day before the case came where it is.
    """
    locked = (
        Case.objects.select_for_update(of=("self",))
        .select_related("handling_unit", "authority", "cause", "lead", "officer")
        .get(pk=case.pk)
    )
    permissions.check_can_work(locked, by)
    if clock.day_of(at) < clock.day_of(locked.state_since):
        raise Refused(
            Refusal(
                "out_of_order",
                "步骤日期早于上一步骤",
                meaning="The step is dated before the one before it.",
            )
        )
    return Walk(locked, queries.file_of(locked), table_on(locked.procedure, clock.day_of(at)), by, at, act)


def state_and_step(walking: Walk, move: str, values: Mapping[str, Any]) -> Step:
    """Check what was typed, compose the facts, and make the step.

    Only what a form shows may be typed: who acts, on which day and in which role, the platform says itself.
    """
    if move not in FORMS or move not in walking.table.by_id:
        raise Refused(
            Refusal("unknown_move", f"该程序没有“{move}”这一步", meaning="The procedure has no such move.")
        )
    asked = {field.path for field in FORMS[move] if field.shown}
    if strange := values.keys() - asked:
        raise Invalid(dict.fromkeys(sorted(strange), "没有这一项"))
    known = queries.known_values(walking.case, walking.file, move, walking.by, walking.at)
    said = {**known, **{path: value for path, value in values.items() if not is_empty(value)}}
    strangers, named = people.of_move(move, said, walking.file, walking.day)
    if faults := strangers | faults_in(move, said, walking.file, walking.day):
        raise Invalid(faults)
    return step_on(walking, move, compose(move, said | named | _numbers(walking, move)))


def _numbers(walking: Walk, move: str) -> dict[str, str]:
    """Numbers that the form itself wants, such as that of the archive."""
    return {
        field.path: numbering.take(
            kind=field.default.removeprefix("number:"),
            unit_code=walking.case.handling_unit.code,
            prefix=walking.case.handling_unit.form_prefix,
            year=walking.day.year,
            subject=record.subject_of(walking.case),
            act=walking.act,
        )
        for field in FORMS[move]
        if field.default.startswith("number:")
    }


def step_on(walking: Walk, move: str, facts: Mapping[str, Any]) -> Step:
    """Make the step with `facts`, if the table and every guard allow it."""
    case, row = walking.case, walking.table.by_id[move]
    planned = papers.plan(case, row, walking.day, merge(walking.file, facts), walking.act)
    stated = merge(facts, papers.stated(planned, case, walking.day))
    stated.pop(STEP)
    walking.file = merge(walking.file, stated)
    setting = queries.setting(walking.day, walking.by, walking.roles)
    if refusals := judging.refusals(walking.table, row, case.state, walking.file, setting):
        raise Refused(*refusals)
    step = _write(walking, row, stated)
    wait(case, walking.file, walking.day, setting.calendar)
    papers.issue(case, step, planned, walking.file, walking.day)
    if step.to_state != step.from_state:
        _tell_lead(walking)
    return step


def _write(walking: Walk, row: Move, facts: Mapping[str, Any]) -> Step:
    case = walking.case
    role = acting_role(row, walking.roles)
    # Auditors read the record but no case files: the entry holds a digest of what was said, the step holds the words.
    digest = hashlib.sha256(record.canonical(facts).encode()).hexdigest()
    entry = walking.act.entry(
        on=case,
        facts={
            "move": row.id,
            "role": role,
            "law": walking.table.version,
            "from": case.state,
            "to": row.target,
            "facts_sha256": digest,
        },
        label=case.number,
        verb=f"cases.{row.id}",
    )
    case.steps_taken += 1
    step = Step(
        case=case,
        seq=case.steps_taken,
        move=row.id,
        law_version=walking.table.version,
        from_state=case.state,
        to_state=row.target,
        at=walking.at,
        role=role,
        by_user=walking.by.user_id,
        by_name=walking.by.name,
        facts=facts,
        entry=entry.pk,
    )
    step.save()
    if case.state != row.target:
        case.state, case.state_since = row.target, walking.at
        case.sent_back = row.id in rules.SENT_BACK
    refresh_columns(walking)
    return step


def refresh_columns(walking: Walk) -> None:
    """Read the columns and the nearest clock off the file and save the case."""
    case = walking.case
    for name, value in rules.columns(walking.file).items():
        setattr(case, name, value)
    case.clock, case.due_on, case.due_provisional = queries.nearest_clock(
        walking.file, case.state, walking.day
    )
    party = walking.file.get("party") or {}
    case.party_name = party.get("name") or case.party_name
    case.search = queries.search_of(case)
    case.save()


def wait(case: Case, file: File, on: date, calendar: Calendar | None = None) -> None:
    """If time alone moves the case on from here, ask for it on the day after, in the transaction under way.

    A wait that is asked for again is the same wait: its key is the case, when it came here, the move and the day.
    """
    lapse = queries.lapse(case, file, on, calendar)
    if lapse is not None:
        since = int(case.state_since.timestamp())
        outbox.put(
            LAPSE,
            {"case": case.pk},
            run_at=datetime.combine(lapse.first, time.min, clock.SHANGHAI),
            key=f"{LAPSE}:{case.pk}:{since}:{lapse.move}:{lapse.last}",
        )


def _tell_lead(walking: Walk) -> None:
    """The only return pipe of the river: what came of the case goes to the lead it came from."""
    case = walking.case
    outcome = rules.OUTCOMES.get(case.state)
    if case.lead is None or case.lead.outcome or outcome is None:
        return
    leads.record_outcome(lead=case.lead, outcome=outcome, public_note="", by=walking.by, at=walking.at)
