"""`xiuhua simulate patrols` at the console."""

from __future__ import annotations

import pytest

from xiuhua.conf.cli import main


def test_no_interval_is_no_patrol(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "patrols", "--every", "0"]) == 1
    assert "every" in capsys.readouterr().err
