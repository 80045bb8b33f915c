"""A small bureau with the law of its days, and lawful rows that tests spoil one thing at a time."""

from __future__ import annotations

import copy
import csv
import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from xiuhua.cases.models import Cause, Parameter
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.models import Area, Day, acting
from xiuhua.org import actions, backfill
from xiuhua.org.models import Unit
from xiuhua.org.rules import PersonKind, UnitKind

AT = datetime(2019, 3, 1, 9, 0, tzinfo=SHANGHAI)
LONG_AGO = date(2012, 7, 15)
# Staff numbers: two officers and the head of a subdistrict squad, two of a town's, reviewers, and who decides.
PEOPLE = (
    ("A1", "S", "officer"),
    ("A2", "S", "officer"),
    ("H1", "S", "squad_head"),
    ("K1", "S", "squad_legal_clerk"),
    ("B1", "T", "officer"),
    ("B2", "T", "officer"),
    ("C1", "C", "case_centre_reviewer"),
    ("L1", "O", "legal_reviewer"),
    ("Z1", "B", "bureau_deputy_head"),
)
CAUSES = (("SR11", "占道设摊经营", 50, 500, False), ("SR01", "未履行市容环卫责任区义务", 50, 500, True))


@dataclass(frozen=True)
class Bench:
    street: Unit
    town: Unit
    area: Area
    other_area: Area


def _unit(code: str, kind: UnitKind, parent: Unit | None, *areas: Area, prefix: str = "") -> Unit:
    return actions.add_unit(
        code=code,
        name=f"示例{code}",
        short_name=code,
        kind=kind,
        parent=parent,
        areas=areas,
        form_prefix=prefix,
        by=SYSTEM,
        at=AT,
    )


def _area(code: str, kind: str) -> Area:
    return Area.objects.create(
        code=code, name=code, kind=kind, lon=121.5, lat=31.2, area_km2=1.0, geometry={}, source="示例"
    )


def _parameters() -> list[Parameter]:
    with (Path(settings.REFERENCE_DIR) / "parameters.csv").open(encoding="utf-8", newline="") as file:
        return [
            Parameter(
                name=row["name"],
                value=row["value"],
                unit=row["unit"],
                article=row["article"],
                meaning=row["meaning"],
                meaning_en=row["meaning_en"],
                source="示例",
                certainty="read",
                valid_from=row["valid_from"] or None,
                valid_to=row["valid_to"] or None,
            )
            for row in csv.DictReader(file)
        ]


def _causes() -> list[Cause]:
    return [
        Cause(
            code=code,
            name=name,
            name_en=name,
            group="SR",
            violates="SHCA §25",
            basis="SHCA §25",
            floor=floor,
            ceiling=ceiling,
            kinds_allowed="fine",
            needs_refusal=refusal,
            statutory_enforcer="C",
            actual_enforcer="C",
            source="示例",
            certainty="read",
        )
        for code, name, floor, ceiling, refusal in CAUSES
    ]


def _law() -> None:
    token = acting.set(True)
    try:
        Parameter.objects.bulk_create(_parameters())
        Cause.objects.bulk_create(_causes())
    finally:
        acting.reset(token)
    Day.objects.create(day=date(2018, 10, 1), working=False, name="国庆节", source="示例", certainty="read")


def made() -> Bench:
    """Everything in the database."""
    area, other = _area("A1", "street"), _area("A2", "town")
    bureau = _unit("B", UnitKind.BUREAU, None)
    _unit("C", UnitKind.CASE_CENTRE, bureau)
    _unit("O", UnitKind.OFFICE, bureau)
    street = _unit("S", UnitKind.STREET_SQUAD, bureau, area, prefix="01")
    government = _unit("G", UnitKind.TOWN_GOVERNMENT, None, other)
    town = _unit("T", UnitKind.TOWN_SQUAD, government, other, prefix="02")
    for who, name in ((street, bureau), (town, government)):
        actions.set_authority(
            unit=who,
            authority=name,
            valid_from=LONG_AGO,
            basis="SHUM §4",
            source="示例",
            certainty="read",
            by=SYSTEM,
            at=AT,
        )
    backfill.enrol(
        [
            backfill.Newcomer(
                number,
                f"示例{number}",
                PersonKind.OFFICER,
                unit,
                role,
                LONG_AGO,
                certificate_no=f"示例{number}",
                certificate_from=LONG_AGO,
                certificate_to=date(2025, 12, 31),
            )
            for number, unit, role in PEOPLE
        ],
        by=SYSTEM,
        at=AT,
    )
    _law()
    return Bench(street, town, area, other)


def _act(move: str, at: str, by: str, role: str, facts: dict[str, Any], *papers: str) -> dict[str, Any]:
    if papers:
        facts["documents"] = [{"kind": kind, "issued_on": at[:10]} for kind in papers]
    return {"move": move, "at": at, "by": f"staff:{by}" if by else "", "role": role, "facts": facts}


PAIR = ["staff:A1", "staff:A2"]
RECORDING = {"step": "scene", "item_ids": ["V1"], "from_at": "2018-05-16T09:10"}
FOOTAGE = {
    "id": "E1",
    "kind": "audio_visual",
    "note": "现场录像",
    "sha256": "a" * 64,
    "collected_on": "2018-05-16",
    "collected_by": PAIR,
    "source": "officers",
    "relied_on": True,
}
SCENE = {
    "id": "R1",
    "on": "2018-05-16",
    "officer_ids": PAIR,
    "certificate_shown": True,
    "party_signed": True,
}


