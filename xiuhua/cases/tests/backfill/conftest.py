from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from xiuhua.cases.backfill import known as knowing
from xiuhua.cases.backfill.known import Known
from xiuhua.cases.tests.backfill import bench as bench_


@pytest.fixture
def bench(db: None) -> bench_.Bench:
    return bench_.made()


@pytest.fixture(scope="session")
def known(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Known:
    """What is known of the bench, read once: checking a row asks no database, and these tests have none."""
    with django_db_blocker.unblock(), transaction.atomic():
        bench_.made()
        found = knowing.load()
        transaction.set_rollback(True)
    return found
