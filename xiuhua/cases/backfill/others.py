"""The further parties of a history: as the register knows them, since when and until when they are of the case. Pure.

Their rows are what a party's own page finds the case by, as for a case that is handled here (see `actions.parties`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xiuhua.cases.backfill.history import History, Told
from xiuhua.cases.backfill.known import CauseKnown
from xiuhua.cases.procedure import walk
from xiuhua.cases.procedure.guards import sharing
from xiuhua.registers import backfill as registers

JOINS = "join_party"
# Field of the case file → field of the register.
REGISTERED = {
    "kind": "kind",
    "name": "name",
    "trade_name": "trade_name",
    "operator_name": "operator",
    "id_kind": "id_kind",
    "id_no": "id_no",
    "usci": "credit_code",
    "legal_representative": "representative",
    "address": "address",
    "phone": "phone",
}
# What differs by the kind of party in a norm.
RANGE = ("floor", "ceiling", "bands")


@dataclass(frozen=True, slots=True)
class Other:
    """A further party that may be written. `where` names the step that joined it, for what is found wrong later."""

    code: str
    arrival: registers.Arrival
    joined_on: str
    left_on: str | None
    where: str


def of_case(said: History, run: walk.Replay) -> tuple[Other, ...] | list[Told]:
    """The further parties of a history walked without a fault; or what is wrong with them, by step and field."""
    found, told = [], []
    joined = _joined(said)
    for code, row in sharing.told_of(run.whole, "parties").items():
        where, day = joined.get(code, ("history", said.steps[0].day))
        values = {field: row[name] for name, field in REGISTERED.items() if row.get(name)}
        on = next((step.on for step in said.steps if step.day == day), said.steps[0].on)
        arrival = registers.prepare(values, on)
        if isinstance(arrival, Mapping):
            told += [Told(where, f"{code} {_named(field)}：{reason}") for field, reason in arrival.items()]
        else:
            found.append(Other(code, arrival, row.get("joined_on") or day, row.get("left_on"), where))
    return told or tuple(found)


def _named(field: str) -> str:
    """The field as the case file calls it."""
    return next((name for name, own in REGISTERED.items() if own == field), field)


def _joined(said: History) -> dict[str, tuple[str, str]]:
    """Id → the step that joined the party, and its day."""
    return {
        str(row.get("id")): (f"history[{number}].{step.move}", step.day)
        for number, step in reversed(list(enumerate(said.steps, 1)))
        if step.move == JOINS
        for row in step.facts.get("parties") or ()
    }


def ranged(cause: CauseKnown, kind: str) -> dict[str, Any]:
    """The norm with its range for every kind of party, where others may be joined."""
    by_kind = {of: {key: block[key] for key in RANGE if key in block} for of, block in cause.blocks.items()}
    return {**cause.blocks[kind], "by_kind": by_kind}


def joins(said: History) -> bool:
    """Whether a history joins anybody."""
    return any(step.move == JOINS for step in said.steps)
