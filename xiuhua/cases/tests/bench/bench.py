"""A small bureau with the law of the reference files, its people with certificates, and lawful roads through it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from xiuhua.cases import actions, queries
from xiuhua.cases.actions import reference as law
from xiuhua.cases.models import Case, Matter, Step
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refusal, Refused
from xiuhua.kernel.models import Series
from xiuhua.leads.rules import State
from xiuhua.leads.tests.desk import ROADS, Desk
from xiuhua.org.actions import reference as org
from xiuhua.org.models import Certificate, Officer, Unit
from xiuhua.org.queries import actor_for
from xiuhua.org.rules.tables import read
from xiuhua.registers.tests.bureau import AT, LONG_AGO, Bureau, appointed, built

IN_2018 = AT.replace(year=2018, month=5, day=16)
ORGANISATION = {"kind": "organisation", "name": "示例餐饮有限公司", "credit_code": "91310115MA1H7XMP2T"}
CITIZEN = {"kind": "citizen", "name": "示例摊主", "id_no": "110101199001010015"}
PREFIXES = {"SE": "91", "SW": "92", "ST": "93", "R": "94"}

# Who acts in a step: a role, and which of the people who hold it.
Who = tuple[str, int]
O1, O2, HEAD, CLERK = ("officer", 0), ("officer", 1), ("squad_head", 0), ("squad_legal_clerk", 0)
REVIEWER, LEGAL, DEPUTY = ("case_centre_reviewer", 0), ("legal_reviewer", 0), ("bureau_deputy_head", 0)
PUBLICITY, SYSTEM_ITSELF = ("publicity_clerk", 0), ("system", 0)


@dataclass(frozen=True)
class Went:
    """A step of a road: who made which move how many days after the one before, saying what."""

    who: Who
    move: str
    days: int = 0
    says: Mapping[str, Any] | None = None


def _interviewed(at: datetime) -> dict[str, Any]:
    return {
        "interview.from_at": at - timedelta(minutes=20),
        "interview.to_at": at - timedelta(minutes=1),
        "interview.place": "示例中队",
        "interview.certificate_shown": True,
        "interview.rights_told": True,
        "interview.exchanges": "问：设施为何未开？\n答：忘记了。",
        "interview.pages_signed": 1,
    }


CHECKED = Went(O1, "check_lead", 0, {"inspection.certificate_shown": True, "inspection.party_signed": True})
ORDERED = {"correction.requirement": "立即开启", "correction.due_on": "+4"}
REPORTED = {
    "investigation_report.proposed_kinds": ["fine"],
    "investigation_report.proposed_fine": 8000,
    "investigation_report.tier": "lighter",
    "investigation_report.tier_reasons": "首次",
}
SERVED = {"service.receipt": True, "service.receiver_relation": "legal_representative"}

# The ordinary road of a company that lets its fume purifier stand still, from the lead to the archive.
ORDINARY: tuple[Went, ...] = (
    CHECKED,
    Went(O1, "propose_filing"),
    Went(HEAD, "approve_filing"),
    Went(HEAD, "assign_officers"),
    Went(O1, "order_correction", 1, ORDERED),
    Went(O1, "interview", 1),
    Went(
        O1,
        "recheck_correction",
        4,
        {"correction.recheck_result": "corrected", "correction.recheck_facts": "已开启"},
    ),
    Went(O1, "close_investigation", 1, REPORTED),
    Went(REVIEWER, "adjudicate", 1),
    Went(LEGAL, "pass_legal_review", 1),
    Went(O1, "serve_prior_notice", 1),
    Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True}),
    Went(DEPUTY, "decide_penalty", 1),
    Went(O1, "serve_decision", 1, SERVED),
    Went(PUBLICITY, "publish_decision", 1),
    Went(O1, "perform", 1, {"item.receipt_no": "示例0001"}),
    Went(HEAD, "close_performed", 1),
    Went(CLERK, "archive_case", 1, {"archive.index_pages": 30, "archive.actual_pages": 30}),
)
STATES = {w.move: n for n, w in enumerate(ORDINARY, 1)}


def counted() -> dict[str, int]:
    """How many rows every table of ours holds, and how far every series of numbers has come."""
    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("xiuhua.")]
    quoted = connection.ops.quote_name
    counts = ", ".join(f"(SELECT COUNT(*) FROM {quoted(m._meta.db_table)})" for m in ours)
    with connection.cursor() as cursor:  # one question, for it is asked before and after every refusal
        cursor.execute(f"SELECT {counts}")
        rows = dict(zip((m._meta.label for m in ours), cursor.fetchone(), strict=True))
    return rows | {f"{s.kind} {s.unit_code} {s.year}": s.last for s in Series.objects.all()}


@contextmanager
def nothing_written() -> Iterator[None]:
    before = counted()
    yield
    assert counted() == before


def load_law() -> None:
    """Causes, parameters, what guides discretion, and working days, through the loader of the reference files."""
    sheets = {s.file: s for s in (*law.SHEETS, *org.SHEETS)}
    for file in ("holidays.csv", *(s.file for s in law.SHEETS)):
        sheet = sheets[file]
        table = read(sheet.shape, (settings.REFERENCE_DIR / file).read_text(encoding="utf-8"))
        org.load(sheet, table, {}, by=SYSTEM, at=AT)


class Bench:
    """The bureau, who works in it, and cases anywhere on the road."""

    def __init__(self, years: Sequence[int] = (2026, 2018)) -> None:
        load_law()
        self.bureau: Bureau = built()
        with record.act("示例", by=SYSTEM, at=AT) as act:
            for unit in Unit.objects.filter(code__in=PREFIXES):
                unit.form_prefix = PREFIXES[unit.code]
                unit.save()
            act.entry(on=self.bureau.top, facts={})
        for where in ("east", "west", "town", "brigade", "government"):
            getattr(self.bureau, where).refresh_from_db()
        self.desk = Desk(self.bureau)
        self._people: dict[tuple[str, int, int], Officer] = {}
        # Year → the case that went the whole ordinary road from a lead, and its columns after each step.
        begins = {2026: AT, 2018: IN_2018}
        self.roads = {year: self._walked(begins[year]) for year in years}

    def person(self, who: Who, unit: Unit | None = None) -> Officer:
        """Who holds the role in `unit` (without one where this bureau has it), with a certificate; always the same."""
        role, number = who
        unit = unit or self.bureau.place_of(role)
        key = (role, number, unit.pk)
        if key not in self._people:
            officer = appointed(role, unit).officer
            self.certify(officer)
            self._people[key] = officer
        return self._people[key]

    @contextmanager
    def as_it_was(self) -> Iterator[None]:
        """Forget afterwards who was met meanwhile: a test's rows are taken back."""
        met, users = dict(self._people), dict(self.bureau.people)
        yield
        self._people, self.bureau.people = met, users

    def certify(self, officer: Officer, until: date = date(2099, 12, 31), since: date = LONG_AGO) -> None:
        with record.act("示例", by=SYSTEM, at=AT) as act:
            number = f"示例证{Certificate.objects.count() + 1:04}"
            Certificate(officer=officer, number=number, valid_from=since, valid_to=until).save()
            act.entry(on=officer, facts={})

    def actor(self, who: Who, unit: Unit | None = None, at: datetime = AT) -> Actor:
        return SYSTEM if who[0] == "system" else actor_for(self.person(who, unit).user, at)

    def opening(self, at: datetime = AT, **more: Any) -> actions.Opening:
        """An ordinary matter of squad east: a company and its fume purifier."""
        unit = more.get("unit", self.bureau.east)
        cause = more.pop("cause_row", None) or queries.cause_on(more.pop("cause", "HB01"), at.date())
        values: dict[str, Any] = {
            "procedure": "ordinary",
            "unit": unit,
            "cause": cause,
            "place": "示例路1号",
            "found_on": at.date(),
            "officers": [self.person(O1, unit), self.person(O2, unit)],
            "area": unit.areas.first(),
            "new_party": ORGANISATION,
            "facts": "油烟净化设施未开启",
        }
        return actions.Opening(**(values | more))

    def open(self, at: datetime = AT, **more: Any) -> Case:
        opening = self.opening(at, **more)
        return actions.open_case(opening=opening, by=self.actor(O1, opening.unit, at), at=at)

    def spot(
        self,
        at: datetime = AT,
        fine: float = 50,
        party: Mapping[str, str] = CITIZEN,
        opening: Mapping[str, Any] | None = None,
        **says: Any,
    ) -> Case:
        """A street vendor of squad east, punished on the spot."""
        known = {"procedure": "summary", "cause": "SR11", "new_party": party, "facts": "占道设摊"}
        values = {
            "cause.code": "SR11",
            "violation.place": "示例路1号",
            "scene.arrived_at": at,
            "violation.facts": "占道设摊",
            "notice.planned_kinds": ["fine"],
            "notice.planned_fine": fine,
            "second_officer": str(self.person(O2).pk),
            "confirmed": True,
        }
        return actions.penalise_on_spot(
            opening=self.opening(at, **known | dict(opening or {})),
            values=values | {path.replace("__", "."): value for path, value in says.items()},
            by=self.actor(O1, at=at),
            at=at,
        )

    def says(self, went: Went, at: datetime) -> dict[str, Any]:
        """What a step says on its day: `+4` is the fourth day from it."""
        said = dict(_interviewed(at) if went.move == "interview" else went.says or {})
        for path, value in said.items():
            if isinstance(value, str) and re.fullmatch(r"\+\d+", value):
                said[path] = at.date() + timedelta(days=int(value))
        return said

    def go(self, case: Case, went: Went, at: datetime, unit: Unit | None = None, **more: Any) -> Step:
        squad = went.who[0] in {"officer", "squad_head", "squad_legal_clerk"}
        by = self.actor(went.who, (unit or case.handling_unit) if squad else unit, at)
        return actions.take(case=case, move=went.move, values=self.says(went, at) | more, by=by, at=at)

    def walk(self, case: Case, road: Sequence[Went], at: datetime) -> datetime:
        """Make every step of `road`; the moment of the last."""
        for went in road:
            at += timedelta(days=went.days, minutes=30)
            self.go(case, went, at)
        return at

    def at_step(self, last: str, year: int = 2026, **base: Any) -> tuple[Case, datetime]:
        """A case that came as far as the move `last` on the ordinary road, and a moment just after it.

        It is a copy of the case of `roads`, without its papers. `base` are blocks merged over the copy's base.
        """
        original, shots = self.roads[year]
        count = STATES[last]
        case = Case(**shots[count - 1] | {"number": f"示例{Case.objects.count()}", "lead_id": None})
        for name, block in base.items():
            whole = {**case.base.get(name, {}), **block} if isinstance(block, dict) else block
            case.base = {**case.base, name: whole}
        with record.act("示例", by=SYSTEM, at=AT) as act:
            case.save()
            made = list(original.steps.order_by("seq")[: case.steps_taken])
            matters = {m.pk: copied_matter(m, case, made) for m in original.matters.all()}
            steps = [replace_step(s, case, matters.get(s.matter_id or 0)) for s in made]
            Step.objects.bulk_create(steps)
            act.entry(on=case, facts={})
        return Case.objects.get(pk=case.pk), steps[-1].at + timedelta(minutes=10)

    def _walked(self, at: datetime) -> tuple[Case, list[dict[str, Any]]]:
        lead = self.desk.report(at=at)
        for step in ROADS[State.ACCEPTED]:
            self.desk.move(step, lead, at)
        case, shots = self.open(at, lead=lead), []
        for went in ORDINARY:
            at += timedelta(days=went.days, minutes=30)
            self.go(case, went, at)
            shots.append({f.attname: getattr(case, f.attname) for f in Case._meta.concrete_fields[1:]})
        return case, shots

    def refused(
        self, case: Case, who: Who, move: str, at: datetime, *, by: Actor | None = None, **says: Any
    ) -> dict[str, str]:
        """Code → ground of everything that speaks against the move; fails if it is made or anything is written."""
        squad = who[0] in {"officer", "squad_head", "squad_legal_clerk"}
        actor = by or self.actor(who, case.handling_unit if squad else None, at)
        values = {path.replace("__", "."): value for path, value in says.items()}
        with nothing_written(), pytest.raises(Refused) as caught:
            actions.take(case=case, move=move, values=values, by=actor, at=at)
        return grounds(caught.value.refusals)

    def invalid(self, case: Case, who: Who, move: str, at: datetime, **says: Any) -> Mapping[str, str]:
        """Field → reason; fails if nothing is wrong or anything is written."""
        values = {path.replace("__", "."): value for path, value in says.items()}
        with nothing_written(), pytest.raises(Invalid) as caught:
            actions.take(case=case, move=move, values=values, by=self.actor(who, None, at), at=at)
        return caught.value.errors


