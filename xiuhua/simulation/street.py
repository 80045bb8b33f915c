"""The live street: citizens who report, officers who find, and staff who work what comes in, all over HTTP.

1. Each act takes somebody by lot and does one thing that this person would do on the site: a report through Open311
   with the key of the interface, a finding on patrol, a verification, a merger, a dispatch, an acceptance, a
   settlement, a penalty on the spot, a new case, the next move of a case, an answer to whoever reported.
2. What can be done is read from the API: the leads that wait for that person, the moves that are open to that person.
3. A refusal of the site is counted with its ground and passed over: somebody at a page may have been quicker.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping
from math import cos, hypot, pi, radians, sqrt
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from xiuhua.kernel import clock
from xiuhua.org.rules import UnitKind
from xiuhua.simulation import people, places
from xiuhua.simulation.casework import RECENT, Casework
from xiuhua.simulation.current import CHUANSHA, HUAMU, LOGINS
from xiuhua.simulation.doors import Doors, Fault
from xiuhua.simulation.profiles import PROFILES, Profile
from xiuhua.simulation.world import KM_PER_DEGREE, Place, load

# How often each kind of act comes up, in parts of a hundred.
REPORTS_SHARE, FINDS, AT_DESK, AT_UNIT, ON_CASES = 16, 10, 20, 20, 34
# Of the leads that officers work some become cases, some are punished on the spot; the rest is settled by words.
BECOMES_CASE, ON_THE_SPOT = 0.3, 0.2
# Reports from outside the demo's squads, and reports of what somebody else has just reported.
ELSEWHERE, SAID_AGAIN = 0.1, 0.12

# Kinds of reports and what people say, by the codes of the desk.
REPORTS: Mapping[str, tuple[str, ...]] = {
    "street_vending": ("小区门口每天早上有菜摊占道，行人只能走机动车道。", "地铁口有几个烧烤摊，油烟很大。"),
    "beyond_threshold": ("水果店把货架摆到人行道上，盲道都占了。", "饭店把桌椅摆到店外，晚上很吵。"),
    "street_stacking": ("路边堆了一大堆装修材料，好几天没人清。",),
    "posters": ("电线杆上贴满了小广告。",),
    "littering": ("绿化带边上有人倒了很多垃圾。",),
    "building_site": ("工地围挡破了，泥水流到马路上。",),
}
# Causes that officers find on patrol, with the kind of the desk.
FINDINGS: Mapping[str, str] = {
    "street_vending": "SR11",
    "beyond_threshold": "SR14",
    "street_stacking": "SR12",
}
# What is punished on the spot is a vendor's; the others need a file.
SPOT_CAUSE = "SR11"


class Street:
    """People with keys. `said` counts what was done, by name; `why` counts what came to nothing, by act and ground."""

    def __init__(self, doors: Doors, reference: Path, *, seed: int) -> None:
        self.rng = Random(f"street-{seed}")  # noqa: S311 - the same seed must walk the same street
        self.doors, self.world = doors, load(reference)
        self.casework = Casework(doors, self.rng)
        self.heard: deque[dict[str, str]] = deque(maxlen=6)
        self.said: Counter[str] = Counter()
        self.why: Counter[str] = Counter()

    def walk(
        self, stop: Event, *, rate: float, acts: int = 0, after: Callable[[], None] | None = None
    ) -> int:
        """Act `rate` times a minute until `stop` is set, or `acts` times; how many acts there were.

        `after` is called after each act.
        """
        done = 0
        while not stop.is_set() and (not acts or done < acts):
            self.act()
            done += 1
            if after:
                after()
            if not acts or done < acts:
                stop.wait(60 / rate)
        return done

    def act(self) -> str:
        """One thing that somebody does: what it was, or the kind of fault it came to."""
        doing = self.rng.choices(
            (self.report, self.find, self.work_desk, self.work_unit, self.work_cases),
            (REPORTS_SHARE, FINDS, AT_DESK, AT_UNIT, ON_CASES),
        )[0]
        try:
            done = doing()
        except Fault as fault:
            done = fault.kind
            self.why[f"{doing.__name__}: {fault.why}"] += 1
        except (LookupError, TypeError, ValueError) as error:
            # The site answered something else than its interface says.
            done = "unclear"
            self.why[f"{doing.__name__}: {type(error).__name__} {error}"] += 1
        self.said[done] += 1
        return done

    def tally(self) -> str:
        """What was done so far, and what came to nothing and why, in one line."""
        told = ", ".join(f"{name} {n}" for name, n in sorted(self.said.items()))
        why = "; ".join(f"{ground} ×{n}" for ground, n in sorted(self.why.items()))
        return f"{told} ({why})" if why else told

    # Places.

    def _unit(self) -> str:
        return self.rng.choice((HUAMU, HUAMU, CHUANSHA))

    def home(self, unit: str) -> Place:
        return next(u for u in self.world.units if u.code == unit).places[0]

    def point(self, place: Place) -> tuple[float, float]:
        """A point of `place` on which no special area lies, where another squad would be the one to act."""
        special = [u.places[0] for u in self.world.units if u.kind == UnitKind.SPECIAL_AREA_SQUAD]
        while True:
            lon, lat = place.point(self.rng)
            if not any(_covers(area, lon, lat) for area in special):
                return lon, lat

    # Citizens.

    def report(self) -> str:
        """Mostly from the areas of the demo's squads, sometimes from anywhere; sometimes of what is known already."""
        if self.heard and self.rng.random() < SAID_AGAIN:
            form = self.rng.choice(self.heard)
        else:
            form = self._seen()
            self.heard.append(form)
        person = {"first_name": people.name(self.rng), "phone": people.phone(self.rng)}
        self.doors.report("intake", {**form, **person})
        return "reported"

    def _seen(self) -> dict[str, str]:
        place = self.home(self._unit())
        if self.rng.random() < ELSEWHERE:
            place = self.rng.choice([u.places[0] for u in self.world.units if len(u.places) == 1])
        kind = self.rng.choice(sorted(REPORTS))
        lon, lat = place.point(self.rng)
        return {
            "service_code": kind,
            "description": self.rng.choice(REPORTS[kind]),
            "lat": str(lat),
            "long": str(lon),
            "address_string": places.address(self.rng, place),
        }

    # Officers on patrol.

    def find(self) -> str:
        unit = self._unit()
        kind = self.rng.choice(sorted(FINDINGS))
        place = self.home(unit)
        lon, lat = self.point(place)
        found = {
            "kind": kind,
            "content": f"巡查发现：{self._facts(_profile(FINDINGS[kind]))}。",
            "place": places.address(self.rng, place),
            "lon": lon,
            "lat": lat,
            "cause": FINDINGS[kind],
        }
        self.doors.post(LOGINS[unit]["officer"], "/findings", found)
        return "found"

    def _facts(self, profile: Profile) -> str:
        return profile.facts.format(
            n=self.rng.randint(1, 9),
            thing=self.rng.choice(profile.things.split()),
            plate=people.plate(self.rng),
        )

    # The desk.

    def work_desk(self) -> str:
        """The dispatcher verifies what came in, or merges what is known already, and sends it to a unit."""
        waiting = self.doors.get("dispatcher", "/leads", to_do=True, limit=20)["items"]
        if not waiting:
            return "the desk is clear"
        lead = self.rng.choice(waiting)
        if lead["state"]["code"] != "registered":
            self.doors.post("dispatcher", f"/leads/{lead['id']}/dispatch", {})
            return "dispatched"
        if known := self._known(lead):
            self.doors.post("dispatcher", f"/leads/{lead['id']}/merge", {"into": known, "note": "重复反映"})
            return "merged"
        self.doors.post("dispatcher", f"/leads/{lead['id']}/verify", {"note": "已电话核实"})
        return "verified"

    def _known(self, lead: Mapping[str, Any]) -> int:
        """The earlier lead, still open, that tells of the very same spot; 0 if there is none."""
        if lead["lon"] is None:
            return 0
        where = {
            "kind": lead["kind"]["code"],
            "lon": lead["lon"],
            "lat": lead["lat"],
            "at": lead["received_at"],
        }
        for near in self.doors.get("dispatcher", "/leads/near", **where):
            other = near["lead"]
            if other["id"] < lead["id"] and near["metres"] == 0 and other["outcome"] is None:
                return int(other["id"]) if other["merged_into"] is None else 0
        return 0

    # The squads.

    def work_unit(self) -> str:
        """A squad accepts a lead, settles it, punishes on the spot, begins a case, or tells whoever reported."""
        unit = self._unit()
        officer = LOGINS[unit]["officer"]
        if told := self._tell(unit, officer):
            return told
        wanted = {"unit": unit, "state": ["dispatched", "accepted"], "limit": 30}
        waiting = self.doors.get(officer, "/leads", **wanted)["items"]
        if not waiting:
            return "the squad is clear"
        lead = self.rng.choice(waiting)
        if lead["state"]["code"] == "dispatched":
            self.doors.post(LOGINS[unit]["head"], f"/leads/{lead['id']}/accept", {})
            return "accepted"
        return self._handle(unit, officer, lead)

    def _tell(self, unit: str, officer: str) -> str:
        """One in four looks first whether somebody who reported still waits to hear what came of it."""
        if self.rng.random() > 0.25:
            return ""
        settled = self.doors.get(officer, "/leads", unit=unit, state="settled", limit=20)["items"]
        waiting = [lead for lead in settled if lead["has_reporter"] and lead["due_on"]]
        if not waiting:
            return ""
        lead = self.rng.choice(waiting)
        said = {"way": "phone", "note": lead["outcome_note"] or "已告知处理结果"}
        self.doors.post(officer, f"/leads/{lead['id']}/tell-reporter", said)
        return "told the reporter"

    def _handle(self, unit: str, officer: str, lead: Mapping[str, Any]) -> str:
        cause, chance = _cause(lead), self.rng.random()
        colleague = self.colleague(unit, officer) if cause else 0
        if colleague and chance < BECOMES_CASE:
            self.doors.post(officer, "/cases", self.opening(lead, colleague))
            return "opened a case"
        if colleague and cause == SPOT_CAUSE and chance < BECOMES_CASE + ON_THE_SPOT:
            self._punish(officer, lead, colleague)
            return "punished on the spot"
        if chance > 0.95:
            said = {"outcome": "no_violation", "note": "到场核查，未发现所反映的情况。"}
        else:
            said = {"outcome": "persuaded", "note": "经教育劝阻，当事人已当场改正。"}
        self.doors.post(officer, f"/leads/{lead['id']}/settle", said)
        return "settled"

    def opening(self, lead: Mapping[str, Any], colleague: int) -> dict[str, Any]:
        """A case on what a lead says."""
        cause = _cause(lead)
        profile = _profile(cause)
        where = lead["place"] or "示例路1号"
        party = places.party(self.rng, self.rng.choice(profile.parties.split()), profile.trade, where)
        return {
            "cause": cause,
            "place": where,
            "found_on": clock.today().isoformat(),
            "second_officer": colleague,
            "lead": lead["id"],
            "party": {k: v for k, v in party.items() if k not in {"trade_name", "id_kind"}},
            "facts": self._facts(profile),
        }

    def _punish(self, officer: str, lead: Mapping[str, Any], colleague: int) -> None:
        opening = self.opening(lead, colleague)
        cause = self.world.cause(opening["cause"], opening["found_on"])
        opening["values"] = {
            "cause.code": opening["cause"],
            "violation.place": opening["place"],
            "violation.facts": opening["facts"],
            "scene.arrived_at": clock.now().strftime("%Y-%m-%dT%H:%M"),
            "notice.planned_kinds": ["fine"],
            "notice.planned_fine": int(cause.floor) if cause else 50,
            "second_officer": str(colleague),
            "confirmed": True,
            "defence.content": "对告知的事实没有异议。",
        }
        self.doors.post(officer, "/cases/on-spot", opening)

    def colleague(self, unit: str, officer: str) -> int:
        """The id of the officer who goes along, as the latest cases of the unit name him or her; 0 if none does."""
        rows = self.doors.get(officer, "/cases", unit=unit, limit=10)["items"]
        since = (clock.today() - RECENT).isoformat()
        for row in rows:
            if row["found_on"] >= since:
                named = self.doors.get(officer, f"/cases/{row['id']}")["file"].get("officers") or []
                if len(named) > 1:
                    return int(named[1]["id"])
        return 0

    # The bench.

    def work_cases(self) -> str:
        return self.casework.work(self._unit())


def _cause(lead: Mapping[str, Any]) -> str:
    """What officers would find of what the lead tells; empty where they would need to look further."""
    return str(FINDINGS.get(lead["kind"]["code"], ""))


def _profile(cause: str) -> Profile:
    return next(p for p in PROFILES if p.code == cause)


def _covers(area: Place, lon: float, lat: float) -> bool:
    """Whether the circle of the area's size around its centre holds the point."""
    east = (lon - area.lon) * cos(radians(area.lat))
    return hypot(east, lat - area.lat) * KM_PER_DEGREE <= sqrt(area.km2 / pi)
