"""Who is where now: devices on duty that somebody may follow, each person or vehicle once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from xiuhua.command import rules
from xiuhua.command.models import Order
from xiuhua.duty import queries as duty
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.leads import queries as leads
from xiuhua.leads import rules as lead_rules
from xiuhua.observations import queries as observations
from xiuhua.observations import rules as positions
from xiuhua.observations.queries import Current, Device

IN_HAND = (
    lead_rules.State.VERIFIED,
    lead_rules.State.RETURNED,
    lead_rules.State.DISPATCHED,
    lead_rules.State.ACCEPTED,
)
MOST_LEADS = 500


@dataclass(frozen=True, slots=True)
class Mover:
    """A person or vehicle on duty as the picture shows it; `doing` is the shift, the task or the order at hand."""

    seen: rules.Seen
    device: Device
    standing: rules.Standing
    shift: duty.Shift | None
    task: duty.Task | None
    order: Order | None = None

    @property
    def key(self) -> str:
        return self.seen.key

    @property
    def is_car(self) -> bool:
        return self.device.kind == positions.DeviceKind.VEHICLE_TERMINAL

    @property
    def name(self) -> str:
        return self.device.plate or (self.device.officer.name if self.device.officer else self.device.name)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def key_of(device: int, officer: int | None) -> str:
    return f"o{officer}" if officer else f"d{device}"


@lru_cache(maxsize=1)
def _hours(stamp: tuple[object, ...], hour: datetime) -> Mapping[int, Sequence[positions.Hours]]:
    found: dict[int, Sequence[positions.Hours]] = {}
    for protocol in positions.Protocol:
        for known in observations.registry(protocol, hour).values():
            found[known.pk] = known.hours
    return found


def forget() -> None:
    """Ask for the hours anew: for suites, whose rows are taken back."""
    _hours.cache_clear()


def stretches(at: datetime) -> Mapping[int, positions.Hours]:
    """Devices on duty at `at` → the stretch that runs. Whoever asks has made sure of what may be seen."""
    hours = _hours(observations.version(), at.replace(minute=0, second=0, microsecond=0))
    now = milliseconds(at)
    running = ((pk, positions.stretch_at(now, held)) for pk, held in hours.items())
    return {pk: stretch for pk, stretch in running if stretch is not None}


def followed(user: Actor) -> QuerySet[Device]:
    """The devices in use whose positions `user` may look at."""
    return Device.objects.followed(user).filter(withdrawn_at__isnull=True)


def _seen(rows: Iterable[Current], devices: Mapping[int, int | None]) -> Iterable[rules.Seen]:
    for row in rows:
        if row.at is not None and row.lon is not None and row.lat is not None:
            yield rules.Seen(
                key_of(row.device, devices[row.device]), row.device, row.at, row.lon, row.lat, row.speed
            )


def movers(user: Actor, at: datetime, lost_minutes: int) -> list[Mover]:
    """Everybody on duty that `user` may follow and that was seen in this stretch, by unit and name."""
    devices = {d.pk: d for d in followed(user).select_related("officer").prefetch_related("unit")}
    running = stretches(at)
    rows = observations.now_by_device(pk for pk in devices if pk in running)
    found_at = _seen(rows.values(), {pk: d.officer_id for pk, d in devices.items()})
    fresh = rules.freshest(s for s in found_at if s.at >= running[s.device].starts).values()
    shifts = {s.officer_id: s for s in duty.on_duty(user, at)}
    tasks = {t.officer_id: t for t in duty.tasks(user).filter(state="received", officer__isnull=False)}
    orders = {o.officer_id: o for o in Order.objects.visible(user).filter(state__in=rules.ORDER_OPEN)}
    now = milliseconds(at)

    def mover(seen: rules.Seen) -> Mover:
        who = devices[seen.device].officer_id or 0
        stands = rules.standing(seen, now, lost_minutes)
        return Mover(seen, devices[seen.device], stands, shifts.get(who), tasks.get(who), orders.get(who))

    found = [mover(s) for s in fresh]
    return sorted(found, key=lambda m: (m.device.unit.code, not m.is_car, m.name))


def car_of(mover: Mover, others: Iterable[Mover]) -> tuple[Mover, float] | None:
    """The car of the same unit in which a person seems to sit, and the metres between the two."""
    cars = {m.key: m for m in others if m.is_car and m.device.unit_id == mover.device.unit_id}
    if mover.is_car:
        return None
    found = rules.car_of(mover.seen, {key: m.seen for key, m in cars.items()})
    return (cars[found[0]], found[1]) if found else None


def leads_in_hand(user: Actor) -> list[leads.Lead]:
    """Verified and not yet done, with a place; the most urgent first, at most MOST_LEADS."""
    rows = leads.leads(user).filter(state__in=IN_HAND, lon__isnull=False).order_by("due_on", "due_at", "pk")
    return list(rows[:MOST_LEADS])


def everyone(at: datetime) -> dict[int, rules.Seen]:
    """Where each device on duty was seen in the stretch that runs. For the stream, which asks for each viewer what of
    it may be seen.
    """
    running = stretches(at)
    officers = dict(followed(SYSTEM).values_list("pk", "officer"))
    rows = observations.now_by_device(pk for pk in running if pk in officers)
    found = {seen.device: seen for seen in _seen(rows.values(), officers)}
    return {pk: seen for pk, seen in found.items() if seen.at >= running[pk].starts}
