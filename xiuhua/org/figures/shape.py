"""What a figure is: a queryset with a definition. The lowest room that owes figures keeps the shape for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from xiuhua.kernel.authz import Actor


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to and with `end`."""

    start: date
    end: date

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Denominator:
    """What a ratio is divided by: the number, what it counts and where it was taken from."""

    number: int
    label: str
    label_en: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the yearly report (ids as in the ledger of 2018).

    `rows(user, period)` are the rows that the figure counts and opens; they start at `visible(user)`. `day` and
    `unit` are the fields of those rows by which it falls into months and units; `day` is the period basis (filed,
    decided, closed). With a `denominator` the value is a ratio rounded to `decimals`; None there means the ratio
    cannot be given. `out_of` is a denominator of rows under the same `visible`; the value is then per cent.
    With a `total` the value is the sum of that field of the rows, in units of `per`. `missing` says why there is no
    data for the figure at all: it has neither value nor rows. `needs` is the permission without which the rows cannot
    be seen at all: whoever lacks it is given no value rather than a wrong one.
    """

    id: str
    label: str
    label_en: str
    measure: str
    measure_en: str
    definition: str
    definition_en: str
    day: str
    unit: str
    rows: Callable[[Actor, Period], QuerySet[Any]]
    denominator: Callable[[Period], Denominator | None] | None = None
    out_of: Callable[[Actor, Period], Denominator | None] | None = None
    decimals: int = 0
    total: str = ""
    per: int = 1
    missing: str = ""
    missing_en: str = ""
    needs: str = ""
