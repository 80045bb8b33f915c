"""Making one move: the procedure is asked, the step is written, the columns, documents, clock and lead follow."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from xiuhua.cases import permissions, queries, rules
from xiuhua.cases.actions import papers, parties, people
from xiuhua.cases.actions.annulment_rows import await_rights
from xiuhua.cases.actions.reviewing import check_is_reviewer, follow
from xiuhua.cases.actions.volumes import BIND
from xiuhua.cases.models import Case, Matter, Step
from xiuhua.cases.procedure import judging
from xiuhua.cases.procedure.facts.checking import faults_of
from xiuhua.cases.procedure.facts.field import is_empty
from xiuhua.cases.procedure.file import STEP, File, merge
from xiuhua.cases.procedure.guards import sharing
from xiuhua.cases.procedure.moves import Move, acting_role
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.queries import Place
from xiuhua.kernel import clock, numbering, outbox, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.kernel.workdays import Calendar
from xiuhua.leads import actions as leads

# The job that looks whether a wait is over (see `cases.jobs`).
LAPSE = "cases.lapse"
# The move after which the volume is bound.
ARCHIVED = "archive_case"


@dataclass(slots=True)
class Walk:
    """A case under way inside one act: where on it (the row is locked), its file, who acts. `matter` may yet begin."""

    place: Place
    file: File
    by: Actor
    at: datetime
    act: record.Act

    @property
    def case(self) -> Case:
        return self.place.case

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
        step = step_on(walking, move, stated(walking, move, values))
    case.refresh_from_db()
    return step


def start(case: Case, *, by: Actor, at: datetime, act: record.Act) -> Walk:
    """Lock the case and fold its file.

    Raises Refused when it lies outside the reach of `by`, or `at` lies on a day before the case came where it is.
    """
    locked = lock(case, by)
    in_order(at, locked)
    place = queries.road_of(locked, clock.day_of(at))
    return Walk(place, place.file, by, at, act)


def lock(case: Case, by: Actor) -> Case:
    """The row of the case, which nobody else moves until the transaction ends. Raises Refused out of reach."""
    locked = (
        Case.objects.select_for_update(of=("self",))
        .select_related("handling_unit", "authority", "cause", "lead", "officer")
        .get(pk=case.pk)
    )
    permissions.check_can_work(locked, by)
    return locked


def in_order(at: datetime, of: Case | Matter) -> None:
    """Raises Refused when `at` lies on a day before the case or the matter came where it is; it cites what came."""
    day = clock.day_of(at)
    if day >= clock.day_of(of.state_since):
        return
    if isinstance(of, Matter):
        table, last = queries.sides()[of.procedure].table_on(day), of.steps.order_by("-seq").first()
    else:
        table, last = table_on(of.procedure, day), of.steps.filter(matter=None).order_by("-seq").first()
    before = table.by_id.get(last.move) if last else None
    raise Refused(judging.of_order(before or judging.first_from(table, of.state)))


def stated(walking: Walk, move: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Check what was typed, and compose the facts that the step states.

    Only what a form shows may be typed: who acts, on which day and in which role, the platform says itself.
    """
    place = walking.place
    if not place.has(move):
        raise Refused(judging.of_unknown(place.table, move, place.state))
    fields = place.forms[move]
    asked = {field.path for field in fields if field.shown}
    if strange := values.keys() - asked:
        raise Invalid(dict.fromkeys(sorted(strange), "没有这一项"))
    known = queries.known_values(place, move, walking.by, walking.at)
    said = {**known, **{path: value for path, value in values.items() if not is_empty(value)}}
    strangers, named = people.of_move(fields, said, walking.file, walking.day)
    if faults := strangers | faults_of(fields, said, walking.file, walking.day):
        raise Invalid(faults)
    faults, joined = parties.of_move(
        walking.case, walking.file, move, said, by=walking.by, at=walking.at, day=walking.day
    )
    if faults:
        raise Invalid(faults)
    return place.compose(move, said | named | joined | _numbers(walking, move))


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
        for field in walking.place.forms[move]
        if field.default.startswith("number:")
    }


