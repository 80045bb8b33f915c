"""What is held stays; what is past its time goes by three hands, and its hashes stay."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from xiuhua.evidence import actions, jobs, permissions, queries
from xiuhua.evidence.models import Category, Destruction, Hold, Media, Recording
from xiuhua.evidence.rules.keeping import lift_faults
from xiuhua.evidence.rules.recordings import Manifest, State
from xiuhua.evidence.tests.films import jpeg
from xiuhua.kernel import clock, files, record
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Grant, Invalid, Reach, Refused
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.org.queries import actor_for
from xiuhua.registers.tests.bureau import AT, Bureau, appointed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
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


def worked() -> None:
    """What the worker does with the bytes of what was destroyed."""
    for job in Job.objects.filter(name="evidence.let_go", done_at__isnull=True).order_by("pk"):
        jobs.let_go(job.payload)


def test_three_hands_let_a_recording_go_and_its_hashes_and_the_report_stay(bureau: Bureau) -> None:
    row, (second, third) = docked(bureau), keepers(bureau)
    assert row.file is not None
    made = proposed(bureau, row)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    assert files.path_of(row.sha256).exists()
    actions.destroy(destruction=made, by=third, at=LATER)
    worked()
    worked()
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
    worked()
    assert files.path_of(rows[1].sha256).exists()


def test_a_hold_of_a_matter_is_lifted_by_two_and_by_nobody_alone(bureau: Bureau) -> None:
    row, (keeper, _), officer = docked(bureau), keepers(bureau), bureau.actor("officer")
    actions.hold(recording=row, subject="cases.case:1", label="示例案", by=officer, at=AT)
    one = Hold.objects.get()
    for refused in (officer, bureau.actor("officer", bureau.west)):
        with pytest.raises(Refused):
            actions.lift(hold=one, reason="结案归档", by=refused, at=AT)
    with pytest.raises(Invalid, match="先由办案单位提请"):
        actions.lift(hold=one, reason="结案归档", by=keeper, at=AT)
    with pytest.raises(Refused):
        actions.ask_lift(hold=one, reason="关联有误", by=bureau.actor("officer", bureau.west), at=AT)
    with pytest.raises(Invalid, match="请写明原因"):
        actions.ask_lift(hold=one, reason=" ", by=officer, at=AT)
    actions.ask_lift(hold=one, reason="关联有误", by=officer, at=AT)
    with pytest.raises(Invalid, match="等待确认"):
        actions.ask_lift(hold=one, reason="关联有误", by=officer, at=AT)
    with pytest.raises(Invalid):
        proposed(bureau, row)  # asked for is not lifted
    with pytest.raises(Invalid):
        actions.lift(hold=one, reason=" ", by=keeper, at=AT)
    actions.lift(hold=one, reason="核对无误", by=keeper, at=AT)
    told = json.loads(RecordEntry.objects.filter(verb="evidence.lift").get().facts)
    assert (told["reason"], told["asked_by"]) == ("核对无误", officer.name)
    for again in (actions.lift, actions.ask_lift):
        with pytest.raises(Invalid, match="已经解除"):
            again(hold=one, reason="再来", by=keeper if again is actions.lift else officer, at=AT)
    proposed(bureau, row)


def test_a_hold_by_hand_is_lifted_by_one_hand(bureau: Bureau) -> None:
    row, (keeper, _), officer = docked(bureau), keepers(bureau), bureau.actor("officer")
    actions.hold_by_hand(
        recording=row, ground="示例信访", ends_on=clock.day_of(AT) + timedelta(days=9), by=officer, at=AT
    )
    one = Hold.objects.get()
    with pytest.raises(Invalid, match="直接解除"):
        actions.ask_lift(hold=one, reason="示例", by=officer, at=AT)
    actions.lift(hold=one, reason="信访办结", by=keeper, at=AT)
    assert not Hold.objects.filter(until__isnull=True).exists()


@pytest.mark.parametrize(
    ("kind", "asked", "by", "may"),
    [
        ("manual", None, 1, True),
        ("case", None, 1, False),
        ("case", 1, 1, False),
        ("case", 1, None, False),
        ("case", 1, 2, True),
        *((kind, None, 1, False) for kind in ("complaint", "reconsideration", "litigation", "oversight")),
    ],
)
def test_who_may_lift_which_hold(kind: str, asked: int | None, by: int | None, may: bool) -> None:
    assert (lift_faults(kind, asked, by) == {}) is may


def gone(bureau: Bureau, *rows: Recording) -> Destruction:
    """All three hands, and the worker."""
    made, (second, third) = proposed(bureau, *rows), keepers(bureau)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    actions.destroy(destruction=made, by=third, at=LATER)
    worked()
    return made


def test_bytes_that_somebody_added_by_hand_stay_when_the_recording_of_the_same_bytes_goes(
    bureau: Bureau,
) -> None:
    row, officer = docked(bureau), bureau.actor("officer")
    other = actions.add(kind="audio_visual", name="当事人提供", file=row.file, by=officer, at=AT)
    made = gone(bureau, row)
    assert made.report == {"destroyed": [row.sha256], "kept": []}
    assert other.file is not None
    assert files.verify(other.file.sha256)
    told = [json.loads(e.facts) for e in RecordEntry.objects.filter(verb="evidence.let_go")]
    assert told == [{"sha256": row.sha256, "kept": True}]


def test_a_false_file_that_is_let_go_takes_no_other_recording_with_it(bureau: Bureau) -> None:
    held, false = docked(bureau), docked(bureau, "乙")
    with record.act("示例", by=SYSTEM, at=AT) as act:
        false.file, false.exhibit, false.state = held.file, None, State.QUARANTINED
        false.save()
        act.entry(on=false, facts={})
    actions.hold(recording=held, subject="cases.case:1", label="示例", by=bureau.actor("officer"), at=AT)
    gone(bureau, false)
    assert files.verify(held.sha256)


def test_the_small_picture_goes_with_its_film(bureau: Bureau) -> None:
    row = docked(bureau)
    assert row.file is not None
    with record.act("示例", by=SYSTEM, at=AT) as act:
        small = files.store(jpeg(), "image/jpeg", act=act)
        Media(file=row.file, facts={}, thumbnail=small).save()
        act.entry(on=row, facts={})
    gone(bureau, row)
    assert not files.path_of(small.sha256).exists()


def test_what_was_destroyed_does_not_come_back_by_its_station(bureau: Bureau) -> None:
    row = docked(bureau)
    stale = Recording.objects.get(pk=row.pk)
    stale.state = State.DOCKED
    gone(bureau, row)
    by = queries.station_actor(row.station)
    assert queries.docked_at(row.station_id, row.sha256) is None
    received = files.Received(row.sha256, row.sm3, row.size, row.media_type)
    with pytest.raises(Invalid, match="已经销毁"):
        actions.arrive(recording=stale, received=received, by=by, at=LATER)
    actions.ask_for(recording=stale, by=bureau.actor("officer"), at=LATER)
    row.refresh_from_db()
    assert (row.state, row.asked_at) == ("destroyed", None)


def test_a_list_read_before_another_hand_wrote_on_it_is_not_written_twice(bureau: Bureau) -> None:
    row, (second, third) = docked(bureau), keepers(bureau)
    made = proposed(bureau, row)
    stale = [Destruction.objects.get(pk=made.pk) for _ in range(2)]
    actions.review_destruction(destruction=made, by=second, at=LATER)
    with pytest.raises(Invalid):
        actions.review_destruction(destruction=stale[0], by=third, at=LATER)
    # Second had not reviewed when it was read, and cannot carry it out for that.
    with pytest.raises(Refused):
        actions.destroy(destruction=stale[1], by=second, at=LATER)
    made.refresh_from_db()
    assert (made.reviewed_by, made.done_at) == (second.user_id, None)


def test_a_list_out_of_sight_is_nobodys_to_review_or_carry_out(bureau: Bureau) -> None:
    made, (second, third) = proposed(bureau, docked(bureau)), keepers(bureau)
    keeps = Grant("keeper", bureau.west.pk, None, frozenset({"cases.keep", "evidence.see"}), Reach.UNIT)
    stranger = Actor(name="示例", user_id=999, unit_id=bureau.west.pk, grants=(keeps,))
    assert permissions.can_archive(stranger)
    assert not Destruction.objects.visible(stranger).exists()
    with pytest.raises(Refused):
        actions.review_destruction(destruction=made, by=stranger, at=LATER)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    with pytest.raises(Refused):
        actions.destroy(destruction=made, by=stranger, at=LATER)
    actions.destroy(destruction=made, by=third, at=LATER)


def test_recordings_of_a_list_are_looked_for_at_once(
    bureau: Bureau, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [docked(bureau, mark) for mark in "甲乙丙丁戊己庚辛壬癸"]
    by = bureau.actor("officer")
    with django_assert_max_num_queries(24):
        actions.propose_destruction(unit=bureau.east, recordings=rows, reason="期满", by=by, at=LATER)
