"""The live street: citizens who report, officers who find, and staff who work what comes in, all over HTTP.

1. Each act takes somebody by lot and does one thing that this person would do on the site: a report through Open311
   with the key of the interface, a finding on patrol, a verification, a dispatch, an acceptance, a settlement, a new
   case, the next move of a case.
2. What can be done is read from the API: the leads that wait for that person, the moves that are open to that person.
3. A refusal of the site is counted and passed over: somebody at a page may have been quicker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from random import Random
from threading import Event
from types import TracebackType
from typing import Any, Self

import httpx

from xiuhua.kernel import clock
from xiuhua.simulation import answers, people, places
from xiuhua.simulation.current import CHUANSHA, HUAMU, LOGINS
from xiuhua.simulation.profiles import PROFILES
from xiuhua.simulation.world import Place, load

PATIENCE_SECONDS = 20
# A case is begun on a third of the leads that officers work; most are settled on the spot.
BECOMES_CASE = 0.35

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

Act = Callable[[], str]


class Street:
    """People with keys. Use as a context manager; `said` counts what was done, by name."""

    def __init__(self, url: str, keys: Mapping[str, str], reference: Path, *, seed: int) -> None:
        self.rng = Random(f"street-{seed}")  # noqa: S311 - the same seed must walk the same street
        self.keys, self.world = keys, load(reference)
        self.http = httpx.Client(base_url=url, timeout=PATIENCE_SECONDS)
        self.said: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def walk(self, stop: Event, *, rate: float, acts: int = 0) -> int:
        """Act `rate` times a minute until `stop` is set, or `acts` times; how many acts there were."""
        done = 0
        while not stop.is_set() and (not acts or done < acts):
            self.said[self.act()] += 1
            done += 1
            if not acts or done < acts:
                stop.wait(60 / rate)
        return done

    def act(self) -> str:
        """One thing that somebody does; what it was, `refused` or `away` where the site could not be reached."""
        doing = self.rng.choices(
            (self.report, self.find, self.work_desk, self.work_unit, self.work_case), (20, 10, 20, 20, 30)
        )[0]
        try:
            return doing()
        except httpx.HTTPStatusError:
            return "refused"
        except httpx.HTTPError:
            return "away"

    # How everybody speaks to the site.

    def ask(self, login: str, method: str, path: str, **more: Any) -> Any:
        """The JSON answer to `login`; raises HTTPStatusError for a refusal."""
        head = {"Authorization": f"Bearer {self.keys[login]}"}
        answer = self.http.request(method, f"/api{path}", headers=head, **more)
        answer.raise_for_status()
        return answer.json()

    def place(self) -> Place:
        """Mostly in the areas of the demo's squads, sometimes anywhere."""
        code = self.rng.choice((HUAMU, HUAMU, CHUANSHA))
        if self.rng.random() < 0.15:
            code = self.rng.choice([u.code for u in self.world.units if len(u.places) == 1])
        return next(u for u in self.world.units if u.code == code).places[0]

    # Citizens.

    def report(self) -> str:
        kind = self.rng.choice(sorted(REPORTS))
        place = self.place()
        lon, lat = place.point(self.rng)
        form = {
            "api_key": self.keys["intake"],
            "service_code": kind,
            "description": self.rng.choice(REPORTS[kind]),
            "lat": str(lat),
            "long": str(lon),
            "address_string": places.address(self.rng, place),
            "first_name": people.name(self.rng),
            "phone": people.phone(self.rng),
        }
        self.http.post("/open311/v2/requests.json", data=form).raise_for_status()
        return "reported"

    # Officers on patrol.

    def find(self) -> str:
        unit = self.rng.choice((HUAMU, HUAMU, CHUANSHA))
        kind = self.rng.choice(sorted(FINDINGS))
        place = next(u for u in self.world.units if u.code == unit).places[0]
        lon, lat = place.point(self.rng)
        found = {
            "kind": kind,
            "content": f"巡查发现：{self._facts(FINDINGS[kind])}。",
            "place": places.address(self.rng, place),
            "lon": lon,
            "lat": lat,
            "cause": FINDINGS[kind],
        }
        self.ask(LOGINS[unit]["officer"], "POST", "/findings", json=found)
        return "found"

    def _facts(self, cause: str) -> str:
        profile = next(p for p in PROFILES if p.code == cause)
        return profile.facts.format(
            n=self.rng.randint(1, 9),
            thing=self.rng.choice(profile.things.split()),
            plate=people.plate(self.rng),
        )

    # The desk.

    def work_desk(self) -> str:
        """The dispatcher verifies what came in and sends it to a unit."""
        waiting = self.ask("dispatcher", "GET", "/leads", params={"to_do": True, "limit": 20})["items"]
        if not waiting:
            return "desk is clear"
        lead = self.rng.choice(waiting)
        if lead["state"]["code"] == "registered":
            self.ask("dispatcher", "POST", f"/leads/{lead['id']}/verify", json={"note": "已电话核实"})
            return "verified"
        self.ask("dispatcher", "POST", f"/leads/{lead['id']}/dispatch", json={})
        return "dispatched"

    # The squads.

    def work_unit(self) -> str:
        """An officer accepts a lead, settles it on the spot or begins a case."""
        unit = self.rng.choice((HUAMU, CHUANSHA))
        officer = LOGINS[unit]["officer"]
        wanted = {"unit": unit, "state": ["dispatched", "accepted"], "limit": 30}
        waiting = self.ask(officer, "GET", "/leads", params=wanted)["items"]
        if not waiting:
            return "squad is clear"
        lead = self.rng.choice(waiting)
        if lead["state"]["code"] == "dispatched":
            self.ask(LOGINS[unit]["head"], "POST", f"/leads/{lead['id']}/accept")
            return "accepted"
        if lead["cause"] in FINDINGS.values() and self.rng.random() < BECOMES_CASE:
            return self._begin(unit, lead)
        note = {"outcome": "persuaded", "note": "经教育劝阻，当事人已当场改正。"}
        self.ask(officer, "POST", f"/leads/{lead['id']}/settle", json=note)
        return "settled"

    def _begin(self, unit: str, lead: Mapping[str, Any]) -> str:
        """A case on what a lead says."""
        cause = lead["cause"]
        profile = next(p for p in PROFILES if p.code == cause)
        where = lead["place"] or "示例路1号"
        party = places.party(self.rng, self.rng.choice(profile.parties.split()), profile.trade, where)
        kept = {k: v for k, v in party.items() if k not in {"trade_name", "id_kind"}}
        today = self.now().date().isoformat()
        second = self._officer_id(unit)
        opening = {
            "cause": cause,
            "place": where,
            "found_on": today,
            "second_officer": second,
            "lead": lead["id"],
            "party": kept,
            "facts": self._facts(cause),
        }
        self.ask(LOGINS[unit]["officer"], "POST", "/cases", json=opening)
        return "opened a case"

    def _officer_id(self, unit: str) -> int:
        """The id of the second officer of the unit, as the latest case of the unit names him or her."""
        rows = self.ask(LOGINS[unit]["officer"], "GET", "/cases", params={"unit": unit, "limit": 5})["items"]
        for row in rows:
            file = self.ask(LOGINS[unit]["officer"], "GET", f"/cases/{row['id']}")["file"]
            if len(file.get("officers") or ()) > 1:
                return int(file["officers"][1]["id"])
        raise LookupError(unit)

    # The bench.

    def work_case(self) -> str:
        """Somebody by lot makes the next move of a case that waits for it."""
        login = self.rng.choice(sorted(MOVES_OF))
        rows = self.ask(login, "GET", "/cases", params={"limit": 60})["items"]
        waiting = [row for row in rows if row["state"] != "closed"]
        if not waiting:
            return "bench is clear"
        case = self.ask(login, "GET", f"/cases/{self.rng.choice(waiting)['id']}")
        mine = MOVES_OF[login]
        move = next((m["move"] for m in case["moves"] if m["open"] and m["move"] in mine), "")
        if not move:
            return "looked at a case"
        values = answers.typed(move, case["file"], self.now(), self.rng)
        self.ask(login, "POST", f"/cases/{case['id']}/moves/{move}", json={"values": values})
        return move

    @staticmethod
    def now() -> datetime:
        return clock.now()


