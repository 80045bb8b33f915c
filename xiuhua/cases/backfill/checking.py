"""One row checked from its cells to the rows that will be written. No database: everything is asked of `Known`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from xiuhua.cases import rules
from xiuhua.cases.backfill import bills, history, matters, numbers, others
from xiuhua.cases.backfill.bills import Bill
from xiuhua.cases.backfill.columns import COLUMNS, LENGTHS, PARTY, Cells, Row, parse
from xiuhua.cases.backfill.history import History, Told, as_text
from xiuhua.cases.backfill.known import CauseKnown, Known, Name, UnitKnown
from xiuhua.cases.backfill.matters import Beside
from xiuhua.cases.backfill.numbers import Number
from xiuhua.cases.backfill.others import Other
from xiuhua.cases.procedure import walk
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import sharing
from xiuhua.cases.procedure.lapsing import lapse_of
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.queries.running import nearest_clock
from xiuhua.kernel import sources
from xiuhua.kernel.stretches import Numbered
from xiuhua.leads.backfill import RowFault
from xiuhua.org.rules import search_text
from xiuhua.registers import backfill as registers

SYSTEM_NAME = "系统"
# Columns of a case and of its steps and documents, in the order in which `Prepared` holds their values.
CASE = (
    "number",
    "procedure",
    "state",
    "state_since",
    "steps_taken",
    "handling_unit",
    "authority",
    "officer",
    "cause",
    "party_name",
    "place",
    "area",
    "lon",
    "lat",
    "found_on",
    "filed_on",
    "decided_on",
    "served_on",
    "closed_on",
    "decision_number",
    "archive_number",
    "kinds",
    "fine",
    "tier",
    "paid",
    "clock",
    "due_on",
    "due_provisional",
    "sent_back",
    "base",
    "search",
    "opened_at",
    "imported",
)
STEP = (
    "seq",
    "move",
    "law_version",
    "from_state",
    "to_state",
    "at",
    "role",
    "by_name",
    "facts",
)
DOCUMENT = ("kind", "number", "issued_on", "sealed", "text", "text_hash")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that time alone will move on: what that is asked of (see `actions.wait`), as it was on the day `on`."""

    procedure: str
    state: str
    since: datetime
    file: File
    on: date


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case that may be written. `documents` name their step by its place; `lead` is a number or empty."""

    row: int
    number: str
    lead: str
    party: registers.Arrival
    known_to: tuple[int, int]
    since: str
    case: tuple[Any, ...]
    steps: tuple[tuple[Any, ...], ...]
    documents: tuple[tuple[int, tuple[Any, ...]], ...]
    numbers: tuple[Number, ...]
    matters: tuple[Beside, ...]
    others: tuple[Other, ...]
    bills: tuple[Bill, ...]
    entry: Mapping[str, Any]
    waiting: Waiting | None


@dataclass(frozen=True, slots=True)
class Faulty:
    """A case that may not."""

    row: int
    number: str
    faults: tuple[RowFault, ...]


Checked = Prepared | Faulty


@dataclass(frozen=True, slots=True)
class Ground:
    """What the cells of a row come to: who handles, in whose name, for what."""

    unit: UnitKnown
    name: Name
    cause: CauseKnown
    party: registers.Arrival


@dataclass(frozen=True, slots=True)
class Place:
    """A row that stands on firm ground, with its number in the file, on the day on which it comes in."""

    number: int
    row: Row
    ground: Ground
    today: date


def check(number: int, cells: Cells, known: Known, today: date) -> Checked:
    """Row `number` of the file."""
    row, wrong = parse(cells, today)
    case = (cells.get("number") or "").strip()[: LENGTHS["number"]]
    told = [Told(name, reason) for name, reason in wrong.items()]
    ground = None if told else _ground(row, known)
    if isinstance(ground, list):
        told = ground
    elif ground is not None:
        read = history.parse(row["history"], known)
        made = read if isinstance(read, list) else _prepare(Place(number, row, ground, today), read, known)
        if isinstance(made, Prepared):
            return made
        told = made
    return Faulty(number, case, tuple(RowFault(number, case, t.field, t.reason, t.ground) for t in told))


def _ground(row: Row, known: Known) -> Ground | list[Told]:
    """Unit, cause, authority and party by the data of their days; or what is wrong with them."""
    told: list[Told] = []
    unit = known.units.get(row["unit"])
    if unit is None:
        told.append(Told("unit", f"没有代码为“{row['unit']}”的办案单位"))
    # The substance follows the date of the act (PPL21 §37).
    occurred = row.get("occurred_on") or row["found_on"]
    cause = known.cause(row["cause"], occurred)
    if cause is None:
        told.append(Told("cause", f"{occurred.isoformat()} 没有代码为“{row['cause']}”的案由"))
    if "area" in row and row["area"] not in known.areas:
        told.append(Told("area", f"没有代码为“{row['area']}”的区域"))
    told += [Told("officers", f"没有工号为“{n}”的人员") for n in row["officers"] if n not in known.officers]
    name = known.authority(unit, cause.group, row["found_on"]) if unit and cause else None
    if unit and cause and name is None:
        said = f"权责清单中{unit.name}当日无权查处“{cause.name}”"
        told.append(Told("unit", said, "SHUM §11"))
    values = {name: row[f"party_{name}"] for name in PARTY if f"party_{name}" in row}
    party = registers.prepare(values, row["found_on"])
    if isinstance(party, Mapping):
        told += [Told(f"party_{name}", reason) for name, reason in party.items()]
        return told
    return told if told or not (unit and cause and name) else Ground(unit, name, cause, party)


def base_of(row: Row, ground: Ground, said: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The file as it stood when the case was opened: from the columns, with what the history adds."""
    found = row["found_on"].isoformat()
    occurred = (row.get("occurred_on") or row["found_on"]).isoformat()
    return {
        **said,
        "case": {
            "lead_received_on": found,
            "suspensions": [],
            **said.get("case", {}),
            "procedure": row["procedure"],
            "lead_source": row.get("lead_source", "patrol"),
            "handling_unit": ground.unit.name,
            "handling_unit_kind": ground.unit.kind,
            "authority_kind": ground.name.kind,
            "authority_name": ground.name.name,
            "handling_area_codes": list(ground.unit.areas),
        },
        "violation": {
            "occurred_on": occurred,
            "ended_on": occurred,
            "discovered_on": found,
            "place": row["place"],
            "place_code": row.get("area", ""),
            "facts": row.get("facts", ""),
            **said.get("violation", {}),
        },
        "cause": ground.cause.blocks[row["party_kind"]],
        "party": ground.party.block(),
        "officers": [known.officers[n].block(row["found_on"]) for n in row["officers"]],
    }


