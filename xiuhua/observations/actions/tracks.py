"""Looking at a track, which leaves an entry that the person can read; and taking one in from a GPX file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.observations import rules
from xiuhua.observations.models import Device, Position, Watch
from xiuhua.observations.permissions import check_can_follow, check_can_follow_others, check_can_manage
from xiuhua.observations.queries import bearers_since, day_fixes, hours_of
from xiuhua.observations.queries.known import milliseconds

SHORTEST_REASON = 2


@dataclass(frozen=True, slots=True)
class Track:
    """A day of a device as it was looked at."""

    device: Device
    day: date
    fixes: Sequence[rules.Fix]
    stops: Sequence[rules.Stop]
    trips: Sequence[rules.Trip]

    @property
    def kilometres(self) -> float:
        return rules.track_metres(self.fixes) / 1000


def look_at_track(*, device: Device, day: date, reason: str, by: Actor, at: datetime) -> Track:
    """The track of a day. Looking and its entry are one transaction; one's own track is looked at without an entry.

    A device changes hands: of a day on which others bore it the track is theirs, too, and each reads who looked.
    Raises Refused for somebody who may not follow the device, Invalid without a reason or for a day to come.
    """
    check_can_follow(device, by)
    bearers = bearers_since(device, datetime.combine(day, time.min, clock.SHANGHAI))
    own = by.officer_id is not None and bearers == {by.officer_id}
    if not own:
        check_can_follow_others(device, by)
    errors = {}
    if day > clock.day_of(at):
        errors["day"] = "这一天还没有到"
    if not own and len(reason.strip()) < SHORTEST_REASON:
        errors["reason"] = "请写明查看事由"
    if errors:
        raise Invalid(errors)
    if own:
        return _track(device, day)
    people = {who for who in bearers if who is not None and who != by.officer_id}
    watched: list[int | None] = [*sorted(people)] or [None]
    with record.act("observations.look_at_track", by=by, at=at) as act:
        for who in watched:
            Watch(
                device=device,
                officer_id=who,
                watcher=by.user_id,
                watcher_name=by.name,
                unit_code=by.unit_code,
                reason=reason.strip()[:200],
                day=day,
                at=at,
            ).save(force_insert=True)
        act.entry(on=device, facts={"day": day, "reason": reason.strip()[:200]})
        return _track(device, day)


def _track(device: Device, day: date) -> Track:
    found = day_fixes(device, day)
    return Track(device, day, found, rules.stops(found), rules.trips(found))


def import_track(*, device: Device, text: str, by: Actor, at: datetime) -> tuple[int, int]:
    """Take a GPX file in as positions of a device: how many were kept, and how many lay outside its duty hours.

    Raises Refused for somebody who does not manage devices, Invalid for a file that is no track or tells the future.
    """
    check_can_manage(by)
    try:
        found = rules.read_gpx(text)
    except rules.BadGpx as error:
        raise Invalid({"file": str(error)}) from error
    if found[-1].at > milliseconds(at):
        raise Invalid({"file": "文件里有尚未到来的时间"})
    hours = hours_of(device, at)
    kept = [fix for fix in found if rules.on_duty(fix.at, hours)]
    with record.act("observations.import_track", by=by, at=at) as act:
        act.entry(on=device, facts={"points": len(found), "kept": len(kept)})
        Position.objects.bulk_create(
            [
                Position(
                    device=device.pk,
                    at=fix.at,
                    received=milliseconds(at),
                    lon=fix.lon,
                    lat=fix.lat,
                    datum=int(rules.Datum.WGS84),
                    altitude=fix.altitude,
                )
                for fix in kept
            ],
            batch_size=1000,
            ignore_conflicts=True,
        )
    return len(kept), len(found) - len(kept)
