"""How high a fine may be: the range of the norm, its tiers, and the most that may be settled on the spot that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.cases import queries
from xiuhua.cases.discretion.spans import Span as DiscretionSpan
from xiuhua.cases.models import Cause, Parameter
from xiuhua.cases.procedure.facts.on_spot import party_kind
from xiuhua.cases.procedure.guards.reading import limit_kind
from xiuhua.cases.queries.discretion import tiers_of
from xiuhua.org import queries as org
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind, read
from xiuhua.web.frame.http import Request, in_english, show

OFFERED = 4


@dataclass(frozen=True, slots=True)
class TierSpan:
    """A tier of the range, yuan."""

    label: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """What a fine for this cause and this kind of party may be. `limit`: the most on the spot; yuan throughout."""

    floor: Decimal
    ceiling: Decimal | None
    unit: str
    basis: str
    limit: Decimal
    limit_article: str
    limit_for: str
    tiers: tuple[TierSpan, ...] = ()
    offered: tuple[int, ...] = ()

    @property
    def beyond(self) -> bool:
        """Whether even the least of the range is too much for the spot."""
        return self.floor > self.limit


def span_of(cause: Cause, kind: str, on: date) -> Span:
    """The range of `cause` for a party of `kind`, its tiers, and the on-the-spot limit of `on` (PPL21 §51)."""
    block = queries.cause_block(cause, kind)
    floor = Decimal(str(block["floor"] or 0))
    ceiling = None if block["ceiling"] is None else Decimal(str(block["ceiling"]))
    name = "summary_fine_" + limit_kind({"party": {"kind": kind}}, queries.parameters_on(on))
    limit = Decimal(str(queries.parameters_on(on)[name]))
    article = Parameter.objects.on(on).filter(name=name).values_list("article", flat=True).first() or ""
    tiers = _tiers(cause.code, floor, ceiling, on)
    return Span(
        floor=floor,
        ceiling=ceiling,
        unit=cause.unit,
        basis=org.citation(cause.basis, "en" if in_english() else "zh"),
        limit=limit,
        limit_article=article,
        limit_for=_("公民") if name.endswith("citizen") else _("单位"),
        tiers=tiers,
        offered=_offered(floor, ceiling, limit, tiers),
    )


def _tiers(code: str, floor: Decimal, ceiling: Decimal | None, on: date) -> tuple[TierSpan, ...]:
    """The tiers of the cause itself, else the general ones, as parts of the span from floor to ceiling."""
    if ceiling is None:
        return ()
    whole = DiscretionSpan(floor, ceiling, "yuan", "")
    return tuple(TierSpan(_(tier.label), *tier.part_of(whole)) for tier in tiers_of(code, on))


def _offered(
    floor: Decimal, ceiling: Decimal | None, limit: Decimal, tiers: tuple[TierSpan, ...]
) -> tuple[int, ...]:
    """Round sums within the range and the limit, to be taken by one tap."""
    top = limit if ceiling is None else min(limit, ceiling)
    wanted = {floor, top, *(t.low for t in tiers)}
    fit = sorted(int(w) for w in wanted if 0 < w <= top and w >= floor)
    return tuple(fit[-OFFERED:] if len(fit) > OFFERED else fit)


def asked(source: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """What the fragment shows for the cause, number and sum as they stand in a form: none of them need be right."""
    code, number = str(source.get("cause.code") or ""), str(source.get("party.number") or "")
    cause = queries.cause_on(code, request.today) if code else None
    if cause is None:
        return {"span": None}
    span = span_of(cause, party_kind(number) if number.strip() else "citizen", request.today)
    try:
        fine = read(Field("fine", "", Kind.MONEY), [str(source.get("notice.planned_fine") or "")], request.at)
    except ValueError:
        fine = None
    return {
        "span": span,
        "fine": fine,
        "too_much": fine is not None and fine > span.limit,
        "outside": fine is not None
        and (fine < span.floor or (span.ceiling is not None and fine > span.ceiling)),
        "lead_key": source.get("lead") or "",
    }


@in_room("cases", "cases.work")
@require_POST
def span(request: Request) -> HttpResponse:
    """The fragment beside the fine, asked while somebody types; posted, since a party's number stands in no address."""
    return show(request, "web/cases/_span.html", asked(request.POST, request))
