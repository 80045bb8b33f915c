"""Recordings of body cameras: what a station says of them (GA/T 947), what their names tell, what is wanted. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

HASH = re.compile(r"[0-9a-f]{64}\Z")
# A device may be off by 3 s a day (GA/T 947.2); a month without a station is still believed.
CLOCK_AHEAD = timedelta(minutes=5)


class Policy(StrEnum):
    """Which files a station sends besides its manifests."""

    ALL = "all"
    IMPORTANT = "important"
    ASKED = "asked"


POLICY_LABELS = {
    Policy.ALL: "全部上传",
    Policy.IMPORTANT: "重要的和被调取的上传",
    Policy.ASKED: "仅被调取的上传",
}


class State(StrEnum):
    """Where a recording is."""

    DOCKED = "docked"
    ARRIVED = "arrived"
    QUARANTINED = "quarantined"
    DESTROYED = "destroyed"


STATE_LABELS = {
    State.DOCKED: "在采集站",
    State.ARRIVED: "已入库",
    State.QUARANTINED: "隔离待查",
    State.DESTROYED: "已销毁",
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a station says of one file when a recorder is docked."""

    file_name: str
    size: int
    sha256: str
    sm3: str
    media_type: str
    recorder_no: str = ""
    officer_no: str = ""
    unit_no: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    important: bool = False


@dataclass(frozen=True, slots=True)
class NamePattern:
    """How one kind of recorder names its files: a regular expression with the groups that it knows.

    Groups: `recorder`, `officer`, `unit`, `start`, `end` (by `time_format`), `important` (said by being there).
    """

    code: str
    pattern: str
    time_format: str


def parse(name: str, patterns: Iterable[NamePattern], zone: tzinfo) -> dict[str, object]:
    """What a file's name tells, by the first pattern that fits the whole of it; nothing if none does."""
    for known in patterns:
        if (found := re.fullmatch(known.pattern, name)) is None:
            continue
        groups = found.groupdict()
        try:
            times = {
                field: datetime.strptime(groups[group], known.time_format).replace(tzinfo=zone)
                for group, field in (("start", "started_at"), ("end", "ended_at"))
                if groups.get(group)
            }
        except ValueError:
            continue
        words = {"recorder": "recorder_no", "officer": "officer_no", "unit": "unit_no"}
        told = {field: groups[group] for group, field in words.items() if groups.get(group)}
        return {**told, **times, "important": bool(groups.get("important"))}
    return {}


def manifest_faults(said: Manifest, at: datetime) -> dict[str, str]:
    """Field → reason for what is wrong with a manifest at the moment `at`."""
    found: dict[str, str] = {}
    if not HASH.match(said.sha256):
        found["sha256"] = "应为64位小写十六进制"
    if not HASH.match(said.sm3):
        found["sm3"] = "应为64位小写十六进制"
    if said.size <= 0:
        found["size"] = "文件是空的"
    if not said.file_name.strip():
        found["file_name"] = "请填写文件名"
    if said.started_at and said.ended_at and said.ended_at < said.started_at:
        found["ended_at"] = "结束时间不能早于开始时间"
    if said.started_at and said.started_at > at + CLOCK_AHEAD:
        found["started_at"] = "开始时间晚于现在：请先校准记录仪时钟"
    return found


def wanted(policy: str, *, important: bool, asked: bool) -> bool:
    """Whether a station should send the file of a recording now."""
    return asked or policy == Policy.ALL or (policy == Policy.IMPORTANT and important)


def file_faults(said: Mapping[str, object], sha256: str, sm3: str, size: int) -> list[str]:
    """Why the bytes that came are not those of the manifest; empty if they are."""
    came = {"sha256": sha256, "sm3": sm3, "size": size}
    labels = {"sha256": "SHA-256", "sm3": "SM3", "size": "大小"}
    return [labels[name] for name, value in came.items() if said[name] != value]
