"""Parties through the API: found, read and registered by those they concern, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.api.tests.machine import Machine
from xiuhua.org.rules import ROLES
from xiuhua.registers import actions, queries
from xiuhua.registers.models import Party
from xiuhua.registers.tests.bureau import AT
from xiuhua.registers.tests.test_rules import CITIZEN, ID

pytestmark = pytest.mark.django_db


def citizen(machine: Machine, **more: Any) -> Party:
    by = machine.desk.bureau.actor("officer")
    return actions.register_party(by=by, at=AT, **{**CITIZEN, "phone": "13800000000", **more})


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_gets_exactly_the_parties_it_may_see(machine: Machine, role: str) -> None:
    party = citizen(machine)
    allowed = queries.parties(machine.desk.bureau.actor(role)).filter(pk=party.pk).exists()
    found = machine.get("/parties", role, q="示例").json["items"]
    assert [item["id"] for item in found] == ([party.pk] if allowed else [])
    assert machine.get(f"/parties/{party.pk}", role).status == (200 if allowed else 404)


def test_lists_hide_numbers_and_a_dossier_tells_them(machine: Machine) -> None:
    party = citizen(machine)
    by = machine.desk.bureau.actor("officer")
    actions.register_vehicle(plate="沪A12345", colour="blue", kind="car", party=party, by=by, at=AT)
    actions.register_premises(name="示例店", address="示例路1号", party=party, by=by, at=AT)
    listed = machine.get("/parties", "officer", q="示例甲")
    assert ID not in listed.response.content.decode()
    assert listed.json["items"][0]["party"]["phone"] == "138****0000"
    whole = machine.get(f"/parties/{party.pk}", "officer").json
    assert whole["party"]["id_no"] == ID
    assert [v["plate"] for v in whole["vehicles"]] == ["沪A12345"]
    assert [p["name"] for p in whole["premises"]] == ["示例店"]
    assert whole["known_to"] == [machine.desk.bureau.east.name]


def test_pages_follow_one_another(machine: Machine) -> None:
    made = [citizen(machine, id_no="", name=f"示例{i}").pk for i in range(3)]
    first = machine.get("/parties", "officer", q="示例", limit=2).json
    second = machine.get("/parties", "officer", q="示例", limit=2, before=first["next"]).json
    assert [i["id"] for page in (first, second) for i in page["items"]] == made[::-1]
    assert second["next"] == ""


def test_a_party_is_registered_once(machine: Machine) -> None:
    said = {k: v for k, v in CITIZEN.items() if k != "id_kind"}
    first, again = (machine.post("/parties", "officer", **said) for _ in range(2))
    assert (first.status, again.status, first.json["id"]) == (201, 201, again.json["id"])
    assert first.json["party"]["birth_date"] == "1980-03-02"


def test_a_wrong_number_names_the_field_and_leaves_nothing(machine: Machine) -> None:
    answer = machine.post("/parties", "officer", **{**CITIZEN, "id_no": ID[:-1] + "?"})
    assert (answer.status, list(answer.json["errors"])) == (422, ["id_no"])
    assert not Party.objects.exists()


def test_who_may_not_register_is_refused_with_the_article(machine: Machine) -> None:
    answer = machine.post("/parties", "duty_dispatcher", **CITIZEN)
    assert (answer.status, answer.json["refusals"][0]["ground"]) == (409, "PIPL §34")
    assert not Party.objects.exists()
