"""For every gateway: a test keeps its rows in an open transaction, on a connection that no server may close."""

from __future__ import annotations

import pytest

from xiuhua.gateways.gb28181 import server as cameras
from xiuhua.gateways.jt808 import server as vehicles


@pytest.fixture(autouse=True)
def kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    for server in (cameras, vehicles):
        monkeypatch.setattr(server, "close_old_connections", lambda: None)
