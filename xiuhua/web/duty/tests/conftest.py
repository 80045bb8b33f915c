from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from xiuhua.duty.tests.street import Street
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.org import actions as org
from xiuhua.org.models import User
from xiuhua.registers.tests.bureau import AT, built


@pytest.fixture(scope="module")
def whole_street(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Street]:
    yield from kept(django_db_blocker, lambda: Street(built()))


@pytest.fixture
def street(whole_street: Street, db: None) -> Iterator[Street]:
    with clock.held_at(AT):
        yield fresh(whole_street)


@pytest.fixture
def browse(street: Street) -> Callable[[Actor], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(actor: Actor) -> Client:
        user, client = User.objects.get(pk=actor.user_id or 0), Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        org.start_session(
            user=user,
            session_key=client.session.session_key or "",
            ip="127.0.0.1",
            agent="test",
            by=actor,
            at=AT,
        )
        return client

    return signed_in
