"""The lists of exhibits and of recordings."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.evidence import rules
from xiuhua.evidence.models import Exhibit, Recording
from xiuhua.evidence.rules import recordings as docking
from xiuhua.web.frame.http import Request
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of


def _kinds(_request: Request) -> Sequence[tuple[str, str]]:
    return [(k.value, label) for k, label in rules.EVIDENCE_KIND_LABELS.items()]


def _states(_request: Request) -> Sequence[tuple[str, str]]:
    return [(s.value, label) for s, label in docking.STATE_LABELS.items()]


def _find_exhibit(rows: QuerySet[Exhibit], values: Sequence[str]) -> QuerySet[Exhibit]:
    text = values[0].strip()
    return rows.filter(Q(name__icontains=text) | Q(device_id=text) | Q(file__sha256=text.lower()))


def _find_recording(rows: QuerySet[Recording], values: Sequence[str]) -> QuerySet[Recording]:
    text = values[0].strip()
    found = (
        Q(file_name__icontains=text) | Q(recorder_no=text) | Q(officer__name=text) | Q(sha256=text.lower())
    )
    return rows.filter(found)


EXHIBITS: Listing[Exhibit] = Listing(
    room="exhibits",
    filters=(
        Filter(
            "q",
            gettext_lazy("查找"),
            _find_exhibit,
            kind="text",
            placeholder=gettext_lazy("证据名称、设备编号、SHA-256"),
        ),
        Filter("kind", gettext_lazy("证据种类"), one_of("kind"), choices=_kinds),
        Filter("collected", gettext_lazy("收集日期"), between("collected_on"), kind="day"),
    ),
    sorts=(
        Sort("new", gettext_lazy("加入时间"), "-added_at"),
        Sort("captured", gettext_lazy("拍摄时间"), "-captured_at", nullable=True),
    ),
    columns=(
        Column(gettext_lazy("证据名称"), lambda e: e.name),
        Column(gettext_lazy("证据种类"), lambda e: _(e.get_kind_display())),
        Column(gettext_lazy("拍摄时间"), lambda e: e.captured_at),
        Column(gettext_lazy("拍摄设备编号"), lambda e: e.device_id),
        Column(gettext_lazy("收集日期"), lambda e: e.collected_on),
        Column("SHA-256", lambda e: e.file.sha256 if e.file else ""),
        Column("SM3", lambda e: e.file.sm3 if e.file else ""),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("视听资料"), "kind=audio_visual"),
        View(gettext_lazy("书证"), "kind=documentary"),
        View(gettext_lazy("物证"), "kind=physical"),
    ),
)

RECORDINGS: Listing[Recording] = Listing(
    room="recordings",
    filters=(
        Filter(
            "q",
            gettext_lazy("查找"),
            _find_recording,
            kind="text",
            placeholder=gettext_lazy("文件名、记录仪编号、使用人"),
        ),
        Filter("state", gettext_lazy("状态"), one_of("state"), choices=_states),
        Filter("started", gettext_lazy("开始时间"), between("started_at__date"), kind="day"),
    ),
    sorts=(
        Sort("new", gettext_lazy("接入时间"), "-docked_at"),
        Sort("started", gettext_lazy("开始时间"), "-started_at", nullable=True),
    ),
    columns=(
        Column(gettext_lazy("文件名"), lambda r: r.file_name),
        Column(gettext_lazy("记录仪编号"), lambda r: r.recorder_no),
        Column(gettext_lazy("使用人"), lambda r: r.officer.name if r.officer else r.officer_no),
        Column(gettext_lazy("开始时间"), lambda r: r.started_at),
        Column(gettext_lazy("结束时间"), lambda r: r.ended_at),
        Column(gettext_lazy("状态"), lambda r: _(r.get_state_display())),
        Column(gettext_lazy("采集站"), lambda r: r.station.name),
        Column("SHA-256", lambda r: r.sha256),
        Column("SM3", lambda r: r.sm3),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("在采集站"), "state=docked"),
        View(gettext_lazy("已入库"), "state=arrived"),
        View(gettext_lazy("隔离待查"), "state=quarantined"),
    ),
)
