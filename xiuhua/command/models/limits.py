"""Thresholds of command: when somebody is lost, how long an order waits, what is too still and too far."""

from __future__ import annotations

from xiuhua.kernel.models import Threshold


class Limit(Threshold):
    """One threshold, as `reference/command_limits.csv` has it."""

    FILE = "command_limits.csv"

    class Meta:
        verbose_name = "指挥阈值"
