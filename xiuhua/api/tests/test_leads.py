"""Leads through the API: what is seen, what is registered and moved, how it says no."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.test import Client

from xiuhua.api.tests.machine import Answer, Machine
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads.actions import Sent
from xiuhua.leads.models import Lead, Reporter
from xiuhua.leads.tests.desk import JPEG, Desk
from xiuhua.org import actions as org
from xiuhua.registers.tests.bureau import AT, EAST, WEST

pytestmark = pytest.mark.django_db

REPORT: dict[str, Any] = {
    "kind": "street_vending",
    "source": "hotline",
    "content": "示例路口有人设摊",
    "place": "示例路1号",
    "lon": EAST[0],
    "lat": EAST[1],
    "reporter": {"name": "示例市民", "phone": "13800000000"},
}


@pytest.mark.parametrize("path", ["/leads", "/leads/1", "/lead-kinds", "/parties?q=示例", "/leads/1/media/1"])
def test_without_a_good_key_nothing_is_told(machine: Machine, path: str) -> None:
    for key in ("", "xh_wrong"):
        answer = machine.call("get", f"/api{path}", key=key)
        assert (answer.status, answer.json) == (401, {"detail": "需要有效的密钥或登录"})
        assert answer.response["WWW-Authenticate"] == "Bearer"


def test_a_key_stops_with_its_account(machine: Machine) -> None:
    key = machine.key("officer")
    assert machine.call("get", "/api/leads", key=key).status == 200
    user = machine.desk.bureau.user("officer", machine.desk.bureau.east)
    org.disable_user(user=user, reason="示例", by=SYSTEM, at=AT)
    assert machine.call("get", "/api/leads", key=key).status == 401


def test_no_answer_holds_who_reported(machine: Machine, desk: Desk) -> None:
    lead = desk.in_state("accepted")
    for role in ("officer", "duty_dispatcher"):
        for path in ("/leads", f"/leads/{lead.pk}"):
            text = machine.get(path, role).response.content.decode()
            assert "示例市民" not in text
            assert "13800000000" not in text


def test_a_lead_tells_its_clocks_moves_and_timeline(machine: Machine, desk: Desk) -> None:
    lead = desk.in_state("dispatched")
    whole = machine.get(f"/leads/{lead.pk}", "officer").json
    assert whole["state"] == {"code": "dispatched", "name": "待接收"}
    answers = {c["clock"]: c for c in whole["clocks"]}
    assert answers["reporter_answer"]["on"] == "2026-05-20"
    assert answers["reporter_answer"]["ground"] == "SHUM §26"
    moves = {m["move"]: m["refusals"] for m in whole["moves"]}
    assert moves["accept"] == []
    assert moves["settle"][0]["sentence"] == "线索待接收，不能办结"
    assert [e["verb"] for e in whole["timeline"]] == ["leads.register", "leads.verify", "leads.dispatch"]


def test_english_is_told_to_whoever_asks_for_it(machine: Machine, desk: Desk) -> None:
    lead = desk.in_state("dispatched")
    whole = machine.get(f"/leads/{lead.pk}", "officer", language="en-GB,en;q=0.9")
    assert whole.json["kind"]["name"] == "Street vending"
    assert whole.response["Content-Language"] == "en"
    assert next(m["label"] for m in whole.json["moves"] if m["move"] == "accept") == "Accept"
    assert (
        machine.get(f"/leads/{lead.pk}", "officer", language="fr").response["Content-Language"] == "zh-hans"
    )


def test_a_list_is_narrowed(machine: Machine, desk: Desk) -> None:
    first = desk.report()
    second = desk.in_state("accepted")
    cases: list[tuple[dict[str, Any], list[Lead]]] = [
        ({}, [second, first]),
        ({"state": "registered"}, [first]),
        ({"unit": "SE"}, [second]),
        ({"area": "W"}, []),
        ({"kind": "group_rental"}, []),
        ({"source": ["hotline", "patrol"]}, [second, first]),
        ({"q": first.number}, [first]),
        ({"q": "SLL"}, [second, first]),
        ({"received_from": "2026-05-13", "received_to": "2026-05-13"}, [second, first]),
        ({"received_from": "2026-05-14"}, []),
        ({"received_to": "2026-05-12"}, []),
        ({"due_until": "2026-05-14"}, [first]),
        ({"to_do": "true"}, [first]),
    ]
    for query, expected in cases:
        found = machine.get("/leads", "duty_dispatcher", **query).json["items"]
        assert [item["id"] for item in found] == [x.pk for x in expected], query


def test_pages_follow_one_another_without_gap_or_repetition(machine: Machine, desk: Desk) -> None:
    made = [desk.report().pk for _ in range(5)]
    seen: list[int] = []
    after = ""
    for _ in range(3):
        answer = machine.get("/leads", "duty_dispatcher", limit=2, after=after).json
        seen += [item["id"] for item in answer["items"]]
        after = answer["next"]
    assert seen == made[::-1]
    assert after == ""


@pytest.mark.parametrize(
    ("query", "field"),
    [({"after": "nonsense"}, "after"), ({"limit": "many"}, "limit"), ({"due_until": "soon"}, "due_until")],
)
def test_a_bad_question_names_the_field(machine: Machine, query: dict[str, str], field: str) -> None:
    answer = machine.get("/leads", "duty_dispatcher", **query)
    assert (answer.status, list(answer.json["errors"])) == (422, [field])


def test_a_report_is_registered_after_a_look_at_near_ones(machine: Machine) -> None:
    question: dict[str, Any] = {"kind": "street_vending", "lon": EAST[0], "lat": EAST[1]}
    assert machine.get("/leads/near", "complaint_clerk", **question).json == []
    answer = machine.post("/leads", "complaint_clerk", **REPORT)
    assert answer.status == 201
    assert answer.json["number"] == "线索2026-000001"
    assert Reporter.objects.get(lead=answer.json["id"]).phone == "13800000000"
    (near,) = machine.get("/leads/near", "complaint_clerk", **question).json
    assert (near["metres"], near["hours"], near["lead"]["id"]) == (0, 0.0, answer.json["id"])


def test_a_finding_with_a_photo_is_in_the_officers_hands(machine: Machine) -> None:
    photo = {"data": base64.b64encode(JPEG).decode(), "name": "a.jpg"}
    said = {k: v for k, v in REPORT.items() if k not in {"source", "reporter"}}
    answer = machine.post("/findings", "officer", **said, photos=[photo])
    assert (answer.status, answer.json["state"]["code"]) == (201, "accepted")
    (media,) = answer.json["media"]
    path = f"/leads/{answer.json['id']}/media/{media['id']}"
    shown = machine.get(path, "officer")
    assert b"".join(shown.response.streaming_content) == JPEG  # type: ignore[attr-defined]  # a file response
    assert shown.response["Content-Type"] == "image/jpeg"
    assert (
        machine.call("get", f"/api{path}", key=machine.key("officer", machine.desk.bureau.west)).status == 404
    )
    assert machine.get(f"/leads/{answer.json['id']}/media/0", "officer").status == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "ghosts"}, "kind"),
        ({"content": ""}, "content"),
        ({"content": None}, "content"),
        ({"lon": 31.2, "lat": 121.5}, "lat"),
        ({"lon": "east"}, "lon"),
        ({"source": "rumour"}, "source"),
        ({"received_at": "2026-05-13T09:00:00"}, "received_at"),
        ({"received_at": "2027-01-01T09:00:00+08:00"}, "received_at"),
        ({"media_urls": ["javascript:alert(1)"]}, "media[0]"),
        ({"photos": [{"data": "???"}]}, "photos[0]"),
        ({"photos": [{"data": base64.b64encode(b"MZ").decode()}]}, "media[0]"),
        ({"attributes": {"stall_count": "many"}}, "attribute[stall_count]"),
    ],
)
def test_a_bad_report_names_the_field_and_leaves_nothing(
    machine: Machine, change: dict[str, Any], field: str
) -> None:
    answer = machine.post("/leads", "complaint_clerk", **{**REPORT, **change})
    assert (answer.status, list(answer.json["errors"])) == (422, [field])
    assert not Lead.objects.exists()


def test_what_is_no_json_is_told_so(machine: Machine) -> None:
    headers = {"Authorization": f"Bearer {machine.key('complaint_clerk')}"}
    with clock.held_at(AT):
        response = machine.client.post("/api/leads", "{", content_type="application/json", headers=headers)
    assert response.status_code == 400


def test_a_lead_goes_its_way_through_the_api(machine: Machine) -> None:
    pk = machine.post("/leads", "complaint_clerk", **REPORT).json["id"]
    for role, move, said, state in (
        ("duty_dispatcher", "verify", {"note": "属实", "on_scene": True}, "verified"),
        ("duty_dispatcher", "dispatch", {}, "dispatched"),
        ("officer", "return", {"reason": "示例"}, "returned"),
        ("duty_dispatcher", "dispatch", {"unit": "SE", "cause": "SR11"}, "dispatched"),
        ("officer", "accept", {}, "accepted"),
        ("officer", "arrive", {}, "accepted"),
        ("officer", "settle", {"outcome": "persuaded", "note": "已收摊"}, "settled"),
        ("officer", "tell-reporter", {"way": "phone", "note": "已告知"}, "settled"),
    ):
        answer = machine.post(f"/leads/{pk}/{move}", role, **said)
        assert (answer.status, answer.json.get("state", {}).get("code")) == (200, state), (move, answer.json)
    assert answer.json["outcome"] == {"code": "persuaded", "name": "教育劝阻"}


def test_the_other_ends_of_a_lead(machine: Machine, desk: Desk) -> None:
    first, second, third = (desk.report().pk for _ in range(3))
    dispatcher = "duty_dispatcher"
    assert machine.post(f"/leads/{first}/merge", dispatcher, into=second).json["merged_into"] == second
    assert (
        machine.post(f"/leads/{second}/refuse", dispatcher, reason="示例").json["state"]["code"] == "refused"
    )
    said = {"to": "示例部门", "reason": "示例"}
    assert machine.post(f"/leads/{third}/transfer", dispatcher, **said).json["state"]["code"] == "transferred"
    assert machine.post(f"/leads/{third}/merge", dispatcher, into=999_999).status == 404


def refused(answer: Answer) -> dict[str, str]:
    assert answer.status == 409, answer.json
    refusal: dict[str, str] = answer.json["refusals"][0]
    return refusal


def test_what_the_law_forbids_is_409_with_its_article(machine: Machine, desk: Desk) -> None:
    lead = desk.in_state("dispatched")
    no_power = machine.post(f"/leads/{lead.pk}/dispatch", "duty_dispatcher", unit="O")
    assert refused(no_power)["ground"] == "SHUM §4"
    assert refused(no_power)["citation"]
    wrong_state = machine.post(f"/leads/{lead.pk}/settle", "officer", outcome="persuaded", note="示例")
    assert refused(wrong_state)["meaning"] == "A lead that is dispatched does not allow: settle."
    elsewhere = machine.post(
        "/findings", "officer", kind="street_vending", content="示例", lon=WEST[0], lat=WEST[1]
    )
    assert refused(elsewhere) | {"citation": ""} == {
        "code": "not_our_area",
        "sentence": "示例W不是示例SE的管辖范围；请登记为线索，由承办单位处理",
        "meaning": "another unit handles at this place: register a lead instead",
        "ground": "SHUM §14",
        "citation": "",
        "field": "place",
    }
    assert Lead.objects.get().state == "dispatched"


def test_an_unknown_unit_and_a_wrong_move_name_the_field(machine: Machine, desk: Desk) -> None:
    lead = desk.in_state("verified")
    assert list(machine.post(f"/leads/{lead.pk}/dispatch", "duty_dispatcher", unit="?").json["errors"]) == [
        "unit"
    ]
    assert list(machine.post(f"/leads/{lead.pk}/verify", "duty_dispatcher", kind="?").json["errors"]) == [
        "kind"
    ]
    assert list(machine.post(f"/leads/{lead.pk}/settle", "officer").json["errors"]) == ["outcome", "note"]


def test_a_photo_of_elsewhere_is_shown_by_its_address_only(machine: Machine, desk: Desk) -> None:
    lead = desk.report(media=[Sent(url="https://example.org/a.jpg")])
    (media,) = machine.get(f"/leads/{lead.pk}", "duty_dispatcher").json["media"]
    assert (media["url"], media["sha256"]) == ("https://example.org/a.jpg", "")
    assert machine.get(f"/leads/{lead.pk}/media/{media['id']}", "duty_dispatcher").status == 404


def test_a_signed_in_browser_reads_and_writes_only_with_its_token(desk: Desk, machine: Machine) -> None:
    user = desk.bureau.user("complaint_clerk", desk.bureau.office)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    key = client.session.session_key
    assert key
    actor = desk.bureau.actor("complaint_clerk")
    org.start_session(user=user, session_key=key, ip=None, agent="示例", by=actor, at=AT)
    with clock.held_at(AT):
        assert client.get("/api/leads").status_code == 200
        assert client.post("/api/leads", REPORT, content_type="application/json").status_code == 403
    assert not Lead.objects.exists()


def test_kinds_come_with_their_questions(machine: Machine) -> None:
    kinds = {k["code"]: k for k in machine.get("/lead-kinds", "officer", language="en").json}
    assert kinds["street_vending"]["causes"] == ["SR11"]
    assert kinds["street_vending"]["questions"][1]["values"] == {
        "morning": "Morning",
        "day": "Day",
        "night": "Night",
    }


def test_every_route_is_described(machine: Machine) -> None:
    """Whoever reads the OpenAPI document learns what each route does and how it may fail."""
    document = machine.call("get", "/api/openapi.json").json
    assert document["openapi"].startswith("3.1")
    operations = [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    assert len(operations) >= 25
    for method, path, operation in operations:
        assert operation.get("summary"), (method, path)
        assert operation["security"], (method, path)
        if method == "POST":
            assert {"401", "409", "422"} <= set(operation["responses"]), (method, path)
