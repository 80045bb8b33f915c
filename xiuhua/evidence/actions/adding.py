"""An exhibit is added once, and shown to further units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from xiuhua.evidence import rules
from xiuhua.evidence.models import Exhibit, Shared
from xiuhua.evidence.permissions import check_can_add, check_can_share
from xiuhua.kernel import clock, files, record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.kernel.models import StoredFile
from xiuhua.org.queries import Officer, Unit

# Files that hold pictures or sound: what is in them is read by the worker.
SHOWN = ("video/", "audio/", "image/")


def add(
    *,
    kind: str,
    name: str,
    by: Actor,
    at: datetime,
    data: bytes | None = None,
    file: StoredFile | None = None,
    note: str = "",
    captured_at: datetime | None = None,
    place: str = "",
    device_id: str = "",
    collected_on: date | None = None,
    collected_by: Iterable[Officer] = (),
    source: str = rules.Source.OFFICERS,
    carrier: str = "",
    unit: Unit | None = None,
    shared_with: Iterable[Unit] = (),
) -> Exhibit:
    """An exhibit: new bytes (`data`), a file that is kept already (`file`, such as a photo of a lead), or a thing with
    a description only (physical evidence).

    Raises Invalid with field and reason: kinds and sources that are none, times to come, bytes that are no file.
    """
    check_can_add(by)
    today = clock.day_of(at)
    collected_on = collected_on or today
    told = {"kind": kind, "name": name, "source": source, "captured_at": captured_at}
    errors = rules.faults({**told, "collected_on": collected_on}, at, today)
    if data is not None and (fault := rules.file_fault(data)):
        errors["data"] = fault
    unit_id = unit.pk if unit else by.unit_id
    if unit_id is None:
        errors["unit"] = "请写明加入单位"
    if errors or unit_id is None:
        raise Invalid(errors)
    people = list(collected_by)
    with record.act("evidence.add", by=by, at=at) as act:
        if data is not None:
            file = files.store(data, rules.media_type_of(data), act=act)
        exhibit = Exhibit(
            kind=kind,
            name=name.strip(),
            note=note,
            file=file,
            captured_at=captured_at,
            place=place,
            device_id=device_id,
            collected_on=collected_on,
            source=source,
            carrier=carrier,
            unit_id=unit_id,
            added_at=at,
        )
        exhibit.save(force_insert=True)
        exhibit.collected_by.set(people)
        units = {u.pk: u for u in shared_with if u.pk != unit_id}
        for other in units.values():
            Shared(exhibit=exhibit, unit=other, since=at).save(force_insert=True)
        act.entry(on=exhibit, facts=_facts(exhibit, people, units.values()))
        if file is not None and file.media_type.startswith(SHOWN):
            act.later("evidence.look_into", {"file": file.pk}, key=f"media-{file.pk}")
    return exhibit


def _facts(exhibit: Exhibit, people: Iterable[Officer], units: Iterable[Unit]) -> dict[str, object]:
    """What the record keeps of a new exhibit: no note and no place, which may name people."""
    return {
        "kind": exhibit.kind,
        "sha256": exhibit.file.sha256 if exhibit.file else "",
        "captured_at": exhibit.captured_at,
        "collected_on": exhibit.collected_on,
        "collected_by": sorted(person.staff_no for person in people),
        "source": exhibit.source,
        "shared_with": sorted(unit.code for unit in units),
    }


def share(*, exhibit: Exhibit, unit: Unit, by: Actor, at: datetime) -> None:
    """From now on `unit` sees the exhibit. Said twice, it is written once."""
    check_can_share(exhibit, by)
    if exhibit.unit_id == unit.pk or Shared.objects.filter(exhibit=exhibit, unit=unit).exists():
        return
    with record.act("evidence.share", by=by, at=at) as act:
        Shared(exhibit=exhibit, unit=unit, since=at).save(force_insert=True)
        act.entry(on=exhibit, facts={"unit": unit.code})
