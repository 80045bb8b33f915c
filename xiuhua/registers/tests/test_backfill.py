"""The bulk door of parties: the same rules as one by one, nobody doubled, known to whoever had to do with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.db import transaction

from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.kernel.models import RecordEntry
from xiuhua.registers import actions, backfill, queries
from xiuhua.registers.backfill import Arrival
from xiuhua.registers.models import Known, Party
from xiuhua.registers.tests.bureau import AT, TODAY, Bureau
from xiuhua.registers.tests.test_rules import BUSINESS, CITIZEN, CODE, COMPANY, ID

pytestmark = pytest.mark.django_db
SINCE = "2018-03-01"
EACH = pytest.mark.parametrize("values", [CITIZEN, BUSINESS, COMPANY], ids=["citizen", "business", "company"])


def arrival(values: Mapping[str, Any]) -> Arrival:
    found = backfill.prepare(values, TODAY)
    assert isinstance(found, Arrival), found
    return found


def enrol(*arrivals: tuple[Arrival, Sequence[int], str]) -> list[int]:
    with record.act("示例", by=SYSTEM, at=AT) as act:
        ids = backfill.enrol(arrivals, act)
        act.entry(on=Party.objects.get(pk=ids[0]), facts={}, label="示例")
    return ids


def columns() -> dict[str, Any]:
    """What the only party looks like, but for its id."""
    return {name: value for name, value in Party.objects.values().get().items() if name != "id"}


@EACH
def test_a_party_comes_in_as_it_would_have_been_registered(bureau: Bureau, values: Mapping[str, Any]) -> None:
    """Every column, the search text, the facts and the label of its entry."""
    whole = {**values, "address": "示例路1号", "phone": "13800000000"}
    with transaction.atomic():
        enrol((arrival(whole), [bureau.east.pk], SINCE))
        brought, entry = columns(), RecordEntry.objects.get(verb="registers.enrol")
        transaction.set_rollback(True)
    actions.register_party(by=bureau.actor("officer"), at=AT, **whole)
    own = RecordEntry.objects.get(verb="registers.register_party")
    assert brought == columns()
    assert (entry.facts, entry.label) == (own.facts, own.label)


@pytest.mark.parametrize(
    "wrong",
    [
        {**CITIZEN, "name": ""},
        {**CITIZEN, "id_no": ID[:-1] + ("0" if ID[-1] != "0" else "1")},
        {**COMPANY, "credit_code": CODE[:-1] + ("0" if CODE[-1] != "0" else "1")},
        {**COMPANY, "kind": "示例"},
        {**CITIZEN, "示例": "x"},
    ],
)
def test_what_one_by_one_would_refuse_is_refused_in_bulk_with_the_same_words(
    bureau: Bureau, wrong: Mapping[str, Any]
) -> None:
    with pytest.raises(Invalid) as caught:
        actions.register_party(by=bureau.actor("officer"), at=AT, **wrong)
    assert backfill.prepare(wrong, TODAY) == caught.value.errors


@EACH
def test_the_block_of_a_case_file_is_that_of_the_register_without_its_id(
    bureau: Bureau, values: Mapping[str, Any]
) -> None:
    found = arrival(values)
    [pk] = enrol((found, [bureau.east.pk], SINCE))
    assert {**found.block(), "id": str(pk)} == queries.party_block(Party.objects.get(pk=pk))


@pytest.mark.parametrize(
    ("values", "number"),
    [
        (CITIZEN, f"resident_id:{ID}"),
        (COMPANY, f"code:{CODE}"),
        ({"kind": "citizen", "name": "示例甲"}, ""),
    ],
)
def test_a_party_is_known_by_its_number(values: Mapping[str, Any], number: str) -> None:
    assert arrival(values).number == number
    assert arrival(values).name == values["name"]


def test_somebody_who_comes_twice_is_registered_once_and_known_to_both_units(bureau: Bureau) -> None:
    found = arrival(CITIZEN)
    east, west = bureau.east.pk, bureau.west.pk
    ids = enrol((found, [east], "2018-05-01"), (found, [west, east], "2018-03-01"))
    assert ids[0] == ids[1]
    assert Party.objects.count() == 1
    since = {k.unit_id: k.since.isoformat() for k in Known.objects.all()}
    assert since == {east: "2018-03-01", west: "2018-03-01"}
    assert RecordEntry.objects.filter(verb="registers.enrol").count() == 1


def test_somebody_who_is_registered_already_keeps_what_is_there(bureau: Bureau) -> None:
    party = actions.register_party(by=bureau.actor("officer"), at=AT, **CITIZEN, address="示例路1号")
    [pk] = enrol((arrival({**CITIZEN, "address": "示例路2号"}), [bureau.east.pk, bureau.west.pk], SINCE))
    assert pk == party.pk
    party.refresh_from_db()
    assert party.address == "示例路1号"
    since = {k.unit_id: k.since for k in Known.objects.all()}
    assert since[bureau.east.pk] == TODAY
    assert since.keys() == {bureau.east.pk, bureau.west.pk}
    assert not RecordEntry.objects.filter(verb="registers.enrol").exists()


def test_two_without_a_number_are_two_people(bureau: Bureau) -> None:
    nameless = arrival({"kind": "citizen", "name": "示例甲"})
    first, second = enrol((nameless, [bureau.east.pk], SINCE), (nameless, [bureau.east.pk], SINCE))
    assert first != second
    assert Party.objects.count() == 2


def test_numbers_are_looked_up_in_parts_and_only_those_that_are_there_are_found(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    [citizen] = enrol((arrival(CITIZEN), [bureau.east.pk], SINCE))
    [company] = enrol((arrival(COMPANY), [bureau.east.pk], SINCE))
    monkeypatch.setattr(backfill, "ASKED", 2)
    numbers = [f"resident_id:{ID}", f"code:{CODE}", "code:示例", "", f"passport:{ID}"]
    with django_assert_num_queries(4):
        found = backfill.known_by(numbers)
    assert found == {
        f"resident_id:{ID}": (citizen, CITIZEN["name"]),
        f"code:{CODE}": (company, COMPANY["name"]),
    }


def test_what_breaks_off_leaves_no_party_behind(bureau: Bureau) -> None:
    def half() -> None:
        with record.act("示例", by=SYSTEM, at=AT) as act:
            backfill.enrol([(arrival(CITIZEN), [bureau.east.pk], SINCE)], act)
            raise RuntimeError("示例")

    with pytest.raises(RuntimeError):
        half()
    assert not Party.objects.exists()
    assert not Known.objects.exists()
