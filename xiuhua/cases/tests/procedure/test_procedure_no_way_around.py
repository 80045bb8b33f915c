"""However a case and everything beside it wander, under either text: nothing is decided, carried out or closed without
what the law puts before it, and whatever is refused names its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.procedure.guards.reading import effective, owed, paid
from xiuhua.cases.procedure.periods import last_day
from xiuhua.cases.tests.procedure import demolition_live, roads
from xiuhua.cases.tests.procedure.live import Live, opened
from xiuhua.cases.tests.procedure.setting import calendar, params_on
from xiuhua.cases.tests.procedure.world import Made, World
from xiuhua.cases.tests.procedure.world_adversary import attempt
from xiuhua.cases.tests.procedure.world_begins import BEGINS, NO_POWER, POWER, confiscated, seized
from xiuhua.kernel.authz import Refusal

YEARS = ("2018", "2025")
STEPS = 45


def _lead(y: str) -> Live:
    return Live(opened("ordinary", f"{y}-03-01", **POWER))


ROADS: dict[str, Callable[[str], Live]] = {
    "a lead": _lead,
    "an investigation": lambda y: roads.investigating(y, **POWER),
    "a reviewed report": roads.reviewed,
    "a notice": roads.notified,
    "a large plan": lambda y: roads.notified(y, roads.LARGE),
    "a hearing": roads.hearing_offered,
    "a waiver": lambda y: roads.waived(y, **NO_POWER),
    "a served decision": lambda y: roads.served(y, **NO_POWER),
    "a confiscation": confiscated,
    "a street": lambda y: roads.on_scene(f"{y}-05-16"),
    "a building": lambda y: demolition_live.arrived(int(y)),
    "a building ordered away": lambda y: demolition_live.served(int(y)),
    "a building demanded": lambda y: demolition_live.demanded(int(y)),
    "a building forced": lambda y: demolition_live.force_decided(int(y)),
    "a building going up": lambda y: demolition_live.stopped(int(y)),
}


BESIDE = {begin.name: begin for begin in BEGINS if begin.years == YEARS}
# Where a walk begins: on the road, and where much has been done beside it.
STARTS = sorted(
    {*ROADS, "own enforcement", "force that was announced", "papers for the court", "a substitute"}
)


@cache
def begun(name: str, y: str) -> World:
    if name not in ROADS:
        return BESIDE[name].world(y)
    live = ROADS[name](y)
    base = {key: value for key, value in live.file.items() if key != "step"}
    on = live.steps[-1].on if live.steps else date(int(y), 3, 1)
    held = [seized(y, "in_force")] if name == "a confiscation" else []
    return World(base, on, live.state, Random(0), matters=held)


def wander(name: str, y: str, seed: int, refused: list[Refusal]) -> World:
    """Many attempts; after each one that the law let through, what must hold holds."""
    world = begun(name, y).again(seed)
    for _ in range(STEPS):
        before, state = len(world.made), world.state
        refused += attempt(world) or ()
        if len(world.made) > before:
            check(world, world.made[-1], state)
    return world


# What must hold


def check(world: World, made: Made, before: str) -> None:
    """What the law puts before the step that was just made."""
    _procedure, _version, move = made.key
    if world.procedure == "ordinary" and world.state == "decided" and before != "decided":
        decided(world.file, made.on)
    if made.key[0] == "ordinary" and move in {"close_performed", "close_executed"}:
        nothing_left(world)
    if made.key[0] == "demolition":
        demolished(world.file, move, made.on)
    if move == "serve_decision":
        assert (
            world.file["decision"]["decided_on"]
            <= effective(world.file["services"][-1])
            <= made.on.isoformat()
        )
    if move in {"decide_own_enforcement", "decide_after_defence", "decide_immediately", "enforce"}:
        forced(world.file, move)
        nothing_is_deferred(world.file)
    if move == "apply_to_court":
        applied(world.file)


def nothing_is_deferred(file: dict[str, Any]) -> None:
    """PPL21 §66: while a plan runs its money is not fetched by force."""
    deferral = file.get("deferral") or {}
    only_money = not file["decision"].get("other_duties")
    assert not (only_money and deferral.get("approved_on") and not deferral.get("broken_on"))


def investigators(file: dict[str, Any]) -> set[str]:
    rows = [*file.get("inspections", ()), *file.get("interviews", ())]
    return {*file["filing"]["officer_ids"], *(i for row in rows for i in row.get("officer_ids", ()))}


def decided(file: dict[str, Any], on: date) -> None:
    """PPL21 §44, §45, §54 to §63, §76 (PPL17 §31, §32, §36 to §42): filed, reviewed, told, heard, in range."""
    day, own, notice = on.isoformat(), investigators(file), file["notice"]
    assert file["filing"]["approved_on"] <= day
    assert len(set(file["filing"]["officer_ids"])) >= 2
    assert file["legal_review"]["opinion"] == "pass"
    assert file["legal_review"]["reviewer_id"] not in own
    assert file["adjudication"]["reviewer_id"] not in own
    assert file["decision"]["approver_id"] not in own
    assert notice["served_on"] <= day
    assert defended(file, on)
    if (notice.get("planned_fine") or 0) >= params_on(on)["hearing_fine_citizen"]:
        assert heard(file, on)
    fine, cause = file["decision"].get("fine") or 0, file["cause"]
    if fine:
        assert fine <= cause["ceiling"]
        assert fine >= cause["floor"] or file["decision"].get("mitigation_ground")
    assert set(file["decision"]["kinds"]) <= set(cause["kinds_allowed"])


def defended(file: dict[str, Any], on: date) -> bool:
    """Rechecked since it came, waived in writing, taken up by a hearing, or its days are over."""
    defence, notice, hearing = file.get("defence") or {}, file["notice"], file.get("hearing") or {}
    if defence.get("received_on"):
        return bool(defence.get("rechecked_on")) and defence["rechecked_on"] >= defence["received_on"]
    over = date.fromisoformat(notice["served_on"]) + timedelta(days=notice["defence_days"]) < on
    return bool(defence.get("waived_in_writing") or hearing.get("report_on") or over)


def heard(file: dict[str, Any], on: date) -> bool:
    """Told of the right, and then reported, waived in writing, or not asked for in time; never while under way."""
    hearing, notice = file.get("hearing") or {}, file["notice"]
    told = hearing.get("told_on") or (notice["served_on"] if notice.get("tells_hearing") else "")
    if not told or hearing.get("under_way"):
        return False
    if hearing.get("report_on"):
        return True
    last = last_day("hearing_request", date.fromisoformat(told), calendar())
    assert last is not None
    if hearing.get("waived_in_writing"):
        return bool(hearing["waived_on"] >= (hearing.get("requested_on") or told))
    return not hearing.get("requested_on") and last < on


def nothing_left(world: World) -> None:
    """PPL21 §74, AEL §27, §28: the money is in, nothing is still held, what was confiscated has its end or store."""
    file = world.file
    assert paid(file) + 0.005 >= owed(file)
    for row in file.get("measures", ()):
        assert len(row.get("ends", ())) >= len(row["items"]), row["state"]
    for row in file.get("confiscations", ()):
        in_custody = row.get("receipt_no") and row.get("stored_on") and row.get("store_place")
        assert row["state"] in {"settled", "returned"} or in_custody, row["state"]


def forced(file: dict[str, Any], move: str) -> None:
    """AEL §34 to §38: own power, the demand and its days (or flight) before the decision, its service before force."""
    said, own = file["demand"], file["enforcement"]
    # Things still held may be auctioned without a power of its own (AEL §46).
    assert file["cause"].get("enforcement_power") or file.get("measures")
    last = date.fromisoformat(said["served_on"]) + timedelta(days=said["duty_days"])
    assert said.get("asset_flight") or last.isoformat() < own["decided_on"]
    if move == "enforce":
        assert own["decided_on"] <= own["served_on"] <= own["implemented_at"][:10]


def applied(file: dict[str, Any]) -> None:
    """AEL §53, §54: only who has no power of its own, after the remedies and ten working days after the demand."""
    assert not file["cause"].get("enforcement_power")
    on, served = file["court"]["applied_on"], file["demand"]["served_on"]
    assert calendar().between(date.fromisoformat(served), date.fromisoformat(on)) > 10
    assert file["court"]["remedy_ended_on"] < on


def demolished(file: dict[str, Any], move: str, on: date) -> None:
    """SHDB §7 to §12, AEL §35 to §44: order, service, demand, remedies and the announced term before force."""
    own, day = file["demolition"], on.isoformat()
    if move in {"report_to_government", "report_after_defence", "decide_town_demolition"}:
        served = max(effective(row) or "" for row in file["services"])
        half_a_year = calendar().due(date.fromisoformat(served), 6, "month").day.isoformat()
        assert half_a_year < day
        assert own["order_due_on"] < file["demand"]["served_on"] < day
    if move == "decide_forced":
        assert own["reported_on"] <= day
    if move == "demolish":
        assert own["forced_decided_on"] <= own["force_announced_on"] < own["self_due_on"] < day
        assert own["goods_listed"] is True
        assert file["enforcement"]["cut_utilities"] is False
    if move == "demolish_at_once":
        assert own["being_built"] is True
        assert own["stopped_on"] <= own["ordered_on"] <= day
    if move in {"close_removed", "close_cleared"}:
        assert own["registry_no"]
        assert not own["has_reporter"] or own["reporter_told_on"] <= day
        assert own["removed_on"] <= day if "removed_on" in own else own["demolished_at"][:10] <= day


def names_its_article(refused: list[Refusal]) -> None:
    bare = {r.code for r in refused if not (r.ground and r.sentence and r.meaning)}
    assert bare == set()


SEEDS = st.integers(0, 10**9)


@pytest.mark.slow
@given(st.sampled_from(STARTS), st.sampled_from(YEARS), SEEDS)
@settings(max_examples=60, deadline=None)
def test_nothing_is_decided_carried_out_or_closed_without_what_comes_before_it(
    name: str, y: str, seed: int
) -> None:
    refused: list[Refusal] = []
    wander(name, y, seed, refused)
    names_its_article(refused)


@pytest.mark.slow
@pytest.mark.no_cover
@given(st.sampled_from(STARTS), st.sampled_from(YEARS), SEEDS)
@settings(max_examples=1500, deadline=None)
def test_nor_in_many_more_cases(name: str, y: str, seed: int) -> None:
    refused: list[Refusal] = []
    wander(name, y, seed, refused)
    names_its_article(refused)


@pytest.mark.slow
@pytest.mark.no_cover
def test_enough_of_the_wanderers_come_far_and_are_refused_often_enough_to_prove_something() -> None:
    refused: list[Refusal] = []
    made: Counter[str] = Counter()
    for name in STARTS:
        for y in YEARS:
            for seed in range(25):
                made.update(move for _, _, move in wander(name, y, seed, refused).walked)
    for move in (
        "decide_penalty",
        "close_performed",
        "enforce",
        "apply_to_court",
        "demolish",
        "close_removed",
    ):
        assert made[move] >= 3, (move, made[move])
    assert len(made) > 200
    assert len({r.code for r in refused}) > 150
    names_its_article(refused)
