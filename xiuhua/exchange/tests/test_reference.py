"""The files that exchange loads, and what is found wrong with others."""

from __future__ import annotations

import pytest
from django.conf import settings

from xiuhua.exchange import queries
from xiuhua.exchange.actions.reference import KINDS, LIMITS
from xiuhua.kernel.authz import Invalid
from xiuhua.org.actions.reference import Sheet
from xiuhua.org.rules.tables import read


def faults(sheet: Sheet, text: str) -> list[str]:
    table = read(sheet.shape, text)
    assert not table.faults
    return [f"{fault.column}: {fault.reason}" for fault in sheet.check(table, {})]


def text_of(sheet: Sheet) -> str:
    return (settings.REFERENCE_DIR / sheet.file).read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", [KINDS, LIMITS], ids=lambda s: s.file)
def test_our_own_files_are_without_fault(sheet: Sheet) -> None:
    assert faults(sheet, text_of(sheet)) == []


def test_a_kind_that_nothing_makes_and_a_field_that_cannot_be_told_are_found() -> None:
    text = text_of(KINDS).replace("xiuhua.lead.closed", "xiuhua.case.closed")
    assert faults(KINDS, text) == ["type: no room makes such events"]
    text = text_of(KINDS).replace("kind source unit area", "kind reporter content unit area")
    assert faults(KINDS, text) == ["fields: content, reporter cannot be told"]


def test_a_number_that_is_missing_or_that_nobody_asks_for_is_found() -> None:
    text = text_of(LIMITS).replace("keep_days", "keep_years")
    assert faults(LIMITS, text) == ["code: “keep_days” is missing", "code: nobody asks for this number"]


def test_the_numbers_must_be_loaded(db: None) -> None:
    with pytest.raises(Invalid, match="尚未载入"):
        queries.limits()