def summary_history(fine: int = 50) -> dict[str, Any]:
    """An on-the-spot penalty of 16 May 2018, paid and closed."""
    day = "2018-05-16"
    decision = {
        "decided_on": day,
        "kinds": ["fine"],
        "fine": fine,
        "signed_by": PAIR,
        "number": "1181501001",
        "number_series": "money10",
    }
    steps = [
        _act(
            "arrive_on_scene",
            f"{day}T09:10",
            "A1",
            "officer",
            {
                "scene": {"arrived_at": f"{day}T09:10", "officer_ids": PAIR},
                "recording": [RECORDING],
                "evidence": [FOOTAGE],
            },
        ),
        _act("show_certificate", f"{day}T09:12", "A1", "officer", {"inspections": [SCENE]}),
        _act(
            "tell_facts_and_rights",
            f"{day}T09:15",
            "A1",
            "officer",
            {"notice": {"planned_kinds": ["fine"], "planned_fine": fine}},
        ),
        _act("hear_defence", f"{day}T09:20", "A1", "officer", {"defence": {"recorded": True}}),
        _act("decide_on_spot", f"{day}T09:25", "A1", "officer", {"decision": decision}, "on_spot_decision"),
        _act("hand_over_on_spot", f"{day}T09:26", "A1", "officer", {"decision": {"delivered_on": day}}),
        *_paid_and_closed(fine),
    ]
    steps[4]["facts"]["documents"][0]["number"] = "1181501001"
    return {"base": {"case": {"recording_steps": ["scene"]}, "violation": {"harm": True}}, "steps": steps}


def _paid_and_closed(fine: int) -> list[dict[str, Any]]:
    """The last steps of `summary_history`: filed with the agency, paid at the bank, closed."""
    return [
        _act(
            "report_before_payment",
            "2018-05-17T10:00",
            "A1",
            "officer",
            {"decision": {"filed_with_agency_on": "2018-05-17"}},
        ),
        _act(
            "pay_at_bank",
            "2018-05-18T10:00",
            "K1",
            "party",
            {
                "payment": {
                    "method": "bank",
                    "items": [{"on": "2018-05-18", "amount": fine, "receipt_no": "示例票1"}],
                }
            },
            "fine_receipt",
        ),
        _act(
            "close_reported",
            "2018-05-22T10:00",
            "H1",
            "squad_head",
            {"case": {"closed_on": "2018-05-22", "close_reason": "performed"}},
            "archive_index",
        ),
    ]


def ordinary_history(fine: int = 200) -> dict[str, Any]:
    """The beginning of an ordinary case of the same act, up to the proposal and the filing."""
    day = "2018-05-16"
    steps = [
        _act(
            "check_lead",
            f"{day}T09:10",
            "A1",
            "officer",
            {"inspections": [SCENE], "recording": [RECORDING], "evidence": [FOOTAGE]},
            "lead_register",
            "inspection_record",
        ),
        _act(
            "propose_filing",
            "2018-05-17T09:00",
            "A1",
            "officer",
            {"filing": {"proposed_on": "2018-05-17", "proposer_ids": PAIR}},
            "filing_form",
        ),
        _act(
            "approve_filing",
            "2018-05-18T09:00",
            "H1",
            "squad_head",
            {
                "filing": {
                    "approved_on": "2018-05-18",
                    "approver_id": "staff:H1",
                    "approver_role": "squad_head",
                }
            },
        ),
        _act(
            "assign_officers",
            "2018-05-18T09:10",
            "H1",
            "squad_head",
            {"filing": {"officer_ids": PAIR}},
        ),
    ]
    return {"base": {"case": {"complex_or_major": False}}, "steps": steps}


SUMMARY = {
    "number": "浦01-18-0001",
    "procedure": "summary",
    "unit": "S",
    "cause": "SR11",
    "party_kind": "citizen",
    "party_name": "王示例",
    "party_id_kind": "resident_id",
    "party_id_no": "990001198003020018",
    "place": "示例路1号门前",
    "area": "A1",
    "lon": "121.5",
    "lat": "31.2",
    "found_on": "2018-05-16",
    "occurred_on": "2018-05-16",
    "officers": "A1;A2",
    "facts": "占道设摊，占地约2平方米",
}


def row(history: dict[str, Any] | None = None, **cells: str) -> dict[str, str]:
    """A row of a file: the lawful summary case, with other cells or another history."""
    said = summary_history() if history is None else history
    return {**SUMMARY, **cells, "history": json.dumps(said, ensure_ascii=False)}


def ordinary(history: dict[str, Any] | None = None, **cells: str) -> dict[str, str]:
    return row(
        ordinary_history() if history is None else history,
        **{
            "procedure": "ordinary",
            "number": "浦01-18-0002",
            "party_id_no": "990001198003020034",
            **cells,
        },
    )


def changed(history: dict[str, Any], step: int, path: str, value: Any) -> dict[str, Any]:
    """The history with one fact of a step (from 1) replaced; `None` takes it away."""
    spoiled = copy.deepcopy(history)
    *way, last = path.split(".")
    here = spoiled["steps"][step - 1]
    for name in way:
        here = here[int(name)] if name.isdigit() else here[name]
    if value is None:
        del here[last]
    else:
        here[last] = value
    return spoiled


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    """The rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
