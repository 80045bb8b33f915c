"""Parties, premises and vehicles: registered once, found again, seen by those who have to do with them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org.rules import ROLES
from xiuhua.registers import actions, permissions, queries
from xiuhua.registers.models import Known, Party, Premises, Vehicle
from xiuhua.registers.tests.bureau import AT, TODAY, Bureau
from xiuhua.registers.tests.test_rules import BUSINESS, CITIZEN, CODE, COMPANY, ID, number_of

pytestmark = pytest.mark.django_db


def citizen(by: Actor, **more: Any) -> Party:
    return actions.register_party(by=by, at=AT, **{**CITIZEN, **more})


def test_a_citizen_is_registered_with_what_the_number_tells(bureau: Bureau) -> None:
    party = citizen(bureau.actor("officer"), phone="13800000000", address="示例路1号")
    assert (party.birth_date, party.sex) == (
        queries.party_block(party)["birth_date"] and party.birth_date,
        "male",
    )
    assert queries.party_block(party) == {
        "id": str(party.pk),
        "kind": "citizen",
        "name": "示例甲",
        "id_kind": "resident_id",
        "id_no": ID,
        "address": "示例路1号",
        "phone": "13800000000",
        "birth_date": "1980-03-02",
        "sex": "male",
    }
    assert queries.dossier(party, bureau.actor("officer")).known_to == [(bureau.east.name, TODAY)]


def test_the_record_holds_no_name_and_no_number_of_a_person(bureau: Bureau) -> None:
    citizen(bureau.actor("officer"), phone="13800000000", address="示例路1号")
    entry = RecordEntry.objects.get(verb="registers.register_party")
    text = entry.label + entry.facts
    assert not [secret for secret in ("示例甲", ID, "13800000000", "示例路") if secret in text]
    assert entry.label == "示**"


def test_whoever_decides_about_a_new_party_knows_it_from_the_first_and_the_entry_says_so(
    bureau: Bureau,
) -> None:
    by = bureau.actor("officer")
    party = actions.register_party(by=by, at=AT, also=(bureau.east, bureau.top), **CITIZEN)
    assert set(party.known_to.all()) == {bureau.east, bureau.top}
    entry = RecordEntry.objects.get(verb="registers.register_party")
    assert json.loads(entry.facts)["known_to"] == [bureau.top.code]
    again = actions.register_party(by=by, at=AT, also=(bureau.west,), **CITIZEN)
    assert again == party
    assert set(party.known_to.all()) == {bureau.east, bureau.top, bureau.west}


def test_the_same_number_is_found_again_and_becomes_known_to_the_second_unit(bureau: Bureau) -> None:
    first = citizen(bureau.actor("officer"))
    again = citizen(bureau.actor("officer", bureau.west), phone="13800000000")
    assert again == first
    assert Party.objects.count() == 1
    first.refresh_from_db()
    assert first.phone == "13800000000"
    assert set(first.known_to.all()) == {bureau.east, bureau.west}


def test_saying_the_same_twice_writes_once(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    citizen(by)
    entries = RecordEntry.objects.count()
    citizen(by)
    assert RecordEntry.objects.count() == entries


def test_another_name_for_the_same_number_is_refused_without_telling_the_name(bureau: Bureau) -> None:
    citizen(bureau.actor("officer"))
    with pytest.raises(Invalid) as told:
        citizen(bureau.actor("officer", bureau.west), name="示例乙")
    assert list(told.value.errors) == ["name"]
    assert "示例甲" not in str(told.value)
    assert Known.objects.count() == 1


def test_another_name_for_a_credit_code_says_which_is_registered(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    actions.register_party(by=by, at=AT, **COMPANY)
    with pytest.raises(Invalid, match="示例有限公司"):
        actions.register_party(by=by, at=AT, **{**COMPANY, "name": "示例二公司"})


def test_an_operator_may_run_two_businesses(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    one = actions.register_party(by=by, at=AT, **{**BUSINESS, "id_no": ID, "operator": "示例甲"})
    other = actions.register_party(
        by=by, at=AT, kind="individual_business", trade_name="示例书店", id_no=ID, operator="示例甲"
    )
    assert one != other
    assert one.name == "示例面馆"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({**CITIZEN, "id_no": ID[:-1] + "?"}, "id_no"),
        ({**CITIZEN, "name": ""}, "name"),
        ({**CITIZEN, "credit_code": CODE}, "credit_code"),
        ({**COMPANY, "credit_code": "1" * 18}, "credit_code"),
        ({**CITIZEN, "hat": "red"}, "hat"),
    ],
)
def test_bad_input_names_the_field_and_leaves_nothing(
    bureau: Bureau, values: dict[str, Any], field: str
) -> None:
    by = bureau.actor("officer")
    entries = RecordEntry.objects.count()
    with pytest.raises(Invalid) as told:
        actions.register_party(by=by, at=AT, **values)
    assert field in told.value.errors
    assert (Party.objects.count(), Known.objects.count(), RecordEntry.objects.count()) == (0, 0, entries)


def test_the_system_must_say_for_which_unit(bureau: Bureau) -> None:
    with pytest.raises(Invalid, match="登记单位"):
        citizen(SYSTEM)
    assert actions.register_party(by=SYSTEM, at=AT, unit=bureau.west, **CITIZEN).known_to.get() == bureau.west


SEES_KNOWN = {"officer", "squad_legal_clerk", "squad_head"}
SEES_ALL = {"supervision_inspector", "file_reviewer"}
SEES_WHEN_AUTHORITY_KNOWS = {"case_centre_reviewer", "legal_reviewer", "bureau_head", "bureau_deputy_head"}
OF_OTHER_UNITS = {"brigade_head", "town_approver"}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_sees_exactly_the_parties_it_should(bureau: Bureau, role: str) -> None:
    """One party known to squad east, one known to squad east and, through a decision, to the bureau."""
    by = bureau.actor("officer")
    one = citizen(by)
    two = actions.register_party(by=by, at=AT, **COMPANY)
    actions.make_known(party=two, units=[bureau.top], by=by, at=AT)
    actions.register_premises(name="示例店", address="示例路1号", party=one, by=by, at=AT)
    actions.register_vehicle(plate="沪A12345", colour="blue", kind="car", party=one, by=by, at=AT)
    expected: set[Party] = set()
    if role in SEES_KNOWN | SEES_ALL:
        expected = {one, two}
    elif role in SEES_WHEN_AUTHORITY_KNOWS:
        expected = {two}
    viewer = bureau.actor(role)
    assert set(queries.parties(viewer)) == expected
    assert set(queries.find(viewer, "示例")) == expected
    assert queries.premises(viewer).exists() is (one in expected)
    assert queries.vehicles(viewer).exists() is (one in expected)


def test_another_squad_and_nobody_see_nothing(bureau: Bureau) -> None:
    party = citizen(bureau.actor("officer"))
    actions.register_vehicle(
        plate="沪A12345", colour="blue", kind="car", party=party, by=bureau.actor("officer"), at=AT
    )
    for viewer in (bureau.actor("officer", bureau.west), bureau.actor("officer", bureau.town), NOBODY):
        assert not queries.parties(viewer).exists()
        assert not queries.vehicles(viewer).exists()
        assert queries.find(viewer, "示例甲") == []
        assert queries.find(viewer, ID) == []


@pytest.mark.parametrize("role", sorted(set(ROLES) - SEES_KNOWN - {"brigade_head"}))
def test_roles_that_do_not_work_cases_register_nothing(bureau: Bureau, role: str) -> None:
    by = bureau.actor(role)
    with pytest.raises(Refused) as told:
        citizen(by)
    assert told.value.refusals[0].ground == "PIPL §34"
    assert not permissions.can_register(by)
    assert not Party.objects.exists()


def test_a_party_of_others_is_neither_changed_nor_passed_on(bureau: Bureau) -> None:
    party = citizen(bureau.actor("officer"))
    stranger = bureau.actor("officer", bureau.west)
    assert not permissions.can_change(stranger, party)
    with pytest.raises(Refused):
        actions.update_party(party=party, reason="示例", phone="13800000000", by=stranger, at=AT)
    with pytest.raises(Refused):
        actions.make_known(party=party, units=[bureau.west], by=stranger, at=AT)
    with pytest.raises(Refused):
        actions.register_premises(name="示例店", address="示例路1号", party=party, by=stranger, at=AT)
    assert Known.objects.count() == 1


def test_a_party_is_found_by_name_initials_address_and_the_end_of_its_number(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    party = citizen(by, address="川沙路8号")
    for text in ("示例甲", "slj", "川沙", "csl", ID[-4:], ID, ID.lower()):
        assert queries.find(by, text) == [party], text
    for text in ("", "示", ID[6:14], ID[:6], "乙乙"):
        assert queries.find(by, text) == [], text


def test_a_party_is_found_by_its_plate_and_its_premises(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    party = citizen(by)
    actions.register_vehicle(plate="沪A·12345", colour="blue", kind="car", party=party, by=by, at=AT)
    actions.register_premises(name="示例面馆", address="高桥路2号", party=party, by=by, at=AT)
    for text in ("A12345", "沪a 12345", "高桥", "gql"):
        assert queries.find(by, text) == [party], text


def test_findings_are_limited_and_go_on_after_the_last_one(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    made = [actions.register_party(kind="citizen", name=f"示例{i}", by=by, at=AT) for i in range(5)]
    first = queries.find(by, "示例", limit=2)
    assert first == [made[4], made[3]]
    assert queries.find(by, "示例", before=first[-1].pk, limit=2) == [made[2], made[1]]


def test_a_change_is_recorded_with_its_reason_and_without_the_values(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    party = citizen(by)
    other_id = number_of(party.birth_date, 3)  # type: ignore[arg-type]  # filled from the number
    actions.update_party(party=party, reason="证件换发", id_no=other_id, address="示例路9号", by=by, at=AT)
    party.refresh_from_db()
    assert (party.id_no, party.address) == (other_id, "示例路9号")
    entry = RecordEntry.objects.get(verb="registers.update_party")
    assert '"changed":["address","id_no"]' in entry.facts
    assert "证件换发" in entry.facts
    assert other_id not in entry.facts
    assert queries.find(by, other_id) == [party]


def test_a_change_without_a_reason_or_to_the_number_of_another_is_invalid(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    citizen(by)
    other = actions.register_party(kind="citizen", name="示例乙", by=by, at=AT)
    with pytest.raises(Invalid, match="原因"):
        actions.update_party(party=other, reason=" ", phone="13800000000", by=by, at=AT)
    with pytest.raises(Invalid, match="另一当事人"):
        actions.update_party(party=other, reason="示例", id_no=ID, by=by, at=AT)
    other.refresh_from_db()
    assert other.id_no == ""


def test_a_change_that_changes_nothing_writes_nothing(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    party = citizen(by)
    entries = RecordEntry.objects.count()
    actions.update_party(party=party, reason="核对", name="示例甲", by=by, at=AT)
    assert RecordEntry.objects.count() == entries


def test_the_same_plate_is_found_again_and_gets_its_party_once(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    party, other = citizen(by), actions.register_party(kind="citizen", name="示例乙", by=by, at=AT)
    first = actions.register_vehicle(plate="沪A12345", colour="blue", kind="truck", by=by, at=AT)
    again = actions.register_vehicle(plate="沪a12345", colour="blue", kind="truck", party=party, by=by, at=AT)
    assert first == again
    assert Vehicle.objects.get().party == party
    with pytest.raises(Invalid, match="另一当事人"):
        actions.register_vehicle(plate="沪A12345", colour="blue", kind="truck", party=other, by=by, at=AT)
    assert actions.register_vehicle(plate="沪A12345", colour="blue", kind="truck", by=by, at=AT) == first


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"plate": "沪A1", "colour": "blue", "kind": "car"}, "plate"),
        ({"plate": "沪A12345", "colour": "pink", "kind": "car"}, "colour"),
        ({"plate": "沪A12345", "colour": "blue", "kind": "boat"}, "kind"),
    ],
)
def test_a_vehicle_that_is_none_names_the_field(bureau: Bureau, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as told:
        actions.register_vehicle(**values, by=bureau.actor("officer"), at=AT)
    assert list(told.value.errors) == [field]
    assert not Vehicle.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "", "address": "示例路"}, "name"),
        ({"name": "示例店", "address": " "}, "address"),
        ({"name": "示例店", "address": "示例路", "lon": 121.5}, "lat"),
        ({"name": "示例店", "address": "示例路", "lat": 31.2}, "lon"),
        ({"name": "示例店", "address": "示例路", "lon": 200.0, "lat": 31.2}, "lon"),
    ],
)
def test_premises_that_are_none_name_the_field(bureau: Bureau, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as told:
        actions.register_premises(**values, by=bureau.actor("officer"), at=AT)
    assert list(told.value.errors) == [field]
    assert not Premises.objects.exists()


def test_those_who_work_cases_may_register_and_the_system_may_change_anything(bureau: Bureau) -> None:
    assert permissions.can_register(bureau.actor("officer"))
    party = citizen(bureau.actor("officer"))
    assert permissions.can_change(bureau.actor("squad_head"), party)
    actions.make_known(party=party, units=[bureau.west], by=SYSTEM, at=AT)
    assert set(party.known_to.all()) == {bureau.east, bureau.west}


def test_masked_blocks_hide_numbers_and_the_date_of_birth(bureau: Bureau) -> None:
    party = citizen(bureau.actor("officer"), phone="13800000000")
    block = queries.masked_block(party)
    assert block["phone"] == "138****0000"
    assert ID not in block.values()
    assert "birth_date" not in block
    company = actions.register_party(by=bureau.actor("officer"), at=AT, **COMPANY)
    assert queries.masked_block(company) == queries.party_block(company)
