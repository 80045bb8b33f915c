"""The law in force on a day, as the pure rules want it. Rows are read once and kept until the tables change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.db.models import F

from xiuhua.cases.models import Cause, Parameter
from xiuhua.cases.procedure.setting import Setting
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor

PARAMETERS_FILE = "reference:parameters.csv"
Stamp = tuple[int | None, ...]
OLDEST_FIRST = F("valid_from").asc(nulls_first=True)


def _typed(text: str) -> Any:
    """Numbers as numbers, `yes`/`no` as switches, the rest as words."""
    if text in {"yes", "no"}:
        return text == "yes"
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return int(number) if number == number.to_integral_value() else number


@lru_cache(maxsize=4)
def _parameters(stamp: Stamp) -> Sequence[Parameter]:
    return list(Parameter.objects.all())


@lru_cache(maxsize=4096)
def _parameters_on(stamp: Stamp, day: date) -> Mapping[str, Any]:
    return {
        p.name: _typed(p.value)
        for p in _parameters(stamp)
        if (p.valid_from is None or p.valid_from <= day) and (p.valid_to is None or p.valid_to >= day)
    }


def parameters_on(day: date) -> Mapping[str, Any]:
    """Name → value of every parameter in force on `day`."""
    return _parameters_on(kernel.loaded(Parameter, PARAMETERS_FILE), day)


def setting(on: date, actor: Actor | None = None, roles: frozenset[str] = frozenset()) -> Setting:
    """What a guard may know besides the file: the day, the calendar, the parameters in force, who acts and as what."""
    return Setting(
        on=on,
        calendar=kernel.calendar(),
        params=parameters_on(on),
        roles=roles,
        actor_id=str(actor.officer_id) if actor and actor.officer_id else "",
    )


def causes(on: date, text: str = "") -> Sequence[Cause]:
    """Causes in force on `on` whose name, code, English or pinyin initials contain `text`."""
    found = Cause.objects.on(on)
    if text:
        found = found.filter(search__contains=text.lower())
    return list(found.order_by("code", OLDEST_FIRST))


def cause_on(code: str, on: date) -> Cause | None:
    """The version of a cause in force on `on`, the latest if several hold."""
    return Cause.objects.on(on).filter(code=code).order_by(OLDEST_FIRST).last()
