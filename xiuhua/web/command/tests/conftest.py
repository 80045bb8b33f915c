from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from xiuhua.command import queries
from xiuhua.command.tests.picture import Picture
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.org import actions as org
from xiuhua.org.models import User
from xiuhua.registers.tests.bureau import AT, built


@pytest.fixture(scope="module")
def whole_picture(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Picture]:
    yield from kept(django_db_blocker, lambda: Picture(built()))


@pytest.fixture
def picture(whole_picture: Picture, db: None) -> Iterator[Picture]:
    queries.forget()
    with clock.held_at(AT):
        yield fresh(whole_picture)
    queries.forget()


@pytest.fixture
def browse(picture: Picture) -> Callable[[Actor], Client]:
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
