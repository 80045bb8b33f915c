"""A line to a server with an empty depot."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiuhua.gateways.tus.tests.line import Line


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path / "uploads")
