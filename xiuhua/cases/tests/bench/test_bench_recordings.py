"""A case that is recorded in part: seconds and holes, what is proposed, and what people tie, leave or explain."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from xiuhua.cases.actions import recordings as actions
from xiuhua.cases.models import Case
from xiuhua.cases.queries import checking
from xiuhua.cases.queries import recordings as queries
from xiuhua.cases.tests.bench.bench import LEGAL, O1, Bench
from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries as docked
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.kernel import files, record
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.observations import queries as observations
from xiuhua.org.models import Officer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def walked(bench: Bench) -> tuple[Case, datetime]:
    return bench.at_step("interview")


def recorded(
    bench: Bench, case: Case, officer: Officer, start: datetime, minutes: float, *, arrives: bool = True
) -> Recording:
    """A recording of an officer, docked at the station of the unit."""
    unit = case.handling_unit
    station = docked.stations(SYSTEM).filter(unit=unit).first()
    if station is None:
        station, _ = evidence.open_station(name="示例采集站", unit=unit, by=SYSTEM, at=start)
    data = b"\0\0\0\x20ftypisom" + f"{start} {officer.pk} {minutes}".encode()
    said = Manifest(
        f"示例{start:%H%M}.mp4",
        len(data),
        hashlib.sha256(data).hexdigest(),
        hashlib.new("sm3", data).hexdigest(),
        "video/mp4",
        officer_no=officer.staff_no,
        started_at=start,
        ended_at=start + timedelta(minutes=minutes),
    )
    by, at = docked.station_actor(station), start + timedelta(hours=1)
    row = evidence.dock(station=station, said=said, by=by, at=at)
    if arrives:
        received = files.receive(io.BytesIO(data), "video/mp4")
        evidence.arrive(recording=row, received=received, by=by, at=at)
    return row


def interview(case: Case, bench: Bench) -> tuple[queries.Kept, datetime, float]:
    """The interview as it must be recorded: its beginning and its minutes."""
    kept = next(
        k for k in queries.kept_of(case, bench.actor(O1, case.handling_unit)) if k.need.step == "interview"
    )
    span = queries.span_of(kept.need)
    assert span is not None
    return kept, span[0], (span[1] - span[0]).total_seconds() / 60


def fired(case: Case) -> set[str]:
    return {finding.rule.id for finding in checking.check_case(case).findings}


def test_a_recording_is_proposed_taken_and_its_hole_is_found_and_explained(
    bench: Bench, walked: tuple[Case, datetime]
) -> None:
    case, at = walked
    officer, by = bench.person(O1, case.handling_unit), bench.actor(O1, case.handling_unit)
    kept, start, minutes = interview(case, bench)
    assert (kept.tied, kept.complete) == ((), False)
    assert "RC03" in fired(case)
    half = recorded(bench, case, officer, start - timedelta(minutes=5), 5 + minutes / 2)
    stranger = recorded(bench, case, bench.person(LEGAL), start, minutes)
    late = recorded(bench, case, officer, start + timedelta(hours=5), 3)
    [found] = queries.proposals(case, by)
    assert (found.recording, found.step, found.seconds) == (half, "interview", int(minutes * 30))
    assert stranger not in [found.recording]
    assert late not in [found.recording]
    actions.tie(case=case, recording=half, step=found.step, stated=found.stated, by=by, at=at)
    kept, _, _ = interview(case, bench)
    assert kept.covered is not None
    assert (kept.covered.required, kept.covered.recorded) == (int(minutes * 60), int(minutes * 30))
    [hole] = kept.covered.holes
    assert hole == (start + timedelta(minutes=minutes / 2), start + timedelta(minutes=minutes))
    assert not kept.complete
    assert queries.proposals(case, by) == []
    with pytest.raises(Invalid):
        actions.tie(case=case, recording=half, step=found.step, stated=found.stated, by=by, at=at)
    told = {"step": found.step, "stated": found.stated, "by": by, "at": at}
    actions.explain(case=case, reason="电池耗尽，已换机补录", **told)  # type: ignore[arg-type]
    kept, _, _ = interview(case, bench)
    assert kept.complete
    assert "RC02" not in fired(case)


def test_once_every_step_is_tied_or_explained_the_rule_of_the_check_is_silent(
    bench: Bench, walked: tuple[Case, datetime]
) -> None:
    case, at = walked
    officer, by = bench.person(O1, case.handling_unit), bench.actor(O1, case.handling_unit)
    for kept in queries.kept_of(case, by):
        span = queries.span_of(kept.need)
        need = {"step": kept.need.step, "stated": kept.need.stated, "by": by, "at": at}
        if span is None:
            actions.explain(case=case, reason="设备故障", **need)  # type: ignore[arg-type]
            continue
        row = recorded(bench, case, officer, span[0], (span[1] - span[0]).total_seconds() / 60)
        actions.tie(case=case, recording=row, **need)  # type: ignore[arg-type]
    assert all(kept.complete for kept in queries.kept_of(case, by))
    assert not {"RC01", "RC02", "RC03"} & fired(case)


def test_what_does_not_belong_is_left_with_a_reason_and_not_proposed_again(
    bench: Bench, walked: tuple[Case, datetime]
) -> None:
    case, at = walked
    by = bench.actor(O1, case.handling_unit)
    _, start, minutes = interview(case, bench)
    row = recorded(bench, case, bench.person(O1, case.handling_unit), start, minutes)
    with pytest.raises(Invalid):
        actions.leave(case=case, recording=row, reason=" ", by=by, at=at)
    actions.leave(case=case, recording=row, reason="另一起纠纷", by=by, at=at)
    assert queries.proposals(case, by) == []


def test_what_cannot_be_tied_or_explained_is_refused(bench: Bench, walked: tuple[Case, datetime]) -> None:
    case, at = walked
    by, stranger = bench.actor(O1, case.handling_unit), bench.actor(LEGAL)
    kept, start, minutes = interview(case, bench)
    need = {"step": kept.need.step, "stated": kept.need.stated}
    here = bench.person(O1, case.handling_unit)
    away = recorded(bench, case, here, start, minutes, arrives=False)
    row = recorded(bench, case, here, start, minutes / 3)
    steps = case.steps.count()
    with pytest.raises(Invalid, match="尚未入库"):
        actions.tie(case=case, recording=away, by=by, at=at, **need)
    with pytest.raises(Invalid, match="尚未入库"):
        actions.leave(case=case, recording=away, reason="x", by=by, at=at)
    with pytest.raises(Invalid, match="没有这一"):
        actions.tie(case=case, recording=row, step="none", stated="", by=by, at=at)
    with pytest.raises(Invalid, match="原因"):
        actions.explain(case=case, reason=" ", by=by, at=at, **need)
    with pytest.raises(Refused):
        actions.explain(case=case, reason="x", by=stranger, at=at, **need)
    assert case.steps.count() == steps


def test_a_colleague_is_proposed_for_the_step_at_which_the_device_was_near_and_for_no_other(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = bench.at_step("interview")
    kept, start, minutes = interview(case, bench)
    later = replace(
        kept.need,
        stated="later",
        since=f"{start + timedelta(hours=5):%Y-%m-%dT%H:%M}",
        until=f"{start + timedelta(hours=5, minutes=minutes):%Y-%m-%dT%H:%M}",
    )
    one = bench.person(O1, case.handling_unit)
    other = bench.person(("officer", 7), case.handling_unit)
    own = recorded(bench, case, one, start, minutes)
    recorded(bench, case, other, start, minutes)
    near = recorded(bench, case, other, start + timedelta(hours=5), minutes)
    recorded(bench, case, other, start + timedelta(hours=9), minutes)
    asked = []

    def passed(
        people: set[int], place: object, metres: int, since: datetime, until: datetime
    ) -> dict[int, int]:
        asked.append(people)
        return {other.pk: 40} if since > start else {}

    monkeypatch.setattr(queries, "needs", lambda fragments: [kept.need, later])
    monkeypatch.setattr(observations, "passed_near", passed)
    with record.act("示例", by=SYSTEM, at=start) as act:
        case.lon, case.lat = 121.5, 31.2
        case.save()
        act.entry(on=case, facts={})
    found = queries.proposals(case, bench.actor(O1, case.handling_unit))
    told = [(p.recording, p.stated, p.named, p.metres) for p in found]
    assert told == [(own, kept.need.stated, True, None), (near, "later", False, 40)]
    assert asked == [{one.pk, other.pk}, {other.pk}]
