"""Truth tables of the guards: for each, files that prove it and files that do not."""

from __future__ import annotations

from xiuhua.cases.tests.procedure.truth import (
    annotation,
    apart,
    confiscation,
    court,
    deciding,
    demand,
    demolition,
    early,
    hearing_side,
    late,
    middle,
    payment_side,
    registration,
    remedies_side,
    service_side,
    several,
    substitute,
)
from xiuhua.cases.tests.procedure.truth.case import Case
from xiuhua.cases.tests.procedure.truth.measures import MEASURES
from xiuhua.cases.tests.procedure.truth.measures_ending import MEASURES_ENDING

ALL: tuple[Case, ...] = (
    *early.CASES,
    *middle.CASES,
    *deciding.CASES,
    *late.CASES,
    *registration.REGISTRATION,
    *MEASURES,
    *MEASURES_ENDING,
    *confiscation.CASES,
    *annotation.CASES,
    *demand.CASES,
    *substitute.SUBSTITUTE,
    *court.COURT,
    *remedies_side.RECONSIDERATION,
    *remedies_side.SUIT,
    *remedies_side.RECALL,
    *hearing_side.CASES,
    *service_side.CASES,
    *payment_side.PAYMENT,
    *demolition.DEMOLITION,
    *several.SEVERAL,
    *apart.APART,
)
