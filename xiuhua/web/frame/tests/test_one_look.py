"""One look: a request that changes nothing asks once whether the calendar changed, and no later one is misled."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from xiuhua.kernel import queries
from xiuhua.kernel.models import Day
from xiuhua.web.frame.middleware import LookMiddleware

DAY = date(2026, 5, 6)


def asked() -> int:
    """The questions to the database of three looks at the calendar."""
    queries.calendar()
    with CaptureQueriesContext(connection) as captured:
        for _ in range(3):
            queries.calendar()
    return len(captured)


def test_within_one_look_the_calendar_is_asked_once(db: None) -> None:
    assert asked() == 3
    with queries.one_look():
        assert asked() == 0
    assert asked() == 3


def test_the_next_look_sees_what_changed_meanwhile(db: None) -> None:
    with queries.one_look():
        before = queries.calendar().version
    Day.objects.create(day=DAY, working=False, name="示例假日")
    with queries.one_look():
        assert queries.calendar().version != before


@pytest.mark.parametrize(
    ("method", "questions"), [("GET", 0), ("HEAD", 0), ("POST", 3), ("PUT", 3), ("DELETE", 3)]
)
def test_only_requests_that_change_nothing_are_one_look(db: None, method: str, questions: int) -> None:
    found = []

    def answer(request: HttpRequest) -> HttpResponse:
        found.append(asked())
        return HttpResponse()

    LookMiddleware(answer)(RequestFactory().generic(method, "/"))
    assert found == [questions]
