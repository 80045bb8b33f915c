"""The street by itself, at a site that answers what it is told to: what is said, what is chosen, what is survived."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from django.conf import settings

from xiuhua.cases.procedure.tables import latest
from xiuhua.kernel import clock
from xiuhua.registers.tests.bureau import AT
from xiuhua.simulation import casework
from xiuhua.simulation.casework import HEAPS, ONCE, next_move, temper
from xiuhua.simulation.current import CHUANSHA, HUAMU, LOGINS
from xiuhua.simulation.doors import Doors, Fault
from xiuhua.simulation.street import Street, _covers

KEYS = {login: f"示例{login}".encode().hex() for login in {*casework.MOVES_OF, "intake", "dispatcher"}}
Handler = Callable[[httpx.Request], httpx.Response]


class Site:
    """Answers every request; keeps what was said."""

    def __init__(self, answer: Handler | None = None) -> None:
        self.answer = answer or self.plain
        self.asked: list[tuple[str, str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((request.method, str(request.url.raw_path), request.content.decode()))
        return self.answer(request)

    @staticmethod
    def plain(request: httpx.Request) -> httpx.Response:
        """A lead in each state and a case to be checked; everything that is posted is well."""
        path, query = request.url.path, dict(parse_qsl(request.url.query.decode()))
        if request.method == "POST":
            return httpx.Response(201, json={})
        if path == "/api/leads":
            states = ["registered", "verified"] if "to_do" in query else ["dispatched", "accepted"]
            return httpx.Response(200, json={"items": [lead(n, s) for n, s in enumerate(states, 1)]})
        if path == "/api/leads/near":
            return httpx.Response(200, json=[])
        if path == "/api/cases":
            found = (
                [{"id": 7, "found_on": AT.date().isoformat()}] if query.get("state", "lead") == "lead" else []
            )
            return httpx.Response(200, json={"items": found})
        return httpx.Response(200, json=case(7, "check_lead"))


def lead(pk: int, state: str, **more: Any) -> dict[str, Any]:
    return {
        "id": pk,
        "state": {"code": state},
        "kind": {"code": "street_vending"},
        "cause": "SR11",
        "place": "示例路1号",
        "lon": 121.5,
        "lat": 31.2,
        "received_at": AT.isoformat(),
        "has_reporter": True,
        "due_on": None,
        "outcome": None,
        "outcome_note": "",
        "merged_into": None,
        **more,
    }


def case(pk: int, *opened: str, made: tuple[str, ...] = (), **file: Any) -> dict[str, Any]:
    return {
        "id": pk,
        "file": {"officers": [{"id": "1"}, {"id": "2"}], **file},
        "steps": [{"move": m} for m in made],
        "moves": [{"move": m, "open": True} for m in opened],
    }


def street(site: Handler, seed: int = 1) -> Street:
    doors = Doors("http://street.test", KEYS, httpx.MockTransport(site))
    return Street(doors, Path(settings.REFERENCE_DIR), seed=seed)


def walked(site: Handler, seed: int = 1, acts: int = 15) -> Street:
    made = street(site, seed)
    with clock.held_at(AT):
        made.walk(Event(), rate=1e9, acts=acts)
    return made


def test_the_same_seed_says_the_same_things_to_the_same_answers() -> None:
    first, second, other = Site(), Site(), Site()
    walked(first)
    walked(second)
    walked(other, seed=2)
    assert first.asked == second.asked
    assert first.asked != other.asked


def test_everybody_speaks_with_a_key_of_their_own() -> None:
    seen = set()

    def listen(request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/api"):
            seen.add(request.headers["Authorization"].removeprefix("Bearer "))
        else:
            assert dict(parse_qsl(request.content.decode()))["api_key"] == KEYS["intake"]
        return Site.plain(request)

    walked(listen, acts=30)
    assert seen <= set(KEYS.values()) - {KEYS["intake"]}
    assert {KEYS["dispatcher"], KEYS["officer1"], KEYS["townofficer1"]} <= seen


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (httpx.Response(409, json={"refusals": [{"code": "our_power"}]}), "refused", "our_power"),
        (httpx.Response(422, json={"errors": {"place": "示例"}}), "refused", "place"),
        (httpx.Response(401, json={"detail": "示例"}), "refused", "HTTP 401"),
        (httpx.Response(404, text="<html>"), "refused", "HTTP 404"),
        (httpx.Response(409, json=["示例"]), "refused", "HTTP 409"),
        (httpx.Response(302, headers={"Location": "/login"}), "refused", "HTTP 302"),
        (httpx.Response(500, text="示例"), "away", "HTTP 500"),
        (httpx.Response(502), "away", "HTTP 502"),
        (httpx.Response(200, text="<html>"), "unclear", "no JSON"),
        (httpx.ConnectError("示例"), "away", "ConnectError"),
        (httpx.ReadTimeout("示例"), "away", "ReadTimeout"),
    ],
)
def test_whatever_a_site_answers_is_told_apart(
    answer: httpx.Response | Exception, kind: str, why: str
) -> None:
    def say(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    doors = Doors("http://street.test", KEYS, httpx.MockTransport(say))
    with pytest.raises(Fault) as caught:
        doors.get("officer1", "/cases")
    assert (caught.value.kind, caught.value.why) == (kind, why)
    made = walked(say, acts=20)
    assert set(made.said) == {kind}
    assert sum(made.why.values()) == 20
    assert why in made.tally()


def test_a_site_that_answers_anything_is_there_and_one_that_cannot_be_reached_is_not() -> None:
    def nowhere(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("示例")

    assert Doors("http://street.test", {}, httpx.MockTransport(lambda r: httpx.Response(500))).answers()
    assert not Doors("http://street.test", {}, httpx.MockTransport(nowhere)).answers()


@pytest.mark.parametrize("answer", [[], {}, {"items": None}, {"items": [{}]}, {"items": ["示例"]}, 3, None])
def test_an_answer_of_another_shape_does_not_end_the_street(answer: Any) -> None:
    made = walked(lambda request: httpx.Response(200, json=answer), acts=30)
    assert sum(made.said.values()) == 30
    assert made.said["unclear"] > 0


def test_somebody_without_a_key_stays_at_home_and_the_others_go_on() -> None:
    made = street(Site())
    made.doors.keys = {k: v for k, v in KEYS.items() if k != "dispatcher"}
    with clock.held_at(AT):
        made.walk(Event(), rate=1e9, acts=20)
    assert made.why["work_desk: no key for dispatcher"] == made.said["refused"] > 0
    assert made.said["reported"] > 0


def test_it_stops_when_it_is_told_to() -> None:
    stop, site = Event(), Site()
    made = street(site)
    with clock.held_at(AT):
        assert made.walk(stop, rate=1e9, after=lambda: stop.set() if len(site.asked) > 10 else None) > 1
    assert len(site.asked) < 30


def test_no_officer_finds_anything_where_another_squad_is_the_one_to_act() -> None:
    site = Site()
    made = street(site)
    for _ in range(30):
        made.find()
    special = [u.places[0] for u in made.world.units if u.kind == "special_area_squad"]
    found = [json.loads(said) for _, path, said in site.asked if "/api/findings" in path]
    assert len(found) == 30
    assert special
    assert not any(_covers(area, f["lon"], f["lat"]) for area in special for f in found)


def test_what_somebody_has_just_reported_is_merged_into_it() -> None:
    twin, later = lead(3, "registered"), lead(4, "registered")

    def say(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/leads/near":
            return httpx.Response(200, json=[{"lead": x, "metres": 0, "hours": 0} for x in (later, twin)])
        if request.url.path == "/api/leads":
            return httpx.Response(200, json={"items": [later]})
        return Site.plain(request)

    site = Site(say)
    made = street(site)
    assert made.work_desk() == "merged"
    assert json.loads(site.asked[-1][2])["into"] == 3


@pytest.mark.parametrize(
    "near",
    [
        {"lead": lead(3, "registered"), "metres": 4},
        {"lead": lead(5, "registered"), "metres": 0},
        {"lead": lead(3, "merged", merged_into=1), "metres": 0},
        {"lead": lead(3, "settled", outcome={"code": "persuaded"}), "metres": 0},
    ],
)
def test_what_only_resembles_another_report_is_verified(near: Mapping[str, Any]) -> None:
    def say(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/leads/near":
            return httpx.Response(200, json=[near])
        if request.url.path == "/api/leads":
            return httpx.Response(200, json={"items": [lead(4, "registered")]})
        return Site.plain(request)

    assert street(say).work_desk() == "verified"


def of_temper(*wanted: str, without: str = "") -> int:
    """The number of a case whose party is like that."""
    return next(n for n in range(1000) if temper(n) >= set(wanted) and without not in temper(n))


@pytest.mark.parametrize(
    ("found", "moves", "expected"),
    [
        (case(1), ("check_lead",), ""),
        (case(1, "propose_filing"), ("order_correction_at_check", "propose_filing"), "propose_filing"),
        (case(1, "interview", made=("interview",)), ("interview",), ""),
        (case(1, "close_investigation"), ("interview", "close_investigation"), "close_investigation"),
        # A correction is rechecked where one was ordered, and nobody concludes before.
        (case(1, "recheck_correction", "close_investigation"), ("recheck_correction",), ""),
        (
            case(
                of_temper(without="clears at once"),
                "recheck_correction",
                "close_investigation",
                correction={"ordered_on": "2026-05-10", "due_on": "2026-05-20"},
            ),
            ("recheck_correction", "close_investigation"),
            "",
        ),
        (
            case(
                of_temper(without="clears at once"),
                "recheck_correction",
                correction={"ordered_on": "2026-05-10", "due_on": "2026-05-13"},
            ),
            ("recheck_correction",),
            "recheck_correction",
        ),
        (
            case(
                of_temper("clears at once"),
                "recheck_correction",
                correction={"ordered_on": "2026-05-10", "due_on": "2026-05-20"},
            ),
            ("recheck_correction",),
            "recheck_correction",
        ),
        # What the party does is the party's.
        (case(of_temper("speaks"), "receive_defence"), ("receive_defence",), "receive_defence"),
        (case(of_temper("waives"), "receive_defence"), ("receive_defence",), ""),
        (case(of_temper("waives"), "waive_defence"), ("waive_defence",), "waive_defence"),
        (case(of_temper(without="pays"), "perform"), ("perform",), ""),
        # A summary case is reported once, before it is paid or after.
        (
            case(1, "close_reported", decision={"filed_with_agency_on": "2026-05-12"}),
            ("close_reported",),
            "close_reported",
        ),
        (case(1, "close_reported", decision={"fine": 50}), ("close_reported",), ""),
        (
            case(1, "report_for_record", decision={"filed_with_agency_on": "2026-05-12"}),
            ("report_for_record",),
            "",
        ),
    ],
)
def test_somebody_who_read_the_file_makes_the_move(
    found: dict[str, Any], moves: tuple[str, ...], expected: str
) -> None:
    with clock.held_at(AT):
        assert next_move(found, moves) == expected


def test_some_parties_speak_some_waive_some_keep_silent_and_most_pay() -> None:
    found = [temper(n) for n in range(500)]
    share = {kind: sum(kind in t for t in found) / 500 for kind in ("speaks", "waives", "pays")}
    assert 0.3 < share["speaks"] < 0.5
    assert 0.3 < share["waives"] < 0.5
    assert 0.1 < 1 - share["speaks"] - share["waives"] < 0.3
    assert 0.85 < share["pays"] < 0.95
    assert found == [temper(n) for n in range(500)]


def test_every_heap_is_one_of_the_procedure_and_its_moves_are_made_by_a_role_that_may() -> None:
    roles = {
        "officer": "officer",
        "head": "squad_head",
        "clerk": "squad_legal_clerk",
        "reviewer": "case_centre_reviewer",
        "legal": "legal_reviewer",
        "decider": "bureau_deputy_head",
        "publicity": "publicity_clerk",
    }
    tables = [latest("ordinary"), latest("summary")]
    for heap in HEAPS:
        for name in heap.moves:
            made = [t.by_id[name] for t in tables if name in t.by_id and t.by_id[name].source == heap.state]
            assert made, (heap.state, name)
            assert any(roles[heap.who] in m.roles or "party" in m.roles for m in made), (heap.who, name)
            assert all(m.stays == (name in ONCE) for m in made), name


def test_every_state_of_the_plain_road_has_somebody_to_go_on_with_it() -> None:
    spine = {
        "lead",
        "checked",
        "filing_proposed",
        "filed",
        "investigating",
        "investigation_closed",
        "adjudicated",
    }
    spine |= {
        "legal_review_passed",
        "notified",
        "defence_received",
        "defence_done",
        "decided",
        "served",
        "performed",
    }
    assert spine <= {heap.state for heap in HEAPS}
    assert all(heap.who in LOGINS[unit] for unit in (HUAMU, CHUANSHA) for heap in HEAPS)
