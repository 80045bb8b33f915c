"""法规库: the catalogue of causes, a cause in its versions, parameters through time. Everybody reads published law."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.cases import queries
from xiuhua.cases.queries import library
from xiuhua.cases.queries.discretion import spans_of, tiers_of
from xiuhua.cases.queries.library import Band, Cause, Parameter
from xiuhua.org import rules
from xiuhua.web.frame import dates, ranges
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.parts import State
from xiuhua.web.law import labels, words


@dataclass(frozen=True, slots=True)
class Line:
    """A cause as its row shows it."""

    cause: Cause
    range: str
    organisation: str
    condition: Any
    enforcer: str
    sure: State


@dataclass(frozen=True, slots=True)
class Cell:
    """What one version says in one row of the comparison. `changed`: otherwise than the one before; `doubtful`."""

    text: str
    changed: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Aspect:
    label: Promise
    cells: Sequence[Cell]

    @property
    def is_empty(self) -> bool:
        return not any(cell.text for cell in self.cells)


def day_asked(request: Request) -> tuple[date, str]:
    """The day of the address, today without one; and what is wrong with it."""
    text = request.GET.get("on", "").strip()
    if not text:
        return request.today, ""
    try:
        return dates.parse_day(text, request.today), ""
    except ValueError as error:
        return request.today, _(str(error))


def group_label(key: str) -> str:
    return _(rules.CAUSE_GROUP_LABELS.get(key, key))


@in_room("law")
def causes(request: Request) -> HttpResponse:
    on, fault = day_asked(request)
    text, group = request.GET.get("q", ""), request.GET.get("group", "")
    found = library.catalogue(on, text, group)
    context = {
        "on": on,
        "fault": fault,
        "text": text,
        "group": group,
        "groups": [(key, group_label(key)) for key in rules.CAUSE_GROUP_LABELS],
        "lines": [line_of(cause) for cause in found],
        "counts": _counts(found),
        "may_see_cases": request.actor.can("cases.see"),
    }
    return show(request, "web/law/causes.html", context, part="web/law/_causes.html")


def line_of(cause: Cause) -> Line:
    first, other = words.range_words(cause)
    return Line(
        cause,
        first,
        other,
        words.condition(cause),
        words.enforcers(cause.statutory_enforcer),
        words.certainty(cause.certainty),
    )


def _counts(found: Sequence[Cause]) -> list[tuple[State, int]]:
    """How many rows there are of each certainty."""
    counted: dict[str, int] = {}
    for cause in found:
        counted[cause.certainty] = counted.get(cause.certainty, 0) + 1
    return [(words.certainty(key), n) for key, n in sorted(counted.items(), key=lambda pair: -pair[1])]


@in_room("law")
def cause(request: Request, code: str) -> HttpResponse:
    found = library.versions(code)
    if not found:
        raise Http404(_("没有这一案由"))
    here = queries.cause_on(code, request.today) or found[-1]
    tiers = tiers_of(code, request.today)
    context = {
        "cause": here,
        "group": group_label(here.group),
        "versions": [(v, v.pk == here.pk) for v in found],
        "aspects": [a for a in aspects(found) if not a.is_empty],
        "bands": [(b, ranges.ends(b.floor, b.ceiling), _unit(b), words.certainty(b.certainty))
                  for b in library.bands_of(code)],
        "spans": [
            (span, [(t, *t.part_of(span)) for t in tiers])
            for span in spans_of(here, "citizen", request.today)
            if span.is_known and span.floor != span.ceiling
        ],
        "factors": [
            (f, labels.DIRECTIONS[f.direction], labels.FORCES[f.force], words.certainty(f.certainty))
            for f in library.factors_of(here, request.today)
        ],
        "papers": [(queries.shelf().kinds[p.kind].label_zh if p.kind in queries.shelf().kinds else p.kind, p)
                   for p in library.papers_of(here, request.today)],
        "clocks": [(c, words.value(str(c.length), c.unit) if c.length else "")
                   for c in library.clocks_of(here, request.today)],
        "sures": [words.certainty(v.certainty) for v in found],
        "neutral_cut": all(tier.certainty == "design" for tier in tiers),
        "cut_source": tiers[0].source if tiers else "",
        "lang_en": in_english(),
        "may_see_cases": request.actor.can("cases.see"),
    }  # fmt: skip
    return show(request, "web/law/cause.html", context)


def _unit(band: Band) -> str:
    return ranges.unit(band.unit)


# A row of the comparison: its words, the columns it is made of, and how a version says it.
ASPECTS: tuple[tuple[Promise, tuple[str, ...], Callable[[Cause], Any]], ...] = (
    (gettext_lazy("违反条款"), ("violates",), lambda c: c.violates),
    (gettext_lazy("处罚依据"), ("basis",), lambda c: c.basis),
    (gettext_lazy("罚款幅度"), ("floor", "ceiling"), lambda c: words.range_words(c)[0]),
    (gettext_lazy("单位罚款幅度"), ("floor", "ceiling"), lambda c: words.range_words(c)[1]),
    (gettext_lazy("处罚种类"), (), lambda c: words.kinds(c.kinds_allowed)),
    (gettext_lazy("处罚条件"), ("needs_refusal",), words.condition),
    (gettext_lazy("暂扣"), ("seize_power",), lambda c: _("可以暂扣") if c.seize_power else ""),
    (gettext_lazy("听证"), (), lambda c: _("必须告知听证权利") if c.hearing_always else ""),
    (gettext_lazy("法定执法部门"), ("statutory_enforcer",), lambda c: words.enforcers(c.statutory_enforcer)),
    (gettext_lazy("实际执法部门"), (), lambda c: words.enforcers(c.actual_enforcer)),
    (gettext_lazy("划转依据"), ("transfer_basis",), lambda c: c.transfer_basis),
    (gettext_lazy("备注"), (), lambda c: c.note.partition("未核实：")[0].rstrip("；")),
    (gettext_lazy("来源"), (), lambda c: c.source),
)


def aspects(found: Sequence[Cause]) -> list[Aspect]:
    """The versions side by side: each row with its cells, what differs from the version before marked."""
    out = []
    for label, columns, saying in ASPECTS:
        cells: list[Cell] = []
        for version in found:
            text = str(saying(version) or "")
            doubts = set(version.unverified.split(";"))
            cells.append(Cell(text, bool(cells) and cells[-1].text != text, not doubts.isdisjoint(columns)))
        out.append(Aspect(label, cells))
    return out


@in_room("law")
def parameters(request: Request) -> HttpResponse:
    text = request.GET.get("q", "")
    rows = [
        (_meaning(values[-1]), name, [_value(row, request.today) for row in reversed(values)])
        for name, values in library.parameters(text).items()
    ]
    context = {
        "text": text,
        "rows": rows,
        "changing": sum(len(values) > 1 for _m, _n, values in rows),
        "may_see_cases": request.actor.can("cases.see"),
    }
    return show(request, "web/law/parameters.html", context, part="web/law/_parameters.html")


def _meaning(row: Parameter) -> str:
    return row.meaning_en if in_english() else row.meaning


def _value(row: Parameter, today: date) -> dict[str, Any]:
    """A value through its time, as a line of the table."""
    return {
        "row": row,
        "said": words.value(row.value, row.unit),
        "now": (row.valid_from or today) <= today <= (row.valid_to or today),
        "sure": words.certainty(row.certainty),
    }
