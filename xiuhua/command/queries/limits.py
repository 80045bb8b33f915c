"""The thresholds as they are loaded now."""

from __future__ import annotations

from xiuhua.command import rules
from xiuhua.command.models import Limit
from xiuhua.kernel import queries as kernel


def limits() -> rules.Limits:
    """Raises Invalid before the reference data is loaded."""
    return kernel.thresholds(Limit, rules.Limits.of)
