"""Numbers of the messages and of results. Pure."""

from __future__ import annotations

from enum import IntEnum


class Msg(IntEnum):
    """Message ids, up (terminal) and down (platform, 0x8…)."""

    TERMINAL_ANSWER = 0x0001
    HEARTBEAT = 0x0002
    UNREGISTER = 0x0003
    ASK_TIME = 0x0004
    TERMINAL_MISSING = 0x0005
    REGISTER = 0x0100
    AUTHENTICATE = 0x0102
    PARAMETERS = 0x0104
    POSITION = 0x0200
    POSITION_ANSWER = 0x0201
    BATCH = 0x0704
    MEDIA_EVENT = 0x0800
    MEDIA = 0x0801
    SHOT_ANSWER = 0x0805
    PLATFORM_ANSWER = 0x8001
    MISSING = 0x8003
    TIME = 0x8004
    REGISTERED = 0x8100
    SET_PARAMETERS = 0x8103
    ASK_PARAMETERS = 0x8104
    ASK_POSITION = 0x8201
    TRACK = 0x8202
    TEXT = 0x8300
    MEDIA_ANSWER = 0x8800
    SHOOT = 0x8801


class Result(IntEnum):
    """Result byte of 0x0001 and 0x8001."""

    OK = 0
    FAILED = 1
    BAD = 2
    UNSUPPORTED = 3
    ALARM_HANDLED = 4


class Registered(IntEnum):
    """Result byte of 0x8100."""

    OK = 0
    VEHICLE_TAKEN = 1
    VEHICLE_UNKNOWN = 2
    TERMINAL_TAKEN = 3
    TERMINAL_UNKNOWN = 4
