"""Rows checked, from their cells to the values that will be written. No database: everything is asked of `Known`."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from xiuhua.kernel import clock, record, rows
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import Area
from xiuhua.kernel.sources import Cells
from xiuhua.leads import rules
from xiuhua.leads.actions.outcome import public
from xiuhua.leads.actions.saying import cause_faults
from xiuhua.leads.backfill.columns import COLUMNS
from xiuhua.leads.backfill.faults import RowFault
from xiuhua.leads.backfill.known import Known
from xiuhua.leads.models import LeadKind
from xiuhua.org.rules import search_text

_CLOSED_AS = {
    rules.Outcome.REFUSED: rules.State.REFUSED,
    rules.Outcome.TRANSFERRED: rules.State.TRANSFERRED,
}
_NO_UNIT = frozenset(_CLOSED_AS)

# The columns of a lead that a row fills, in the order of `Prepared.values`.
FILLED = (
    "source",
    "source_ref",
    "kind",
    "cause_hint",
    "content",
    "place",
    "area",
    "lon",
    "lat",
    "received_at",
    "has_reporter",
    "state",
    "state_since",
    "unit",
    "authority",
    "verified_at",
    "dispatched_at",
    "accepted_at",
    "answered_at",
    "outcome",
    "outcome_note",
    "outcome_at",
    "due_clock",
    "due_on",
    "due_at",
    "due_provisional",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A lead that may be written. `reporter` holds name, telephone and e-mail, or nothing at all."""

    row: int
    source: str
    source_ref: str
    kind: str
    received_at: datetime
    number: str
    public_id: str
    search: str
    facts: record.Stated
    values: tuple[Any, ...]
    reporter: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Faulty:
    """A lead that may not."""

    faults: tuple[RowFault, ...]


Checked = Prepared | Faulty
_Row = dict[str, Any]


class _Wrong(ValueError):
    """A cell that cannot be read."""


@lru_cache(maxsize=100_000)
def _moment(cell: str) -> tuple[datetime, str]:
    """A moment, and as the tables keep it."""
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError as error:
        raise _Wrong(f"“{cell}”不是日期时间，应如2018-05-16T09:10") from error
    here = moment.astimezone(clock.SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)
    return here, rows.kept(here)


def _degrees(cell: str) -> float | None:
    try:
        return float(cell) if cell else None
    except ValueError as error:
        raise _Wrong(f"“{cell}”不是数字") from error


_POINT = ("lon", "lat")
_MOMENTS = ("received_at", "outcome_at", "answered_at")
# What the record says of a lead that came in.
_FACTS = ("source", "source_ref", "kind", "received_at", "outcome", "file", "row")

LONGEST_NUMBER = 40

# A sentence is said of thousands of leads.
_sentence = lru_cache(maxsize=1000)(public)


def check_all(stretch: Sequence[tuple[int, Cells]], known: Known, at: datetime, sha256: str) -> list[Checked]:
    """Numbered rows of the file with that SHA-256, in their order, as they may be written at `at`."""
    read = [_read(number, cells, sha256) for number, cells in stretch]
    placed = [r for r in read if isinstance(r, dict) and not _no_point(r)]
    areas = known.locator.at_many([(r["lon"], r["lat"]) for r in placed])
    for row, area in zip(placed, areas, strict=True):
        row["there"] = area
    return [r if isinstance(r, Faulty) else _checked(r, known, at) for r in read]


def _no_point(row: _Row) -> bool:
    return row["lon"] is None or row["lat"] is None


def _read(number: int, cells: Cells, sha256: str) -> _Row | Faulty:
    if cells is None:
        return Faulty((RowFault(number, "", "", "单元格数与表头不符"),))
    row: _Row = dict(zip(COLUMNS, cells, strict=True))
    row["row"], row["there"], row["file"] = number, None, sha256
    kept: dict[str, str | None] = {}
    wrong: dict[str, str] = {}
    for name in _POINT:
        try:
            row[name] = _degrees(row[name].strip())
        except _Wrong as error:
            wrong[name] = str(error)
    for name in _MOMENTS:
        cell = row[name].strip()
        try:
            row[name], kept[name] = _moment(cell) if cell else (None, None)
        except _Wrong as error:
            wrong[name] = str(error)
    if row["received_at"] is None:
        wrong["received_at"] = "请填写收到时间"
    row["kept"] = kept
    return _faulty(row, wrong) if wrong else row


def _faulty(row: _Row, errors: Mapping[str, str]) -> Faulty:
    grounds = {"unit": "SHUM §4"} if errors.get("unit", "").startswith("权责清单") else {}
    told = (
        RowFault(row["row"], row["source_ref"], name, reason, grounds.get(name, ""))
        for name, reason in errors.items()
    )
    return Faulty(tuple(told))


