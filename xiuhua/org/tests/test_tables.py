"""Reading reference files: every fault is found, with file, line, column and reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.org.rules import tables as t

SHAPE = t.Shape(
    "law.csv",
    (
        t.Column("name", needed=True),
        t.Column("value", t.amount),
        t.Column("kinds", t.some_of(("fine", "warning"))),
        t.Column("valid_from", t.day),
        t.Column("valid_to", t.day),
        t.Column("source", needed=True),
        t.Column("certainty", t.certainty, needed=True),
    ),
    key=("name",),
    dated=True,
)
HEADER = "name,value,kinds,valid_from,valid_to,source,certainty"


def table(*lines: str) -> t.Table:
    return t.read(SHAPE, "\n".join((HEADER, *lines)) + "\n")


def test_cells_become_values() -> None:
    row = table("a,1.5,fine; warning,2018-01-01,,law,read").rows[0]
    assert row["value"] == Decimal("1.5")
    assert row["kinds"] == ("fine", "warning")
    assert row["valid_from"] == date(2018, 1, 1)
    assert row["valid_to"] is None


@pytest.mark.parametrize(
    ("lines", "line", "column", "reason"),
    [
        (["a,x,,,,law,read"], 2, "value", "“x” is no number"),
        (["a,,beer,,,law,read"], 2, "kinds", "“beer” is not known here"),
        (["a,,,2018-02-30,,law,read"], 2, "valid_from", "is no day"),
        (["a,,,,,,read"], 2, "source", "must not be empty"),
        (["a,,,,,law,sure"], 2, "certainty", "“sure” is not known here"),
        (["a,,,,,law,read,more"], 2, "", "8 cells instead of 7"),
        (["a,,,2018-02-01,2018-01-01,law,read"], 2, "valid_to", "ends before it begins"),
        (["a,,,,2018-01-01,law,read", "a,,,2018-01-01,,law,read"], 3, "valid_from", "overlaps line 2"),
        (["a,,,,,law,read", "a,,,2018-01-01,2018-02-01,law,read"], 3, "valid_from", "overlaps line 2"),
    ],
)
def test_a_fault_names_line_column_and_reason(lines: list[str], line: int, column: str, reason: str) -> None:
    (fault,) = table(*lines).faults
    assert (fault.file, fault.line, fault.column) == ("law.csv", line, column)
    assert reason in fault.reason
    assert str(fault).startswith(f"law.csv:{line}: {column}: ")


def test_every_fault_of_a_file_is_found_at_once() -> None:
    faults = table("a,x,beer,,,law,read", "b,1,,,,,nobody").faults
    assert [(f.line, f.column) for f in faults] == [
        (2, "value"),
        (2, "kinds"),
        (3, "source"),
        (3, "certainty"),
    ]


@pytest.mark.parametrize(
    ("header", "reasons"),
    [
        ("name,value", {"the column is missing"}),
        (HEADER + ",mood", {"the column is not known"}),
        (HEADER + ",name", {"a column stands twice"}),
        ("", {"the column is missing"}),
    ],
)
def test_a_wrong_header_is_told_before_anything_else(header: str, reasons: set[str]) -> None:
    read = t.read(SHAPE, header + "\n")
    assert {f.reason for f in read.faults} == reasons
    assert not read.rows


def test_a_key_without_dates_stands_once() -> None:
    shape = t.Shape("x.csv", (t.Column("code"), t.Column("n", t.whole)), key=("code",))
    (fault,) = t.read(shape, "code,n\na,1\nb,2\na,3\n").faults
    assert fault.line == 4
    assert "twice (line 2)" in fault.reason


@pytest.mark.parametrize(
    ("parse", "good", "value", "bad"),
    [
        (t.whole, "12", 12, "-1"),
        (t.whole, "", None, "1.5"),
        (t.degrees, "121.5", 121.5, ""),
        (t.yes_no, "yes", True, "true"),
        (t.one_of(("a", "b")), "a", "a", "c"),
        (t.some_of(), "x;y", ("x", "y"), None),
        (t.amount, "", None, "1,5"),
        (t.day, "", None, "1.5.2018"),
    ],
)
def test_cells_are_read_or_refused(
    parse: Callable[[str], object], good: str, value: object, bad: str | None
) -> None:
    assert parse(good) == value
    if bad is not None:
        with pytest.raises(ValueError, match="“"):
            parse(bad)


def test_a_difference_tells_what_is_new_what_changed_and_what_is_gone() -> None:
    loaded = {("a",): {"n": 1, "m": 0}, ("b",): {"n": 2, "m": 0}, ("c",): {"n": 3, "m": 0}}
    wanted = {("a",): {"n": 1, "m": 0}, ("b",): {"n": 5, "m": 0}, ("d",): {"n": 4, "m": 0}}
    found = t.compare(loaded, wanted)
    assert found.added == {("d",): {"n": 4, "m": 0}}
    assert found.changed == {("b",): {"n": (2, 5)}}
    assert found.gone == (("c",),)
    assert found
    assert not t.compare(loaded, loaded)


DAYS = st.integers(0, 40).map(lambda n: date(2020, 1, 1) + timedelta(days=n))


@given(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=5), DAYS, DAYS)
def test_gaps_are_exactly_the_days_that_no_row_covers(
    spans: list[tuple[date | None, date | None]], a: date, b: date
) -> None:
    rows = [{"valid_from": s, "valid_to": e} for s, e in spans if s is None or e is None or s <= e]
    start, end = min(a, b), max(a, b)
    open_days = {
        day
        for first, last in t.gaps(rows, start, end)
        for day in (first + timedelta(days=i) for i in range((last - first).days + 1))
    }
    every = [start + timedelta(days=i) for i in range((end - start).days + 1)]
    bare = {d for d in every if not any((r["valid_from"] or d) <= d <= (r["valid_to"] or d) for r in rows)}
    assert open_days == bare
