"""A served bureau that lives on the day that a journey chooses: the clock of its pages and of its worker is read from
a file, so that a case of 2018 is worked in 2018, by the law of its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from xiuhua.kernel import clock

FILE = "held_clock"


def hold(var: Path, moment: datetime) -> None:
    """From now on the bureau kept in `var` lives at `moment`; its clock stands there until it is held anew."""
    written = var / f"{FILE}.new"
    written.write_text(moment.isoformat(), encoding="utf-8")
    written.replace(var / FILE)


def reading(var: Path, real: Callable[[], datetime]) -> Callable[[], datetime]:
    """A clock for the bureau kept in `var`: the moment that is held there; the real one while none is."""
    path = var / FILE

    def now() -> datetime:
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return real()
        return datetime.fromisoformat(text).astimezone(clock.SHANGHAI)

    return now


def install(var: Path) -> None:
    """Let this process ask that clock. Called from the settings of a served test bureau, never from a real one's."""
    setattr(clock, "now", reading(var, clock.now))  # noqa: B010 - one clock, and everybody asks it by its name