def _checked(row: _Row, known: Known, at: datetime) -> Checked:
    found = rules.faults(row, at) | cause_faults(row["cause"])
    if not row["source_ref"]:
        found["source_ref"] = "请填写来源编号"
    if len(row["number"]) > LONGEST_NUMBER:
        found["number"] = f"最长{LONGEST_NUMBER}字"
    kind = known.kinds.get(row["kind"])
    if kind is None:
        return _faulty(row, found | {"kind": "没有这种线索类别"})
    row["on"] = clock.day_of(row["received_at"])
    if "lon" not in found and "lat" not in found:
        found |= _place_faults(row, known)
    found |= _unit_faults(row, kind, known) | _outcome_faults(row, at)
    return _faulty(row, found) if found else _prepared(row, kind, known)


def _place_faults(row: _Row, known: Known) -> dict[str, str]:
    if row["area"] and row["area"] not in known.areas:
        return {"area": "没有这个区域代码"}
    if row["lon"] is None or not known.areas:
        return {}
    there: Area | None = row["there"]
    if there is None:
        return {"lon": "坐标不在本区范围内"}
    if row["area"] and row["area"] != there.code:
        return {"area": f"坐标在{there.name}"}
    return {}


def _unit_faults(row: _Row, kind: LeadKind, known: Known) -> dict[str, str]:
    if not row["unit"]:
        needs_one = row["outcome"] and row["outcome"] not in _NO_UNIT
        return {"unit": "有办理结果的线索应写明承办单位"} if needs_one else {}
    unit = known.units.get(row["unit"])
    if unit is None:
        return {"unit": "没有这个承办单位"}
    row["authority"] = known.authority(unit, (row["cause"] or kind.cause)[:2], row["on"])
    return {} if row["authority"] else {"unit": "权责清单中该单位当日无权处理此类事项"}


def _outcome_faults(row: _Row, at: datetime) -> dict[str, str]:
    found = {}
    if bool(row["outcome"]) != (row["outcome_at"] is not None):
        found["outcome_at" if row["outcome"] else "outcome"] = "办理结果和结果时间应同时填写"
    if row["outcome"]:
        try:
            row["outcome_note"] = _sentence(row["outcome"], row["outcome_note"])
        except Invalid as wrong:
            found |= {("outcome_note" if k == "public_note" else k): v for k, v in wrong.errors.items()}
    for name in ("outcome_at", "answered_at"):
        if row[name] is not None and not row["received_at"] <= row[name] <= at:
            found[name] = "应在收到时间之后、现在之前"
    return found


def _state_of(row: _Row) -> rules.State:
    if row["outcome"]:
        return _CLOSED_AS.get(row["outcome"], rules.State.SETTLED)
    return rules.State.ACCEPTED if row["unit"] else rules.State.REGISTERED


def _prepared(row: _Row, kind: LeadKind, known: Known) -> Prepared:
    reporter = (row["reporter_name"], row["reporter_phone"], row["reporter_email"])
    kept, state, place = row["kept"], _state_of(row), row["place"].strip()
    received = kept["received_at"]
    unit = known.units.get(row["unit"])
    area: Area | None = row["there"]
    row["has_reporter"] = any(reporter)
    values = (
        row["source"],
        row["source_ref"],
        kind.pk,
        row["cause"],
        row["content"].strip(),
        place,
        area.pk if area else known.areas.get(row["area"]),
        row["lon"],
        row["lat"],
        received,
        row["has_reporter"],
        state.value,
        kept["outcome_at"] or received,
        unit,
        row.get("authority"),
        *([received if unit else None] * 3),
        kept["answered_at"],
        row["outcome"],
        row["outcome_note"] if row["outcome"] else "",
        kept["outcome_at"],
        *_due(row, state, kind, known),
    )
    return Prepared(
        row=row["row"],
        source=row["source"],
        source_ref=row["source_ref"],
        kind=kind.name,
        received_at=row["received_at"],
        number=row["number"].strip(),
        public_id=rules.public_id(secrets.token_bytes(rules.PUBLIC_NOISE)),
        search=search_text(place, kind.name, limit=370),
        facts=_facts(row),
        values=values,
        reporter=reporter if row["has_reporter"] else None,
    )


def _facts(row: _Row) -> record.Stated:
    return record.stated({name: row[name] for name in _FACTS})


def _due(row: _Row, state: rules.State, kind: LeadKind, known: Known) -> tuple[Any, ...]:
    """The nearest deadline of a lead that is still open. What was closed elsewhere owes nothing here."""
    found = None
    if state not in rules.CLOSED:
        # When it was verified and taken over is not told: with the unit it is taken to have been at once.
        taken = row["received_at"] if row["unit"] else None
        moments = rules.Moments(
            state=state,
            has_reporter=row["has_reporter"],
            kind_clocks=frozenset(kind.clocks.split(";")),
            verify_hours=kind.verify_hours,
            received=row["received_at"],
            verified=taken,
            dispatched=taken,
            accepted=taken,
            answered=row["answered_at"],
        )
        found = rules.nearest(rules.running(known.periods, moments, known.calendar))
    if found is None:
        return "", None, None, False
    return (
        found.period.code,
        found.day.isoformat(),
        rows.kept(found.moment) if found.moment else None,
        found.provisional,
    )
