"""A drawn recording is played with its purpose, and judged by a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from xiuhua.evidence import actions as evidence
from xiuhua.evidence.rules.keeping import HoldKind
from xiuhua.kernel import clock, record
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.oversight import queries, rules
from xiuhua.oversight.models import Finding, Sample, Sent
from xiuhua.oversight.permissions import check_can_look

LONGEST_NOTE = 300


def lock(row: Sent) -> None:
    """Nobody else acts on it until this act is over."""
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update())


def watch(*, sample: Sample, by: Actor, at: datetime) -> None:
    """Play it, for the purpose of oversight: the trail of the exhibit says so. Raises Invalid before its file came."""
    with record.act("oversight.watch", by=by, at=at) as act:
        lock(sample)
        check_can_look(sample, by)
        exhibit = sample.recording.exhibit
        if exhibit is None:
            raise Invalid({"recording": "文件尚未入库，已向采集站调取"})
        why = f"网上督察：{sample.month:%Y年%m月}视频抽查第{sample.pk}件"
        evidence.use(exhibit=exhibit, how="play", why=why, by=by, at=at)
        sample.watched_at = at
        sample.save()
        act.entry(on=sample, facts={"recording": sample.recording.sha256})


def judge(
    *, sample: Sample, said: Mapping[str, rules.Said], by: Actor, at: datetime, note: str = ""
) -> Sample:
    """The sheet: every item of the day it was recorded is answered. With a fault it goes to the unit, whose clock runs.

    Raises Invalid with field and reason, also for a sheet before this person played the recording.
    """
    faults = rules.faults_of(said)
    with record.act("oversight.judge", by=by, at=at) as act:
        lock(sample)
        check_can_look(sample, by)
        items = _answered(sample, said, note, by, at)
        for code, one in said.items():
            Finding(
                sample=sample,
                item=items[code],
                verdict=one.verdict,
                note=one.note.strip(),
                second=one.second,
            ).save(force_insert=True)
        sample.looked_at, sample.note, sample.faults = at, note.strip(), len(faults)
        sample.reviewer, sample.reviewer_name = by.user_id or 0, by.name
        sample.state = rules.State.SENT if faults else rules.State.CLEAN
        if faults:
            begin_clock(sample, at)
            evidence.hold(
                recording=sample.recording,
                subject=record.subject_of(sample),
                label=str(sample),
                kind=HoldKind.OVERSIGHT,
                by=by,
                at=at,
            )
        sample.save()
        act.entry(on=sample, facts={"faults": sorted(faults), "state": sample.state, "due_on": sample.due_on})
    return sample


def _answered(
    sample: Sample, said: Mapping[str, rules.Said], note: str, by: Actor, at: datetime
) -> dict[str, queries.Item]:
    """The items that the sheet answers. Raises Invalid."""
    if not queries.watched(sample, by):
        raise Invalid({"recording": "请先播放视频再填写"})
    items = {item.code: item for item in queries.items(_day(sample, at))}
    found = rules.sheet_faults(items, said)
    if len(note.strip()) > LONGEST_NOTE:
        found["note"] = "最多300字"
    if found:
        raise Invalid(found)
    return items


def _day(sample: Sample, at: datetime) -> date:
    return clock.day_of(sample.recording.started_at or at)


def begin_clock(row: Sent, at: datetime) -> None:
    """The unit's periods to reply and to appeal begin anew today."""
    today, days = clock.day_of(at), kernel.calendar()
    row.sent_on = today
    row.due_on = days.after(today, queries.limit(row.reply_within))
    row.appeal_by = days.after(today, queries.limit("appeal_workdays"))
