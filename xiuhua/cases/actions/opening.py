"""Opening a case: from a lead or from what officers found themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from xiuhua.cases import permissions, queries
from xiuhua.cases.models import Case, Cause
from xiuhua.cases.procedure.clocks import REPORTED
from xiuhua.cases.procedure.tables import table_on
from xiuhua.kernel import clock, numbering, record, rows
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.kernel.models import Area
from xiuhua.leads import actions as leads
from xiuhua.leads.queries import Lead
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit
from xiuhua.org.rules import UnitKind
from xiuhua.registers import actions as registers
from xiuhua.registers import queries as register_queries
from xiuhua.registers.queries import Party

# The group of causes about illegal buildings in `reference/causes.csv`.
BUILDINGS = "WJ"
# How the file names the kind of authority.
AUTHORITY_KINDS = {UnitKind.BUREAU: "district_bureau", UnitKind.TOWN_GOVERNMENT: "town_government"}


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when a case is opened. `occurred_on` is empty for an act found while it goes on.

    `new_party` are the fields of a party to be registered in the same act; `party` goes before it. Where the procedure
    counts hours (SHDB §7), `found_at` is the moment of the finding, and `being_built` says that building goes on.
    """

    procedure: str
    unit: Unit
    cause: Cause
    place: str
    found_on: date
    officers: Sequence[Officer]
    area: Area | None = None
    lon: float | None = None
    lat: float | None = None
    occurred_on: date | None = None
    party: Party | None = None
    new_party: Mapping[str, Any] | None = None
    lead: Lead | None = None
    facts: str = ""
    found_at: datetime | None = None
    being_built: bool = False


def open_case(*, opening: Opening, by: Actor, at: datetime) -> Case:
    """Open a case in the first state of its procedure; the lead, if any, is handed over to it.

    Raises Invalid with field and reason for an unknown procedure, wrong dates or coordinates, or a cause that was not
    law; Refused where the unit may not handle this cause on this day (SHUM §4, §11).
    """
    permissions.check_can_open(opening.unit, by)
    today = clock.day_of(at)
    if faults := dict(_faults(opening, today)):
        raise Invalid(faults)
    authority = _authority(opening, today)
    with record.act("cases.open", by=by, at=at) as act:
        if opening.party is None and opening.new_party:
            party = registers.register_party(
                by=by, at=at, unit=opening.unit, also=(authority,), **opening.new_party
            )
            opening = replace(opening, party=party)
        elif opening.party is not None:
            registers.make_known(party=opening.party, units=(opening.unit, authority), by=by, at=at)
        # The register of numbers names the row that has a number, so the key of the row comes first.
        (key,) = rows.reserve(Case, 1)
        case = Case(
            pk=key,
            procedure=opening.procedure,
            state=_begins(opening, today),
            state_since=at,
            lead=opening.lead,
            handling_unit=opening.unit,
            authority=authority,
            officer=opening.officers[0] if opening.officers else None,
            cause=opening.cause,
            party=opening.party,
            party_name=opening.party.name if opening.party else "",
            place=opening.place,
            area=opening.area,
            lon=opening.lon,
            lat=opening.lat,
            found_on=opening.found_on,
            base=base(opening, authority, at),
            opened_at=at,
        )
        case.number = numbering.take(
            kind="case",
            unit_code=opening.unit.code,
            prefix=opening.unit.form_prefix,
            year=today.year,
            subject=record.subject_of(case),
            act=act,
        )
        case.search = queries.search_of(case)
        case.clock, case.due_on, case.due_provisional, case.due_at = queries.nearest_clock(
            case.base, case.state, today
        )
        case.save(force_insert=True)
        act.entry(
            on=case,
            facts={"procedure": case.procedure, "cause": opening.cause.code, "unit": opening.unit.code},
            label=case.number,
        )
        if opening.lead is not None:
            leads.hand_to_case(
                lead=opening.lead, case_subject=record.subject_of(case), case_label=case.number, by=by, at=at
            )
    return case


