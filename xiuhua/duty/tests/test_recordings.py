"""Recordings proposed for a task, a finding, a complaint: by officer, time and place; people decide."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from xiuhua.duty import actions as duty
from xiuhua.duty.actions import recordings as actions
from xiuhua.duty.models import Finding
from xiuhua.duty.queries import recordings as queries
from xiuhua.duty.tests.street import Street
from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries as docked
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.kernel import clock, files, record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.leads.models import Lead
from xiuhua.leads.rules import Source
from xiuhua.observations.tests.street import phone, went
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT, EAST

pytestmark = pytest.mark.django_db(databases=set(settings.DATABASES))
LATER = AT + timedelta(hours=3)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")


def recorded(street: Street, who: Actor, minutes: int = 0, *, arrives: bool = True) -> Recording:
    """Ten minutes of somebody of the squad, from `minutes` after nine."""
    station = docked.stations(SYSTEM).first()
    if station is None:
        station, _ = evidence.open_station(name="示例站", unit=street.unit, by=SYSTEM, at=AT)
    start = AT + timedelta(minutes=minutes)
    data = b"\0\0\0\x20ftypisom" + f"{who.officer_id} {minutes}".encode()
    sha256, sm3 = (hashlib.new(name, data).hexdigest() for name in ("sha256", "sm3"))
    officer = Officer.objects.get(pk=who.officer_id or 0)
    said = Manifest(
        f"示例{minutes}.mp4",
        len(data),
        sha256,
        sm3,
        "video/mp4",
        officer_no=officer.staff_no,
        started_at=start,
        ended_at=start + timedelta(minutes=10),
    )
    by = docked.station_actor(station)
    row = evidence.dock(station=station, said=said, by=by, at=LATER)
    if arrives:
        evidence.arrive(recording=row, received=files.receive(io.BytesIO(data), "video/mp4"), by=by, at=LATER)
    return row


def stood(street: Street, who: Actor, lon: float, minutes: int = 5) -> None:
    """The terminal of somebody told that it was there."""
    officer = Officer.objects.get(pk=who.officer_id or 0)
    device = phone(street.unit, officer, f"phone-{officer.pk:04}")
    went(device, AT + timedelta(minutes=minutes), lon, EAST[1])


def found(street: Street, **more: object) -> Lead:
    return street.desk.report(**more)


def test_what_the_officer_of_a_task_recorded_in_its_time_is_proposed_taken_and_stands_in_both_records(
    street: Street,
) -> None:
    ours, other = recorded(street, street.officer), recorded(street, street.colleague)
    recorded(street, street.officer, -60)
    officer = street.bureau.officer("officer")
    task = duty.issue_task(
        kind="daily", title="示例任务", unit=street.unit, due_at=LATER, officer=officer, by=street.head, at=AT
    )
    sought = queries.sought_for_task(task, LATER)
    [proposed] = queries.proposals(sought, street.officer)
    assert (proposed.recording, proposed.match.named, proposed.match.seconds) == (ours, True, 600)
    assert other != proposed.recording
    actions.decide_recording(sought=sought, recording=ours, taken=True, by=street.officer, at=LATER)
    assert queries.proposals(sought, street.officer) == []
    [(row, who, _, taken)] = queries.taken(sought, street.officer)
    assert (row, who, taken) == (ours, street.officer.name, True)
    subjects = set(
        RecordEntry.objects.filter(verb__endswith="decide_recording").values_list("subject", flat=True)
    )
    assert subjects == {record.subject_of(task)}
    assert ours.exhibit is not None
    assert docked.trail(ours.exhibit).filter(verb="evidence.decide_link").exists()
    with pytest.raises(Invalid):
        actions.decide_recording(
            sought=sought, recording=ours, taken=False, reason="x", by=street.officer, at=LATER
        )


def test_whoever_was_near_the_place_is_proposed_after_who_found_it_and_nobody_else(street: Street) -> None:
    lead = found(street)
    finder, near, far = street.officer, street.colleague, street.head
    for who, lon in ((near, EAST[0] + 0.001), (far, EAST[0] + 0.01)):
        recorded(street, who)
        stood(street, who, lon)
    own = recorded(street, finder)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        moment = {"day": clock.day_of(AT), "found_at": AT, "received_at": AT}
        row = Finding(lead=lead, officer_id=finder.officer_id or 0, unit=street.unit, **moment)
        row.save()
        act.entry(on=row, facts={})
    sought = queries.sought_for_lead(lead)
    assert sought.on == row
    first, second = queries.proposals(sought, finder)
    assert (first.recording, first.match.metres) == (own, None)
    assert (second.recording.officer_id, second.match.named) == (near.officer_id, False)
    assert 90 < (second.match.metres or 0) < 100
    refuse: dict[str, Any] = {
        "sought": sought,
        "recording": second.recording,
        "taken": False,
        "by": finder,
        "at": LATER,
    }
    with pytest.raises(Invalid):
        actions.decide_recording(**refuse)
    actions.decide_recording(**refuse, reason="另一件事")
    assert [one.recording for one in queries.proposals(sought, finder)] == [own]
    assert queries.taken(sought, finder)[0][2:] == ("另一件事", False)


def test_somebody_who_was_there_at_another_time_is_not_proposed(street: Street) -> None:
    recorded(street, street.colleague)
    stood(street, street.colleague, EAST[0], minutes=90)
    assert queries.proposals(queries.sought_for_lead(found(street)), street.officer) == []


def test_what_is_taken_for_a_complaint_is_held_for_it(street: Street) -> None:
    row = recorded(street, street.colleague)
    stood(street, street.colleague, EAST[0])
    for source, kinds in ((Source.HOTLINE, []), (Source.COMPLAINT, ["complaint"])):
        sought = queries.sought_for_lead(found(street, source=source))
        actions.decide_recording(sought=sought, recording=row, taken=True, by=street.officer, at=LATER)
        held = docked.keeping_of([row], clock.day_of(LATER))[row.pk].holds
        assert [hold.kind for hold in held] == kinds


def test_who_collects_no_evidence_decides_nothing_and_what_has_no_file_is_not_taken(street: Street) -> None:
    row = recorded(street, street.colleague)
    sought = queries.sought_for_lead(found(street))
    for stranger in (street.inspector, street.dispatcher):
        with pytest.raises(Refused):
            actions.decide_recording(sought=sought, recording=row, taken=True, by=stranger, at=LATER)
    absent = recorded(street, street.colleague, 30, arrives=False)
    with pytest.raises(Invalid, match="尚未入库"):
        actions.decide_recording(sought=sought, recording=absent, taken=True, by=street.officer, at=LATER)
