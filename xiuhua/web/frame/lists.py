"""Lists: filters that live in the address, sorting, keyset pages, saved filters, and exports of exactly what is shown.

A view says what the list is (`Listing`) and gets back what to draw (`Shown`):

    shown = LEADS.show(request, Lead.objects.visible(request.actor))
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from xiuhua.web.frame import dates, formats
from xiuhua.web.frame.http import Request
from xiuhua.web.models import SavedFilter

M = TypeVar("M", bound=Model)
Text = str | Promise
PAGE = 25
# Past this many rows a list says "more than": counting a million rows is not worth the wait.
COUNTED = 20_000


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition. `kind`: "choice" (tick some), "text", "day" (from and to) or "search" (looked up by typing).

    `apply(rows, values)` narrows the rows; for "day" the values are two ISO texts, either may be empty.
    `choices` may be a function of the request, so that only what the person may see is offered.
    """

    name: str
    label: Text
    apply: Callable[[QuerySet[Any], Sequence[str]], QuerySet[Any]]
    kind: str = "choice"
    choices: Callable[[Request], Sequence[tuple[str, Text]]] = lambda _request: ()
    placeholder: Text = ""


def one_of(lookup: str) -> Callable[[QuerySet[Any], Sequence[str]], QuerySet[Any]]:
    """`apply` of a filter on a column: any of the chosen values."""
    return lambda rows, values: rows.filter(**{f"{lookup}__in": values})


