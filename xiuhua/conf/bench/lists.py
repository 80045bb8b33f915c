"""How long a page and an answer of the API take at the size of a whole year: server time, as the process spends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.test import Client

from xiuhua.cases.queries import Case
from xiuhua.conf.bench import bureau
from xiuhua.conf.bench.measure import Measure, spans, timed
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import actions
from xiuhua.org import queries as org
from xiuhua.simulation.year import Plan

ROUNDS, WARM_UP = 40, 3
LIMIT_MS = 100
# Name, who looks (a person who sees the whole bureau, or one squad), and the address.
PAGES = (
    ("cases", "D022", "/cases/"),
    ("cases.squad", "D004", "/cases/"),
    ("search.party", "D004", "/search/?q=示例安"),
    ("search.initials", "D022", "/search/?q=zdst"),
    ("figures", "D027", "/figures/?year=2018"),
    ("figures.duty", "D027", "/figures/?year=2018&of=duty"),
    ("figures.events", "D027", "/figures/?year=2018&of=events"),
    ("figure.units", "D027", "/figures/J01/?year=2018"),
    ("api.cases", "D022", "/api/cases"),
    ("api.cases.search", "D022", "/api/cases?q=示例"),
)


def measure() -> Sequence[Measure]:
    """Each address asked again and again by somebody who is signed in."""
    plan = Plan()
    bureau.staffed(plan)
    bureau.bring_in(bureau.year(plan))
    rows = Case.objects.count()
    return [figure for name, who, path in PAGES for figure in _page(name, who, path, rows)]


def _page(name: str, who: str, path: str, rows: int) -> Iterator[Measure]:
    client = signed_in(who)
    for _ in range(WARM_UP):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:300])
    found = [timed(lambda: client.get(path)) for _ in range(ROUNDS)]
    yield from spans(f"lists.{name}", found, LIMIT_MS, f"{path} over {rows:,} cases, {ROUNDS} times")


def user_of(staff_no: str) -> org.User:
    """The account of the person with this staff number; made if there is none."""
    officer = org.officers(SYSTEM).get(staff_no=staff_no)
    return org.user_by_login(staff_no) or actions.make_user(
        officer=officer, login=staff_no, password=None, by=SYSTEM, at=clock.now()
    )


def signed_in(staff_no: str) -> Client:
    """A browser in which the person with this staff number is signed in."""
    at, user = clock.now(), user_of(staff_no)
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    actions.start_session(
        user=user,
        session_key=client.session.session_key or "",
        ip="127.0.0.1",
        agent="bench",
        by=org.actor_for(user, at),
        at=at,
    )
    return client
