"""Faults of a device, told from what it sends and when. Pure.

A fault is a work item: it is opened once, stays open while its sign lasts, and is closed when the sign is gone or when
somebody says that it is mended.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class FaultKind(StrEnum):
    SILENT = "silent"
    NO_FIX = "no_fix"
    ANTENNA = "antenna"
    LOW_POWER = "low_power"
    POWER_CUT = "power_cut"
    DISPLAY = "display"
    CAMERA = "camera"
    BAD_FRAMES = "bad_frames"
    REPORTED = "reported"


FAULT_LABELS = {
    FaultKind.SILENT: "当班无信号",
    FaultKind.NO_FIX: "不定位",
    FaultKind.ANTENNA: "定位模块或天线故障",
    FaultKind.LOW_POWER: "电源欠压",
    FaultKind.POWER_CUT: "电源掉电",
    FaultKind.DISPLAY: "显示器故障",
    FaultKind.CAMERA: "摄像头故障",
    FaultKind.BAD_FRAMES: "报文错误过多",
    FaultKind.REPORTED: "人工报修",
}
# What signs cannot tell: opened by a person, and closed by nobody else.
BY_HAND = frozenset({FaultKind.REPORTED})
# Alarm bits of JT/T 808 (0x0200) that tell of the device and not of the driver.
_BITS = (
    (FaultKind.ANTENNA, 1 << 4 | 1 << 5 | 1 << 6),
    (FaultKind.LOW_POWER, 1 << 7),
    (FaultKind.POWER_CUT, 1 << 8),
    (FaultKind.DISPLAY, 1 << 9),
    (FaultKind.CAMERA, 1 << 11),
)
SILENT_MINUTES = 15
NO_FIX_MINUTES = 15
# Of a hundred frames so many may be wrong.
MOST_BAD_IN_HUNDRED = 5
FEWEST_FRAMES = 100


class Health(NamedTuple):
    """What is known of a device now. Minutes since it was heard and since it had a fix are None for never.

    `duty_minutes`: since its bearer or vehicle came on duty, None off duty. `frames` and `bad` since the last look.
    """

    duty_minutes: float | None
    heard_minutes: float | None
    fix_minutes: float | None
    alarm: int = 0
    frames: int = 0
    bad: int = 0


def _longer(minutes: float | None, than: float, duty: float) -> bool:
    """Whether nothing came for that long of duty: the clock starts with the duty, whatever was before."""
    return duty >= than and (minutes is None or minutes >= than)


def found_faults(health: Health) -> frozenset[FaultKind]:
    """The faults whose signs are there. Off duty a device may be silent and lie in a drawer."""
    found = {kind for kind, mask in _BITS if health.alarm & mask}
    if health.duty_minutes is not None:
        silent = _longer(health.heard_minutes, SILENT_MINUTES, health.duty_minutes)
        if silent:
            found.add(FaultKind.SILENT)
        elif _longer(health.fix_minutes, NO_FIX_MINUTES, health.duty_minutes):
            found.add(FaultKind.NO_FIX)
    if health.frames >= FEWEST_FRAMES and health.bad * 100 > health.frames * MOST_BAD_IN_HUNDRED:
        found.add(FaultKind.BAD_FRAMES)
    return frozenset(found)
