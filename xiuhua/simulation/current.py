"""Cases and leads of this week in every state of their roads, made by the people of the demo through the actions.

So every page has something to show on the first day: the officer's files, the reviewer's queue, the head's desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from xiuhua.cases import actions as cases
from xiuhua.cases import queries
from xiuhua.cases.queries import Case
from xiuhua.evidence import actions as evidence
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.kernel.models import Area
from xiuhua.leads import actions as leads
from xiuhua.leads import queries as lead_queries
from xiuhua.org import queries as org
from xiuhua.simulation import answers, people, pictures, places
from xiuhua.simulation.profiles import PROFILES, Profile
from xiuhua.simulation.world import World

# A road: move, days after the beginning, and who makes it by what they do.
Road = Sequence[tuple[str, int, str]]
ORDINARY: Road = (
    ("check_lead", 0, "officer"),
    ("order_correction_at_check", 0, "officer"),
    ("propose_filing", 1, "officer"),
    ("approve_filing", 1, "head"),
    ("assign_officers", 1, "head"),
    ("interview", 3, "officer"),
    ("recheck_correction", 6, "officer"),
    ("close_investigation", 7, "officer"),
    ("adjudicate", 8, "reviewer"),
    ("pass_legal_review", 9, "legal"),
    ("serve_prior_notice", 10, "officer"),
    ("receive_defence", 12, "officer"),
    ("recheck_defence", 13, "officer"),
    ("decide_penalty", 14, "decider"),
    ("serve_decision", 15, "officer"),
    ("publish_decision", 16, "publicity"),
    ("perform", 18, "clerk"),
    ("close_performed", 20, "head"),
    ("archive_case", 24, "clerk"),
)
# With a hearing on offer the notice is followed by it, and the party may waive both.
WITH_HEARING: Road = (
    *ORDINARY[:11],
    ("offer_hearing", 10, "officer"),
    ("waive_hearing", 12, "clerk"),
    *ORDINARY[13:],
)
SUMMARY_REST: Road = (
    ("report_before_payment", 1, "officer"),
    ("pay_at_bank", 3, "clerk"),
    ("close_reported", 5, "head"),
    ("archive_case", 9, "clerk"),
)

# Logins of the demo by unit and by what they do.
HUAMU, CHUANSHA = "SQ-310115016", "SQ-310115103"
LOGINS = {
    HUAMU: {
        "officer": "officer1",
        "second": "officer2",
        "head": "squadhead",
        "clerk": "clerk",
        "reviewer": "reviewer",
        "legal": "legal",
        "decider": "deputy",
        "publicity": "publicity",
    },
    CHUANSHA: {
        "officer": "townofficer1",
        "second": "townofficer2",
        "head": "townhead",
        "clerk": "townclerk",
        "reviewer": "townapprover",
        "legal": "townlegal",
        "decider": "townapprover",
        "publicity": "publicity",
    },
}
# Unit, cause, kind of party, and how many moves of the road have been made.
OPEN: tuple[tuple[str, str, str, int], ...] = (
    (HUAMU, "SR14", "individual_business", 0),
    (HUAMU, "SR12", "organisation", 2),
    (HUAMU, "SR11", "citizen", 3),
    (HUAMU, "SR21", "organisation", 5),
    (HUAMU, "SR23", "organisation", 6),
    (HUAMU, "ZT05", "organisation", 8),
    (HUAMU, "SR14", "organisation", 8),
    (HUAMU, "SR26", "organisation", 9),
    (HUAMU, "ZT04", "organisation", 10),
    (HUAMU, "SR12", "individual_business", 11),
    (HUAMU, "SR24", "organisation", 12),
    (HUAMU, "ZT05", "organisation", 13),
    (HUAMU, "SR23", "organisation", 14),
    (HUAMU, "SR11", "citizen", 15),
    (HUAMU, "SR12", "organisation", 17),
    (HUAMU, "SR14", "individual_business", 19),
    (CHUANSHA, "SR12", "organisation", 3),
    (CHUANSHA, "ZT05", "organisation", 8),
    (CHUANSHA, "SR11", "citizen", 13),
)
HEARINGS: tuple[tuple[str, str, str, int], ...] = (
    (HUAMU, "WJ03", "citizen", 12),
    (HUAMU, "WJ03", "citizen", 13),
)
ON_THE_SPOT: tuple[tuple[str, str, str, int], ...] = (
    (HUAMU, "SR18", "citizen", 0),
    (HUAMU, "SR11", "citizen", 1),
    (HUAMU, "SR11", "citizen", 4),
    (CHUANSHA, "SR11", "citizen", 0),
)
# Leads: hours ago, how far they have come (verified, dispatched, accepted), and where.
WAITING: tuple[tuple[int, int, str], ...] = (
    (30, 3, HUAMU),
    (28, 3, HUAMU),
    (26, 3, CHUANSHA),
    (20, 2, HUAMU),
    (12, 2, CHUANSHA),
    (8, 1, HUAMU),
    (6, 1, HUAMU),
    (4, 0, HUAMU),
    (3, 0, CHUANSHA),
    (2, 0, HUAMU),
    (1, 0, HUAMU),
)


@dataclass
class Week:
    """The dice, the moment it all ends at, and the world."""

    rng: Random
    now: datetime
    world: World

    def actor(self, login: str, at: datetime) -> Actor:
        user = org.user_by_login(login)
        if user is None:
            raise LookupError(f"the demo has no account {login}")
        return org.actor_for(user, at)


@transaction.atomic
def lay_out(world: World, now: datetime, seed: int) -> int:
    """Everything or nothing; how many cases and leads were made. Where the week was laid out before, none are."""
    week = Week(Random(f"current-{seed}"), now, world)  # noqa: S311 - the same seed must give the same week
    first = week.actor(LOGINS[HUAMU]["officer"], now)
    if queries.listed(SYSTEM).filter(officer=first.officer_id, imported=False).exists():
        return 0
    made = 0
    for rows, road in ((OPEN, ORDINARY), (HEARINGS, WITH_HEARING)):
        for unit, cause, kind, moves in rows:
            walk(week, unit, profile(cause), kind, road[:moves])
            made += 1
    for unit, cause, kind, moves in ON_THE_SPOT:
        _spot(week, unit, profile(cause), kind, SUMMARY_REST[:moves])
        made += 1
    return made + _leads(week)


def profile(code: str) -> Profile:
    """What happens under that cause."""
    return next(p for p in PROFILES if p.code == code)


def _opening(week: Week, unit_code: str, profile: Profile, kind: str, at: datetime) -> cases.Opening:
    unit = org.unit_by_code(unit_code)
    place = next(u for u in week.world.units if u.code == unit_code).places[0]
    where = places.address(week.rng, place)
    cause = queries.cause_on(profile.code, at.date())
    users = [org.user_by_login(LOGINS[unit_code][name]) for name in ("officer", "second")]
    if unit is None or cause is None:
        raise LookupError(f"the reference data has no {unit_code} or {profile.code}")
    party = {k: v for k, v in places.party(week.rng, kind, profile.trade, where).items() if v}
    said = {
        "n": week.rng.randint(2, 9),
        "thing": week.rng.choice(profile.things.split()),
        "plate": people.plate(week.rng),
    }
    lon, lat = place.point(week.rng)
    return cases.Opening(
        procedure="ordinary",
        unit=unit,
        cause=cause,
        place=where + "门前",
        found_on=at.date(),
        officers=[user.officer for user in users if user],
        area=Area.objects.get(code=place.code),
        lon=lon,
        lat=lat,
        new_party=party,
        facts=profile.facts.format(**said),
    )


def _begin(week: Week, road: Road) -> datetime:
    """The morning on which a case begins whose last move is made today."""
    days = road[-1][1] if road else 0
    return (week.now - timedelta(days=days)).replace(hour=9, minute=week.rng.randint(0, 40))


def _times(week: Week, begun: datetime, road: Road) -> list[datetime]:
    """When each move is made: in the order of the road, never later than now."""
    times: list[datetime] = []
    for place, (_, days, _) in enumerate(road):
        at = begun + timedelta(days=days, minutes=25 * (place + 1))
        times.append(min(at, week.now))
    return times


def walk(week: Week, unit: str, profile: Profile, kind: str, road: Road) -> Case:
    """A case that has come as far along `road` by this moment."""
    begun = min(_begin(week, road), week.now)
    officer = week.actor(LOGINS[unit]["officer"], begun)
    case = cases.open_case(opening=_opening(week, unit, profile, kind, begun), by=officer, at=begun)
    for (move, _, who), at in zip(road, _times(week, begun, road), strict=True):
        by = week.actor(LOGINS[unit][who], at)
        values = answers.typed(move, queries.file_of(case), at, week.rng)
        cases.take(case=case, move=move, values=values, by=by, at=at)
        if move == "check_lead":
            _photograph(week, case, by, at)
    return case


def _photograph(week: Week, case: Case, by: Actor, at: datetime) -> None:
    exhibit = evidence.add(
        kind="audio_visual",
        name="现场照片",
        data=pictures.street(week.rng),
        captured_at=at,
        place=case.place,
        by=by,
        at=at,
        unit=case.handling_unit,
        collected_by=[o for o in org.officers_of(case.handling_unit, at.date()) if o.pk == case.officer_id],
    )
    cases.add_exhibit(case=case, exhibit=exhibit, shows="现场情况", by=by, at=at, relied_on=False)


def _spot(week: Week, unit: str, profile: Profile, kind: str, road: Road) -> None:
    """A penalty on the spot, and as much of what follows as has happened."""
    begun = min(_begin(week, road), week.now)
    opening = _opening(week, unit, profile, kind, begun)
    second = org.user_by_login(LOGINS[unit]["second"])
    values = {
        "cause.code": profile.code,
        "violation.place": opening.place,
        "scene.arrived_at": begun.strftime("%Y-%m-%dT%H:%M"),
        "violation.facts": opening.facts,
        "notice.planned_kinds": ["fine"],
        "notice.planned_fine": max(50, int(opening.cause.floor or 0)),
        "second_officer": str(second.officer_id) if second else "",
        "confirmed": True,
        "defence.content": "对告知的事实没有异议。",
    }
    by = week.actor(LOGINS[unit]["officer"], begun)
    case = cases.penalise_on_spot(
        opening=replace(opening, procedure="summary"), values=values, by=by, at=begun
    )
    for (move, _, who), at in zip(road, _times(week, begun, road), strict=True):
        said = answers.typed(move, queries.file_of(case), at, week.rng)
        cases.take(case=case, move=move, values=said, by=week.actor(LOGINS[unit][who], at), at=at)


def _leads(week: Week) -> int:
    """Leads that wait at each desk: to be verified, dispatched, accepted, worked."""
    kinds = [k for k in lead_queries.kinds() if not any(q.required for q in lead_queries.questions_of(k))]
    made = 0
    for hours, moves, unit in WAITING:
        at = week.now - timedelta(hours=hours)
        place = next(u for u in week.world.units if u.code == unit).places[0]
        lon, lat = place.point(week.rng)
        kind = week.rng.choice(kinds)
        lead = leads.register(
            kind=kind,
            source=week.rng.choice(("hotline", "complaint", "report")),
            content=f"反映{kind.name}问题，影响通行和居住，希望尽快处理。",
            place=places.address(week.rng, place),
            lon=lon,
            lat=lat,
            reporter=leads.Reported(name=people.name(week.rng), phone=people.phone(week.rng)),
            by=week.actor("complaints", at),
            at=at,
        )
        desk = week.actor("dispatcher", at)
        later = [at + timedelta(minutes=20 * i) for i in range(1, 4)]
        if moves > 0:
            leads.verify(lead=lead, by=desk, at=min(later[0], week.now))
        if moves > 1:
            # To the squad by name: a point may lie in a special area, whose squad has nobody of the demo.
            leads.dispatch(lead=lead, unit=org.unit_by_code(unit), by=desk, at=min(later[1], week.now))
        if moves > 2:
            at = min(later[2], week.now)
            leads.accept(lead=lead, by=week.actor(LOGINS[unit]["head"], at), at=at)
        made += 1
    return made
