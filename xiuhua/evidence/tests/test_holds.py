"""What holds a recording, how long, and what may go: by hand with a ground and an end, by suits until they are over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.evidence import actions, queries
from xiuhua.evidence.models import Category, Derived, Hold
from xiuhua.evidence.rules import keeping as rules
from xiuhua.evidence.tests.test_keeping import LATER, docked, keepers, proposed
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import NOBODY, SYSTEM, Invalid, Refused
from xiuhua.registers.tests.bureau import AT, Bureau

pytestmark = pytest.mark.django_db
TODAY = clock.day_of(AT)


@pytest.fixture(autouse=True)
def terms(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row = Category(code="routine", name="日常", name_en="Routine", keep_days=180, source="示例")
        row.certainty = "design"
        row.save()
        act.entry(on=row, facts={})


def test_one_by_hand_has_a_ground_and_an_end_and_ends_by_itself(bureau: Bureau) -> None:
    row, officer, last = docked(bureau), bureau.actor("officer"), TODAY + timedelta(days=200)
    for ground, end in (("", last), ("信访待复查", None), ("信访待复查", TODAY)):
        with pytest.raises(Invalid):
            actions.hold_by_hand(recording=row, ground=ground, ends_on=end, by=officer, at=AT)
    actions.hold_by_hand(recording=row, ground="信访待复查", ends_on=last, by=officer, at=AT)
    with pytest.raises(Invalid, match="已有人工保全"):
        actions.hold_by_hand(recording=row, ground="再次", ends_on=last, by=officer, at=AT)
    kept = queries.keeping_of([row], clock.day_of(LATER))[row.pk]
    assert ([hold.ground for hold in kept.holds], kept.may_go) == (["信访待复查"], False)
    with pytest.raises(Invalid, match="保全"):
        proposed(bureau, row)
    past = AT + timedelta(days=201)
    assert queries.keeping_of([row], clock.day_of(past))[row.pk].may_go
    actions.hold_by_hand(recording=row, ground="再次", ends_on=date(2027, 1, 1), by=officer, at=past)
    assert list(Hold.objects.order_by("pk").values_list("until_reason", flat=True)) == ["到期", ""]


def test_nobody_without_work_on_recordings_holds_one_and_nobody_holds_what_is_not_seen(
    bureau: Bureau,
) -> None:
    row = docked(bureau)
    for stranger in (NOBODY, bureau.actor("duty_dispatcher"), bureau.actor("officer", bureau.west)):
        with pytest.raises(Refused):
            actions.hold_by_hand(recording=row, ground="示例", ends_on=date(2027, 1, 1), by=stranger, at=AT)
    with pytest.raises(Refused):
        actions.end_holds(subject="cases.remedy:1", reason="示例", by=NOBODY, at=AT)
    assert not Hold.objects.exists()


def test_a_suit_that_is_over_holds_no_longer_and_the_case_still_does(bureau: Bureau) -> None:
    row, officer = docked(bureau), bureau.actor("officer")
    actions.hold(recording=row, subject="cases.case:1", label="示例案", by=officer, at=AT)
    kind = rules.HoldKind.LITIGATION
    actions.hold(recording=row, subject="cases.remedy:1", label="示例案", kind=kind, by=officer, at=AT)
    assert list(queries.held_for("cases.remedy:1")) == [row]
    assert actions.end_holds(subject="cases.remedy:1", reason="诉讼终结", by=officer, at=AT) == 1
    assert actions.end_holds(subject="cases.remedy:1", reason="诉讼终结", by=officer, at=AT) == 0
    held = queries.keeping_of([row], TODAY)[row.pk].holds
    assert [hold.subject for hold in held] == ["cases.case:1"]
    lifted = Hold.objects.get(subject="cases.remedy:1")
    with pytest.raises(Invalid, match="已经解除"):
        actions.lift(hold=lifted, reason="再次", by=keepers(bureau)[0], at=AT)


def test_what_is_past_its_time_is_offered_once_and_what_is_gone_never(bureau: Bureau) -> None:
    free, held = docked(bureau), docked(bureau, "乙")
    docked(bureau, "丙", important=True)
    officer, on = bureau.actor("officer"), clock.day_of(LATER)
    actions.hold(recording=held, subject="cases.case:1", label="示例案", by=officer, at=AT)
    assert list(queries.past_retention(officer, bureau.east.pk, on)) == [free]
    assert not queries.past_retention(
        officer, bureau.east.pk, clock.day_of(LATER - timedelta(days=1))
    ).exists()
    assert not queries.past_retention(bureau.actor("officer", bureau.west), bureau.east.pk, on).exists()
    made, (second, third) = proposed(bureau, free), keepers(bureau)
    assert not queries.past_retention(officer, bureau.east.pk, on).exists()
    with pytest.raises(Invalid, match="另一份"):
        proposed(bureau, free)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    actions.destroy(destruction=made, by=third, at=LATER)
    assert not queries.past_retention(officer, bureau.east.pk, on).exists()
    free.refresh_from_db()
    with pytest.raises(Invalid, match="已经销毁"):
        proposed(bureau, free)
    with pytest.raises(Invalid, match="已经销毁"):
        actions.hold(recording=free, subject="cases.case:2", label="示例", by=officer, at=LATER)


def test_one_of_two_recordings_of_one_name_is_held_and_only_that_one_stays(bureau: Bureau) -> None:
    rows, (second, third) = [docked(bureau), docked(bureau, "乙")], keepers(bureau)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        rows[1].file_name = rows[0].file_name
        rows[1].save()
        act.entry(on=rows[1], facts={})
    made = proposed(bureau, *rows)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    actions.hold(
        recording=rows[1], subject="cases.case:1", label="示例", by=bureau.actor("officer"), at=LATER
    )
    actions.destroy(destruction=made, by=third, at=LATER)
    assert made.report == {"destroyed": [rows[0].sha256], "kept": [rows[1].file_name]}


def test_what_was_known_at_a_moment_is_found_again_later(bureau: Bureau) -> None:
    row, start = docked(bureau), AT - timedelta(days=1)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row.started_at = start
        row.save()
        act.entry(on=row, facts={})
    span = (start - timedelta(hours=1), start + timedelta(hours=1))
    assert list(queries.docked_between(SYSTEM, *span, AT)) == [row]
    assert not queries.docked_between(SYSTEM, *span, AT - timedelta(minutes=1)).exists()
    made, (second, third) = proposed(bureau, row), keepers(bureau)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    actions.destroy(destruction=made, by=third, at=LATER)
    assert list(queries.docked_between(SYSTEM, *span, AT)) == [row]
    assert not queries.docked_between(SYSTEM, *span, LATER).exists()


def test_what_one_list_kept_and_a_later_one_let_go_was_there_between_them(bureau: Bureau) -> None:
    row, start, officer = docked(bureau), AT - timedelta(days=1), bureau.actor("officer")
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row.started_at = start
        row.save()
        act.entry(on=row, facts={})
    for days, held in ((0, True), (10, False)):
        at = LATER + timedelta(days=days)
        made, (second, third) = proposed(bureau, row, at=at), keepers(bureau)
        actions.review_destruction(destruction=made, by=second, at=at)
        if held:
            end = clock.day_of(at) + timedelta(days=5)
            actions.hold_by_hand(recording=row, ground="信访待复查", ends_on=end, by=officer, at=at)
        actions.destroy(destruction=made, by=third, at=at)
    span = (start - timedelta(hours=1), start + timedelta(hours=1))
    for days, there in ((0, [row]), (9, [row]), (10, [])):
        assert list(queries.docked_between(SYSTEM, *span, LATER + timedelta(days=days))) == there


def test_the_recording_behind_a_copy_of_a_copy_is_found_while_it_is_kept(bureau: Bureau) -> None:
    row, officer = docked(bureau), bureau.actor("officer")
    assert row.exhibit is not None
    with record.act("示例", by=SYSTEM, at=AT) as act:
        copies = [row.exhibit]
        for name in ("截取", "遮挡"):
            copy = actions.add(kind="audio_visual", name=name, by=officer, at=AT)
            Derived(parent=copies[-1], child=copy, how={"how": name}).save()
            copies.append(copy)
        act.entry(on=row, facts={})
    other = actions.add(kind="audio_visual", name="另一件", by=officer, at=AT)
    behind = [queries.recording_behind(one.pk) for one in (*copies, other)]
    assert behind == [row, row, row, None]
    made, (second, third) = proposed(bureau, row), keepers(bureau)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    actions.destroy(destruction=made, by=third, at=LATER)
    assert queries.recording_behind(copies[-1].pk) is None


@pytest.mark.parametrize(
    ("until", "ends", "lasts"),
    [
        (None, None, True),
        (None, TODAY, True),
        (None, TODAY - timedelta(days=1), False),
        (AT, None, False),
        (AT, TODAY, False),
    ],
)
def test_a_hold_lasts_until_it_is_lifted_or_its_day_is_past(
    until: datetime | None, ends: date | None, lasts: bool
) -> None:
    assert rules.lasts(until, ends, TODAY) is lasts


def test_there_is_no_hold_of_another_kind_and_one_of_a_case_needs_no_end() -> None:
    assert rules.hold_faults("other", "x", None, TODAY) == {"kind": "没有这种保全"}
    assert rules.hold_faults("case", "", None, TODAY) == {}
