"""Document numbers (文号) without collisions: taken inside an act, never reused, every gap explained.

A number is taken by moving its series on by conditional update in the transaction of the act. If the act is rolled
back, so is the number: an abandoned act leaves no gap. A number that was given out and not used is voided with its
reason and stays in the register.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from xiuhua.kernel import record, rows, series
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.kernel.models import Series, TakenNumber, require_act


@dataclass(frozen=True, slots=True)
class Gap:
    """A serial whose number stands on no document: `voided` with the reason, or `missing` from the register.

    Nothing in the program leaves a number missing; one that is was removed from the database by hand.
    """

    serial: int
    number: str
    why: str
    reason: str = ""
    voided_at: datetime | None = None


def take(*, kind: str, unit_code: str, year: int, subject: str, act: record.Act, prefix: str = "") -> str:
    """The next number of `kind` for the unit (or the authority: `series.form(kind).scope`) in `year`, for `subject`.

    `prefix` is for a unit that is not in the reference data. Raises Refused if the unit has no prefix or all of its
    prefixes are used up, LookupError for a kind without numbers.
    """
    return take_many(kind=kind, unit_code=unit_code, year=year, subjects=[subject], act=act, prefix=prefix)[0]


def take_many(
    *, kind: str, unit_code: str, year: int, subjects: Sequence[str], act: record.Act, prefix: str = ""
) -> list[str]:
    """As many numbers in one go, in the order of `subjects`; for the backfill doors."""
    require_act("a document number")
    form, allotted = series.form(kind), series.prefixes(unit_code, prefix)
    if "{uu}" in form.pattern and not allotted:
        raise Refused(
            Refusal(
                "numbering.no_prefix",
                Said("单位 %(unit)s 没有编号前缀，不能编 %(kind)s 的文号", unit=unit_code, kind=kind),
            )
        )
    run = _moved_on(form, unit_code, year, len(subjects), form.last(allotted))
    first = run.last - len(subjects) + 1
    numbers = form.numbers(run.pattern, first, len(subjects), year, allotted)
    rows.insert(
        TakenNumber,
        ("series", "serial", "number", "subject", "taken_at", "void_reason"),
        (
            (run.pk, first + i, number, subject, act.kept, "")
            for i, (number, subject) in enumerate(zip(numbers, subjects, strict=True))
        ),
        moments_kept=True,
    )
    return numbers


def _moved_on(form: series.Form, unit_code: str, year: int, n: int, last: int) -> Series:
    """The series, moved on by `n`; the first number of a year begins it, with the pattern of that day.

    Raises Refused if fewer than `n` serials are left. Nobody else moves the series until this transaction ends.
    """
    if run := _move_on(form.kind, unit_code, year, n, last):
        return run
    run, _ = Series.objects.get_or_create(
        kind=form.kind,
        unit_code=unit_code,
        year=year,
        defaults={"pattern": form.pattern, "limit": last or None},
    )
    if moved := _move_on(form.kind, unit_code, year, n, last):
        return moved
    sentence = Said(
        "%(kind)s 在 %(unit)s %(year)s 年的文号已用到 %(last)s，上限 %(last2)s，不够再编 %(n)s 个",
        kind=form.kind,
        unit=unit_code,
        year=year,
        last=run.last,
        last2=last,
        n=n,
    )
    raise Refused(Refusal("numbering.used_up", sentence))


def _move_on(kind: str, unit_code: str, year: int, n: int, last: int) -> Series | None:
    """The series as it stands after `n` more; None if there is none yet, or no room in it up to `last` (0: no end).

    Every document asks for a number: one statement, below the ORM, which would need three.
    """
    room = "AND last <= %s" if last else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE kernel_series SET last = last + %s, "limit" = %s '  # noqa: S608 - our own words
            f"WHERE kind = %s AND unit_code = %s AND year = %s {room} RETURNING id, pattern, last",
            [n, last or None, kind, unit_code, year, *([last - n] if last else [])],
        )
        moved = cursor.fetchone()
    return moved and Series(
        id=moved[0], kind=kind, unit_code=unit_code, year=year, pattern=moved[1], last=moved[2]
    )


def void(*, number: str, reason: str, by: Actor, at: datetime) -> None:
    """Say why a number that was given out stands on no document. Who may do so, the caller has checked.

    Raises Invalid for a number that was never given out or is void already, and without a reason.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": "请写明作废原因"})
    with record.act("numbering.void", by=by, at=at) as act:
        taken = TakenNumber.objects.filter(number=number).first()
        if taken is None:
            raise Invalid({"number": Said("没有编出过 %(number)s", number=number)})
        valid = TakenNumber.objects.filter(pk=taken.pk, voided_at__isnull=True)
        if not valid.update(voided_at=at, void_reason=reason[:200]):
            raise Invalid({"number": Said("%(number)s 已经作废", number=number)})
        act.entry(on=taken, facts={"number": number, "reason": reason, "subject": taken.subject})


def gaps(run: Series) -> list[Gap]:
    """Every serial up to the last one given out that stands on no document, in order, explained."""
    return sorted([*_voided(run), *_missing(run)], key=lambda gap: gap.serial)


def _voided(run: Series) -> Iterator[Gap]:
    for taken in run.taken.filter(voided_at__isnull=False):
        yield Gap(taken.serial, taken.number, "voided", taken.void_reason, taken.voided_at)


def _missing(run: Series) -> Iterator[Gap]:
    if run.taken.count() == run.last:
        return
    there = set(run.taken.values_list("serial", flat=True))
    form, allotted = series.form(run.kind), series.prefixes(run.unit_code)
    for serial in range(1, run.last + 1):
        if serial not in there:
            yield Gap(serial, form.number(run.pattern, serial, run.year, allotted), "missing")
