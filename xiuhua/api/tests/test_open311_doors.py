"""Citizens' reports by Open311: what is told to whom, what may be asked and posted, how it says no."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from xiuhua.api.tests.citizen import ROOT, Citizen, report, tree
from xiuhua.api.tests.machine import Machine
from xiuhua.kernel import clock
from xiuhua.leads import actions
from xiuhua.leads.actions import Sent
from xiuhua.leads.models import Lead, Reporter
from xiuhua.leads.tests.desk import JPEG, Desk
from xiuhua.org.rules import ROLES
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.django_db


# What is told to whom -------------------------------------------------------------------------------------------------


def test_the_public_reads_that_a_report_exists_and_no_more(citizen: Citizen) -> None:
    made = report(citizen)
    for rows in (
        citizen.rows("/requests.json"),
        citizen.rows(f"/requests/{made['service_request_id']}.json"),
    ):
        (row,) = rows
        assert row == {
            "service_request_id": made["service_request_id"],
            "status": "open",
            "status_notes": "已收到，正在核实。",
            "service_name": "占道设摊",
            "service_code": "street_vending",
            "description": "",
            "agency_responsible": "",
            "service_notice": "",
            "requested_datetime": "2026-05-13T09:00:00+08:00",
            "updated_datetime": "2026-05-13T09:00:00+08:00",
            "expected_datetime": "2026-05-18T23:59:59+08:00",
            "address": "示例E",
            "address_id": "",
            "zipcode": "",
            "lat": 31.205,
            "long": 121.505,
            "media_url": "",
        }


def test_the_key_that_posted_reads_back_what_it_posted(citizen: Citizen) -> None:
    made = report(citizen, media_url="https://example.org/a.jpg", lat="31.2051234")
    (row,) = citizen.rows("/requests.json", api_key=citizen.key)
    assert (row["description"], row["address"]) == ("示例路口有人设摊", "示例路1号")
    assert (row["lat"], row["media_url"]) == (31.2051234, "https://example.org/a.jpg")
    assert citizen.rows(f"/requests/{made['service_request_id']}.json", api_key=citizen.key) == [row]


def test_another_key_reads_what_the_public_reads(citizen: Citizen, machine: Machine, desk: Desk) -> None:
    made = report(citizen)
    other = machine.key("intake", desk.bureau.top)
    assert citizen.rows("/requests.json", api_key=other) == []
    (row,) = citizen.rows(f"/requests/{made['service_request_id']}.json", api_key=other)
    assert row["description"] == ""


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"intake"}))
def test_the_key_of_any_other_post_reads_what_the_public_reads(
    citizen: Citizen, machine: Machine, role: str
) -> None:
    report(citizen)
    assert citizen.rows("/requests.json", api_key=machine.key(role)) == citizen.rows("/requests.json")


def test_no_answer_holds_who_reported(citizen: Citizen) -> None:
    made = report(citizen)
    paths = [
        "/requests.json",
        "/requests.xml",
        f"/requests/{made['service_request_id']}.json",
        f"/requests/{made['service_request_id']}.xml",
        "/servicerequestupdates.json",
    ]
    for path in paths:
        for query in ({}, {"api_key": citizen.key}):
            text = citizen.get(path, **query).content.decode()
            assert not [s for s in ("例市民", "13800000000", "citizen@example.com") if s in text], path


def test_findings_and_reports_of_other_doors_are_not_here(citizen: Citizen, desk: Desk) -> None:
    finding, hotline = desk.finding(), desk.report()
    assert citizen.rows("/requests.json") == []
    for lead in (finding, hotline):
        assert citizen.get(f"/requests/{lead.public_id}.json").status_code == 404
    assert citizen.rows("/servicerequestupdates.json") == []


def test_the_citizen_reads_what_came_of_it(citizen: Citizen, desk: Desk) -> None:
    made = report(citizen)
    lead = Lead.objects.get()
    later = AT + timedelta(hours=2)
    for step in ("verify", "dispatch", "accept", "hand_to_case"):
        desk.move(step, lead)
    path = f"/requests/{made['service_request_id']}.json"
    assert citizen.rows(path)[0]["status_notes"] == "承办单位正在依法查处。"
    actions.record_outcome(lead=lead, outcome="case_closed", public_note="", by=desk.officer, at=later)
    (row,) = citizen.rows(path)
    assert (row["status"], row["status_notes"]) == ("closed", "经查处，已依法处理完毕。")
    assert (row["updated_datetime"], row["expected_datetime"]) == ("2026-05-13T11:00:00+08:00", "")
    assert citizen.rows("/requests.json", status="closed") == [row]
    assert citizen.rows("/requests.json", status="open") == []
    assert len(citizen.rows("/requests.json", status="open,closed")) == 1


def test_a_merged_report_is_answered_with_the_one_it_was_merged_into(citizen: Citizen, desk: Desk) -> None:
    first, second = report(citizen), report(citizen)
    one, other = (Lead.objects.get(public_id=r["service_request_id"]) for r in (first, second))
    actions.merge(lead=one, into=other, by=desk.dispatcher, at=AT)
    for step in ("verify", "dispatch", "accept", "settle"):
        desk.move(step, other)
    found = citizen.rows(f"/requests/{first['service_request_id']}.json")
    assert found[0]["status_notes"] == "经现场教育劝阻，当事人已当场改正。"
    assert len(citizen.rows("/requests.json", status="closed")) == 2


def test_updates_tell_each_step_once_in_order(citizen: Citizen, desk: Desk) -> None:
    report(citizen)
    lead = Lead.objects.get()
    for hour, step in enumerate(("verify", "dispatch", "accept", "settle")):
        desk.move(step, lead, AT - timedelta(hours=10 - hour))
    rows = citizen.rows("/servicerequestupdates.json")
    assert [(r["status"], r["description"]) for r in rows] == [
        ("open", "已核实，正在派发承办单位。"),
        ("open", "已派发承办单位。"),
        ("open", "承办单位正在处理。"),
        ("closed", "经现场教育劝阻，当事人已当场改正。"),
    ]
    assert len({r["update_id"] for r in rows}) == 4
    some = citizen.rows(
        "/servicerequestupdates.json",
        start_date="2026-05-13T00:30:00+08:00",
        end_date="2026-05-13T10:00:00+08:00",
        api_key=citizen.key,
    )
    assert some == rows[2:]
    root = tree(citizen.get("/servicerequestupdates.xml"))
    assert (root.tag, root[0].tag) == ("service_request_updates", "request_update")


# Asking ---------------------------------------------------------------------------------------------------------------


def test_a_list_of_ids_overrides_every_other_condition(citizen: Citizen) -> None:
    ids = [report(citizen)["service_request_id"] for _ in range(2)]
    rows = citizen.rows("/requests.json", service_request_id=",".join(ids), status="closed")
    assert {r["service_request_id"] for r in rows} == set(ids)


def test_services_and_days_narrow_the_list(citizen: Citizen) -> None:
    report(citizen)
    for query, n in (
        ({"service_code": "street_vending,night_noise"}, 1),
        ({"service_code": "night_noise"}, 0),
        ({"start_date": "2026-05-13T00:00:00+08:00"}, 1),
        ({"start_date": "2026-05-13T01:00:00Z"}, 1),
        ({"start_date": "2026-05-13T01:00:01Z"}, 0),
        ({"end_date": "2026-05-13T00:00:00Z"}, 0),
        ({"start_date": "2026-04-01T00:00:00+08:00", "end_date": "2026-05-14T00:00:00+08:00"}, 1),
    ):
        assert len(citizen.rows("/requests.json", **query)) == n, query


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"start_date": "yesterday"}, "start_date"),
        ({"end_date": "2026-05-13T00:00:00"}, "end_date"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"}, "end_date"),
        ({"start_date": "2026-05-02T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"}, "end_date"),
        ({"status": "half"}, "status"),
    ],
)
def test_a_question_that_makes_no_sense_is_400(citizen: Citizen, query: dict[str, str], said: str) -> None:
    answer = citizen.get("/requests.json", **query)
    assert answer.status_code == 400
    assert said in json.loads(answer.content)[0]["description"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/services/ghosts.json", 404),
        ("/requests/nothing.xml", 404),
        ("/tokens/nothing.json", 404),
        ("/services.html", 404),
        ("/requests.json?api_key=wrong", 403),
        ("/servicerequestupdates.xml?api_key=wrong", 403),
    ],
)
def test_what_is_not_there_or_not_allowed_says_so(citizen: Citizen, path: str, status: int) -> None:
    with clock.held_at(AT):
        assert citizen.client.get(f"{ROOT}{path}").status_code == status


def test_other_methods_are_not_allowed(citizen: Citizen) -> None:
    answer = citizen.post("/services.json", {})
    assert answer.status_code == 405
    assert json.loads(answer.content)[0]["code"] == 405


# Posting --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"api_key": "wrong"}, 403, "api_key"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "ghosts"}, 404, "service_code"),
        ({"lat": "", "long": "", "address_string": ""}, 400, "lat"),
        ({"lat": ""}, 400, "lat"),
        ({"lat": "91"}, 400, "lat"),
        ({"lat": "121.505", "long": "31.205"}, 400, "写反"),
        ({"long": "120.0"}, 400, "long"),
        ({"lat": "nan"}, 400, "long"),
        ({"description": "示" * 4001}, 400, "description"),
        ({"email": "nobody"}, 400, "email"),
        ({"phone": "call me"}, 400, "phone"),
        ({"media_url": "file:///etc/passwd"}, 400, "media[0]"),
        ({"attribute[stall_count]": "many"}, 400, "attribute[stall_count]"),
        ({"attribute[colour]": "red"}, 400, "attribute[colour]"),
        ({"photo1": SimpleUploadedFile("a.jpg", b"MZ", "image/jpeg")}, 400, "media[0]"),
        ({"passport": SimpleUploadedFile("a.jpg", JPEG, "image/jpeg")}, 400, "passport"),
    ],
)
def test_a_bad_report_says_which_field_and_leaves_nothing(
    citizen: Citizen, change: dict[str, Any], status: int, said: str
) -> None:
    form = {"api_key": citizen.key, "service_code": "street_vending", "lat": "31.205", "long": "121.505"}
    answer = citizen.post("/requests.json", form | {"description": "示例"} | change)
    assert answer.status_code == status, answer.content.decode()
    assert any(said in error["description"] for error in json.loads(answer.content))
    assert not Lead.objects.exists()


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"intake"}))
def test_no_other_post_reports_through_this_door(citizen: Citizen, machine: Machine, role: str) -> None:
    form = {"service_code": "street_vending", "lat": "31.205", "long": "121.505", "description": "示例"}
    assert citizen.post("/requests.json", form | {"api_key": machine.key(role)}).status_code == 403
    assert not Lead.objects.exists()


def test_answers_and_names_come_in_as_they_are_sent(citizen: Citizen) -> None:
    report(
        citizen,
        service_code="group_rental",
        description="",
        first_name="Ann",
        last_name="Example",
        device_id="phone-1",
        **{"attribute[room]": "1-101", "attribute[signs][]": ["partitions", "many_beds"]},
    )
    lead = Lead.objects.get()
    assert lead.attributes == {"room": "1-101", "signs": ["partitions", "many_beds"]}
    assert lead.content == "群租"
    reporter = Reporter.objects.get(lead=lead)
    assert (reporter.name, reporter.account) == ("Ann Example", "phone-1")


def test_a_place_in_words_is_enough_and_nobody_need_say_who_he_is(citizen: Citizen) -> None:
    form = {
        "api_key": citizen.key,
        "service_code": "street_vending",
        "address_string": "示例路",
        "description": "示例",
    }
    assert citizen.post("/requests.xml", form).status_code == 201
    lead = Lead.objects.get()
    assert (lead.lat, lead.has_reporter) == (None, False)
    (row,) = citizen.rows("/requests.json")
    assert (row["lat"], row["address"], row["expected_datetime"]) == (None, "", "")


def test_texts_are_english_for_whoever_accepts_english(citizen: Citizen) -> None:
    with clock.held_at(AT):
        services = citizen.client.get(f"{ROOT}/services.json", headers={"Accept-Language": "en"}).json()
    assert next(s for s in services if s["service_code"] == "street_vending") == {
        "service_code": "street_vending",
        "service_name": "Street vending",
        "description": "占道设摊",
        "metadata": True,
        "type": "realtime",
        "keywords": "占道设摊,Street vending",
        "group": services[0]["group"],
    }


def test_xml_holds_odd_signs_and_leaves_out_what_xml_cannot_hold(citizen: Citizen) -> None:
    report(citizen, description="a < b & c\x00\x07 “示例”\n]]>")
    root = tree(citizen.get("/requests.xml", api_key=citizen.key))
    assert root[0].findtext("description") == "a < b & c “示例”\n]]>"


def test_a_list_costs_the_same_number_of_queries_however_long_it_is(
    citizen: Citizen, desk: Desk, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        desk.posted(media=[Sent(url="https://example.org/a.jpg")])
    with django_assert_max_num_queries(12):
        assert len(citizen.rows("/requests.json", api_key=citizen.key)) == 4
