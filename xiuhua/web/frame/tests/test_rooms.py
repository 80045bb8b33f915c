"""The numbers beside the rooms stand until somebody does something, and a minute at most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from xiuhua.kernel import clock
from xiuhua.web.conftest import World
from xiuhua.web.frame import rooms
from xiuhua.web.frame.http import Request

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Who was counted for, in the order of the countings."""
    seen: list[int] = []

    def counter(request: Request) -> rooms.Count:
        seen.append(request.actor.user_id or 0)
        return rooms.Count(40 + len(seen))

    # The rooms register as their pages are loaded: that must be over.
    get_resolver().url_patterns  # noqa: B018 - the first look at it loads it
    monkeypatch.setitem(rooms.COUNTERS, "leads", counter)
    return seen


@pytest.fixture(autouse=True)
def held() -> Iterator[None]:
    with clock.held_at(clock.now().replace(second=10)):
        yield


def shown(client: Client) -> list[str]:
    """The numbers beside the rooms."""
    return re.findall(r'class="count[^"]*">(\d+)', client.get("/units/").content.decode())


def test_a_count_stands_as_long_as_nothing_was_recorded(world: World, counted: list[int]) -> None:
    head = world.client(world.person("squad_head"))
    assert shown(head) == ["41"]
    with CaptureQueriesContext(connection) as asked:
        assert shown(head) == ["41"]
    assert len(counted) == 1
    assert sum("MAX(id)" in q["sql"] for q in asked.captured_queries) == 1
    world.person("officer")
    assert shown(head) == ["42"]


def test_a_count_is_done_anew_in_the_next_minute(world: World, counted: list[int]) -> None:
    head = world.client(world.person("squad_head"))
    shown(head)
    with clock.held_at(clock.now() + timedelta(seconds=49)):
        shown(head)
    assert len(counted) == 1
    with clock.held_at(clock.now() + timedelta(seconds=51)):
        shown(head)
    assert len(counted) == 2


def test_nobody_is_shown_the_count_of_another(world: World, counted: list[int]) -> None:
    one, other = world.person("squad_head"), world.person("squad_head", world.other)
    for person in (one, other, one):
        shown(world.client(person))
    assert set(counted) == {one.pk, other.pk}


def test_not_more_people_are_kept_than_a_bureau_has(
    world: World, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "PEOPLE", 1)
    for _ in range(2):
        shown(world.client(world.person("squad_head")))
    assert len(rooms._counted) == 1
