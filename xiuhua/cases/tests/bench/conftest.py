"""One bench for the whole package: its rows are taken back when the package is through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.cases.tests.bench.bench import Bench
from xiuhua.kernel.tests.kept import kept


@pytest.fixture(scope="package")
def whole_bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bench]:
    yield from kept(django_db_blocker, Bench)


@pytest.fixture
def bench(whole_bench: Bench, db: None) -> Iterator[Bench]:
    with whole_bench.as_it_was():
        yield whole_bench
