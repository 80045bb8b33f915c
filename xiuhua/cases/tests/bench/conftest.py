"""One bench for the whole package: its rows are taken back when the package is through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from xiuhua.cases.tests.bench.bench import Bench


@pytest.fixture(scope="package")
def whole_bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bench]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = Bench()
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def bench(whole_bench: Bench, db: None) -> Iterator[Bench]:
    with whole_bench.as_it_was():
        yield whole_bench
