"""The lawful files, and every block that leaves one lawful, fire no rule."""

from __future__ import annotations

import pytest

from xiuhua.cases.checker.seeded.samples import lawful
from xiuhua.cases.checker.snapshot import read
from xiuhua.cases.checker.tests.world import checker


@pytest.mark.parametrize("name", list(lawful()))
def test_a_lawful_file_fires_no_rule_and_every_rule_can_be_judged(name: str) -> None:
    result = checker().check(lawful()[name])
    assert (result.findings, result.unread) == ((), ())


@pytest.mark.parametrize("name", list(lawful()))
def test_a_lawful_file_is_in_form_and_every_field_is_known(name: str) -> None:
    read_file = read(lawful()[name])
    assert (dict(read_file.faults), read_file.ignored) == ({}, ())
