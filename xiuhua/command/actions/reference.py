"""The file of `reference/` that command loads: its thresholds."""

from __future__ import annotations

from xiuhua.command import rules
from xiuhua.command.models import Limit
from xiuhua.org.actions.reference import Sheet, thresholds

LIMITS = thresholds(Limit, rules.LIMIT_CODES)

SHEETS: tuple[Sheet, ...] = (LIMITS,)
