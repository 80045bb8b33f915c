"""The world in which it is asked who sees what: built once, its rows taken back at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.architecture.visible import World, built


@pytest.fixture(scope="package")
def whole_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = built()
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(whole_world: World, db: None) -> Iterator[World]:
    with whole_world.bench.as_it_was():
        yield whole_world