# What each makes of the road; moves that only wait (a lapse) are left to time.
_MADE_BY: Mapping[str, frozenset[str]] = {
    "officer": frozenset(
        {
            "check_lead",
            "propose_filing",
            "interview",
            "order_correction",
            "recheck_correction",
            "close_investigation",
            "serve_prior_notice",
            "offer_hearing",
            "receive_defence",
            "recheck_defence",
            "serve_decision",
            "report_before_payment",
        }
    ),
    "second": frozenset(),
    "head": frozenset(
        {"approve_filing", "assign_officers", "close_performed", "close_reported", "close_summary"}
    ),
    "clerk": frozenset({"waive_defence", "waive_hearing", "pay_at_bank", "perform", "archive_case"}),
    "reviewer": frozenset({"adjudicate"}),
    "legal": frozenset({"pass_legal_review"}),
    "decider": frozenset({"decide_penalty"}),
    "publicity": frozenset({"publish_decision", "publish_performed"}),
}

# Login → moves: in a town one person adjudicates and decides.
MOVES_OF: Mapping[str, frozenset[str]] = {
    login: frozenset[str]().union(
        *(_MADE_BY[who] for unit in LOGINS.values() for who, name in unit.items() if name == login)
    )
    for login in {name for unit in LOGINS.values() for name in unit.values()}
}