def _prepare(place: Place, said: History, known: Known) -> Prepared | list[Told]:
    row, ground = place.row, place.ground
    last = said.steps[-1]
    if last.on > place.today:
        return [Told(f"history[{len(said.steps)}].{last.move}", "步骤日期晚于今天")]
    base = base_of(row, ground, said.base, known)
    if others.joins(said):
        base["cause"] = others.ranged(ground.cause, row["party_kind"])
    run = history.walked(row["procedure"], base, said.steps, known)
    if run.faults:
        return history.faults_of(run)
    papers, told = _documents(said, run, known)
    if told:
        return told
    found = numbers.of_case(row["number"], ground.unit, run.whole, said, known)
    if isinstance(found, Told):
        return [found]
    further = others.of_case(said, run)
    if isinstance(further, list):
        return further
    owed = bills.of_run(
        bills.Walked(row["number"], ground.party.name, said, run, ground.unit, place.today, known.calendar)
    )
    if isinstance(owed, Told):
        return [owed]
    return Prepared(
        row=place.number,
        number=row["number"],
        lead=row.get("lead", ""),
        party=ground.party,
        known_to=(ground.unit.id, ground.name.id),
        since=row["found_on"].isoformat(),
        case=_case(place, base, said, run, known),
        steps=_steps(said, run, known),
        documents=papers,
        numbers=found,
        matters=matters.of_run(said, run, place.today, known.calendar),
        others=further,
        bills=owed,
        entry={
            "procedure": row["procedure"],
            "cause": row["cause"],
            "state": run.state,
            "steps": len(said.steps),
            "row": place.number,
            "digest": hashlib.sha256(row["history"].encode()).hexdigest(),
        },
        waiting=_waiting(place, said, run, known),
    )


def _entered(said: History, run: walk.Replay) -> int:
    """The place of the step that brought the case into its state; steps of matters leave it where it is."""
    made = zip(said.steps, run.made, strict=True)
    road = [i for i, (step, (move, _)) in enumerate(made) if not step.matter and not move.stays]
    return max(road, default=0)


