"""A machine that speaks to the API: it holds a key and reads JSON."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads.tests.desk import Desk
from xiuhua.org import actions
from xiuhua.org.models import Unit
from xiuhua.registers.tests.bureau import AT


class Answer:
    """Status, JSON (if it is JSON) and headers of an answer."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        self.status = response.status_code
        is_json = response.get("Content-Type", "").startswith("application/json")
        self.json: Any = json.loads(response.content) if is_json else None


class Machine:
    """Keys by role, and calls with them at the moment AT."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = Client()
        self.keys: dict[tuple[str, int], str] = {}

    def key(self, role: str, where: Unit | None = None) -> str:
        """The key of somebody who holds `role`; the same one each time."""
        place = where or self.desk.bureau.place_of(role)
        if (role, place.pk) not in self.keys:
            user = self.desk.bureau.user(role, place)
            _, self.keys[role, place.pk] = actions.make_key(user=user, label="示例", by=SYSTEM, at=AT)
        return self.keys[role, place.pk]

    def call(
        self, method: str, path: str, said: Any = None, *, role: str = "", language: str = "", key: str = ""
    ) -> Answer:
        headers = {"Accept-Language": language} if language else {}
        if role or key:
            headers["Authorization"] = f"Bearer {key or self.key(role)}"
        with clock.held_at(AT):
            sending = getattr(self.client, method)
            if method == "get":
                return Answer(sending(path, said or {}, headers=headers))
            return Answer(sending(path, said or {}, content_type="application/json", headers=headers))

    def get(self, path: str, role: str = "", /, *, language: str = "", **query: Any) -> Answer:
        return self.call("get", f"/api{path}", query, role=role, language=language)

    def post(self, path: str, role: str = "", /, *, language: str = "", **said: Any) -> Answer:
        return self.call("post", f"/api{path}", said, role=role, language=language)
