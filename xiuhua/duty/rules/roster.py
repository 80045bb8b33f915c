"""Rosters: when shifts are, what must not stand beside each other, a week copied, rows of a file read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from xiuhua.duty.rules.checkins import Limits
from xiuhua.duty.rules.words import Standing

WEEK = 7
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to `end`, both aware."""

    start: datetime
    end: datetime


def span_of(day: date, starts: time, ends: time, zone: tzinfo) -> Span:
    """When a shift of `day` is; one that ends before it begins ends on the next day."""
    start = datetime.combine(day, starts, zone)
    after = day if ends > starts else day + timedelta(days=1)
    return Span(start, datetime.combine(after, ends, zone))


def clash(span: Span, others: Iterable[Span], limits: Limits) -> str:
    """Why a shift cannot stand beside the others of one person; empty if it can."""
    rest = timedelta(hours=limits.rest_hours)
    for other in others:
        if span.start < other.end and other.start < span.end:
            return "与本人已排的班次时间重叠"
        if span.start < other.end + rest and other.start < span.end + rest:
            return "与相邻班次间隔过短"
    return ""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> list[date]:
    """The seven days, Monday first."""
    first = monday_of(day)
    return [first + timedelta(days=n) for n in range(WEEK)]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a roster file as text, with its number in the file (the header is row 1)."""

    row: int
    staff_no: str
    day: str
    shift: str
    beat: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that was understood: keys of officer, kind of shift and beat (None: no beat)."""

    row: int
    officer: int
    day: date
    kind: int
    span: Span
    beat: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a roster file may name, and what stands in the roster already.

    `shifts`: code or label → (key, start, end of the kind). `taken`: officer → spans that stand.
    """

    officers: Mapping[str, int]
    shifts: Mapping[str, tuple[int, time, time]]
    beats: Mapping[str, int]
    taken: Mapping[int, Sequence[Span]]
    zone: tzinfo


def read_day(text: str) -> date:
    """2026-05-18, 2026/5/18 or 20260518. Raises ValueError."""
    plain = text.strip().replace("/", "-").replace(".", "-").split(" ")[0].split("T")[0]
    parts = plain.split("-") if "-" in plain else [plain[:4], plain[4:6], plain[6:]]
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{text}” is no day") from None


def check(lines: Iterable[Line], known: Known, limits: Limits) -> tuple[list[Wanted], list[Fault]]:
    """Every row that can be planned, and every fault; a row that clashes with an earlier good row is faulty."""
    good: list[Wanted] = []
    faults: list[Fault] = []
    taken = {officer: list(spans) for officer, spans in known.taken.items()}
    for line in lines:
        found = _understood(line, known)
        if isinstance(found, list):
            faults += found
            continue
        beside = taken.setdefault(found.officer, [])
        if why := clash(found.span, beside, limits):
            faults.append(Fault(line.row, "day", why))
            continue
        beside.append(found.span)
        good.append(found)
    return good, faults


def _understood(line: Line, known: Known) -> Wanted | list[Fault]:
    faults = []
    officer = known.officers.get(line.staff_no.strip())
    if officer is None:
        faults.append(Fault(line.row, "staff_no", "本单位当日没有这个工号"))
    day = None
    try:
        day = read_day(line.day)
    except ValueError:
        faults.append(Fault(line.row, "day", "日期应为2026-05-18"))
    kind = known.shifts.get(line.shift.strip())
    if kind is None:
        faults.append(Fault(line.row, "shift", "没有这种班次"))
    beat = known.beats.get(line.beat.strip())
    if line.beat.strip() and beat is None:
        faults.append(Fault(line.row, "beat", "本单位没有这个巡区"))
    if officer is None or day is None or kind is None or faults:
        return faults
    key, starts, ends = kind
    return Wanted(line.row, officer, day, key, span_of(day, starts, ends, known.zone), beat)


def in_time(at: datetime, span: Span, limits: Limits) -> bool:
    """Whether a check-in at `at` belongs to the shift: a little before it begins, up to its end."""
    return span.start - timedelta(minutes=limits.early_minutes) <= at <= span.end


def standing(
    span: Span, attended_at: datetime | None, excused: bool, now: datetime, limits: Limits
) -> Standing:
    """How a shift was kept, as of `now`. An excuse counts for an absence and for coming late."""
    late = span.start + timedelta(minutes=limits.late_minutes)
    if attended_at is not None:
        if attended_at <= late:
            return Standing.ON_TIME
        return Standing.EXCUSED if excused else Standing.LATE
    if excused:
        return Standing.EXCUSED
    return Standing.ABSENT if now > span.end else Standing.PLANNED


def due_times(span: Span, stops: int) -> list[datetime]:
    """By when each of the stops of a shift is due: the first within the first half hour, the others spread evenly."""
    first = timedelta(minutes=30)
    whole = max(span.end - span.start, first)
    if stops < 2:
        return [span.start + first] * stops
    step = (whole - first) / stops
    return [span.start + first + step * n for n in range(stops)]
