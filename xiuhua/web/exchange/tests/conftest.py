from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from xiuhua.command import queries
from xiuhua.exchange import rules
from xiuhua.exchange.tests.agency import ORIGIN, Sharing
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.org import actions as org
from xiuhua.org.models import User
from xiuhua.registers.tests.bureau import AT, built


@pytest.fixture(scope="module")
def whole_sharing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Sharing]:
    yield from kept(django_db_blocker, lambda: Sharing(built()))


@pytest.fixture
def sharing(whole_sharing: Sharing, db: None, settings: Settings) -> Iterator[Sharing]:
    settings.EXCHANGE_ORIGIN = ORIGIN
    settings.EXCHANGE_NETWORKS = rules.networks("127.0.0.0/8")
    queries.forget()
    with clock.held_at(AT):
        yield fresh(whole_sharing)
    queries.forget()


@pytest.fixture
def browse(sharing: Sharing) -> Callable[[Actor], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(actor: Actor) -> Client:
        user, client = User.objects.get(pk=actor.user_id or 0), Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        key = client.session.session_key or ""
        org.start_session(user=user, session_key=key, ip="127.0.0.1", agent="test", by=actor, at=AT)
        return client

    return signed_in
