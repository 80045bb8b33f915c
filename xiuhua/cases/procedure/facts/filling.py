"""What the platform fills in by itself, so that nobody types it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from xiuhua.cases.procedure.facts import execution
from xiuhua.cases.procedure.facts.field import FactField, is_empty
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.file import File, at
from xiuhua.cases.procedure.guards.confiscated_goods import lot_left, waiting
from xiuhua.cases.procedure.guards.hearing import is_due
from xiuhua.cases.procedure.guards.measures import term_ends
from xiuhua.cases.procedure.guards.measures_goods import goods_left, perishing
from xiuhua.cases.procedure.guards.reading import (
    block,
    bodies_named,
    case_officers,
    iso,
    matter,
    owed,
    paid,
    pay_until,
    rows,
)
from xiuhua.cases.procedure.guards.remedies import receipts
from xiuhua.cases.procedure.guards.remedies_side import fell_on
from xiuhua.cases.procedure.guards.sharing import items, next_id
from xiuhua.cases.procedure.periods import clock_on, last_day
from xiuhua.cases.procedure.surcharge import due_on
from xiuhua.kernel.workdays import ONE, Calendar


@dataclass(frozen=True, slots=True)
class Known:
    """What is known at the moment of filling in a form: the time, who acts in which role, the parameters, the bank, the
    working days.
    """

    now: datetime
    actor_id: str
    actor_role: str
    params: Mapping[str, Any]
    bank: str = ""
    calendar: Calendar | None = None

    @property
    def on(self) -> date:
        return self.now.date()


def _officers(file: File, known: Known) -> list[str]:
    """Who handles the case; before it is filed, the officers it was opened with, else who acts."""
    ids = case_officers(file) or [o["id"] for o in rows(file, "officers")]
    return ids or [known.actor_id]


def _second_officer(file: File, known: Known) -> str | None:
    """The other officer with whom the case was opened."""
    return next((i for i in _officers(file, known) if i != known.actor_id), None)


def _hearing_due(file: File, known: Known) -> bool:
    """By what the report proposes, which is what the notice will plan."""
    return is_due({**file, "notice": None}, known.params)


def _still_owed(file: File, known: Known) -> float:
    return _plain(owed(file) - paid(file))


def _next_instalment(file: File, known: Known) -> float:
    """Up to the next whole number of instalments."""
    plan = block(file, "deferral").get("plan") or ()
    for total in accumulate(row["amount"] for row in plan):
        if total > paid(file) + 0.005:
            return _plain(total - paid(file))
    return _still_owed(file, known)


def _plain(amount: float) -> int | float:
    return int(amount) if amount == int(amount) else round(amount, 2)


def _amount_wan(file: File, known: Known) -> float:
    """The fine in ten thousand yuan, as publicity states it."""
    return round((block(file, "decision").get("fine") or 0) / 10000, 6)


def _pay_days(file: File, known: Known) -> int | None:
    clock = clock_on("payment", known.on)
    return clock.length if clock else None


def _bodies(file: File, known: Known) -> list[str]:
    """ARL17 §12, §13; ARL23 §24: a town's decision goes to the district government only."""
    return list(bodies_named(file, known.params))


def _announced_until(file: File, known: Known) -> str | None:
    """The day on which the announcement in the matter counts as service, by the law of its own day."""
    start = block(file, "delivery").get("announced_on")
    last = last_day("announcement", iso(start), known.calendar) if start and known.calendar else None
    return last.isoformat() if last else None


def _brought(file: File, document: str) -> Mapping[str, Any]:
    """The service of `document` that took effect in a matter of its own and that no step of the road has taken over."""
    known = [row for row in rows(file, "services") if row.get("document") == document]
    mark = known[-1].get("delivery") if known else None
    return known[-1] if mark and [row.get("delivery") for row in known].count(mark) == 1 else {}


def _pay_due(file: File, known: Known) -> str | None:
    """The last day to pay."""
    until = pay_until(file, known.calendar) if known.calendar else None
    return until.isoformat() if until else None


