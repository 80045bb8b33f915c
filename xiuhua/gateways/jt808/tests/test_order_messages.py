"""Which message carries an order, byte by byte. No database."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.gateways.jt808.codec import V2013, V2019
from xiuhua.gateways.jt808.messages import Msg
from xiuhua.gateways.jt808.ordering import message
from xiuhua.observations.actions import Sending
from xiuhua.observations.rules import OrderKind

TEXT = "停".encode("gbk").hex()


@pytest.mark.parametrize(
    ("kind", "said", "version", "msg_id", "content"),
    [
        (OrderKind.TEXT, {"text": "停", "display": True}, V2013, Msg.TEXT, "04" + TEXT),
        (OrderKind.TEXT, {"text": "停", "speak": True, "urgent": True}, V2013, Msg.TEXT, "09" + TEXT),
        (OrderKind.TEXT, {"text": "停", "speak": True}, V2019, Msg.TEXT, "0801" + TEXT),
        (OrderKind.POSITION, {}, V2013, Msg.ASK_POSITION, ""),
        # Denser positions last as long as the duty does, whatever was asked for.
        (OrderKind.TRACK, {"interval": 10, "minutes": 5}, V2013, Msg.TRACK, "000a0000005a"),
        (OrderKind.PHOTO, {"channel": 3}, V2013, Msg.SHOOT, "030001000000020180404080"),
        (OrderKind.PARAMETERS, {}, V2013, Msg.ASK_PARAMETERS, ""),
        (OrderKind.SETTINGS, {"sleep_seconds": 60}, V2013, Msg.SET_PARAMETERS, "0100000027040000003c"),
        (
            OrderKind.SETTINGS,
            {"report_seconds": 20, "heartbeat_seconds": 60},
            V2013,
            Msg.SET_PARAMETERS,
            "0200000001040000003c000000290400000014",
        ),
    ],
)
def test_each_kind_of_order_has_its_message(
    kind: OrderKind, said: dict[str, Any], version: int, msg_id: Msg, content: str
) -> None:
    sent = message(Sending(1, kind, said, 90), version)
    assert (sent[0], sent[1].hex()) == (msg_id, content)
