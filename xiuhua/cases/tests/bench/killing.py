"""Acts of the bench that die by SIGKILL at a chosen statement, in processes of their own.

python -m xiuhua.cases.tests.bench.killing     (the database is that of XIUHUA_DATABASE_URL)
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NoReturn

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need a Django that is set up
from django.db import connection  # noqa: E402

from xiuhua.cases import actions  # noqa: E402
from xiuhua.cases.models import Case  # noqa: E402
from xiuhua.cases.tests.bench.bench import DEPUTY, ORDINARY, STATES, Bench, Went, counted  # noqa: E402

Act = Callable[[], object]
State = dict[str, int | str]
LONGEST = 400


def die(*_: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def run(act: Act, point: int, *, before_commit: bool = False) -> None:
    """Do `act`, and die before its statement number `point` reaches the database, or before the commit."""
    seen = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal seen
        if seen == point:
            die()
        seen += 1
        return execute(*args)

    if before_commit:
        connection._commit = die  # type: ignore[attr-defined]  # the last moment at which nothing is there yet
    with connection.execute_wrapper(count):
        act()


def in_child(act: Act, point: int, *, before_commit: bool = False) -> bool:
    """The same in a child: whether it was killed. Raises RuntimeError if it failed otherwise."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            run(act, point, before_commit=before_commit)
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the act ended with {code}")
    return code == -signal.SIGKILL


def state() -> State:
    cases = {f"case {c.pk}": f"{c.state} {c.steps_taken} {c.decision_number}" for c in Case.objects.all()}
    return {**counted(), **cases}


def grown(before: State, after: State) -> State:
    return {name: value for name, value in after.items() if value != before.get(name, 0)}


def try_out(name: str, act: Callable[[], Act], every: int) -> Iterator[dict[str, Any]]:
    """What is left behind at each kill point up to the first at which the act is there; then just before a commit."""
    doing = act()
    at_rest = state()
    left: list[State] = []
    for point in range(0, LONGEST, every):
        in_child(doing, point)
        left.append(grown(at_rest, state()))
        if left[-1]:
            break
    yield {"act": name, "nothing": left[:-1], "whole": left[-1]}
    doing = act()
    at_rest = state()
    killed = in_child(doing, LONGEST, before_commit=True)
    yield {"act": f"{name}, committing", "killed": killed, "grown": grown(at_rest, state())}


def deciding(bench: Bench) -> Act:
    case, at = bench.at_step("waive_defence")
    return partial(bench.go, case, Went(DEPUTY, "decide_penalty"), at)


def on_the_spot(bench: Bench) -> Act:
    return partial(bench.spot, datetime.fromisoformat("2026-05-13T10:00+08:00"))


def lapsing(bench: Bench) -> Act:
    case, at = bench.at_step("pass_legal_review")
    bench.go(case, ORDINARY[STATES["pass_legal_review"]], at)
    return partial(actions.lapse, case=case, at=at + timedelta(days=40))


def main() -> None:
    call_command("migrate", verbosity=0, skip_checks=True)
    bench = Bench((2026,))
    bench.spot()  # from here on every person is known
    for name, act, every in (("take", deciding, 2), ("on the spot", on_the_spot, 6), ("lapse", lapsing, 2)):
        for said in try_out(name, partial(act, bench), every):
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