def step_on(walking: Walk, move: str, facts: Mapping[str, Any]) -> Step:
    """Make the step with `facts`, if the table and every guard allow it."""
    case, row = walking.case, walking.place.table.by_id[move]
    check_is_reviewer(case, case.state, walking.by)
    if row.id == ARCHIVED and case.archive_number:
        raise Refused(
            Refusal(
                "archived_before",
                Said("案卷已归档（%(number)s），不再归档", number=case.archive_number),
                "案卷管理规定 §5",
                "The case is in the archive: it has one volume and one number there.",
            )
        )
    whole, planned = judged(walking, row, facts, case.state)
    step = written(walking, row, whole, case.state)
    if case.state != row.target:
        case.state, case.state_since = row.target, walking.at
        case.sent_back = row.id in rules.SENT_BACK
    refresh_columns(walking)
    wait(case, walking.file, walking.day)
    papers.issue(step, planned, walking.file, walking.by)
    follow(case, step, walking.file, walking.at)
    parties.follow(case, move, whole)
    if row.id == ARCHIVED:
        walking.act.later(BIND, {"case": case.pk}, key=f"{BIND}:{case.pk}:{step.seq}")
    if step.to_state != step.from_state:
        _tell_lead(walking)
    return step


def judged(
    walking: Walk, row: Move, facts: Mapping[str, Any], state: str
) -> tuple[Mapping[str, Any], Sequence[papers.Planned]]:
    """The facts with the numbers of the papers in them, folded into the file of `walking`; and the papers.

    Raises Refused with every reason and article where the table or a guard forbids the move.
    """
    place = walking.place
    planned = papers.plan(place, row, walking.day, merge(walking.file, facts), walking.act)
    whole = merge(facts, papers.stated(planned, place, walking.day))
    whole.pop(STEP)
    walking.file = merge(walking.file, whole)
    setting = queries.setting(walking.day, walking.by, walking.roles)
    if refusals := judging.refusals(place.table, row, state, walking.file, setting):
        raise Refused(*refusals)
    return whole, planned


def written(
    walking: Walk, row: Move, facts: Mapping[str, Any], state: str, matter: Matter | None = None
) -> Step:
    """The step from `state` with its entry. The row of the case counts it and is saved by the caller."""
    case, table = walking.case, walking.place.table
    role = acting_role(row, walking.roles)
    # Auditors read the record but no case files: the entry holds a digest of what was said, the step holds the words.
    digest = hashlib.sha256(record.canonical(facts).encode()).hexdigest()
    entry = walking.act.entry(
        on=case,
        facts={
            "move": row.id,
            "role": role,
            "law": table.version,
            "from": state,
            "to": row.target,
            "facts_sha256": digest,
            **({"matter": f"{matter.procedure}:{matter.number}"} if matter else {}),
        },
        label=case.number,
        verb=walking.act.verb if matter else f"cases.{row.id}",
    )
    case.steps_taken += 1
    step = Step(
        case=case,
        matter=matter,
        seq=case.steps_taken,
        move=row.id,
        law_version=table.version,
        from_state=state,
        to_state=row.target,
        at=walking.at,
        role=role,
        by_user=walking.by.user_id,
        by_name=walking.by.name,
        facts=facts,
        entry=entry.pk,
    )
    step.save()
    return step


def refresh_columns(walking: Walk) -> None:
    """Read the columns and the nearest clock off the file and save the case."""
    case = walking.case
    for name, value in rules.columns(walking.file).items():
        setattr(case, name, value)
    case.clock, case.due_on, case.due_provisional, case.due_at = queries.nearest_clock(
        walking.file, case.state, walking.day
    )
    party = walking.file.get("party") or {}
    case.party_name = party.get("name") or case.party_name
    case.search = queries.search_of(case, *sharing.names_joined(walking.file))
    case.save()


def wait(case: Case, file: File, on: date, calendar: Calendar | None = None) -> None:
    """If time alone moves the case on from here, ask for it on the day after, in the transaction under way.

    A wait that is asked for again is the same wait: its key is the case, when it came here, the move and the day.
    """
    await_rights(case, file, calendar or queries.setting(on).calendar)
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
