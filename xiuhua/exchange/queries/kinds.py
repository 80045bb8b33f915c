"""The kinds of events and the numbers as they are loaded now."""

from __future__ import annotations

from functools import lru_cache

from xiuhua.exchange import rules
from xiuhua.exchange.models import EventKind, Limit
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Invalid

LIMITS_FILE = "reference:exchange_limits.csv"


@lru_cache(maxsize=2)
def _limits(stamp: tuple[int | None, ...]) -> rules.Limits:
    return rules.Limits.of(dict(Limit.objects.values_list("code", "value")))


def limits() -> rules.Limits:
    """Raises Invalid before the reference data is loaded."""
    try:
        return _limits(kernel.loaded(Limit, LIMITS_FILE))
    except KeyError as error:
        raise Invalid({"reference": "共享阈值尚未载入；请先运行 xiuhua reference load"}) from error


def kinds() -> dict[str, EventKind]:
    """Type → kind of event that can be shared, in the order of the file."""
    return {kind.type: kind for kind in EventKind.objects.order_by("pk")}
