"""The bulk door for people: a whole staff list at once, under the same rules as hiring one by one.

1. Every row is looked at; every fault is told with its row and field.
2. With a fault, or in a dry run, nothing is written.
3. Otherwise people, certificates and posts come in together in one act, with one record entry for each person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor
from xiuhua.org import rules
from xiuhua.org.models import Certificate, Officer, Post, Unit
from xiuhua.org.permissions import check_can_manage


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One line of a staff list: a person with one post, and a certificate where there is one."""

    staff_no: str
    name: str
    kind: rules.PersonKind
    unit: str
    role: str
    since: date
    until: date | None = None
    certificate_no: str = ""
    certificate_from: date | None = None
    certificate_to: date | None = None
    legal_qualification: str = ""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with row `row` (the first is 1)."""

    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What came in: people in the order of their rows, or the faults because of which nobody did."""

    people: Sequence[Officer] = ()
    faults: Sequence[RowFault] = field(default=())


def enrol(rows: Sequence[Newcomer], *, by: Actor, at: datetime, dry_run: bool = False) -> Enrolment:
    """Take a staff list in, all of it or nothing. Raises Refused for somebody who may not manage people."""
    check_can_manage(by)
    units = {u.code: u for u in Unit.objects.filter(code__in={r.unit for r in rows})}
    faults = tuple(_faults(rows, units))
    if faults or dry_run or not rows:
        return Enrolment(faults=faults)
    with record.act("org.enrol", by=by, at=at) as act:
        people = Officer.objects.bulk_create(
            Officer(
                staff_no=r.staff_no,
                name=r.name,
                kind=r.kind,
                search=rules.search_text(r.name, r.staff_no),
            )
            for r in rows
        )
        pairs = list(zip(rows, people, strict=True))
        Certificate.objects.bulk_create(
            Certificate(
                officer=person,
                number=r.certificate_no,
                valid_from=r.certificate_from,
                valid_to=r.certificate_to,
                legal_qualification=r.legal_qualification,
            )
            for r, person in pairs
            if r.certificate_no and r.certificate_from and r.certificate_to
        )
        Post.objects.bulk_create(
            Post(officer=person, unit=units[r.unit], role=r.role, valid_from=r.since, valid_to=r.until)
            for r, person in pairs
        )
        act.bulk([_line(r, person, act) for r, person in pairs])
    return Enrolment(people=people)


def _line(row: Newcomer, person: Officer, act: record.Act) -> record.Line:
    facts = {"staff_no": row.staff_no, "kind": str(row.kind), "unit": row.unit, "role": row.role}
    return act.line(
        subject=record.subject_of(person),
        label=row.name,
        facts={**facts, "from": row.since, "to": row.until, "certificate": row.certificate_no},
    )


def _faults(rows: Sequence[Newcomer], units: Mapping[str, Unit]) -> Iterator[RowFault]:
    numbers = Counter(r.staff_no for r in rows)
    papers = Counter(r.certificate_no for r in rows if r.certificate_no)
    taken = set(Officer.objects.filter(staff_no__in=numbers).values_list("staff_no", flat=True))
    used = set(Certificate.objects.filter(number__in=papers).values_list("number", flat=True))
    for index, row in enumerate(rows, 1):
        if row.staff_no in taken or numbers[row.staff_no] > 1:
            yield RowFault(index, "staff_no", "工号已被使用")
        if row.certificate_no and (row.certificate_no in used or papers[row.certificate_no] > 1):
            yield RowFault(index, "certificate_no", "证号已被使用")
        for name, reason in _wrong(row, units.get(row.unit)):
            yield RowFault(index, name, reason)


def _wrong(row: Newcomer, unit: Unit | None) -> Iterator[tuple[str, str]]:
    """What is wrong with a row in itself."""
    if not row.name.strip():
        yield "name", "请填写姓名"
    if unit is None:
        yield "unit", "没有这个单位"
    if row.role not in rules.ROLES:
        yield "role", "没有这个角色"
        return
    if unit is not None and rules.misplaced(row.role, rules.UnitKind(unit.kind)):
        yield "role", f"“{rules.ROLES[row.role].label}”不能在{unit.name}任职"
    yield from (("kind", refusal.sentence) for refusal in rules.unfit(row.role, row.kind))
    if row.until is not None and row.until < row.since:
        yield "until", "任职止早于任职起"
    if row.certificate_no:
        yield from _wrong_certificate(row)


def _wrong_certificate(row: Newcomer) -> Iterator[tuple[str, str]]:
    if row.certificate_from is None or row.certificate_to is None:
        yield "certificate_to", "请填写执法证有效期"
    elif row.certificate_to < row.certificate_from:
        yield "certificate_to", "有效期止早于有效期起"
    if row.kind is rules.PersonKind.AUXILIARY:
        yield "certificate_no", "协管人员没有执法证"
