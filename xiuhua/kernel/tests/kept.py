"""Worlds that are built once for many tests: the rows lie in an open transaction and are taken back at the end.

    @pytest.fixture(scope="module")
    def whole_desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
        yield from kept(django_db_blocker, lambda: Desk(built()))

    @pytest.fixture
    def desk(whole_desk: Desk, db: None) -> Desk:
        return fresh(whole_desk)

What a test writes lies in a savepoint of its own (`db`) and is gone after it, its numbers included; and since it works
on a copy, nothing that it learned or changed in memory reaches the next test. A test of the same module that asks for
`db` alone sees the rows, too.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import transaction
from pytest_django import DjangoDbBlocker

World = TypeVar("World")


def kept(blocker: DjangoDbBlocker, build: Callable[[], World]) -> Iterator[World]:
    """What `build` makes; its rows stay until the generator is closed or goes on."""
    with blocker.unblock(), transaction.atomic():
        made = build()
        with blocker.block():
            yield made
        transaction.set_rollback(True)


def fresh(made: World) -> World:
    """A copy for one test, rows of the database and all; pickling is thrice as quick as `deepcopy`."""
    copy: World = pickle.loads(pickle.dumps(made))
    return copy
