"""The world in which it is asked who sees what: built once, its rows taken back at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.architecture.visible import World, built
from xiuhua.kernel.tests.kept import kept


@pytest.fixture(scope="package")
def whole_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    yield from kept(django_db_blocker, built)


@pytest.fixture
def world(whole_world: World, db: None) -> Iterator[World]:
    with whole_world.bench.as_it_was():
        yield whole_world
