"""A citizen's client: plain HTTP to the door of Open311, with the key of an intake account."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from django.test import Client

from xiuhua.api.tests.machine import Machine
from xiuhua.kernel import clock
from xiuhua.registers.tests.bureau import AT, EAST

ROOT = "/open311/v2"


class Citizen:
    """Speaks plain HTTP to the door, with a key or without."""

    def __init__(self, machine: Machine) -> None:
        self.key = machine.key("intake")
        self.client = Client()

    def get(self, path: str, **query: Any) -> Any:
        with clock.held_at(AT):
            return self.client.get(f"{ROOT}{path}", query)

    def post(self, path: str, form: dict[str, Any], **headers: str) -> Any:
        with clock.held_at(AT):
            return self.client.post(f"{ROOT}{path}", form, headers=headers)

    def rows(self, path: str, **query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.get(path, **query).content)
        return found


def report(citizen: Citizen, **more: Any) -> dict[str, Any]:
    form = {
        "api_key": citizen.key,
        "service_code": "street_vending",
        "lat": str(EAST[1]),
        "long": str(EAST[0]),
        "address_string": "示例路1号",
        "description": "示例路口有人设摊",
        "first_name": "示",
        "last_name": "例市民",
        "email": "citizen@example.com",
        "phone": "13800000000",
    }
    answer = citizen.post("/requests.json", form | more)
    assert answer.status_code == 201, answer.content.decode()
    made: dict[str, Any] = json.loads(answer.content)[0]
    return made


def tree(response: Any) -> ElementTree.Element:
    return ElementTree.fromstring(response.content)
