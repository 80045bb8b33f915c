"""The setting of the tests: the working days and parameters of the reference tables, and who acts."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from xiuhua.cases.procedure.setting import Setting
from xiuhua.cases.procedure.walk import Step
from xiuhua.kernel.workdays import Calendar

REFERENCE = Path(__file__).resolve().parents[4] / "reference"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


@cache
def calendar() -> Calendar:
    found = list(_rows("holidays.csv"))
    days = {date.fromisoformat(r["day"]): r["working"] == "yes" for r in found}
    named = {date.fromisoformat(r["day"]) for r in found if r["named_holiday"] == "yes"}
    off = frozenset(day for day in named if not days[day])
    return Calendar(days, known_until=date(max(days).year, 12, 31), named=off)


def _typed(value: str) -> Any:
    if value in ("yes", "no"):
        return value == "yes"
    return int(value) if value.isdigit() else value


@cache
def parameters() -> tuple[dict[str, str], ...]:
    return tuple(_rows("parameters.csv"))


@cache
def params_on(day: date) -> Mapping[str, Any]:
    text = day.isoformat()
    return {
        r["name"]: _typed(r["value"])
        for r in parameters()
        if (r["valid_from"] or text) <= text <= (r["valid_to"] or text)
    }


def setting(day: str, *roles: str, by: str = "", **changed: Any) -> Setting:
    """What a guard may know on `day`; `changed` overrides single parameters."""
    on = date.fromisoformat(day)
    params = {**params_on(on), **changed} if changed else params_on(on)
    return Setting(on=on, calendar=calendar(), params=params, roles=frozenset(roles), actor_id=by)


def setting_for(step: Step) -> Setting:
    """Who acts in a history: the role and the person of the step."""
    return Setting(step.on, calendar(), params_on(step.on), frozenset((step.role,)), step.by)
