"""Stations and what comes through them: manifests at once, files by policy, and files that are not what was said."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from xiuhua.evidence.actions.adding import add
from xiuhua.evidence.models import Recording, Station
from xiuhua.evidence.permissions import check_can_dock, check_can_run_stations, check_can_see_recording
from xiuhua.evidence.queries.docked import token_hash
from xiuhua.evidence.rules import EvidenceKind
from xiuhua.evidence.rules import recordings as rules
from xiuhua.kernel import files, record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.org.queries import Officer, Unit


def open_station(
    *, name: str, unit: Unit, by: Actor, at: datetime, policy: str = rules.Policy.IMPORTANT
) -> tuple[Station, str]:
    """A new station and its token, which is shown once. Raises Invalid for a name that is taken or no policy."""
    check_can_run_stations(by)
    errors = {}
    if not name.strip() or Station.objects.filter(name=name.strip()).exists():
        errors["name"] = "请填写未被使用的名称"
    if policy not in set(rules.Policy):
        errors["policy"] = "没有这种上传策略"
    if errors:
        raise Invalid(errors)
    token = secrets.token_urlsafe(32)
    with record.act("evidence.open_station", by=by, at=at) as act:
        station = Station(
            name=name.strip(), unit=unit, policy=policy, token_hash=token_hash(token), made_at=at
        )
        station.save()
        act.entry(on=station, facts={"unit": unit.code, "policy": policy})
    return station, token


def close_station(*, station: Station, by: Actor, at: datetime) -> None:
    """From now on its token opens nothing. Said twice, it is written once."""
    check_can_run_stations(by)
    if station.ended_at is not None:
        return
    with record.act("evidence.close_station", by=by, at=at) as act:
        station.ended_at = at
        station.save()
        act.entry(on=station, facts={})


def dock(*, station: Station, said: rules.Manifest, by: Actor, at: datetime) -> Recording:
    """What a station says of one file, at once. Said again, the first saying stands.

    Raises Invalid with field and reason.
    """
    check_can_dock(by)
    if found := rules.manifest_faults(said, at):
        raise Invalid(found)
    if (known := Recording.objects.filter(sha256=said.sha256).first()) is not None:
        return known
    officer = Officer.objects.filter(staff_no=said.officer_no).first() if said.officer_no else None
    with record.act("evidence.dock", by=by, at=at) as act:
        row = Recording(
            station=station,
            unit=station.unit,
            file_name=said.file_name[:200],
            size=said.size,
            sha256=said.sha256,
            sm3=said.sm3,
            media_type=said.media_type[:60],
            recorder_no=said.recorder_no[:20],
            officer_no=said.officer_no[:20],
            officer=officer,
            started_at=said.started_at,
            ended_at=said.ended_at,
            important=said.important,
            docked_at=at,
            state=rules.State.DOCKED,
        )
        row.save(force_insert=True)
        facts = {"sha256": said.sha256, "sm3": said.sm3, "size": said.size, "recorder": said.recorder_no}
        act.entry(on=row, facts={**facts, "started_at": said.started_at, "ended_at": said.ended_at})
    return row


def ask_for(*, recording: Recording, by: Actor, at: datetime) -> None:
    """Ask the station for the file (调取). Said twice, it is written once."""
    check_can_see_recording(recording, by)
    with transaction.atomic():
        _lock(recording)
        if recording.asked_at is not None or recording.state != rules.State.DOCKED:
            return
        with record.act("evidence.ask_for", by=by, at=at) as act:
            recording.asked_at = at
            recording.save()
            act.entry(on=recording, facts={})


def _lock(recording: Recording) -> None:
    """As it is now, and nobody else changes it until the end of the transaction."""
    recording.refresh_from_db(from_queryset=Recording.objects.select_for_update())


def arrive(*, recording: Recording, received: files.Received, by: Actor, at: datetime) -> Recording:
    """The file came. It becomes an exhibit if it is what the manifest said; else it is kept apart, with the reason.

    Said twice, it is written once. Raises Invalid for one that was destroyed meanwhile.
    """
    check_can_dock(by)
    with transaction.atomic():
        _lock(recording)
        if recording.state == rules.State.ARRIVED:
            return recording
        if recording.state == rules.State.DESTROYED:
            raise Invalid({"recording": "这件记录已经销毁"})
        _arrived(recording, received, by, at)
    return recording


def _arrived(recording: Recording, received: files.Received, by: Actor, at: datetime) -> None:
    said = {"sha256": recording.sha256, "sm3": recording.sm3, "size": recording.size}
    wrong = rules.file_faults(said, received.sha256, received.sm3, received.size)
    with record.act("evidence.arrive", by=by, at=at) as act:
        recording.file = files.store(received, act=act)
        recording.state = rules.State.QUARANTINED if wrong else rules.State.ARRIVED
        recording.fault = "、".join(wrong) + "与接入时登记的不一致" if wrong else ""
        recording.arrived_at = at
        if not wrong:
            recording.exhibit = add(
                kind=EvidenceKind.AUDIO_VISUAL,
                name=recording.file_name[:120],
                file=recording.file,
                captured_at=recording.started_at,
                device_id=recording.recorder_no,
                collected_by=[recording.officer] if recording.officer else [],
                carrier=recording.station.name,
                unit=recording.unit,
                by=by,
                at=at,
            )
        recording.save()
        act.entry(on=recording, facts={"sha256": received.sha256, "sm3": received.sm3, "wrong": wrong})
        act.later("evidence.look_into", {"file": recording.file.pk}, key=f"media-{recording.file.pk}")
