"""Orders to terminals: kinds, what each may say, on which answer it ends, and how long it may look at people. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from xiuhua.observations.rules.keeping import Hours, stretch_at


class OrderKind(StrEnum):
    TEXT = "text"
    POSITION = "position"
    TRACK = "track"
    PHOTO = "photo"
    PARAMETERS = "parameters"
    SETTINGS = "settings"


class OrderState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    ANSWERED = "answered"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    WITHDRAWN = "withdrawn"


ORDER_LABELS = {
    OrderKind.TEXT: "下发文字",
    OrderKind.POSITION: "查询位置",
    OrderKind.TRACK: "加密定位",
    OrderKind.PHOTO: "拍照",
    OrderKind.PARAMETERS: "查询参数",
    OrderKind.SETTINGS: "设置参数",
}
ORDER_STATE_LABELS = {
    OrderState.QUEUED: "待发送",
    OrderState.SENT: "待应答",
    OrderState.ANSWERED: "已应答",
    OrderState.REFUSED: "未执行",
    OrderState.TIMED_OUT: "已超时",
    OrderState.WITHDRAWN: "已撤回",
}
# Orders that look at people: on duty only, for a purpose that has a basis, by whoever may follow the device.
WATCHING = frozenset({OrderKind.POSITION, OrderKind.TRACK, OrderKind.PHOTO})


class WatchKind(StrEnum):
    """What somebody looked at: a path that was kept, what a terminal was ordered to show, or what is live: where a
    device is now, the film of a camera, everybody on the map.
    """

    PATH = "path"
    POSITION = "position"
    TRACK = "track"
    PHOTO = "photo"
    NOW = "now"
    FILM = "film"
    MAP = "map"


WATCH_LABELS = {
    WatchKind.PATH: "查看轨迹",
    WatchKind.NOW: "查看当前位置",
    WatchKind.FILM: "查看实时视频",
    WatchKind.MAP: "查看实时地图",
    **{WatchKind(kind): ORDER_LABELS[kind] for kind in sorted(WATCHING)},
}
# Orders that are not done with a general answer: what was asked for comes in a message of its own.
_ASKING = frozenset({OrderKind.POSITION, OrderKind.PARAMETERS})
# The parameters that can be set, by the names that the gateway has for them.
SETTINGS = {
    "heartbeat_seconds": "心跳间隔",
    "report_seconds": "上报间隔",
    "sleep_seconds": "休眠时上报间隔",
}
FLAGS = ("urgent", "display", "speak")
# One packet of JT/T 808 has 1023 bytes, of which the flags and the type take two.
MOST_TEXT_BYTES = 1021
LIMIT_CODES = (
    "waiting_minutes",
    "answer_seconds",
    "track_least_seconds",
    "track_most_minutes",
    "heartbeat_seconds_least",
    "heartbeat_seconds_most",
    "report_seconds_least",
    "report_seconds_most",
    "sleep_seconds_least",
    "sleep_seconds_most",
    "channel_most",
    "look_minutes",
)


class Purpose(NamedTuple):
    """A row of `terminal_purposes.csv`: what people are looked at for, and the article that allows it."""

    code: str
    label: str
    label_en: str
    basis: str


def purposes(rows: Iterable[Mapping[str, str]]) -> dict[str, Purpose]:
    return {row["code"]: Purpose(row["code"], row["label"], row["label_en"], row["basis"]) for row in rows}


def order_limits(rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    return {row["code"]: int(row["value"]) for row in rows}


def order_faults(kind: OrderKind, said: Mapping[str, Any], limits: Mapping[str, int]) -> dict[str, str]:
    """Field → reason for what an order of this kind cannot say."""
    if kind is OrderKind.TEXT:
        return _text_faults(said)
    if kind is OrderKind.TRACK:
        return _outside(
            said,
            {
                "interval": (limits["track_least_seconds"], limits["track_most_minutes"] * 60),
                "minutes": (1, limits["track_most_minutes"]),
            },
        )
    if kind is OrderKind.PHOTO:
        return _outside(said, {"channel": (1, limits["channel_most"])})
    if kind is OrderKind.SETTINGS:
        if not said:
            return {"heartbeat_seconds": "至少设置一项"}
        if strange := sorted(said.keys() - SETTINGS.keys()):
            return dict.fromkeys(strange, "这项参数不在可设置之列")
        return _outside(said, {name: (limits[f"{name}_least"], limits[f"{name}_most"]) for name in said})
    return {}


def _text_faults(said: Mapping[str, Any]) -> dict[str, str]:
    text = str(said.get("text") or "").strip()
    if not text:
        return {"text": "请填写文字内容"}
    try:
        coded = text.encode("gbk")
    except UnicodeEncodeError:
        return {"text": "含有终端不能显示的字符"}
    if len(coded) > MOST_TEXT_BYTES:
        return {"text": "文字过长，最多约500个汉字"}
    if not any(said.get(flag) for flag in ("display", "speak")):
        return {"flags": "终端显示、语音播报至少选一项"}
    return {}


def _outside(said: Mapping[str, Any], ranges: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    found = {}
    for name, (least, most) in ranges.items():
        value = said.get(name)
        if type(value) is not int or not least <= value <= most:
            found[name] = f"应在{least}至{most}之间"
    return found


def due_ms(kind: OrderKind, at: int, waiting_minutes: int, hours: Sequence[Hours]) -> int:
    """Until when an order waits for its terminal: one that looks at people no longer than their duty lasts."""
    due = at + waiting_minutes * 60_000
    stretch = stretch_at(at, hours)
    return min(due, stretch.ends) if kind in WATCHING and stretch else due


def track_seconds(minutes: int, at: int, hours: Sequence[Hours]) -> int:
    """How long denser positions are asked for from the moment `at` (ms): not past the end of the duty; 0 outside."""
    stretch = stretch_at(at, hours)
    return min(minutes * 60, (stretch.ends - at) // 1000) if stretch else 0


def order_after(kind: OrderKind, state: OrderState, result: int, *, own: bool) -> OrderState | None:
    """The state after an answer with `result` (0 done); None where the answer changes nothing.

    `own`: the message that brings what was asked for, not the general answer (0x0001). Of a photo it comes after the
    general one and may take it back.
    """
    late = own and kind is OrderKind.PHOTO and state is OrderState.ANSWERED
    if state is not OrderState.SENT and not late:
        return None
    if result:
        return OrderState.REFUSED
    return None if kind in _ASKING and not own else OrderState.ANSWERED


def photo_is_of(parameters: Mapping[str, Any], facts: Mapping[str, Any], media: int, channel: int) -> bool:
    """Whether a picture taken on order is of this one: by the numbers that were announced, else by its channel."""
    announced = facts.get("media")
    return media in announced if announced else parameters.get("channel") == channel
