"""The panel where a fine is proposed: the range as a ruler, the circumstances to tick, the suggested part, and why.

It stands inside the form of the step. Without scripts its button sends the whole form here and gets the page back with
everything that was typed; with them only the panel is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.discretion.comparing import Verdict
from xiuhua.cases.discretion.saying import sentence, span_zh
from xiuhua.cases.discretion.spans import Span
from xiuhua.cases.models import Cause
from xiuhua.cases.procedure.facts.on_spot import party_kind
from xiuhua.cases.procedure.facts.picks import MITIGATION_GROUNDS
from xiuhua.cases.procedure.guards import sharing
from xiuhua.cases.queries import Place
from xiuhua.cases.queries.discretion import Weighing, range_of, weighing
from xiuhua.org import queries as org
from xiuhua.web.cases.ruler import Group, Part, groups_of, parts_of, place_of
from xiuhua.web.frame import ranges
from xiuhua.web.frame.forms.fields import Field, Kind, read
from xiuhua.web.frame.http import Request, in_english

Data = MultiValueDict[str, str]
TICK, BAND, TAKE, OF = "weigh", "weigh_band", "weigh_take", "weigh_of"
FINES = ("investigation_report.proposed_fine", "notice.planned_fine", "decision.fine")
TIERS = ("investigation_report.tier", "decision.tier")
REASONS = ("investigation_report.tier_reasons", "notice.reasons_text")
SHARE = "share."
BANDS = frozenset({"investigation_report.band", "decision.band"})
MITIGATIONS = {ground: label for ground, label, _english in MITIGATION_GROUNDS}


@dataclass(frozen=True, slots=True)
class Panel:
    """What the template draws. `at`: where the sum in the form stands on the ruler, None outside it or without one.

    `of`: for which cause and kind of party its boxes are. `key`: for which party and act of several, as in `.P2.V1`,
    with `title` and `url`; empty where a case has one of each.
    """

    found: Weighing
    groups: Sequence[Group]
    parts: Sequence[Part]
    bands: Sequence[tuple[str, str, bool]]
    sentence: str
    span: str
    basis: str
    fills: Mapping[str, str]
    fine_path: str
    offered: Sequence[int]
    fine: Decimal | None
    at: str | None
    below: Sequence[str]
    later: str
    of: str
    key: str = ""
    title: str = ""
    url: str = ""

    @property
    def slug(self) -> str:
        """The key as part of an id."""
        return self.key.replace(".", "-")

    @property
    def fills_said(self) -> str:
        return json.dumps(self.fills, ensure_ascii=False)


def paths_of(asked: Iterable[str]) -> tuple[str, str, str]:
    """The fields for fine, tier and reasons among those that a form asks for; empty where it asks for none."""
    there = frozenset(asked)

    def first(paths: Sequence[str]) -> str:
        return next((path for path in paths if path in there), "")

    return first(FINES), first(TIERS), first(REASONS)


def of_step(request: Request, place: Place, move: str, data: Data | None = None) -> dict[str, Any]:
    """What the template needs of a step of the main road; an empty panel where the step proposes no fine, or the norm
    knows none."""
    if (of_each := apart(request, place, move, data)) is not None:
        return {"weigh": None, "weighs": of_each}
    paths = paths_of(fact.path for fact in place.forms[move] if fact.shown)
    if place.side or not paths[0] or "fine" not in place.case.cause.kinds_allowed.split(";"):
        return {"weigh": None}
    file = place.file
    act, party = file.get("violation") or {}, file.get("party") or {}
    acted = act.get("occurred_on") or act.get("discovered_on") or place.case.found_on.isoformat()
    found = panel(
        place.case.cause,
        str(party.get("kind") or "citizen"),
        acted_on=date.fromisoformat(str(acted)[:10]),
        data=data,
        paths=paths,
        request=request,
        reasons=str((file.get("investigation_report") or {}).get("tier_reasons") or ""),
        band=str((file.get("investigation_report") or {}).get("band") or ""),
    )
    code = found.found.suggestion.span.code
    if code and (path := next((f.path for f in place.forms[move] if f.path in BANDS), "")):
        found = replace(found, fills={**found.fills, path: code})
    url = reverse("web:case-step-weigh", args=[place.case.pk, move])
    return {"weigh": found, "weigh_url": url, "weigh_fills": json.dumps(found.fills, ensure_ascii=False)}


def apart(request: Request, place: Place, move: str, data: Data | None) -> list[Panel] | None:
    """A panel for each party and each act of several; None for a step that does not weigh them apart."""
    there = {fact.path for fact in place.forms[move] if fact.shown}
    if place.side or not any(path.startswith(SHARE) for path in there):
        return None
    url = reverse("web:case-step-weigh", args=[place.case.pk, move])
    found = (_of_pair(request, place, pair, there, data) for pair in sharing.pairs(place.file))
    return [replace(p, url=f"{url}?of={p.key}") for p in found if p is not None]


def _of_pair(
    request: Request, place: Place, pair: tuple[str, str], there: set[str], data: Data | None
) -> Panel | None:
    """The panel of what falls to one party for one act; None where the norm knows no fine."""
    (party, act), file = pair, place.file
    row, who = sharing.acts(file)[act], sharing.parties(file)[party]
    acted = str(row.get("occurred_on") or row.get("discovered_on") or place.case.found_on.isoformat())[:10]
    code = str((row.get("cause") or {}).get("code") or "")
    cause = place.case.cause if act == sharing.V1 else queries.cause_on(code, date.fromisoformat(acted))
    path = f"{SHARE}{party}.{act}."
    if cause is None or path + "fine" not in there or "fine" not in cause.kinds_allowed.split(";"):
        return None
    said = sharing.items(file, "investigation_report").get(pair) or {}

    def asked(key: str) -> str:
        return path + key if path + key in there else ""

    found = panel(
        cause,
        str(who.get("kind") or "citizen"),
        acted_on=date.fromisoformat(acted),
        data=data,
        paths=(path + "fine", asked("tier"), asked("reasons")),
        request=request,
        reasons=str(said.get("reasons") or ""),
        band=str(said.get("band") or ""),
        key=f".{party}.{act}",
    )
    band = found.found.suggestion.span.code
    fills = {**found.fills, path + "band": band} if band and path + "band" in there else found.fills
    name = cause.name_en if in_english() else cause.name
    return replace(found, fills=fills, title=f"{who.get('name') or party}　{name}")


def of_spot(request: Request, said: Mapping[str, Any], data: Data | None = None) -> dict[str, Any]:
    """What the template needs on the spot, for the cause and the number as they stand in the form; an empty panel
    without a cause that is fined."""
    code, number = str(said.get("cause.code") or ""), str(said.get("party.number") or "").strip()
    cause = queries.cause_on(code, request.today) if code else None
    if cause is None or "fine" not in cause.kinds_allowed.split(";"):
        return {"weigh": None}
    found = panel(
        cause,
        party_kind(number) if number else "citizen",
        acted_on=request.today,
        data=data,
        paths=paths_of(["notice.planned_fine"]),
        request=request,
    )
    return {"weigh": found, "weigh_url": reverse("web:case-on-spot-weigh"), "weigh_fills": ""}


def panel(
    cause: Cause,
    kind: str,
    *,
    acted_on: date,
    data: Data | None,
    paths: tuple[str, str, str],
    request: Request,
    reasons: str = "",
    band: str = "",
    key: str = "",
) -> Panel:
    """The panel for a cause and a kind of party, with what a form says so far. `paths`: of fine, tier and reasons.

    `reasons` and `band` are those of an earlier paper, until the form says something itself.
    """
    said = data.getlist(TICK + key) if data is not None else []
    band = str(data.get(BAND + key, "")) if data is not None else band
    found = weighing(
        cause,
        kind,
        acted_on=acted_on,
        on=request.today,
        said=said,
        reasons="" if data is not None else reasons,
        band=band,
    )
    span = found.suggestion.span
    fine = _typed(data, paths[0], request)
    why = sentence(found.suggestion, org.citation)
    return Panel(
        found=found,
        groups=groups_of(found),
        parts=parts_of(found),
        bands=[(s.code, _band_words(s), s.code == span.code) for s in found.spans],
        sentence=why,
        span=ranges.said(span.floor, span.ceiling, span.unit) if in_english() else span_zh(span),
        basis=span.article,
        fills=_fills(found, paths, why),
        fine_path=paths[0],
        offered=_offered(found),
        fine=fine,
        at=place_of(fine, span),
        below=[_(MITIGATIONS[g]) for g in found.suggestion.below],
        later=_later(found, kind),
        of=f"{cause.pk}:{kind}",
        key=key,
    )


def _typed(data: Data | None, path: str, request: Request) -> Decimal | None:
    """The sum in the form; none where it cannot be read yet."""
    if data is None or not path:
        return None
    try:
        value = read(Field(path, "", Kind.MONEY), data.getlist(path), request.at)
    except ValueError:
        return None
    return None if value in (None, "") else Decimal(str(value))


def _band_words(span: Span) -> str:
    if not span.code:
        return _("一般幅度")
    return span.label_en if in_english() else span.label


def _offered(found: Weighing) -> list[int]:
    """The ends of the suggested part and its middle, in whole yuan, to be taken by one press."""
    low, high = found.suggestion.low, found.suggestion.high
    if low is None or high is None or found.suggestion.span.unit != "yuan":
        return []
    ends = {int(low), int((low + high) / 2), int(high)}
    return sorted(e for e in ends if e > 0)


def _fills(found: Weighing, paths: tuple[str, str, str], why: str) -> dict[str, str]:
    """What “take it over” writes into the form: the tier where one is suggested, and the sentence of reasons."""
    _fine, tier, reasons = paths
    fills = {}
    if tier and found.suggestion.tier != "none":
        fills[tier] = found.suggestion.tier
    if reasons:
        fills[reasons] = why
    return fills


def _later(found: Weighing, kind: str) -> str:
    """That a later text is lighter, or has to be compared."""
    if found.later is None:
        return ""
    later = range_of(found.later, kind)
    span = ranges.said(later.floor, later.ceiling, later.unit)
    words = (
        _("现行文本较轻（%(span)s），应当适用现行文本")
        if found.verdict is Verdict.LIGHTER
        else _("现行文本与行为时文本不同（%(span)s），轻重须比较")
    )
    return words % {"span": span}


def taken_over(data: QueryDict, fills: Mapping[str, str]) -> QueryDict:
    """The form with the suggestion written into it, for a browser without scripts."""
    copy = data.copy()
    for path, value in fills.items():
        copy.setlist(path, [value])
    return copy
