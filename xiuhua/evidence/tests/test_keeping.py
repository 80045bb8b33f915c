"""What is held stays; what is past its time goes by three hands, and its hashes stay."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.evidence import actions, permissions, queries
from xiuhua.evidence.models import Category, Destruction, Hold, Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.kernel import files, record
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org.queries import actor_for
from xiuhua.registers.tests.bureau import AT, Bureau, appointed

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=181)


@pytest.fixture(autouse=True)
def terms(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    with record.act("示例", by=SYSTEM, at=AT) as act:
        for code, days in (("routine", 180), ("important", None)):
            row = Category(
                code=code, name=code, name_en=code, keep_days=days, source="示例", certainty="design"
            )
            row.save()
        act.entry(on=row, facts={})


def docked(bureau: Bureau, mark: str = "甲", *, important: bool = False) -> Recording:
    station = queries.stations(SYSTEM).first()
    if station is None:
        station, _ = actions.open_station(name="示例站", unit=bureau.east, by=SYSTEM, at=AT)
    data = b"\0\0\0\x20ftypisom" + mark.encode()
    sha256, sm3 = (hashlib.new(name, data).hexdigest() for name in ("sha256", "sm3"))
    said = Manifest(f"{mark}.mp4", len(data), sha256, sm3, "video/mp4", important=important)
    by = queries.station_actor(station)
    row = actions.dock(station=station, said=said, by=by, at=AT)
    received = files.receive(io.BytesIO(data), "video/mp4")
    return actions.arrive(recording=row, received=received, by=by, at=AT)


def keepers(bureau: Bureau) -> tuple[Actor, Actor]:
    return tuple(actor_for(appointed("evidence_custodian", bureau.office), AT) for _ in range(2))  # type: ignore[return-value]


def proposed(bureau: Bureau, *rows: Recording, at: datetime = LATER) -> Destruction:
    by = bureau.actor("officer")
    return actions.propose_destruction(unit=bureau.east, recordings=rows, reason="期满", by=by, at=at)


def test_three_hands_let_a_recording_go_and_its_hashes_and_the_report_stay(bureau: Bureau) -> None:
    row, (second, third) = docked(bureau), keepers(bureau)
    assert row.file is not None
    made = proposed(bureau, row)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    assert files.path_of(row.sha256).exists()
    actions.destroy(destruction=made, by=third, at=LATER)
    row.refresh_from_db()
    assert (row.state, files.path_of(row.sha256).exists()) == ("destroyed", False)
    assert made.report == {"destroyed": [row.sha256], "kept": []}
    assert RecordEntry.objects.filter(verb="evidence.destroy").count() == 2
    with pytest.raises(Invalid):
        actions.destroy(destruction=made, by=third, at=LATER)


def test_nobody_has_two_hands_and_nothing_goes_before_the_review(bureau: Bureau) -> None:
    row, (second, _) = docked(bureau), keepers(bureau)
    made = proposed(bureau, row)
    with pytest.raises(Invalid):
        actions.destroy(destruction=made, by=second, at=LATER)
    for stranger in (bureau.actor("officer"), NOBODY):
        with pytest.raises(Refused):
            actions.review_destruction(destruction=made, by=stranger, at=LATER)
    made.proposed_by = second.user_id or 0
    with pytest.raises(Refused):
        actions.review_destruction(destruction=made, by=second, at=LATER)
    made.proposed_by = 0
    actions.review_destruction(destruction=made, by=second, at=LATER)
    with pytest.raises(Invalid):
        actions.review_destruction(destruction=made, by=second, at=LATER)
    with pytest.raises(Refused):
        actions.destroy(destruction=made, by=second, at=LATER)
    assert files.path_of(row.sha256).exists()


def test_the_next_hand_is_told_before_it_is_tried(bureau: Bureau) -> None:
    made, (second, third) = proposed(bureau, docked(bureau)), keepers(bureau)
    assert permissions.can_review_destruction(made, second)
    assert not permissions.can_review_destruction(made, bureau.actor("officer"))
    actions.review_destruction(destruction=made, by=second, at=LATER)
    assert permissions.can_destroy(made, third)
    assert not permissions.can_destroy(made, second)
    assert permissions.can_archive(third)
    assert permissions.can_hold(bureau.actor("officer"))


def test_what_is_held_marked_or_too_young_is_not_proposed(bureau: Bureau) -> None:
    officer = bureau.actor("officer")
    free, marked, held = docked(bureau), docked(bureau, "乙", important=True), docked(bureau, "丙")
    for _ in range(2):
        actions.hold(recording=held, subject="cases.case:1", label="示例案", by=officer, at=AT)
    assert Hold.objects.count() == 1
    for rows, at in (
        ([free], AT + timedelta(days=180)),
        ([marked], LATER),
        ([free, held], LATER),
        ([], LATER),
    ):
        with pytest.raises(Invalid):
            proposed(bureau, *rows, at=at)
    with pytest.raises(Invalid, match="理由"):
        actions.propose_destruction(unit=bureau.east, recordings=[free], reason=" ", by=officer, at=LATER)
    with pytest.raises(Invalid, match="本单位"):
        actions.propose_destruction(unit=bureau.west, recordings=[free], reason="x", by=officer, at=LATER)


def test_what_was_held_meanwhile_stays_and_the_report_says_so(bureau: Bureau) -> None:
    rows, (second, third) = [docked(bureau), docked(bureau, "乙")], keepers(bureau)
    made = proposed(bureau, *rows)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    actions.hold(
        recording=rows[1], subject="cases.case:1", label="示例案", by=bureau.actor("officer"), at=LATER
    )
    actions.destroy(destruction=made, by=third, at=LATER)
    assert made.report == {"destroyed": [rows[0].sha256], "kept": ["乙.mp4"]}
    assert files.path_of(rows[1].sha256).exists()


def test_a_hold_is_lifted_by_who_keeps_the_evidence_with_a_reason(bureau: Bureau) -> None:
    row, (keeper, _) = docked(bureau), keepers(bureau)
    actions.hold(recording=row, subject="cases.case:1", label="示例案", by=bureau.actor("officer"), at=AT)
    one = Hold.objects.get()
    with pytest.raises(Refused):
        actions.lift(hold=one, reason="结案归档", by=bureau.actor("officer"), at=AT)
    with pytest.raises(Invalid):
        actions.lift(hold=one, reason=" ", by=keeper, at=AT)
    actions.lift(hold=one, reason="结案归档", by=keeper, at=AT)
    proposed(bureau, row)
