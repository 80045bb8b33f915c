from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.leads.tests.desk import Desk
from xiuhua.registers.tests.bureau import built


@pytest.fixture(scope="module")
def whole_desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    yield from kept(django_db_blocker, lambda: Desk(built()))


@pytest.fixture
def desk(whole_desk: Desk, db: None) -> Desk:
    return fresh(whole_desk)
