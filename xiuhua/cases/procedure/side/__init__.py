"""The procedures beside the main road, each with tables, forms and clocks of its own. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xiuhua.cases.procedure.side import evidence_registration, litigation, reconsideration
from xiuhua.cases.procedure.side.shape import Side

SIDES: Mapping[str, Side] = MappingProxyType(
    {side.procedure: side for side in (evidence_registration.SIDE, reconsideration.SIDE, litigation.SIDE)}
)

__all__ = ["SIDES", "Side"]
