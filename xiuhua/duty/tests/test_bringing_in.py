"""Files of shifts and check-ins of the past: held to the rules of today, written once, faults told row by row."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from xiuhua.duty import queries
from xiuhua.duty.backfill import check_ins, known, shifts
from xiuhua.duty.models import CheckIn, Shift, Stop
from xiuhua.duty.tests.street import NEAR, Street
from xiuhua.kernel.authz import SYSTEM, Actor, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.leads.backfill import Outcome
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT, EAST

DAY = AT.date() - timedelta(days=2)
Row = Mapping[str, str]


def staff_no(actor: Actor) -> str:
    return Officer.objects.get(pk=actor.officer_id or 0).staff_no


@pytest.fixture
def bring(tmp_path: Path) -> Callable[..., Outcome]:
    """Write rows into a file and bring it in by one of the doors."""

    def through(door: Any, *rows: Row, write: bool = True, skip_faulty: bool = False) -> Outcome:
        path = tmp_path / f"{door.__name__}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, door.COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(rows)
        outcome: Outcome = door.bring_in(
            door.read(path), by=SYSTEM, at=AT, write=write, skip_faulty=skip_faulty, workers=0
        )
        return outcome

    return through


def shift(street: Street, who: Actor | None = None, **more: str) -> Row:
    said = {"staff_no": staff_no(who or street.officer), "unit": street.unit.code, "day": f"{DAY}"}
    return {**said, "shift": "day", "beat": "B1", **more}


def check_in(street: Street, minute: int = 0, who: Actor | None = None, **more: Any) -> Row:
    at = datetime.combine(DAY, AT.timetz()) + timedelta(minutes=minute)
    return {
        "staff_no": staff_no(who or street.officer),
        "unit": street.unit.code,
        "point": street.point.code,
        "at": at.isoformat(),
        "lon": str(EAST[0]),
        "lat": str(EAST[1] + NEAR),
        "accuracy": "8",
        "device": "phone-1",
        **{name: str(value) for name, value in more.items()},
    }


def faults(outcome: Outcome) -> list[tuple[int, str]]:
    return [(fault.row, fault.field) for fault in outcome.faults]


def test_shifts_come_in_once_with_stops_arrivals_and_entries(
    street: Street, bring: Callable[..., Outcome]
) -> None:
    arrived = f"{DAY}T08:31"
    rows = [shift(street, attended_at=arrived), shift(street, street.colleague)]
    assert (bring(shifts, *rows, write=False).good, Shift.objects.count()) == (2, 0)
    done = bring(shifts, *rows)
    assert (done.written, done.faults) == (2, [])
    attended = Shift.objects.get(officer=street.officer.officer_id)
    assert f"{attended.attended_at:%Y-%m-%d}" == f"{DAY}"
    assert Stop.objects.count() == 4
    assert RecordEntry.objects.filter(verb="duty.bring_in").count() == 2
    again = bring(shifts, *rows)
    assert (again.written, again.passed_over, Shift.objects.count()) == (0, 2, 2)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"staff_no": "无"}, "staff_no"),
        ({"unit": "无"}, "unit"),
        ({"unit": "SW", "beat": ""}, "unit"),
        ({"shift": "无"}, "shift"),
        ({"beat": "无"}, "beat"),
        ({"day": "昨天"}, "day"),
        ({"day": f"{AT.date() + timedelta(days=1)}"}, "day"),
        ({"attended_at": "早上"}, "attended_at"),
        ({"attended_at": f"{DAY}T23:59"}, "attended_at"),
    ],
)
def test_a_shift_that_breaks_a_rule_is_a_fault_and_nothing_is_written(
    street: Street, bring: Callable[..., Outcome], more: dict[str, Any], field: str
) -> None:
    outcome = bring(shifts, shift(street, street.colleague), shift(street, **more))
    assert faults(outcome) == [(2, field)]
    assert not Shift.objects.exists()


def test_nobody_is_in_two_shifts_at_once(street: Street, bring: Callable[..., Outcome]) -> None:
    twice = [shift(street), shift(street, shift="early")]
    assert faults(bring(shifts, *twice)) == [(2, "day")]
    assert bring(shifts, *twice, skip_faulty=True).written == 1
    assert faults(bring(shifts, twice[1])) == [(1, "day")]


def test_check_ins_are_judged_as_they_would_have_been(street: Street, bring: Callable[..., Outcome]) -> None:
    bring(shifts, shift(street), shift(street, street.colleague))
    rows = [
        check_in(street),
        check_in(street, 5, accuracy=300),
        check_in(street, 10, street.colleague),
        check_in(street, 20, street.colleague, device="phone-2", mock="yes"),
        check_in(street, 30, lon=EAST[0] + 0.01, device=""),
    ]
    done = bring(check_ins, *rows)
    assert (done.written, done.faults) == (5, [])
    told = CheckIn.objects.order_by("at").values_list("verdict", "signs", "counted")
    assert list(told) == [
        ("valid", "", True),
        ("vague", "", False),
        ("doubtful", "shared_device", False),
        ("doubtful", "mock", False),
        ("outside", "", False),
    ]
    attended = Shift.objects.filter(attended_at__isnull=False).values_list("officer", flat=True)
    assert list(attended) == [street.officer.officer_id]
    assert Stop.objects.filter(reached_at__isnull=False).count() == 1
    assert CheckIn.objects.filter(shift__isnull=True).count() == 0
    again = bring(check_ins, *rows)
    assert (again.written, again.passed_over) == (0, 5)


def test_what_a_later_file_says_knows_the_earlier_one(street: Street, bring: Callable[..., Outcome]) -> None:
    bring(check_ins, check_in(street))
    bring(check_ins, check_in(street, 3, street.colleague), check_in(street, 4, lon=EAST[0] + 0.3, device=""))
    signs = CheckIn.objects.order_by("at").values_list("signs", flat=True)
    assert list(signs) == ["", "shared_device", "jump"]
    assert CheckIn.objects.filter(shift__isnull=True).count() == 3


@pytest.mark.parametrize(("hours", "sign"), [(12, ""), (48, "shared_device")])
def test_a_phone_of_two_people_is_a_sign_as_long_as_the_threshold_says(
    street: Street,
    bring: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
    hours: int,
    sign: str,
) -> None:
    monkeypatch.setattr(known, "limits", lambda: replace(queries.limits(), device_hours=hours))
    bring(check_ins, check_in(street, -30 * 60, street.colleague))
    bring(check_ins, check_in(street))
    assert list(CheckIn.objects.order_by("at").values_list("signs", flat=True)) == ["", sign]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"staff_no": "无"}, "staff_no"),
        ({"point": "无"}, "point"),
        ({"at": "早上"}, "at"),
        ({"at": "0001-01-01T00:00+14:00"}, "at"),
        ({"at": (AT + timedelta(days=1)).isoformat()}, "at"),
        ({"received_at": "早上"}, "received_at"),
        ({"lon": "东"}, "lon"),
        ({"lat": 95}, "lat"),
        ({"accuracy": -1}, "accuracy"),
        ({"mock": "也许"}, "mock"),
        ({"device": "x" * 65}, "device"),
        ({"at": date(2025, 1, 1).isoformat()}, "point"),
    ],
)
def test_a_check_in_that_cannot_be_is_a_fault(
    street: Street, bring: Callable[..., Outcome], more: dict[str, Any], field: str
) -> None:
    assert faults(bring(check_ins, check_in(street, **more))) == [(1, field)]
    assert not CheckIn.objects.exists()


def test_a_file_out_of_order_or_with_a_moment_twice_is_faulty(
    street: Street, bring: Callable[..., Outcome]
) -> None:
    assert faults(bring(check_ins, check_in(street, 5), check_in(street))) == [(2, "at")]
    assert faults(bring(check_ins, check_in(street), check_in(street))) == [(2, "at")]
    wrong = [check_in(street, 5), check_in(street, 5), check_in(street)]
    assert bring(check_ins, *wrong, skip_faulty=True).written == 0
    assert bring(check_ins, *wrong[:2], skip_faulty=True).written == 1


@pytest.mark.parametrize("door", [shifts, check_ins])
def test_nobody_but_the_system_brings_files_in(street: Street, tmp_path: Path, door: Any) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(",".join(door.COLUMNS) + "\n1\n", encoding="utf-8")
    with pytest.raises(Refused):
        door.bring_in(door.read(path), by=street.head, at=AT)
    assert [f.reason for f in door.bring_in(door.read(path), by=SYSTEM, at=AT).faults] == [
        "单元格数与表头不符"
    ]
