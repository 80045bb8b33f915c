"""Check-ins of a phone app, the points it may check in at, and the person's own shifts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404
from ninja import Field, Router, Schema

from xiuhua.api.access import Request
from xiuhua.api.answers import READS, REFUSALS
from xiuhua.duty import actions, permissions, queries, rules
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid

router = Router()
AHEAD = timedelta(days=14)


class PointOut(Schema):
    """A check-in point: degrees WGS-84, radius in metres."""

    id: int
    code: str
    name: str
    lon: float
    lat: float
    radius: int


class StopOut(Schema):
    """A point at which one has to be in a shift."""

    point: PointOut
    due_at: datetime
    reached_at: datetime | None


class ShiftOut(Schema):
    id: int
    day: date
    kind: str
    starts_at: datetime
    ends_at: datetime
    attended_at: datetime | None
    stops: list[StopOut]


class CheckInIn(Schema):
    """What the phone says. `key` is the message's own: sent again, it counts once. `at` is the phone's moment."""

    key: UUID
    point: int
    at: datetime
    lon: float
    lat: float
    accuracy: float
    device: str = Field("", max_length=64)
    mock: bool = False


class CheckInOut(Schema):
    """What it is worth. `again`: it had been taken before."""

    check_in: int
    verdict: str
    counted: bool
    distance: float
    signs: list[str]
    again: bool = False


def _point(point: queries.Point) -> PointOut:
    return PointOut(
        id=point.pk, code=point.code, name=point.name, lon=point.lon, lat=point.lat, radius=point.radius
    )


@router.get("/duty/points", response={200: list[PointOut], **READS}, summary="Check-in points")
def list_points(request: Request) -> list[PointOut]:
    """The points active today of the caller's own unit."""
    actor = request.auth.actor
    rows = queries.points(actor, clock.day_of(request.auth.at)).filter(unit=actor.unit_id or 0)
    return [_point(point) for point in rows]


@router.get("/duty/shifts", response={200: list[ShiftOut], **READS}, summary="My shifts")
def my_shifts(request: Request) -> list[ShiftOut]:
    """The caller's own shifts, from today on for two weeks."""
    actor, today = request.auth.actor, clock.day_of(request.auth.at)
    return [
        ShiftOut(
            id=shift.pk,
            day=shift.day,
            kind=shift.kind.code,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            attended_at=shift.attended_at,
            stops=[
                StopOut(point=_point(s.point), due_at=s.due_at, reached_at=s.reached_at)
                for s in queries.stops_of(actor, shift)
            ],
        )
        for shift in queries.my_shifts(actor, today, today + AHEAD)
    ]


@router.post("/duty/check-ins", response={200: CheckInOut, **REFUSALS}, summary="Check in")
def check_in(request: Request, said: CheckInIn) -> Mapping[str, Any]:
    """At a point of any unit that the caller sees; judged at once."""
    actor, at = request.auth.actor, request.auth.at
    permissions.check_can_work(actor)
    if said.at.tzinfo is None:
        raise Invalid({"at": "时间应带时区，如2026-01-02T03:04:05+08:00"})
    point = queries.points(actor).filter(pk=said.point).first()
    if point is None:
        raise Http404
    fix = rules.Fix(said.at, said.lon, said.lat, said.accuracy, said.device, said.mock)

    def do() -> Mapping[str, Any]:
        made = actions.check_in(point=point, fix=fix, by=actor, at=at)
        return {
            "check_in": made.pk,
            "verdict": made.verdict,
            "counted": made.counted,
            "distance": made.distance,
            "signs": [sign.value for sign in made.sign_list],
        }

    answer, done_now = actions.once(key=said.key, kind="check_in", by=actor, at=at, do=do)
    return {**answer, "again": not done_now}
