"""From typed values to the fragment of facts that a step folds into the file. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xiuhua.cases.procedure.facts.deriving import DERIVED, Derive, Fragment
from xiuhua.cases.procedure.facts.field import FactField, is_empty, read
from xiuhua.cases.procedure.facts.fixed import FIXED
from xiuhua.cases.procedure.facts.forms import FORMS

Values = Mapping[str, Any]

# A path that begins with one of these adds a row to a list of the file.
ROWS: Mapping[str, str] = {
    "inspection": "inspections",
    "interview": "interviews",
    "sample": "samples",
    "evidence_request": "evidence_requests",
    "assistance_item": "assistance",
    "test": "tests",
    "exhibit": "evidence",
    "service": "services",
    "recusal": "recusals",
    "replacement": "replacements",
    "video": "recording",
    "duty": "duties",
    "joined": "parties",
    "added": "violations",
    "heard": "defences",
    "request": "hearing_requests",
    "item": "payment.items",
    "suspended": "case.suspensions",
}
# Whole blocks that others than the form bring to a step: exhibits, officers new to the case, goods, or what the
# investigation found out about party, act or cause.
WHOLE = frozenset(
    {
        "documents",
        "evidence",
        "officers",
        "recording",
        "registrations",
        "measures",
        "confiscated",
        "party",
        "cause",
        "violation",
        "parties",
        "violations",
        "shares",
        "other_decisions",
        "service_address",
    }
)


def _put(into: Fragment, path: str, value: Any) -> None:
    *way, last = path.split(".")
    for name in way:
        into = into.setdefault(name, {})
    into[last] = value


def _placed(path: str, value: Any, facts: Fragment, rows: Fragment) -> None:
    """Put one value: into its row if the path begins with one, else into its block."""
    head, _, rest = path.partition(".")
    if head in ROWS and rest:
        _put(rows.setdefault(head, {}), rest, value)
    else:
        _put(facts, path, value)


def compose(move_id: str, values: Values) -> Fragment:
    """The facts that a step of `move_id` states, from the values of its form (path → value).

    Whole blocks named in `WHOLE` pass as they are. Raises KeyError for an unknown move and ValueError for a value
    that `faults` would refuse: ask that first.
    """
    return compose_with(FORMS[move_id], values, FIXED.get(move_id, {}), DERIVED.get(move_id, ()))


def compose_with(
    fields: tuple[FactField, ...],
    values: Values,
    fixed: Mapping[str, Any],
    derived: Iterable[Derive] = (),
) -> Fragment:
    """The same for any set of fields: `fixed` is stated by being the move, `derived` follows from what was typed."""
    facts: Fragment = {}
    rows: Fragment = {}
    for field in fields:
        if not is_empty(values.get(field.path)):
            _placed(field.path, read(field, values[field.path]), facts, rows)
    for path, value in fixed.items():
        _placed(path, value, facts, rows)
    for name in WHOLE & values.keys():
        whole, own = values[name], facts.get(name)
        facts[name] = [*(own or ()), *whole] if isinstance(whole, list) else {**(own or {}), **whole}
    for head, row in rows.items():
        _add_row(facts, ROWS[head], row)
    for derive in derived:
        derive(facts)
    return facts


def _add_row(facts: Fragment, where: str, row: Fragment) -> None:
    *way, last = where.split(".")
    for name in way:
        facts = facts.setdefault(name, {})
    facts[last] = [*facts.get(last, ()), row]
