"""`visible(user)` of every model, for every role, against one table; what is read through it obeys it too."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from tests.architecture.visible import COLUMNS, EXPECTED, HELD, PLACES, Place, World, places_seen
from xiuhua.cases import backfill as cases_out
from xiuhua.cases import figures
from xiuhua.cases import queries as cases
from xiuhua.cases.models import Case
from xiuhua.evidence import queries as evidence
from xiuhua.kernel.authz import NOBODY, Actor, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.leads import backfill as leads_out
from xiuhua.leads import queries as leads
from xiuhua.leads.models import Lead
from xiuhua.org.figures import Period
from xiuhua.org.rules import ROLES
from xiuhua.registers import queries as registers
from xiuhua.registers.models import Party
from xiuhua.reports import queries as reports

pytestmark = pytest.mark.slow

YEAR = Period.year(2026)
SEATED = pytest.mark.parametrize(("role", "seat"), HELD, ids=lambda v: v)

# Model → by which column of the table it is seen, and by which path a row tells its unit.
# public: published law and maps; inside: known to all who are signed in; hidden: read through other models only;
# drawn: known to whoever oversees the whole bureau.
GUARDED: Mapping[str, tuple[str, str]] = {
    "cases.Case": ("cases", "handling_unit"),
    "cases.Matter": ("cases", "case__handling_unit"),
    "cases.Review": ("cases", "case__handling_unit"),
    "cases.Remedy": ("cases", "case__handling_unit"),
    "cases.JointWork": ("cases", "case__handling_unit"),
    "cases.JointOfficer": ("cases", "joint__case__handling_unit"),
    "cases.JointTask": ("cases", "joint__case__handling_unit"),
    "cases.JointEvidence": ("cases", "joint__case__handling_unit"),
    "cases.JointShare": ("cases", "joint__case__handling_unit"),
    "cases.HardSession": ("cases", "items__case__handling_unit"),
    "cases.SessionSeat": ("cases", "session__items__case__handling_unit"),
    "cases.SessionItem": ("cases", "case__handling_unit"),
    "cases.SessionOpinion": ("cases", "item__case__handling_unit"),
    "cases.Signature": ("cases", "document__case__handling_unit"),
    "cases.Volume": ("cases", "case__handling_unit"),
    "cases.PaperForm": ("cases", "unit"),
    "cases.Step": ("cases", "case__handling_unit"),
    "cases.Document": ("cases", "case__handling_unit"),
    "cases.CaseParty": ("cases", "case__handling_unit"),
    "cases.CaseExhibit": ("cases", "case__handling_unit"),
    "cases.OutlierReason": ("cases", "case__handling_unit"),
    "cases.FineBill": ("cases", "case__handling_unit"),
    "cases.BankLine": ("cases", "bill__case__handling_unit"),
    "cases.BankFile": ("hidden", ""),
    "leads.Lead": ("leads", "unit"),
    "leads.LeadMedia": ("leads", "lead__unit"),
    "leads.Reporter": ("reporters", "lead__unit"),
    **{
        f"duty.{name}": ("duty", "unit")
        for name in (
            *("Beat", "Point", "Shift", "CheckIn", "Finding", "RoadPatrol", "Inspection"),
            *("Reserve", "Call", "Task", "Operation"),
        )
    },
    "duty.Stop": ("duty", "shift__unit"),
    "duty.Swap": ("duty", "shift__unit"),
    "duty.TaskNote": ("duty", "task__unit"),
    "duty.Participant": ("duty", "operation__unit"),
    "duty.Appeal": ("appeals", "shift__unit"),
    **{f"duty.{name}": ("inside", "") for name in ("ShiftKind", "Limit", "Plan", "Event", "LevelOrder")},
    "registers.Party": ("registers", ""),
    "registers.Premises": ("registers", "unit"),
    "registers.Vehicle": ("registers", "unit"),
    "evidence.Exhibit": ("evidence", "unit"),
    "oversight.Draw": ("drawn", ""),
    "oversight.Sample": ("oversight", "unit"),
    "oversight.Correction": ("oversight", "unit"),
    "oversight.Finding": ("oversight", "sample__unit"),
    **{f"oversight.{name}": ("inside", "") for name in ("Goal", "Item", "Limit")},
    "command.Order": ("duty", "unit"),
    "command.Alarm": ("alarms", "unit"),
    "command.Limit": ("inside", ""),
    "command.Switch": ("inside", ""),
    "exchange.Subscription": ("exchange", ""),
    "exchange.EventKind": ("inside", ""),
    "exchange.Limit": ("inside", ""),
    "observations.Device": ("devices", "unit"),
    "observations.DeviceFault": ("devices", "device__unit"),
    "observations.DeviceOrder": ("devices", "device__unit"),
    "observations.Channel": ("devices", "device__unit"),
    "observations.Watch": ("record", ""),
    "observations.DutyHours": ("hidden", ""),
    "evidence.Station": ("evidence", "unit"),
    "evidence.Recording": ("evidence", "unit"),
    "evidence.Destruction": ("evidence", "unit"),
    "evidence.Hold": ("evidence", "recording__unit"),
    "kernel.RecordEntry": ("record", ""),
    "kernel.Area": ("public", ""),
    "kernel.Road": ("public", ""),
    "cases.Cause": ("public", ""),
    "cases.Parameter": ("public", ""),
    "cases.Tier": ("public", ""),
    "cases.Band": ("public", ""),
    "cases.Factor": ("public", ""),
    "cases.ReviewLine": ("inside", ""),
    "cases.ReviewDivision": ("inside", ""),
    "cases.CaseTemplate": ("inside", ""),
    "cases.GuidanceNote": ("inside", ""),
    "cases.NoteMark": ("inside", ""),
    "org.Unit": ("inside", ""),
    "org.Officer": ("inside", ""),
    "org.Delegation": ("inside", ""),
    "org.MentoringSession": ("inside", ""),
    "leads.LeadKind": ("inside", ""),
    "leads.LeadClock": ("inside", ""),
    "leads.LeadAttribute": ("inside", ""),
    "kernel.StoredFile": ("hidden", ""),
    "kernel.TakenNumber": ("hidden", ""),
    "registers.Known": ("hidden", ""),
    "evidence.Shared": ("hidden", ""),
    "evidence.Category": ("hidden", ""),
    "evidence.Derived": ("hidden", ""),
    "evidence.LinkDecision": ("hidden", ""),
    "evidence.Media": ("hidden", ""),
    "evidence.TimeFact": ("hidden", ""),
    "evidence.TimeStamp": ("hidden", ""),
    "org.Certificate": ("hidden", ""),
    "org.Post": ("hidden", ""),
    "org.Specimen": ("hidden", ""),
    "org.Headcount": ("hidden", ""),
    "org.AuthorityRow": ("hidden", ""),
    "org.ActOfLaw": ("hidden", ""),
}
# Tables without `visible`: the machinery of the record, numbers and calendar, one's own sessions, drafts and filters.
MACHINERY = {
    "kernel.Leaf", "kernel.Tile", "kernel.Checkpoint", "kernel.LogHead", "kernel.Job", "kernel.Day", "kernel.Series",
    "duty.Delivery", "org.User", "org.LoginSession", "org.ApiKey", "web.Draft", "web.KeptFile", "web.SavedFilter",
    # Rows of positions are reached through devices that one may follow.
    "observations.Position", "observations.Current", "observations.OddFrame",
    # What was sent is reached through the subscription that one may see.
    "exchange.Event", "exchange.Delivery", "exchange.Line",
}  # fmt: skip
OURS: dict[str, type[Model]] = {
    m._meta.label: m for m in apps.get_models() if m.__module__.startswith("xiuhua.")
}
OF_PLACES = [label for label, (column, _) in GUARDED.items() if column in COLUMNS]


def visible(label: str, user: Actor) -> Any:
    manager: Any = OURS[label]._default_manager
    return manager.visible(user)


def units(world: World, names: frozenset[str]) -> set[int]:
    return {world.places[name].unit.pk for name in names}


def test_every_table_of_ours_stands_in_the_table_of_who_sees_what() -> None:
    assert GUARDED.keys() | MACHINERY == OURS.keys()
    assert [m for m in MACHINERY if hasattr(OURS[m]._default_manager.all(), "visible")] == []


def test_every_role_stands_in_the_table_and_holds_its_post_somewhere() -> None:
    assert EXPECTED.keys() == ROLES.keys()
    assert {role for role, _ in HELD} == ROLES.keys()


@SEATED
def test_a_role_sees_the_rows_of_the_places_that_the_table_gives_it(
    world: World, role: str, seat: str
) -> None:
    actor = world.actor(role, seat)
    for label in OF_PLACES:
        column, path = GUARDED[label]
        names = places_seen(role, seat, column)
        rows = visible(label, actor)
        if not path:
            seen = {world.places[n].party.pk for n in names}
            assert {row.pk for row in rows} & {p.party.pk for p in world.places.values()} == seen, label
            continue
        if EXPECTED[role][COLUMNS.index(column)] == "posted":
            assert set(rows.values_list(f"{path.replace('unit', '')}pk", flat=True).distinct()) <= {
                world.posted.pk if world.posted else 0
            }
            continue
        here = units(world, frozenset(PLACES))
        assert set(rows.filter(**{f"{path}__in": here}).values_list(path, flat=True)) == units(
            world, names
        ), label
        assert rows.count() == len(rows)


@SEATED
def test_what_is_public_or_known_inside_is_seen_and_what_is_hidden_is_not(
    world: World, role: str, seat: str
) -> None:
    actor = world.actor(role, seat)
    for label, (column, _) in GUARDED.items():
        if column in {"public", "inside"}:
            assert visible(label, actor).count() == OURS[label]._default_manager.count(), label
        elif column == "drawn":
            assert visible(label, actor).exists() == (role == "supervision_inspector"), label
        elif column == "hidden":
            assert not visible(label, actor).exists(), label


@SEATED
def test_the_record_is_read_by_the_auditor_and_by_everybody_what_they_did(
    world: World, role: str, seat: str
) -> None:
    actor = world.actor(role, seat)
    seen = RecordEntry.objects.visible(actor)
    if role == "auditor":
        assert seen.count() == RecordEntry.objects.count()
    else:
        assert set(seen.values_list("actor_id", flat=True)) <= {actor.user_id}


@SEATED
def test_what_is_shared_is_seen_by_whoever_decides_or_audits_it(world: World, role: str, seat: str) -> None:
    seen = visible("exchange.Subscription", world.actor(role, seat)).count()
    open_to = {"auditor", "supervision_inspector", "bureau_head", "bureau_deputy_head"}
    assert seen == (1 if role in open_to else 0)


def test_a_stranger_sees_published_law_only(world: World) -> None:
    seen = {label for label in GUARDED if visible(label, NOBODY).exists()}
    assert seen == {label for label, (column, _) in GUARDED.items() if column == "public"}


# Lists, searches, counts


def found_cases(world: World, user: Actor, name: str) -> set[int]:
    place = world.places[name]
    lists: tuple[Iterable[Case], ...] = (
        cases.listed(user),
        cases.find(user, f"case{name}"),
        cases.find(user, f"party{name}"),
        cases.find(user, place.case.number),
        cases.of_party(user, place.party.pk),
        cases.of_lead(user, place.lead.pk),
        cases.due_soon(user, YEAR.end),
        cases.to_do(user),
        cases.sent_back(user),
    )
    return {case.pk for rows in lists for case in rows} & {place.case.pk, place.closed.pk}


def found_leads(world: World, user: Actor, name: str) -> set[int]:
    lead = world.places[name].lead
    near = leads.near_duplicates(user, lead.kind, lead.lon, lead.lat, lead.received_at)
    lists: tuple[Iterable[Lead], ...] = (
        leads.leads(user),
        leads.to_do(user),
        leads.due_soon(user, YEAR.end),
        [n.lead for n in near],
    )
    return {found.pk for rows in lists for found in rows} & {lead.pk}


def found_registers(world: World, user: Actor, name: str) -> set[int]:
    place = world.places[name]
    texts = (f"party{name}", f"prem{name}", place.vehicle.plate, place.party.id_no, place.party.id_no[-4:])
    lists: list[Iterable[Party]] = [registers.find(user, text, limit=100) for text in texts]
    found = {party.pk for rows in [registers.parties(user), *lists] for party in rows} & {place.party.pk}
    found |= {p.party_id or 0 for p in registers.premises(user).filter(pk=place.premises.pk)}
    return found | {v.party_id or 0 for v in registers.vehicles(user).filter(pk=place.vehicle.pk)}


def found_evidence(world: World, user: Actor, name: str) -> set[int]:
    return {e.pk for e in evidence.exhibits(user)} & {world.places[name].exhibit.pk}


FINDERS: Mapping[str, Callable[[World, Actor, str], set[int]]] = {
    "cases": found_cases,
    "leads": found_leads,
    "registers": found_registers,
    "evidence": found_evidence,
}


@SEATED
def test_lists_and_searches_find_what_the_table_allows_and_nothing_else(
    world: World, role: str, seat: str
) -> None:
    actor = world.actor(role, seat)
    for column, finder in FINDERS.items():
        found = {name for name in PLACES if finder(world, actor, name)}
        assert found == places_seen(role, seat, column), column


@SEATED
def test_what_waits_is_counted_among_what_is_seen(world: World, role: str, seat: str) -> None:
    actor = world.actor(role, seat)
    waiting, over = cases.work_of(actor, YEAR.end)
    assert over <= waiting <= cases.listed(actor).count()
    counts = leads.counts_for(actor, YEAR.end)
    assert max(counts.values()) <= leads.leads(actor).count()


@SEATED
def test_figures_count_the_rows_that_are_seen(world: World, role: str, seat: str) -> None:
    actor, figure = world.actor(role, seat), reports.FIGURES["J01"]
    seen = places_seen(role, seat, "cases")
    closed = {world.places[name].closed.pk for name in seen}
    here = {world.places[name].closed.pk for name in PLACES}
    assert {c.pk for c in figures.closed(actor, YEAR)} & here == closed
    if not actor.can("reports.see"):
        with pytest.raises(Refused):
            reports.value(figure, actor, YEAR)
        return
    assert reports.value(figure, actor, YEAR).rows == figures.closed(actor, YEAR).count()
    units_named = {part.key for part in reports.by_unit(figure, actor, YEAR)}
    assert units_named == units(world, seen)


PERSONAL = {"cases", "leads", "registers", "evidence", "reporters", "duty", "appeals"}


@pytest.mark.parametrize("role", ["system_administrator", "security_administrator", "auditor"])
def test_administrators_and_the_auditor_see_no_personal_register(world: World, role: str) -> None:
    actor = world.actor(role, "office")
    personal = [label for label in OF_PLACES if GUARDED[label][0] in PERSONAL]
    assert [label for label in personal if visible(label, actor).exists()] == []
    assert all(EXPECTED[role][COLUMNS.index(column)] == "-" for column in PERSONAL)


def test_the_dispatcher_sees_leads_and_neither_parties_nor_cases_nor_who_reported(world: World) -> None:
    actor = world.actor("duty_dispatcher", "office")
    seen = {label for label in OF_PLACES if visible(label, actor).exists()}
    street = ("duty.", "observations.", "command.")
    assert {label for label in seen if not label.startswith(street)} == {"leads.Lead", "leads.LeadMedia"}
    assert "duty.Appeal" not in seen


# Exports


def _cases(place: Place) -> set[str]:
    return {place.case.number, place.closed.number}


def _leads(place: Place) -> set[str]:
    return {place.lead.number}


@SEATED
def test_an_export_holds_the_rows_that_the_role_sees_and_no_others(
    world: World, role: str, seat: str, tmp_path: Path
) -> None:
    actor, path = world.actor(role, seat), tmp_path / "out.csv"
    for column, export, numbers in (
        ("cases", cases_out.export, _cases),
        ("leads", leads_out.export, _leads),
    ):
        export(actor, path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            told = {line["number"] for line in csv.DictReader(file)}
        everywhere = set[str]().union(*map(numbers, world.places.values()))
        seen = set[str]().union(*(numbers(world.places[n]) for n in places_seen(role, seat, column)))
        assert told & everywhere == seen, column
