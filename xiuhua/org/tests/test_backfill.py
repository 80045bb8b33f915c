"""A staff list at once: all of it or nothing, with every fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from xiuhua.kernel.authz import SYSTEM, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org import queries
from xiuhua.org.backfill import Newcomer, enrol
from xiuhua.org.models import Officer, Post
from xiuhua.org.rules import PersonKind
from xiuhua.org.tests.conftest import AT, LONG_AGO, TODAY, Bureau, actor, hired

ONE = Newcomer(
    staff_no="E1",
    name="示例一",
    kind=PersonKind.OFFICER,
    unit="S",
    role="officer",
    since=LONG_AGO,
    certificate_no="示例E1",
    certificate_from=date(2015, 1, 1),
    certificate_to=date(2025, 12, 31),
)


def people(n: int) -> list[Newcomer]:
    return [replace(ONE, staff_no=f"E{i}", certificate_no=f"示例E{i}") for i in range(n)]


def test_everybody_comes_in_with_post_certificate_and_entry(bureau: Bureau) -> None:
    found = enrol(people(3), by=SYSTEM, at=AT)
    assert not found.faults
    assert queries.officers_of(bureau.street, TODAY, certified=True) == list(found.people)
    assert RecordEntry.objects.filter(verb="org.enrol").count() == 3


def test_a_dry_run_and_an_empty_list_write_nothing(bureau: Bureau) -> None:
    assert enrol(people(2), by=SYSTEM, at=AT, dry_run=True).faults == ()
    assert enrol([], by=SYSTEM, at=AT).people == ()
    assert not Officer.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_list(
    bureau: Bureau, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        enrol(people(200), by=SYSTEM, at=AT)
    assert Post.objects.count() == 200


def test_one_fault_keeps_everybody_out(bureau: Bureau) -> None:
    found = enrol([*people(2), replace(ONE, staff_no="E1", name=" ")], by=SYSTEM, at=AT)
    assert [(f.row, f.field) for f in found.faults] == [
        (2, "staff_no"),
        (2, "certificate_no"),
        (3, "staff_no"),
        (3, "certificate_no"),
        (3, "name"),
    ]
    assert not Officer.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"staff_no": "OLD"}, "staff_no"),
        ({"unit": "NONE"}, "unit"),
        ({"unit": "C"}, "role"),
        ({"role": "king"}, "role"),
        ({"kind": PersonKind.CIVIL}, "kind"),
        ({"until": date(2000, 1, 1)}, "until"),
        ({"certificate_to": date(2000, 1, 1)}, "certificate_to"),
        ({"certificate_from": None}, "certificate_to"),
        ({"kind": PersonKind.AUXILIARY, "role": "auxiliary"}, "certificate_no"),
    ],
)
def test_a_fault_names_its_field(bureau: Bureau, change: dict[str, Any], field: str) -> None:
    hired("OLD")
    found = enrol([replace(ONE, **change)], by=SYSTEM, at=AT)
    assert {f.field for f in found.faults} == {field}
    assert Officer.objects.count() == 1


def test_somebody_without_certificate_may_come_in(bureau: Bureau) -> None:
    assert enrol([replace(ONE, certificate_no="")], by=SYSTEM, at=AT).people
    assert queries.officers_of(bureau.street, TODAY, certified=True) == []


def test_only_the_administrator_takes_people_in(bureau: Bureau) -> None:
    with pytest.raises(Refused):
        enrol(people(1), by=actor("squad_head"), at=AT)
