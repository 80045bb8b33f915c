"""A year whose bills began in eleven digits goes on in ten, and no number is given twice."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from xiuhua.kernel import numbering, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import Series
from xiuhua.kernel.tests.harness import AT, thing

pytestmark = pytest.mark.django_db

UNIT = "SQ-310115004"
MIGRATION: Any = import_module("xiuhua.cases.migrations.0017_ten_digit_bills")


def take(n: int) -> list[str]:
    with record.act("number", by=SYSTEM, at=AT) as act:
        act.entry(on=thing(), facts={})
        subjects = [f"cases.case:{i}" for i in range(n)]
        return numbering.take_many(
            kind="fine_bill", unit_code=UNIT, year=2026, subjects=subjects, act=act, prefix=""
        )


def test_a_running_series_goes_on_in_ten_digits_under_the_prefixes_of_its_unit() -> None:
    run = Series.objects.create(
        kind="fine_bill", unit_code=UNIT, year=2026, pattern="5{yy}15{uu}{serial:04}", limit=9999 * 2
    )
    other = Series.objects.create(kind="lead", unit_code=UNIT, year=2026, pattern="{year}-{serial:04}")
    assert take(998)[-1] == "52615010998"
    MIGRATION.shorten(apps, None)
    assert take(2) == ["5261501999", "5261551001"]
    MIGRATION.lengthen(apps, None)
    run.refresh_from_db()
    other.refresh_from_db()
    assert (run.pattern, other.pattern) == ("5{yy}15{uu}{serial:04}", "{year}-{serial:04}")
