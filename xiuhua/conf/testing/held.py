"""A served bureau that lives on the day that a journey chooses: the clock of its pages, its worker and its gateways is
read from a file, so that a case of 2018 is worked in 2018, by the law of its days, and a shift of the morning is driven
at any hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from xiuhua.kernel import clock

FILE = "held_clock"


def hold(var: Path, moment: datetime) -> None:
    """From now on the bureau kept in `var` lives at `moment`; its clock stands there until it is held anew."""
    _write(var, moment.isoformat())


def go_on(var: Path, moment: datetime, real: Callable[[], datetime]) -> None:
    """From now on the bureau kept in `var` lives from `moment` on, and its clock goes as the `real` one does."""
    _write(var, f"{moment.isoformat()} {real().isoformat()}")


def _write(var: Path, text: str) -> None:
    written = var / f"{FILE}.new"
    written.write_text(text, encoding="utf-8")
    written.replace(var / FILE)


def reading(var: Path, real: Callable[[], datetime]) -> Callable[[], datetime]:
    """A clock for the bureau kept in `var`: the moment that is held or goes on there; the real one while none is."""
    path = var / FILE

    def now() -> datetime:
        try:
            moment, _, since = path.read_text(encoding="utf-8").partition(" ")
        except FileNotFoundError:
            return real()
        found = datetime.fromisoformat(moment)
        if since:
            found += real() - datetime.fromisoformat(since)
        return found.astimezone(clock.SHANGHAI)

    return now


def install(var: Path) -> None:
    """Let this process ask that clock. Called from the settings of a served test bureau, never from a real one's."""
    now = reading(var, clock.now)
    setattr(clock, "now", now)  # noqa: B010 - one clock, and everybody asks it by its name
    setattr(clock, "milliseconds", lambda: round(now().timestamp() * 1000))  # noqa: B010 - the same clock
