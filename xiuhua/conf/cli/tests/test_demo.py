"""The demo in small: laid out through its own steps, laid out once, and a street that works on it through the API."""

from __future__ import annotations

import json
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from pytest_django import DjangoDbBlocker

from xiuhua.cases.models import Case, Document, Matter, PaperForm, Step
from xiuhua.cases.tests.bench.bench import counted
from xiuhua.conf.cli import tour
from xiuhua.conf.cli.demo import Demo
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads.models import Lead
from xiuhua.observations import actions as observations
from xiuhua.observations.tests.stored import stored
from xiuhua.org import queries as org
from xiuhua.simulation import casework, current, stores
from xiuhua.simulation.casework import HEAPS, next_move
from xiuhua.simulation.current import CHUANSHA, HUAMU, LOGINS
from xiuhua.simulation.doors import Doors
from xiuhua.simulation.street import Street
from xiuhua.simulation.world import load
from xiuhua.simulation.year import Plan

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=clock.SHANGHAI)
SMALL = Plan(summary=12, ordinary=12, seed=2018)
REFERENCE = Path(settings.REFERENCE_DIR)


@pytest.fixture(scope="module")
def laid_out(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """The folder of a demo that was prepared; its rows are taken back when the module is through."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        # Positions are written over a connection of their own, which would wait for this transaction.
        with clock.held_at(NOW), stored(folder) as store, pytest.MonkeyPatch.context() as patch:
            patch.setattr(observations, "open_store", store.open)
            Demo(folder, SMALL).prepare()
            assert store.rows("SELECT COUNT(*) FROM observations_position")[0][0] > 100
        with django_db_blocker.block():
            yield folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(laid_out: Path, db: None) -> Iterator[Path]:
    with clock.held_at(NOW):
        yield laid_out


@pytest.fixture
def site() -> Iterator[httpx.BaseTransport]:
    """This very site in this very process, which keeps the connection of the test and its transaction."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield httpx.WSGITransport(get_wsgi_application())
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def street(demo: Path, site: httpx.BaseTransport) -> Iterator[Street]:
    keys = json.loads((demo / tour.KEYS).read_text())
    with Doors("http://testserver", keys, site) as doors:
        yield Street(doors, REFERENCE, seed=11)


def this_week() -> list[Case]:
    officers = [org.user_by_login(LOGINS[unit]["officer"]) for unit in (HUAMU, CHUANSHA)]
    return list(Case.objects.filter(officer__in=[u.officer_id for u in officers if u]))


def test_the_demo_has_its_year_its_week_its_people_and_keys_that_nobody_else_reads(demo: Path) -> None:
    assert Case.objects.filter(closed_on__year=2018, procedure="summary").count() == SMALL.summary
    assert Case.objects.filter(closed_on__year=2018, procedure="ordinary").count() == SMALL.ordinary
    rows = (current.OPEN, current.HEARINGS, current.ON_THE_SPOT, stores.TAKEN)
    assert len(this_week()) == sum(map(len, rows))
    keys = json.loads((demo / tour.KEYS).read_text())
    assert keys.keys() == set(tour.WITH_KEYS)
    for login, key in keys.items():
        found = org.key_user(key)
        assert found is not None
        assert found.login == login
    for name in (tour.KEYS, tour.PASSWORD):
        assert stat.S_IMODE((demo / name).stat().st_mode) == 0o600


def test_a_second_start_changes_nothing(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = counted()
    Demo(demo, SMALL).prepare()
    assert counted() == before
    assert "there already" in capsys.readouterr().out


def test_a_start_after_one_that_was_broken_off_doubles_nothing(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {name: n for name, n in counted().items() if name != "kernel.RecordEntry"}
    (demo / "ready.json").unlink()
    Demo(demo, SMALL).prepare()
    assert {name: n for name, n in counted().items() if name != "kernel.RecordEntry"} == before
    said = capsys.readouterr().out
    assert "0 cases written" in said
    assert "this week: 0 cases and leads" in said


def test_the_week_has_something_at_every_desk_and_nothing_from_the_future(demo: Path) -> None:
    cases, now = this_week(), clock.now()
    states = {case.state for case in cases}
    assert {
        "lead",
        "filing_proposed",
        "investigating",
        "adjudicated",
        "notified",
        "defence_done",
        "decided",
    } <= states
    assert {"served", "closed", "delivered", "hearing_offered"} <= states
    steps = Step.objects.filter(case__in=cases)
    assert max(step.at for step in steps) <= now
    assert {step.law_version for step in steps if step.matter_id is None} == {"2021"}
    waiting = Counter(Lead.objects.exclude(state="handed_to_case").values_list("state", flat=True))
    assert waiting["registered"] == 4
    assert waiting["verified"] == 2
    assert waiting["dispatched"] >= 2


def test_the_stores_hold_numbered_sheets_on_their_way_and_things_that_were_seized(demo: Path) -> None:
    sheets = Counter(PaperForm.objects.values_list("kind", "state"))
    assert sheets[stores.SPOT, "lost"] == sheets[stores.SPOT, "void"] == 2
    assert sheets[stores.SPOT, "handed"] == 2 * (2 * stores.EACH - 2)
    assert sheets[stores.VOUCHER, "stored"] == stores.PRINTED // 2
    assert not PaperForm.objects.filter(state__in=("void", "lost"), reason="").exists()
    measures = Counter(Matter.objects.filter(procedure=stores.MEASURE).values_list("state", flat=True))
    assert measures == {"in_force": 3, "returned": 1}
    assert all(m.due_on for m in Matter.objects.filter(procedure=stores.MEASURE, state="in_force"))
    papers = set(
        Document.objects.filter(case__matters__procedure=stores.MEASURE).values_list("kind", flat=True)
    )
    assert {"measure_decision", "measure_list"} <= papers


def test_a_week_that_breaks_off_leaves_nothing(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with record.act("示例", by=SYSTEM, at=clock.now()) as act:
        for case in this_week():
            # Nobody's now: so the week counts as not laid out.
            case.officer = None
            case.save()
            act.entry(on=case, facts={})
    before = counted()

    def broken(week: current.Week) -> int:
        raise RuntimeError("示例")

    monkeypatch.setattr(current, "_leads", broken)
    with pytest.raises(RuntimeError):
        current.lay_out(load(REFERENCE), clock.now(), 5)
    assert counted() == before


def test_the_street_works_and_is_hardly_ever_refused(street: Street) -> None:
    cases, leads = Case.objects.count(), Lead.objects.count()
    assert street.walk(Event(), rate=1e9, acts=150) == 150
    assert street.said["unclear"] == street.said["away"] == 0, street.tally()
    assert street.said["refused"] <= 2, street.tally()
    done = street.said
    for act in ("reported", "found", "verified", "dispatched", "accepted", "settled"):
        assert done[act], street.tally()
    assert done["opened a case"] + done["punished on the spot"], street.tally()
    moves = {move for heap in HEAPS for move in heap.moves}
    assert len(moves & done.keys()) > len(moves) // 2, street.tally()
    assert Lead.objects.count() == leads + done["reported"] + done["found"]
    assert Case.objects.count() == cases + done["opened a case"] + done["punished on the spot"]


def a_case_of_the_street(street: Street, unit: str) -> tuple[int, str]:
    """A citizen's report is verified, dispatched, accepted and becomes a case; its id, and that of the request."""
    officer, (lon, lat) = LOGINS[unit]["officer"], street.point(street.home(unit))
    seen = {
        "service_code": "street_stacking",
        "description": "示例：路边堆物",
        "lat": str(lat),
        "long": str(lon),
    }
    [request] = street.doors.report("intake", seen)
    path = f"/leads/{Lead.objects.get(public_id=request['service_request_id']).pk}"
    street.doors.post("dispatcher", f"{path}/verify", {})
    assert street.doors.post("dispatcher", f"{path}/dispatch", {})["unit"]["code"] == unit
    accepted = street.doors.post(LOGINS[unit]["head"], f"{path}/accept", {})
    opened = street.doors.post(officer, "/cases", street.opening(accepted, street.colleague(unit, officer)))
    return int(opened["id"]), request["service_request_id"]


def next_by_anybody(street: Street, unit: str, pk: int) -> str:
    """The move that the case waits for, made by whoever makes it; empty if there is none."""
    state = Case.objects.get(pk=pk).state
    for heap in (heap for heap in HEAPS if heap.state == state):
        login = LOGINS[unit][heap.who]
        case: dict[str, Any] = street.doors.get(login, f"/cases/{pk}")
        if move := next_move(case, heap.moves):
            street.casework.make(login, case, move)
            return move
    return ""


@pytest.mark.parametrize("unit", [HUAMU, CHUANSHA])
@pytest.mark.parametrize("says", ["speaks", "waives"])
def test_a_case_of_the_street_is_decided_paid_closed_and_archived_by_the_people_of_the_demo(
    street: Street, monkeypatch: pytest.MonkeyPatch, unit: str, says: str
) -> None:
    monkeypatch.setattr(casework, "temper", lambda case: frozenset({says, "pays", "clears at once"}))
    pk, request = a_case_of_the_street(street, unit)
    made = []
    while move := next_by_anybody(street, unit, pk):
        made.append(move)
        assert len(made) < 30, made
    case = Case.objects.get(pk=pk)
    assert (case.state, bool(case.archive_number)) == ("closed", True), made
    assert case.fine
    assert case.paid == case.fine
    assert case.lead is not None
    assert case.lead.outcome == "case_closed"
    assert ("receive_defence" in made) == (says == "speaks")
    [status] = street.doors.http.get(f"/open311/v2/requests/{request}.json").json()
    assert status["status"] == "closed"
    assert "依法处理完毕" in status["status_notes"]


def test_a_party_that_keeps_silent_is_left_to_time(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casework, "temper", lambda case: frozenset({"pays", "clears at once"}))
    pk, _ = a_case_of_the_street(street, HUAMU)
    while next_by_anybody(street, HUAMU, pk):
        pass
    assert Case.objects.get(pk=pk).state == "notified"
