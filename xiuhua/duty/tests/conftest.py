from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.duty.tests.street import Street
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.registers.tests.bureau import built


@pytest.fixture(scope="module")
def whole_street(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Street]:
    yield from kept(django_db_blocker, lambda: Street(built()))


@pytest.fixture
def street(whole_street: Street, db: None) -> Street:
    return fresh(whole_street)
