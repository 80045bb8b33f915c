"""Truth tables of the guards: for each, files that prove it and files that do not."""

from __future__ import annotations

from xiuhua.cases.tests.procedure.truth import deciding, early, late, middle, registration, remedies_side
from xiuhua.cases.tests.procedure.truth.case import Case

ALL: tuple[Case, ...] = (
    *early.CASES,
    *middle.CASES,
    *deciding.CASES,
    *late.CASES,
    *registration.REGISTRATION,
    *remedies_side.RECONSIDERATION,
    *remedies_side.SUIT,
)
