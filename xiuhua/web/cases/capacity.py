"""How many reviewers the centre needs: what comes in, what one does a day, and the wait that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isinf

from django.http import HttpResponse

from xiuhua.cases import queries
from xiuhua.cases.reviewing import needed, wait_in_days
from xiuhua.org import queries as org
from xiuhua.web.cases.reviews import STAGES, stage_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show

MOST = 60
# The picture: left edge, width, height, and the longest wait it shows, in working days.
LEFT, WIDTH, HEIGHT, LONGEST = 40, 720, 200, 5.0


@dataclass(frozen=True, slots=True)
class Staffing:
    """A number of reviewers and what it means: mean wait in working days (endless: None), share of time at work."""

    servers: int
    wait: float | None
    busy: float
    here: bool
    enough: bool
    x: float
    y: float


def _number(text: str, usual: float, most: float) -> float:
    """A figure from the address; what is no figure, or cannot be, is the usual one."""
    try:
        found = float(text)
    except ValueError:
        return usual
    return found if 0 < found <= most else usual


@in_room("cases", "reports.see", "reviews.divide")
def capacity(request: Request) -> HttpResponse:
    stage, bureau = stage_of(request), org.bureau()
    past = queries.came_in(request.actor, stage, request.at)
    staff = len(queries.desks(stage, bureau, request.today)) if bureau else 0
    inflow = _number(request.GET.get("inflow", ""), past.a_day, 10_000)
    pace = _number(request.GET.get("pace", ""), queries.pace(request.actor, stage, request.at), 1_000)
    target = _number(request.GET.get("target", ""), 0.5, 90)
    enough = needed(inflow, pace, target) if pace and inflow else None
    context = {
        "stage": stage,
        "stages": [(s, label, s is stage) for s, label in STAGES.items()],
        "past": past,
        "year": len(past.arrivals),
        "inflow": inflow,
        "pace": pace,
        "target": target,
        "staff": staff,
        "enough": enough,
        "rows": staffing(inflow, pace, staff, enough) if pace and inflow else [],
        "box": (LEFT, WIDTH, HEIGHT, LONGEST),
    }
    return show(request, "web/cases/capacity.html", context)


def staffing(inflow: float, pace: float, staff: int, enough: int | None) -> Sequence[Staffing]:
    """The numbers of reviewers worth looking at: from where work no longer piles up to somewhat more than needed."""
    least = max(1, int(inflow / pace))
    last = min(MOST + least, max(staff, enough or least) + 3)
    numbers = range(least, last + 1)
    step = WIDTH / max(1, len(numbers) - 1)
    return [_row(n, inflow, pace, staff, enough, LEFT + step * i) for i, n in enumerate(numbers)]


def _row(n: int, inflow: float, pace: float, staff: int, enough: int | None, x: float) -> Staffing:  # noqa: PLR0917
    wait = wait_in_days(inflow, pace, n)
    shown = min(LONGEST, wait if wait < inf else LONGEST)
    return Staffing(
        servers=n,
        wait=None if isinf(wait) else wait,
        busy=min(1.0, inflow / (pace * n)),
        here=n == staff,
        enough=n == enough,
        x=round(x, 1),
        y=round(HEIGHT - shown / LONGEST * (HEIGHT - 20), 1),
    )
