"""What is kept and overseen of an invented squad's recordings: old ones past their time, holds, a draw, a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from xiuhua.cases import queries as cases
from xiuhua.conf.testing.sample_tapes import AGO
from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.org.queries import Officer, Unit
from xiuhua.oversight import actions as oversight
from xiuhua.oversight import queries as watched
from xiuhua.oversight import rules

OLD = timedelta(days=200)
SEED = "示例种子-2026"


def lay(unit: Unit, officer: Officer, actor: Callable[[str], Actor], now: datetime) -> None:
    """Two lists of what may go, recordings that are held, and this month's draw with one recording judged."""
    old = [_docked(unit, officer, number, now - OLD) for number in range(6)]
    author = actor("officer1")
    reason = "保存期满，没有保全"
    evidence.propose_destruction(unit=unit, recordings=old[:2], reason=reason, by=author, at=now)
    last = clock.day_of(now) + timedelta(days=90)
    evidence.hold_by_hand(
        recording=old[4], ground="信访事项复查期间，示例信访〔2026〕12号", ends_on=last, by=author, at=now
    )
    evidence.hold(recording=old[5], subject="cases.case:5", label="浦16-26-0005", by=author, at=now)
    _watched(actor, now)
    _corrected(now)


def _docked(unit: Unit, officer: Officer, number: int, at: datetime) -> Recording:
    station = queries.stations(SYSTEM).get(unit=unit)
    mark = f"示例旧记录{number}".encode()
    start = at - timedelta(hours=2 + number)
    said = Manifest(
        f"0000123_{officer.staff_no}_{start:%Y%m%d%H%M%S}_{number:04}.mp4",
        1_200_000 + number,
        hashlib.sha256(mark).hexdigest(),
        hashlib.new("sm3", mark).hexdigest(),
        "video/mp4",
        recorder_no="0000123",
        officer_no=officer.staff_no,
        started_at=start,
        ended_at=start + timedelta(minutes=10),
    )
    return evidence.dock(station=station, said=said, by=queries.station_actor(station), at=at)


def _watched(actor: Callable[[str], Actor], now: datetime) -> None:
    inspector = actor("inspector")
    # In the first hours of a month what there is belongs to the last one.
    made = oversight.draw(month=clock.day_of(now - AGO), by=inspector, at=now, seed=SEED)
    found = made.samples.filter(recording__exhibit__isnull=False).order_by("place").first()
    if found is None:
        return
    oversight.watch(sample=found, by=inspector, at=now)
    said = {item.code: rules.Said("kept") for item in watched.items(clock.day_of(now))}
    said["certificate"] = rules.Said("fault", "进店后直接询问，未见出示执法证件", 12)
    said["clear"] = rules.Said("fault", "记录仪被衣襟遮挡约四秒", 31)
    oversight.judge(sample=found, said=said, note="用语文明，其余规范", by=inspector, at=now)


def _corrected(now: datetime) -> None:
    """A decision of the squad that fell last week, as oversight asks about it. How it fell is not walked here."""
    case = cases.listed(SYSTEM).order_by("pk").first()
    assert case is not None
    said = {
        "outcome": "revoked",
        "overturned": True,
        "ground": "procedure",
        "document": "示例府复〔2026〕12号",
    }
    with record.act("cases.begin", by=SYSTEM, at=now) as act:
        matter = cases.Matter(
            case=case, procedure="reconsideration", number=1, state="revoked", state_since=now, opened_at=now
        )
        matter.save()
        remedy = cases.Remedy(
            matter=matter,
            case=case,
            kind=cases.Remedy.Kind.RECONSIDERATION,
            accepted_on=clock.day_of(now - timedelta(days=60)),
            ended_on=clock.day_of(now - timedelta(days=6)),
            found="作出处罚决定前没有告知当事人要求听证的权利，违反法定程序。",
            **said,
        )
        remedy.save()
        act.entry(on=case, facts={"procedure": "reconsideration", "outcome": "revoked"})
    oversight.open_correction(remedy=remedy, at=now)
