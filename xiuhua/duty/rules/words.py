"""The words of the street: states and kinds with their labels. Pure."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a check-in is worth. `doubtful`: in place, but with signs of a trick; it counts once it is cleared."""

    VALID = "valid"
    DOUBTFUL = "doubtful"
    OUTSIDE = "outside"
    VAGUE = "vague"


VERDICT_LABELS = {
    Verdict.VALID: "有效",
    Verdict.DOUBTFUL: "可疑",
    Verdict.OUTSIDE: "不在范围内",
    Verdict.VAGUE: "定位误差过大",
}


class Review(StrEnum):
    """What an inspector said of a doubtful check-in."""

    NONE = ""
    CLEARED = "cleared"
    CONFIRMED = "confirmed"


REVIEW_LABELS = {Review.NONE: "未核查", Review.CLEARED: "核查无异常", Review.CONFIRMED: "核查属实"}


class Sign(StrEnum):
    """A sign that a check-in may be a trick."""

    MOCK = "mock"
    JUMP = "jump"
    SHARED_DEVICE = "shared_device"
    CLOCK = "clock"


SIGN_LABELS = {
    Sign.MOCK: "手机报告定位是模拟的",
    Sign.JUMP: "与上一次位置相距太远，走不到",
    Sign.SHARED_DEVICE: "同一部手机替两个人签到",
    Sign.CLOCK: "手机时间与收到时间对不上",
}


class Standing(StrEnum):
    """How a shift was kept."""

    PLANNED = "planned"
    ON_TIME = "on_time"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


STANDING_LABELS = {
    Standing.PLANNED: "未开始",
    Standing.ON_TIME: "出勤",
    Standing.LATE: "迟到",
    Standing.ABSENT: "缺勤",
    Standing.EXCUSED: "申诉成立",
}


class SwapState(StrEnum):
    ASKED = "asked"
    CONSENTED = "consented"
    APPROVED = "approved"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


SWAP_LABELS = {
    SwapState.ASKED: "待对方同意",
    SwapState.CONSENTED: "待中队长批准",
    SwapState.APPROVED: "已换班",
    SwapState.DECLINED: "对方不同意",
    SwapState.REFUSED: "未批准",
    SwapState.WITHDRAWN: "已撤回",
}
SWAP_OPEN = frozenset({SwapState.ASKED, SwapState.CONSENTED})


class AppealState(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


APPEAL_LABELS = {
    AppealState.OPEN: "待决定",
    AppealState.GRANTED: "申诉成立",
    AppealState.REFUSED: "申诉不成立",
}


class TaskKind(StrEnum):
    DAILY = "daily"
    SPECIAL = "special"
    SOURCE_CHECK = "source_check"


TASK_KIND_LABELS = {
    TaskKind.DAILY: "日常任务",
    TaskKind.SPECIAL: "专项任务",
    TaskKind.SOURCE_CHECK: "污染源检查",
}


class TaskState(StrEnum):
    ISSUED = "issued"
    RECEIVED = "received"
    DONE = "done"
    WITHDRAWN = "withdrawn"


TASK_LABELS = {
    TaskState.ISSUED: "待签收",
    TaskState.RECEIVED: "进行中",
    TaskState.DONE: "已完成",
    TaskState.WITHDRAWN: "已撤销",
}
TASK_OPEN = frozenset({TaskState.ISSUED, TaskState.RECEIVED})


class InspectionOutcome(StrEnum):
    """How an inspection ended. `found`: what was found is registered as a lead of its own."""

    CLEAR = "clear"
    TOLD = "told"
    FOUND = "found"


INSPECTION_LABELS = {
    InspectionOutcome.CLEAR: "未发现问题",
    InspectionOutcome.TOLD: "当场改正",
    InspectionOutcome.FOUND: "发现问题",
}


class EventKind(StrEnum):
    MAJOR = "major"
    EMERGENCY = "emergency"


EVENT_KIND_LABELS = {EventKind.MAJOR: "重大活动保障", EventKind.EMERGENCY: "应急响应"}


class PlaceKind(StrEnum):
    """What is guarded at an event; the report of 2018 counts the first four."""

    GATEWAY = "gateway"
    KEY_ROAD = "key_road"
    RECEPTION = "reception_point"
    HOTEL = "hotel"
    AREA = "area"
    OTHER = "other"


PLACE_KIND_LABELS = {
    PlaceKind.GATEWAY: "出入口及通道",
    PlaceKind.KEY_ROAD: "重点道路",
    PlaceKind.RECEPTION: "参观接待点",
    PlaceKind.HOTEL: "宾馆",
    PlaceKind.AREA: "街镇全域",
    PlaceKind.OTHER: "其他点位",
}


class Hazard(StrEnum):
    TYPHOON = "typhoon"
    SNOW = "snow"
    SMOG = "smog"


HAZARD_LABELS = {Hazard.TYPHOON: "台风", Hazard.SNOW: "暴雪", Hazard.SMOG: "空气重污染"}


class Colour(StrEnum):
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


COLOUR_LABELS = {Colour.BLUE: "蓝色", Colour.YELLOW: "黄色", Colour.ORANGE: "橙色", Colour.RED: "红色"}
LEVEL_LABELS = {1: "一级勤务", 2: "二级勤务"}
