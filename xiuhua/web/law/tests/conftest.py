"""A bench with the law in front of browsers; the clock stands still while somebody looks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.cases.tests.bench.bench import Bench
from xiuhua.kernel import clock
from xiuhua.kernel.tests.kept import kept
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.tests.conftest import load_acts


def built() -> Bench:
    made = Bench(())
    load_acts()
    return made


@pytest.fixture(scope="package")
def whole_bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bench]:
    yield from kept(django_db_blocker, built)


@pytest.fixture
def bench(whole_bench: Bench, db: None) -> Iterator[Bench]:
    with whole_bench.as_it_was(), clock.held_at(AT):
        yield whole_bench
