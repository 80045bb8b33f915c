from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.command import queries
from xiuhua.command.tests.picture import Picture
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.registers.tests.bureau import built


@pytest.fixture(scope="module")
def whole_picture(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Picture]:
    yield from kept(django_db_blocker, lambda: Picture(built()))


@pytest.fixture
def picture(whole_picture: Picture, db: None) -> Iterator[Picture]:
    queries.forget()
    yield fresh(whole_picture)
    queries.forget()
