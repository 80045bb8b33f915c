from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker, Settings

from xiuhua.command import queries
from xiuhua.exchange import rules
from xiuhua.exchange.tests.agency import ORIGIN, Receiver, Sharing, receiver
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.registers.tests.bureau import built


@pytest.fixture(scope="module")
def whole_sharing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Sharing]:
    yield from kept(django_db_blocker, lambda: Sharing(built()))


@pytest.fixture
def sharing(whole_sharing: Sharing, db: None, settings: Settings) -> Iterator[Sharing]:
    settings.EXCHANGE_ORIGIN, settings.EXCHANGE_SOURCE = ORIGIN, "/xiuhua/示例"
    settings.EXCHANGE_NETWORKS = rules.networks("127.0.0.0/8")
    queries.forget()
    yield fresh(whole_sharing)
    queries.forget()


@pytest.fixture
def agency() -> Iterator[Receiver]:
    with receiver() as found:
        yield found