def _surcharge_from(file: File, known: Known) -> str | None:
    """The first day of a surcharge: the one after the last day to pay (PPL21 §72)."""
    until = pay_until(file, known.calendar) if known.calendar else None
    return (until + ONE).isoformat() if until else None


def _due_today(file: File, known: Known) -> float:
    """What is still to be paid today, with the surcharge up to today."""
    return _plain(due_on(file, known.on, known.params) - paid(file))


SOURCES: Mapping[str, Callable[[File, Known], Any]] = {
    "today": lambda file, known: known.on.isoformat(),
    "now": lambda file, known: known.now.strftime("%Y-%m-%dT%H:%M"),
    "clock": lambda file, known: known.now.strftime("%H:%M"),
    "actor": lambda file, known: known.actor_id,
    "actor_role": lambda file, known: known.actor_role,
    "case_officers": _officers,
    "second_officer": _second_officer,
    "bank": lambda file, known: known.bank,
    "pay_days": _pay_days,
    "hearing_due": _hearing_due,
    "still_owed": _still_owed,
    "next_instalment": _next_instalment,
    "amount_wan": _amount_wan,
    "pay_due": _pay_due,
    "surcharge_from": _surcharge_from,
    "due_today": _due_today,
    "owed_whole": lambda file, known: _plain(owed(file)),
    "reconsideration_bodies": _bodies,
    "announced_until": _announced_until,
    "amount_demanded": lambda file, known: execution.amount_demanded(file),
    "way_to_perform": lambda file, known: execution.way_to_perform(file),
    "object_of_enforcement": lambda file, known: execution.object_of_enforcement(file),
    "opinion_of_party": lambda file, known: execution.opinion_of_party(file),
    "remedies_used": lambda file, known: execution.remedies_used(file),
    "four_kinds_of_paper": lambda file, known: list(execution.FOUR_KINDS),
    "remedies_ended": lambda file, known: execution.remedies_end(file, known.calendar),
    "application_starts": lambda file, known: execution.application_start(file, known.calendar),
    "substituted_on": lambda file, known: execution.substituted_on(file),
    "substituted_how": lambda file, known: "代履行" if execution.substituted_on(file) else None,
    "goods_left": lambda file, known: goods_left(matter(file)),
    "measure_term_ends": lambda file, known: term_ends(matter(file)),
    "goods_perishing": lambda file, known: perishing(matter(file)),
    "goods_confiscated": lambda file, known: waiting(file),
    "goods_of_lot": lambda file, known: lot_left(matter(file)),
    "old_money": lambda file, known: paid(file) or None,
    "old_receipts": lambda file, known: receipts(file),
    "fell_on": lambda file, known: fell_on(file),
    "next_party": lambda file, known: next_id(file, "parties"),
    "next_act": lambda file, known: next_id(file, "violations"),
    "yes": lambda file, known: True,
    "no": lambda file, known: False,
}


def default_of(field: FactField, file: File, known: Known) -> Any:
    """The value the platform has for `field`; None where it has none. Numbers (`number:KIND`) are taken by actions."""
    found = (_from(source, file, known) for source in field.default.split("|"))
    return next((value for value in found if not is_empty(value)), None)


def _from(said: str, file: File, known: Known) -> Any:
    """The value of one source."""
    source, _, name = said.partition(":")
    if source in SOURCES:
        return SOURCES[source](file, known)
    match source:
        case "const":
            return name
        case "param":
            return known.params.get(name)
        case "served":
            document, _, key = name.partition(".")
            return _brought(file, document).get(key)
        case "share":
            block_, party, act, key = name.split(".")
            value = (items(file, block_).get((party, act)) or {}).get(key)
            return value or (["none"] if key == "kinds" else value)
        case "" | "number":
            return None
    return at(file, source)


def defaults(move_id: str, file: File, known: Known) -> dict[str, Any]:
    """Path → value of everything the platform can fill in for `move_id`. Raises KeyError for an unknown move."""
    return fill(FORMS[move_id], file, known)


def fill(fields: tuple[FactField, ...], file: File, known: Known) -> dict[str, Any]:
    """The same for any set of fields."""
    found = {f.path: default_of(f, file, known) for f in fields}
    return {path: value for path, value in found.items() if not is_empty(value)}
