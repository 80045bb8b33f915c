"""The procedures beside the main road, each with tables, forms and clocks of its own. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xiuhua.cases.procedure.side import (
    coercive_measure,
    confiscated_goods,
    court_application,
    demand,
    evidence_registration,
    hearing,
    litigation,
    payment,
    property_annotation,
    publication_recall,
    reconsideration,
    service,
    substitute_performance,
)
from xiuhua.cases.procedure.side.shape import Side

_ALL = (
    evidence_registration.SIDE,
    coercive_measure.SIDE,
    confiscated_goods.SIDE,
    demand.SIDE,
    substitute_performance.SIDE,
    court_application.SIDE,
    reconsideration.SIDE,
    litigation.SIDE,
    publication_recall.SIDE,
    property_annotation.SIDE,
    hearing.SIDE,
    service.SIDE,
    payment.SIDE,
)
SIDES: Mapping[str, Side] = MappingProxyType({side.procedure: side for side in _ALL})

__all__ = ["SIDES", "Side"]
