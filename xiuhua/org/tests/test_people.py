"""Hiring, certificates and posts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org import actions, queries
from xiuhua.org.models import Officer, Post
from xiuhua.org.permissions import can_appoint, can_manage
from xiuhua.org.rules import UnitKind
from xiuhua.org.tests.conftest import AT, LONG_AGO, TODAY, Bureau, actor, hired, in_post, unit


def certified(officer: Officer, number: str, start: date, end: date) -> None:
    actions.grant_certificate(
        officer=officer, number=number, valid_from=start, valid_to=end, by=SYSTEM, at=AT
    )


def test_hiring_leaves_an_entry_and_refuses_a_number_twice(bureau: Bureau) -> None:
    person = hired("1")
    assert "sl1" in person.search
    assert RecordEntry.objects.filter(verb="org.hire", subject=f"org.officer:{person.pk}").exists()
    with pytest.raises(Invalid) as refused:
        actions.hire(staff_no="1", name=" ", kind=Officer.Kind.CIVIL, by=SYSTEM, at=AT)
    assert set(refused.value.errors) == {"name", "staff_no"}


def test_who_holds_a_post_is_found_at_the_authority_and_its_desks_on_the_day(bureau: Bureau) -> None:
    at_desk, elsewhere = hired("1"), hired("2")
    office = unit("OL", UnitKind.OFFICE, bureau.bureau)
    in_post(at_desk, office, "hearing_host")
    in_post(elsewhere, bureau.government, "hearing_host")
    assert queries.holders_of("hearing_host", bureau.bureau, TODAY) == [at_desk]
    assert queries.holders_of("hearing_host", bureau.government, TODAY) == [elsewhere]
    assert queries.holders_of("legal_reviewer", bureau.bureau, TODAY) == []
    assert queries.holders_of("hearing_host", bureau.bureau, LONG_AGO - timedelta(days=1)) == []


def test_a_certificate_counts_on_its_days_only(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.street, "officer")
    certified(person, "示例0001", date(2015, 1, 1), date(2018, 5, 15))
    assert queries.officers_of(bureau.street, TODAY) == [person]
    assert queries.officers_of(bureau.street, TODAY, certified=True) == []
    assert queries.officers_of(bureau.street, date(2018, 5, 15), certified=True) == [person]
    assert queries.certificate_on(person, TODAY) is None
    certified(person, "示例0002", TODAY, date(2020, 1, 1))
    assert queries.officers_of(bureau.street, TODAY, certified=True) == [person]


def test_the_block_of_a_case_file_shows_the_certificate_of_the_day_or_the_last_one(bureau: Bureau) -> None:
    person, never = hired("1"), hired("2")
    certified(person, "示例0001", date(2012, 1, 1), date(2014, 12, 31))
    certified(person, "示例0002", date(2015, 1, 1), date(2017, 12, 31))
    assert queries.officer_block(person, date(2013, 1, 1))["certificate_no"] == "示例0001"
    expired, none = queries.officer_blocks([person, never], TODAY)
    assert expired == {
        "id": str(person.pk),
        "name": "示例1",
        "certificate_no": "示例0002",
        "certificate_from": "2015-01-01",
        "certificate_to": "2017-12-31",
        "kind": "officer",
        "interest_declared": False,
    }
    assert none["certificate_no"] is none["certificate_from"] is none["certificate_to"] is None


def test_certificates_have_their_own_number_and_run_forward(bureau: Bureau) -> None:
    certified(hired("1"), "示例0001", LONG_AGO, TODAY)
    with pytest.raises(Invalid) as refused:
        certified(hired("2"), "示例0001", TODAY, LONG_AGO)
    assert set(refused.value.errors) == {"number", "valid_to"}


def test_auxiliary_staff_get_no_certificate(bureau: Bureau) -> None:
    with pytest.raises(Refused) as refused:
        certified(hired("1", Officer.Kind.AUXILIARY), "示例0001", LONG_AGO, TODAY)
    assert refused.value.refusals[0].ground == "SHUM §16"


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.code for r in refused.value.refusals]


def test_one_person_does_not_investigate_and_review_at_once(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.street, "officer", LONG_AGO, TODAY)
    with pytest.raises(Refused) as refused:
        in_post(person, bureau.centre, "case_centre_reviewer", TODAY)
    assert codes(refused) == ["duties_apart"]
    in_post(person, bureau.centre, "case_centre_reviewer", TODAY + timedelta(days=1))


def test_an_end_before_the_other_post_begins_is_no_conflict(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.street, "officer", TODAY)
    in_post(person, bureau.centre, "case_centre_reviewer", LONG_AGO, TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        in_post(person, bureau.centre, "legal_reviewer", LONG_AGO, TODAY)


def test_an_administrator_holds_no_business_post(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.bureau, "system_administrator")
    with pytest.raises(Refused) as refused:
        in_post(person, bureau.street, "officer")
    assert codes(refused) == ["post_held_alone"]


def test_every_reason_is_told_at_once(bureau: Bureau) -> None:
    person = hired("1", Officer.Kind.AUXILIARY)
    in_post(person, bureau.street, "auxiliary")
    with pytest.raises(Refused) as refused:
        in_post(person, bureau.centre, "officer")
    assert codes(refused) == ["role_misplaced", "auxiliary_only_assists", "post_held_alone"]


def test_nobody_appoints_themselves_and_only_the_administrator_appoints(bureau: Bureau) -> None:
    person = hired("1")
    held: dict[str, Any] = {"officer": person, "unit": bureau.street, "role": "officer", "start": TODAY}
    assert can_appoint(actor("system_administrator"), **held)
    assert not can_appoint(actor("system_administrator", officer_id=person.pk), **held)
    assert not can_appoint(actor("squad_head"), **held)
    assert can_manage(SYSTEM)
    assert not can_manage(actor("auditor"))


@pytest.mark.parametrize(
    ("role", "start", "end", "field"),
    [
        ("king", TODAY, None, "role"),
        ("officer", TODAY, LONG_AGO, "valid_to"),
        ("officer", TODAY, None, "role"),
        ("officer", LONG_AGO, LONG_AGO, "role"),
    ],
)
def test_a_post_that_is_held_or_means_nothing_is_refused(
    bureau: Bureau, role: str, start: date, end: date | None, field: str
) -> None:
    person = hired("1")
    in_post(person, bureau.street, "officer")
    with pytest.raises(Invalid) as refused:
        in_post(person, bureau.street, role, start, end)
    assert set(refused.value.errors) == {field}


def test_a_post_ends_on_its_last_day(bureau: Bureau) -> None:
    person = hired("1")
    in_post(person, bureau.street, "officer")
    (post,) = queries.posts_of(person, TODAY)
    with pytest.raises(Invalid):
        actions.end_post(post=post, last_day=date(2000, 1, 1), by=SYSTEM, at=AT)
    actions.end_post(post=post, last_day=TODAY, by=SYSTEM, at=AT)
    assert queries.posts_of(person, TODAY + timedelta(days=1)) == []
    assert Post.objects.get().valid_to == TODAY


def test_colleagues_are_known_inside_only(bureau: Bureau) -> None:
    hired("1")
    assert queries.officers(actor("officer")).count() == 1
