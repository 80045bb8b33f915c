"""The law as its readers look at it: the catalogue on a day, a cause in its versions, parameters through time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xiuhua.cases.discretion.factors import Factor, asked_for
from xiuhua.cases.models import Band, Cause, Parameter
from xiuhua.cases.procedure.moves import Move, Table
from xiuhua.cases.procedure.periods import CLOCKS, Clock
from xiuhua.cases.procedure.tables import TABLES, table_on
from xiuhua.cases.queries.discretion import factors_for
from xiuhua.cases.queries.law import OLDEST_FIRST, causes

# Papers without which a cause that punishes refusal cannot be decided.
CORRECTION = ("correction_order", "recheck_record")
# Events from which the periods of a case run; those of leads and of other desks are not read on a cause's page.
OF_CASES = frozenset(
    {
        "announcement_posted",
        "case_filed",
        "decision_known",
        "decision_made",
        "decision_received",
        "hearing_notice_served",
        "hearing_right_told",
        "items_registered",
        "notice_served",
        "payment_due_passed",
        "violation_ended",
    }
)
SEIZURE = frozenset({"extension_started", "measure_implemented"})


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the procedure, the move that issues it, its articles. `always`: this cause cannot do without it."""

    kind: str
    move: str
    articles: str
    always: bool


def catalogue(on: date, text: str = "", group: str = "") -> Sequence[Cause]:
    """Causes in force on `on`, found by words, code, English or pinyin initials."""
    found: Sequence[Cause] = causes(on, text.strip())
    return [c for c in found if c.group == group] if group else found


def versions(code: str) -> Sequence[Cause]:
    """Every version of a cause, the oldest first; none for an unknown code."""
    return list(Cause.objects.filter(code=code).order_by(OLDEST_FIRST))


def latest(codes: Iterable[str]) -> Sequence[Cause]:
    """The newest version of each of these causes."""
    rows = Cause.objects.filter(code__in=list(codes)).order_by("code", OLDEST_FIRST)
    return list({row.code: row for row in rows}.values())


def bands_of(code: str) -> Sequence[Band]:
    """The further ranges of a cause in all their versions, the oldest first."""
    return list(Band.objects.filter(cause_code=code).order_by("band", OLDEST_FIRST))


def factors_of(cause: Cause, on: date) -> Sequence[Factor]:
    """The circumstances that are weighed for a cause on a day, for a natural person (for whom the law knows most)."""
    return asked_for(factors_for(on, on), cause.tier_factors.split(";"), "citizen")


def parameters(text: str = "") -> Mapping[str, Sequence[Parameter]]:
    """Name → the values of a parameter through time, the oldest first; those that hold the words of `text`."""
    found: dict[str, list[Parameter]] = {}
    for row in Parameter.objects.order_by("name", OLDEST_FIRST):
        found.setdefault(row.name, []).append(row)
    words = text.lower().split()
    return {name: rows for name, rows in found.items() if all(_holds(rows, word) for word in words)}


def _holds(rows: Iterable[Parameter], word: str) -> bool:
    return any(word in f"{r.name} {r.meaning} {r.meaning_en} {r.article} {r.value}".lower() for r in rows)


def papers_of(cause: Cause, on: date) -> Sequence[Paper]:
    """The papers of the ordinary procedure on a day in the order of its moves, each once."""
    found: dict[str, Paper] = {}
    for move in table_on("ordinary", on).moves:
        for kind in move.documents:
            if kind not in found:
                found[kind] = Paper(kind, move.label, "; ".join(move.articles), _always(kind, cause))
    return list(found.values())


def _always(kind: str, cause: Cause) -> bool:
    if kind in CORRECTION:
        return cause.needs_refusal
    return kind == "hearing_right_notice" and cause.hearing_always


def clocks_of(cause: Cause, on: date) -> Sequence[Clock]:
    """The periods in force on a day that run in a case of this cause, as the file of periods orders them."""
    events = OF_CASES | SEIZURE if cause.seize_power else OF_CASES
    return [c for c in CLOCKS if (c.since or on) <= on <= (c.until or on) and c.starts_at in events]


def procedures() -> Sequence[tuple[str, Sequence[Table]]]:
    """Every procedure with its tables, one for each text of the law."""
    return list(TABLES.items())


__all__ = [
    "Band",
    "Cause",
    "Clock",
    "Factor",
    "Move",
    "Paper",
    "Parameter",
    "bands_of",
    "catalogue",
    "clocks_of",
    "factors_of",
    "latest",
    "papers_of",
    "parameters",
    "procedures",
    "versions",
]