def _faults(opening: Opening, today: date) -> Iterator[tuple[str, str]]:
    if opening.procedure not in Case.Procedure.values:
        yield "procedure", "没有这种程序"
    if opening.being_built and opening.procedure != Case.Procedure.DEMOLITION:
        yield "being_built", "只有拆违案件分正在搭建和已经建成"
    if opening.procedure == Case.Procedure.DEMOLITION and opening.cause.group != BUILDINGS:
        yield "cause", "拆违案件的案由应当属于违法建筑类"
    if opening.found_at is not None and clock.day_of(opening.found_at) != opening.found_on:
        yield "found_at", "发现时间与发现日期不是同一天"
    if opening.found_on > today:
        yield "found_on", "发现日期不能晚于今天"
    occurred = opening.occurred_on or opening.found_on
    if occurred > opening.found_on:
        yield "occurred_on", "违法行为发生日期不能晚于发现日期"
    if not opening.place.strip():
        yield "place", "请填写违法行为发生地点"
    if (opening.lon is None) != (opening.lat is None):
        yield ("lon" if opening.lon is None else "lat"), "经度和纬度应当同时填写"
    # Written so that what is no number is out of range too.
    if opening.lon is not None and not -180 <= opening.lon <= 180:
        yield "lon", "经度应在 -180 与 180 之间"
    if opening.lat is not None and not -90 <= opening.lat <= 90:
        yield "lat", "纬度应在 -90 与 90 之间"
    if not any(_was_law(opening.cause, day) for day in (occurred, today)):
        yield "cause", "该案由在违法行为发生之日和今天均不施行"


def _begins(opening: Opening, today: date) -> str:
    """The state in which the case stands at first; a building that is being built begins elsewhere."""
    return table_on(opening.procedure, today).beginnings[-1 if opening.being_built else 0]


def _was_law(cause: Cause, day: date) -> bool:
    return (cause.valid_from or day) <= day <= (cause.valid_to or day)


def _authority(opening: Opening, today: date) -> Unit:
    row = org.authority_for(opening.unit, opening.cause.group, today)
    if row is None:
        raise Refused(
            Refusal(
                "our_power",
                Said(
                    "权责清单中%(unit)s当日无权查处“%(cause)s”",
                    unit=opening.unit.name,
                    cause=opening.cause.name,
                ),
                ground="SHUM §11",
                meaning="The authority matrix does not give this cause to the unit on this day.",
            )
        )
    return row.authority


def _building(opening: Opening, at: datetime) -> dict[str, Any]:
    """What a demolition knows from the first: since when its hours run, and whether somebody waits for an answer.

    Without a lead and a moment they run from the opening, on an earlier day from its first minute.
    """
    lead, day = opening.lead, opening.found_on
    found = opening.found_at or (
        at if clock.day_of(at) == day else datetime.combine(day, time.min, clock.SHANGHAI)
    )
    began = lead.received_at if lead else found
    return {
        "reported_at": began.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M"),
        "being_built": opening.being_built,
        "has_reporter": bool(lead and lead.source in REPORTED),
        "builder_known": bool(opening.party),
    }


def base(opening: Opening, authority: Unit, at: datetime) -> dict[str, Any]:
    """The file as it stands when the case is opened at `at`."""
    lead, party, today = opening.lead, opening.party, clock.day_of(at)
    own = {"demolition": _building(opening, at)} if opening.procedure == Case.Procedure.DEMOLITION else {}
    occurred = (opening.occurred_on or opening.found_on).isoformat()
    return {
        "case": {
            "procedure": opening.procedure,
            "lead_received_on": clock.day_of(lead.received_at).isoformat()
            if lead
            else opening.found_on.isoformat(),
            "lead_source": lead.source if lead else "patrol",
            "handling_unit": opening.unit.name,
            "handling_unit_kind": opening.unit.kind,
            "authority_kind": AUTHORITY_KINDS.get(UnitKind(authority.kind), authority.kind),
            "authority_name": authority.name,
            "handling_area_codes": sorted(opening.unit.areas.values_list("code", flat=True)),
            "suspensions": [],
        },
        "violation": {
            "occurred_on": occurred,
            "ended_on": occurred,
            "discovered_on": opening.found_on.isoformat(),
            "place": opening.place,
            "place_code": opening.area.code if opening.area else "",
            "facts": opening.facts,
        },
        "cause": queries.whole_cause(
            opening.cause, party.kind if party else "citizen", opening.occurred_on or opening.found_on
        ),
        "party": register_queries.party_block(party) if party else {},
        "officers": org.officer_blocks(opening.officers, today),
        **own,
    }
