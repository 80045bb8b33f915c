"""The file check of the bench: the rules over the law as loaded, cases of ours in the form of the check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from xiuhua.cases.checker.checking import Checker
from xiuhua.cases.checker.dated import tier_spans
from xiuhua.cases.checker.findings import Result
from xiuhua.cases.checker.folder import rules_in
from xiuhua.cases.checker.law import Law
from xiuhua.cases.checker.mapping import exported
from xiuhua.cases.checker.rules import Rule
from xiuhua.cases.models import Case, Parameter, Tier
from xiuhua.cases.procedure.file import File
from xiuhua.cases.queries.files import file_of
from xiuhua.cases.queries.law import PARAMETERS_FILE, Stamp, parameters_on
from xiuhua.cases.queries.papers import shelf
from xiuhua.kernel import queries as kernel

TIERS_FILE = "reference:tiers.csv"
# Cases of which the steps are read at one go.
AT_ONCE = 500


@lru_cache(maxsize=1)
def file_rules() -> tuple[Rule, ...]:
    """The rules of `reference/file_rules.csv`, read once."""
    return rules_in(Path(settings.REFERENCE_DIR))


def checker() -> Checker:
    """The rules over calendar, parameters and tiers as they are loaded now."""
    stamps = (kernel.loaded(Parameter, PARAMETERS_FILE), kernel.loaded(Tier, TIERS_FILE))
    return _checker(kernel.calendar().version, stamps)


@lru_cache(maxsize=2)
def _checker(calendar: str, stamps: tuple[Stamp, ...]) -> Checker:
    columns = ("cause_code", "tier", "from_percent", "to_percent", "valid_from", "valid_to")
    law = Law(
        calendar=kernel.calendar(),
        params_on=lambda day: parameters_on(date.fromisoformat(day) if day else date.min),
        tier_span=tier_spans(list(Tier.objects.values(*columns))),
    )
    return Checker(file_rules(), law)


@lru_cache(maxsize=1)
def _sealed_kinds() -> frozenset[str]:
    return frozenset(form.kind for form in shelf().forms if form.sealed)


def case_file(case: Case, file: File | None = None) -> dict[str, Any]:
    """The case as a file that can be checked and exchanged; `file` is its folded file if that is at hand."""
    return exported(file_of(case) if file is None else file, case.number, _sealed_kinds())


def check_case(case: Case, file: File | None = None) -> Result:
    """What is wrong with the file of a case as it stands."""
    return checker().check(case_file(case, file))


def check_cases(cases: QuerySet[Case]) -> Iterator[tuple[Case, Result]]:
    """Each case with what is wrong with its file, in the order of their keys, without holding them all in memory."""
    judge = checker()
    for case in cases.select_related("handling_unit", "cause").order_by("pk").iterator(AT_ONCE):
        yield case, judge.check(case_file(case))
