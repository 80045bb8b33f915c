"""The bench of the cases with browsers in front of it; the clock stands still while somebody looks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from xiuhua.cases.tests.bench.bench import Bench, Who
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.tests.kept import kept
from xiuhua.org import actions as org
from xiuhua.org.actions import reference
from xiuhua.org.models import Unit
from xiuhua.org.rules.tables import read
from xiuhua.registers.tests.bureau import AT


def built() -> Bench:
    made = Bench()
    load_acts()
    return made


@pytest.fixture(scope="package")
def whole_bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bench]:
    yield from kept(django_db_blocker, built)


@pytest.fixture
def bench(whole_bench: Bench, db: None) -> Iterator[Bench]:
    with whole_bench.as_it_was(), clock.held_at(AT):
        yield whole_bench


def load_acts() -> None:
    """The table of acts, so that pages say articles in words."""
    sheet = next(s for s in reference.SHEETS if s.file == "acts.csv")
    table = read(sheet.shape, (settings.REFERENCE_DIR / sheet.file).read_text(encoding="utf-8"))
    reference.load(sheet, table, {}, by=SYSTEM, at=AT)


def browser(bench: Bench, who: Who, unit: Unit | None = None) -> Client:
    """A browser in which the person is signed in."""
    user = bench.person(who, unit).user
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    org.start_session(
        user=user,
        session_key=client.session.session_key or "",
        ip="127.0.0.1",
        agent="test",
        by=bench.actor(who, unit),
        at=clock.now(),
    )
    return client
