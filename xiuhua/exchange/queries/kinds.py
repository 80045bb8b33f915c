"""The kinds of events and the numbers as they are loaded now."""

from __future__ import annotations

from xiuhua.exchange import rules
from xiuhua.exchange.models import EventKind, Limit
from xiuhua.kernel import queries as kernel


def limits() -> rules.Limits:
    """Raises Invalid before the reference data is loaded."""
    return kernel.thresholds(Limit, rules.Limits.of)


def kinds() -> dict[str, EventKind]:
    """Type → kind of event that can be shared, in the order of the file."""
    return {kind.type: kind for kind in EventKind.objects.order_by("pk")}
