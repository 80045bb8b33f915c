"""What an order to a terminal may say, how long it may look at people, on which answer it ends. No database."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.observations import rules
from xiuhua.observations.rules import Hours, OrderKind, OrderState

LIMITS = {
    "waiting_minutes": 30,
    "answer_seconds": 60,
    "track_least_seconds": 5,
    "track_most_minutes": 60,
    "heartbeat_seconds_least": 10,
    "heartbeat_seconds_most": 600,
    "report_seconds_least": 5,
    "report_seconds_most": 600,
    "sleep_seconds_least": 30,
    "sleep_seconds_most": 3600,
    "channel_most": 32,
}
SHOWN = {"display": True}
MINUTE = 60_000
DUTY = (Hours(0, 60 * MINUTE), Hours(120 * MINUTE, 180 * MINUTE))


@pytest.mark.parametrize(
    ("kind", "said", "wrong"),
    [
        (OrderKind.TEXT, {**SHOWN}, {"text"}),
        (OrderKind.TEXT, {**SHOWN, "text": "  "}, {"text"}),
        (OrderKind.TEXT, {**SHOWN, "text": "🚓"}, {"text"}),
        (OrderKind.TEXT, {**SHOWN, "text": "停" * 511}, {"text"}),
        (OrderKind.TEXT, {**SHOWN, "text": "停" * 510}, set()),
        (OrderKind.TEXT, {"text": "停"}, {"flags"}),
        (OrderKind.TEXT, {"text": "停", "urgent": True}, {"flags"}),
        (OrderKind.TEXT, {"text": "停", "speak": True}, set()),
        (OrderKind.TRACK, {}, {"interval", "minutes"}),
        (OrderKind.TRACK, {"interval": 4, "minutes": 61}, {"interval", "minutes"}),
        (OrderKind.TRACK, {"interval": 0, "minutes": 0}, {"interval", "minutes"}),
        (OrderKind.TRACK, {"interval": "10", "minutes": True}, {"interval", "minutes"}),
        (OrderKind.TRACK, {"interval": 5, "minutes": 60}, set()),
        (OrderKind.PHOTO, {}, {"channel"}),
        (OrderKind.PHOTO, {"channel": 0}, {"channel"}),
        (OrderKind.PHOTO, {"channel": 33}, {"channel"}),
        (OrderKind.PHOTO, {"channel": 32}, set()),
        (OrderKind.SETTINGS, {}, {"heartbeat_seconds"}),
        (OrderKind.SETTINGS, {"top_speed_kmh": 60}, {"top_speed_kmh"}),
        (OrderKind.SETTINGS, {"report_seconds": 20, "server": 1}, {"server"}),
        (OrderKind.SETTINGS, {"heartbeat_seconds": 601, "report_seconds": 4}, {"heartbeat_seconds", "report_seconds"}),
        (OrderKind.SETTINGS, {"sleep_seconds": 3601}, {"sleep_seconds"}),
        (OrderKind.SETTINGS, {"heartbeat_seconds": 600, "report_seconds": 5, "sleep_seconds": 30}, set()),
        (OrderKind.POSITION, {}, set()),
        (OrderKind.PARAMETERS, {}, set()),
    ],
)  # fmt: skip
def test_what_an_order_cannot_say_is_named_by_its_field(
    kind: OrderKind, said: dict[str, Any], wrong: set[str]
) -> None:
    assert rules.order_faults(kind, said, LIMITS).keys() == wrong


@given(st.text(max_size=600))
def test_every_text_that_is_taken_fits_into_one_packet(text: str) -> None:
    if not rules.order_faults(OrderKind.TEXT, {**SHOWN, "text": text}, LIMITS):
        assert 0 < len(text.strip().encode("gbk")) <= 1021


def test_whatever_shows_people_looks_at_them() -> None:
    assert {OrderKind.POSITION, OrderKind.TRACK, OrderKind.PHOTO} == rules.WATCHING
    live = {"now", "film", "map"}
    assert {str(kind) for kind in rules.WATCHING} | live | {"path"} == {str(kind) for kind in rules.WatchKind}


S, A, Q = OrderState.SENT, OrderState.ANSWERED, OrderState.QUEUED
R, T = OrderState.REFUSED, OrderState.TIMED_OUT


@pytest.mark.parametrize(
    ("kind", "state", "result", "own", "after"),
    [
        (OrderKind.TEXT, S, 0, False, A),
        (OrderKind.TEXT, S, 1, False, R),
        (OrderKind.TEXT, Q, 0, False, None),
        (OrderKind.TEXT, A, 1, False, None),
        (OrderKind.TEXT, A, 1, True, None),
        (OrderKind.TEXT, T, 0, False, None),
        (OrderKind.TEXT, OrderState.WITHDRAWN, 0, False, None),
        (OrderKind.TRACK, S, 3, False, R),
        (OrderKind.SETTINGS, S, 0, False, A),
        # A general answer is not yet what was asked for; one that says no is the end.
        (OrderKind.POSITION, S, 0, False, None),
        (OrderKind.POSITION, S, 3, False, R),
        (OrderKind.POSITION, S, 0, True, A),
        (OrderKind.PARAMETERS, S, 0, False, None),
        (OrderKind.PARAMETERS, S, 0, True, A),
        (OrderKind.PARAMETERS, T, 0, True, None),
        # A picture is promised first and may fail afterwards.
        (OrderKind.PHOTO, S, 0, False, A),
        (OrderKind.PHOTO, A, 0, False, None),
        (OrderKind.PHOTO, A, 0, True, A),
        (OrderKind.PHOTO, A, 2, True, R),
        (OrderKind.PHOTO, R, 0, True, None),
    ],
)
def test_an_answer_ends_what_waits_for_it(
    kind: OrderKind, state: OrderState, result: int, own: bool, after: OrderState | None
) -> None:
    assert rules.order_after(kind, state, result, own=own) is after


@pytest.mark.parametrize(
    ("kind", "at", "due"),
    [
        (OrderKind.TEXT, 50, 80),
        (OrderKind.TEXT, 90, 120),
        (OrderKind.PHOTO, 10, 40),
        (OrderKind.PHOTO, 50, 60),
        (OrderKind.POSITION, 170, 180),
        (OrderKind.PHOTO, 90, 120),
    ],
)
def test_an_order_that_looks_at_people_waits_no_longer_than_their_duty(
    kind: OrderKind, at: int, due: int
) -> None:
    assert rules.due_ms(kind, at * MINUTE, 30, DUTY) == due * MINUTE


@given(st.integers(1, 600), st.integers(-10, 200))
def test_denser_positions_never_last_beyond_the_duty(minutes: int, at: int) -> None:
    seconds = rules.track_seconds(minutes, at * MINUTE, DUTY)
    assert seconds <= minutes * 60
    if seconds:
        assert rules.on_duty(at * MINUTE + seconds * 1000 - 1, DUTY)
    else:
        assert not rules.on_duty(at * MINUTE, DUTY)


@pytest.mark.parametrize(
    ("facts", "media", "channel", "of"),
    [
        ({}, 7, 2, True),
        ({}, 7, 1, False),
        ({"media": []}, 7, 2, True),
        ({"media": [7]}, 7, 1, True),
        ({"media": [8]}, 7, 2, False),
    ],
)
def test_a_picture_is_known_by_its_number_or_else_by_its_channel(
    facts: dict[str, Any], media: int, channel: int, of: bool
) -> None:
    assert rules.photo_is_of({"channel": 2}, facts, media, channel) is of


def test_purposes_and_limits_are_read_from_their_rows() -> None:
    row = {"code": "rescue", "label": "遇险", "label_en": "danger", "basis": "PIPL §13"}
    assert rules.purposes([row]) == {"rescue": rules.Purpose("rescue", "遇险", "danger", "PIPL §13")}
    assert rules.order_limits([{"code": "answer_seconds", "value": "60"}]) == {"answer_seconds": 60}