def _last_of_road(said: History, run: walk.Replay) -> str:
    """The last move of the road."""
    made = zip(said.steps, run.made, strict=True)
    return next((move.id for step, (move, _) in reversed(list(made)) if not step.matter), "")


def _waiting(place: Place, said: History, run: walk.Replay, known: Known) -> Waiting | None:
    procedure, today = place.row["procedure"], place.today
    if lapse_of(table_on(procedure, today), run.state, run.whole, known.calendar) is None:
        return None
    since = datetime.fromisoformat(said.steps[_entered(said, run)].kept).replace(tzinfo=UTC)
    return Waiting(procedure, run.state, since, run.whole, today)


def _plain(value: Any) -> Any:
    """A value as the bulk insert wants it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _case(
    place: Place, base: Mapping[str, Any], said: History, run: walk.Replay, known: Known
) -> tuple[Any, ...]:
    row, ground = place.row, place.ground
    columns = rules.columns(run.whole)
    clock, due, provisional, _ = nearest_clock(run.whole, run.state, place.today, known.calendar)
    search = search_text(
        row["number"],
        columns["decision_number"],
        ground.party.name,
        ground.cause.name,
        ground.cause.code,
        row["place"],
        *sharing.names_joined(run.whole),
        limit=400,
    )
    values = {
        **{name: _plain(value) for name, value in columns.items()},
        "number": row["number"],
        "procedure": row["procedure"],
        "state": run.state,
        "state_since": said.steps[_entered(said, run)].kept,
        "steps_taken": len(said.steps),
        "handling_unit": ground.unit.id,
        "authority": ground.name.id,
        "officer": known.officers[row["officers"][0]].id,
        "cause": ground.cause.id,
        "party_name": ground.party.name,
        "place": row["place"],
        "area": known.areas.get(row.get("area", "")),
        "lon": row.get("lon"),
        "lat": row.get("lat"),
        "found_on": row["found_on"].isoformat(),
        "clock": clock,
        "due_on": due and due.isoformat(),
        "due_provisional": provisional,
        "sent_back": _last_of_road(said, run) in rules.SENT_BACK,
        "base": as_text(base),
        "search": search,
        "opened_at": said.steps[0].kept,
        "imported": True,
    }
    return tuple(values[name] for name in CASE)


def _steps(said: History, run: walk.Replay, known: Known) -> tuple[tuple[Any, ...], ...]:
    rows = []
    for seq, (step, (move, table)) in enumerate(zip(said.steps, run.made, strict=True), 1):
        by = known.by_id[step.by].name if step.by else SYSTEM_NAME
        rows.append(
            (
                seq,
                move.id,
                table.version,
                move.source,
                move.target,
                step.kept,
                step.role,
                by,
                as_text(step.facts),
            )
        )
    return tuple(rows)


def _documents(
    said: History, run: walk.Replay, known: Known
) -> tuple[tuple[tuple[int, tuple[Any, ...]], ...], list[Told]]:
    """The papers that each step says it left: of a kind that the move leaves, dated no later than the step."""
    papers: list[tuple[int, tuple[Any, ...]]] = []
    told: list[Told] = []
    for place, (step, (move, _)) in enumerate(zip(said.steps, run.made, strict=True)):
        for paper in step.facts.get("documents", ()):
            kind, issued = paper.get("kind"), paper.get("issued_on") or step.day
            where = f"history[{place + 1}].{move.id}"
            if kind not in move.documents:
                told.append(Told(where, f"{move.label}不产生文书“{kind}”"))
            elif issued > step.day:
                told.append(Told(where, f"文书“{kind}”的日期 {issued} 晚于该步骤"))
            else:
                number = str(paper.get("number") or "")
                papers.append((place, (kind, number, issued, kind in known.sealed, "", "")))
    return tuple(papers), told


def sequence(rows: Numbered[sources.Cells], known: Known, today: date) -> list[Checked]:
    """A stretch of rows, each with its number in the file."""
    return [
        check(number, dict(zip(COLUMNS, cells, strict=True)), known, today)
        if cells is not None
        else Faulty(number, "", (RowFault(number, "", "", "单元格数与表头不符"),))
        for number, cells in rows
    ]


__all__ = ["CASE", "DOCUMENT", "STEP", "Checked", "Faulty", "Prepared", "check", "sequence"]