def between(lookup: str) -> Callable[[QuerySet[Any], Sequence[str]], QuerySet[Any]]:
    """`apply` of a day filter: from the first value to the second, both included."""

    def apply(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
        for end, text in zip(("gte", "lte"), values, strict=False):
            if text:
                rows = rows.filter(**{f"{lookup}__{end}": date.fromisoformat(text)})
        return rows

    return apply


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: a column (with `-` for descending) and whether it may be empty; empty ones stand last."""

    key: str
    label: Text
    column: str
    nullable: bool = False

    @property
    def descending(self) -> bool:
        return self.column.startswith("-")

    @property
    def name(self) -> str:
        return self.column.lstrip("-")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the export: its heading and the text (or number) of a row."""

    label: Text
    value: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class View:
    """A filter that comes with the list: its name, its query, who has it, and how many rows wait in it."""

    label: Text
    query: str
    only: Callable[[Request], bool] = lambda _request: True
    count: Callable[[Request], int | None] = lambda _request: None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter as drawn: what is set, what may be chosen."""

    filter: Filter
    values: Sequence[str]
    said: str
    options: Sequence[tuple[str, Text, bool]]

    @property
    def is_set(self) -> bool:
        return any(self.values)


@dataclass(frozen=True, slots=True)
class Tab:
    label: Text
    url: str
    current: bool
    pk: int | None = None
    count: int | None = None


@dataclass(slots=True)
class Shown(Generic[M]):
    """One page of a list, and all that its template draws around it."""

    rows: list[M]
    total: int
    chips: list[Chip]
    tabs: list[Tab]
    sorts: list[tuple[Sort, bool, str]]
    sort: Sort
    next: str = ""
    previous: str = ""
    faults: list[str] = field(default_factory=list)
    query: str = ""

    @property
    def total_said(self) -> str:
        return f"{formats.number(COUNTED)}+" if self.total > COUNTED else formats.number(self.total)

    @property
    def is_filtered(self) -> bool:
        return any(chip.is_set for chip in self.chips)


@dataclass(frozen=True, slots=True)
class Listing(Generic[M]):
    """What a list is: its filters, orders, built-in views, and the columns of its export."""

    room: str
    filters: Sequence[Filter]
    sorts: Sequence[Sort]
    columns: Sequence[Column]
    views: Sequence[View] = ()
    page: int = PAGE

    def rows(self, request: Request, base: QuerySet[M]) -> tuple[QuerySet[M], list[str]]:
        """The rows under the filters of the address, in its order; and what could not be understood."""
        faults: list[str] = []
        rows = base
        for flt in self.filters:
            values, fault = _values(flt, request)
            faults += [fault] if fault else []
            if any(values):
                try:
                    rows = flt.apply(rows, values)
                except (ValidationError, ValueError, TypeError):
                    faults.append(f"{flt.label}：{_('请从所列各项中选')}")
        return rows, faults

    def sort_of(self, request: Request) -> Sort:
        wanted = request.GET.get("sort", "")
        return next((s for s in self.sorts if s.key == wanted), self.sorts[0])

    def show(self, request: Request, base: QuerySet[M]) -> Shown[M]:
        rows, faults = self.rows(request, base)
        sort = self.sort_of(request)
        page, before, after = _page(rows, sort, request.GET, self.page)
        return Shown(
            rows=page,
            total=rows.order_by()[: COUNTED + 1].count(),
            chips=[_chip(f, request) for f in self.filters],
            tabs=self._tabs(request),
            sorts=[(s, s == sort, _with(request, sort=s.key)) for s in self.sorts],
            sort=sort,
            next=_with(request, after=after) if after else "",
            previous=_with(request, before=before) if before else "",
            faults=faults,
            query=_plain(request.GET),
        )

    def ordered(self, request: Request, base: QuerySet[M]) -> QuerySet[M]:
        """All rows that the address means, in its order: what an export writes."""
        return _order(self.rows(request, base)[0], self.sort_of(request), reverse=False)

    def _tabs(self, request: Request) -> list[Tab]:
        here = _plain(request.GET)
        tabs = [
            Tab(v.label, f"?{v.query}", _same(v.query, here), count=v.count(request))
            for v in self.views
            if v.only(request)
        ]
        saved = SavedFilter.objects.filter(user_id=request.actor.user_id or 0, room=self.room).order_by("pk")
        tabs += [Tab(s.name, f"?{s.query}", _same(s.query, here), s.pk) for s in saved]
        return tabs


def _values(flt: Filter, request: Request) -> tuple[list[str], str]:
    """What the address says for one filter, days understood; and the fault if a day cannot be read."""
    if flt.kind != "day":
        return [v for v in request.GET.getlist(flt.name) if v], ""
    out: list[str] = []
    for end in ("from", "to"):
        text = request.GET.get(f"{flt.name}_{end}", "").strip()
        try:
            out.append(dates.parse_day(text, request.today).isoformat() if text else "")
        except ValueError as error:
            return ["", ""], f"{flt.label}：{_(str(error))}"
    return out, ""


def _chip(flt: Filter, request: Request) -> Chip:
    values, _fault = _values(flt, request)
    choices = list(flt.choices(request))
    labels = [_(str(label)) for key, label in choices if key in values]
    said = _said_days(values) if flt.kind == "day" else "、".join(labels or values)
    return Chip(flt, values, said, [(key, label, key in values) for key, label in choices])


def _said_days(values: Sequence[str]) -> str:
    start, end = (formats.day(date.fromisoformat(v)) if v else "" for v in [*values, "", ""][:2])
    if start and end:
        return f"{start} – {end}"
    if start:
        return _("%(day)s 起") % {"day": start}
    return _("到 %(day)s") % {"day": end} if end else ""


def _plain(query: QueryDict) -> str:
    """The query without the place in the pages."""
    kept = query.copy()
    for name in ("after", "before", "format"):
        kept.pop(name, None)
    return kept.urlencode()


def _same(a: str, b: str) -> bool:
    def parts(text: str) -> list[tuple[str, list[str]]]:
        query = QueryDict(text)
        return sorted((k, sorted(filter(None, v))) for k, v in query.lists() if any(v) and k != "sort")

    return parts(a) == parts(b)


def _with(request: Request, **changes: str) -> str:
    query = request.GET.copy()
    for name in ("after", "before", "format"):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _order(rows: QuerySet[M], sort: Sort, *, reverse: bool) -> QuerySet[M]:
    down = sort.descending != reverse
    # Empty ones stand last, so they come first when one walks backwards.
    empties = ({"nulls_first": True} if reverse else {"nulls_last": True}) if sort.nullable else {}
    column = F(sort.name)
    by_id = F("pk")
    ordered = column.desc(**empties) if down else column.asc(**empties)
    return rows.order_by(ordered, by_id.desc() if down else by_id.asc())


def _page(rows: QuerySet[M], sort: Sort, query: Mapping[str, str], size: int) -> tuple[list[M], str, str]:
    """One page by keyset: its rows, and the cursors of the pages before and after it ("" where there is none)."""
    after, before = _cursor(query.get("after")), _cursor(query.get("before"))
    back = before is not None
    place = before if back else after
    found = _order(rows, sort, reverse=back)
    if place is not None:
        found = _from(found, _beyond(sort, *place, reverse=back))
    page = list(found[: size + 1])
    more = len(page) > size
    page = page[:size]
    if back:
        page.reverse()
    first, last = (_mark(page[0], sort), _mark(page[-1], sort)) if page else ("", "")
    has_before = more if back else after is not None
    has_after = True if back else more
    return page, first if has_before else "", last if has_after else ""


def _from(rows: QuerySet[M], beyond: Q) -> QuerySet[M]:
    """Rows past a place in the list; a place that cannot be one in this column is as good as the beginning."""
    try:
        return rows.filter(beyond)
    except (ValidationError, ValueError, TypeError):
        return rows


def _mark(row: Model, sort: Sort) -> str:
    value: Any = row
    for name in sort.name.split("__"):
        value = getattr(value, name, None)
    if isinstance(value, datetime | date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    return json.dumps([value, row.pk], ensure_ascii=False)


def _cursor(text: str | None) -> tuple[Any, int] | None:
    """A place in the list; what is no place is as good as the beginning."""
    try:
        value, pk = json.loads(text or "")
    except (ValueError, TypeError):
        return None
    return (value, pk) if isinstance(pk, int) and isinstance(value, str | int | float | None) else None


def _beyond(sort: Sort, value: Any, pk: int, *, reverse: bool) -> Q:
    """Rows past (value, pk) in the order of `sort`, or before it with `reverse`."""
    down = sort.descending != reverse
    step = "lt" if down else "gt"
    name = sort.name
    same = Q(**{name: value}) if value is not None else Q(**{f"{name}__isnull": True})
    beyond = same & Q(**{f"pk__{step}": pk})
    if value is None:
        return beyond | Q(**{f"{name}__isnull": False}) if reverse else beyond
    beyond |= Q(**{f"{name}__{step}": value})
    if sort.nullable and not reverse:
        beyond |= Q(**{f"{name}__isnull": True})
    return beyond