def replace_step(step: Step, case: Case, matter: Matter | None = None) -> Step:
    fields = {f.attname: getattr(step, f.attname) for f in Step._meta.concrete_fields[1:]}
    return Step(**fields | {"case_id": case.pk, "matter_id": matter.pk if matter else None})


def copied_matter(matter: Matter, case: Case, made: Sequence[Step]) -> Matter | None:
    """The matter as it stood after the steps `made`, without its clock; None where it had not begun."""
    own = [s for s in made if s.matter_id == matter.pk]
    if not own:
        return None
    fields = {f.attname: getattr(matter, f.attname) for f in Matter._meta.concrete_fields[1:]}
    state = queries.sides()[matter.procedure].table_on(own[-1].at.date()).state(own[-1].to_state)
    now = {"state": state.id, "ended": state.final, "clock": "", "due_on": None, "due_at": None}
    copy = Matter(**fields | now | {"case_id": case.pk, "state_since": own[-1].at})
    copy.save()
    return copy


def grounds(refusals: Sequence[Refusal]) -> dict[str, str]:
    return {r.code: r.ground for r in refusals}


def who_also_investigated(deputy: Actor, officer: Officer) -> Actor:
    """The same post, held by a person who took part in the investigation."""
    return replace(deputy, officer_id=officer.pk)
