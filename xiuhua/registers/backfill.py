"""The bulk door for parties: those that come in with historical cases, under the same rules as registering one by one.

The room whose history brings the parties opens the act; parties, who knows them and their record entries come into it.
Somebody with the same identity number or credit code is found again, not doubled, and becomes known to more units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiuhua.kernel import record, rows
from xiuhua.kernel.authz import Invalid
from xiuhua.registers import rules
from xiuhua.registers.actions import PARTY_FIELDS, checked, facts_of, search_of
from xiuhua.registers.models import Known, Party

# What the case file calls some fields (see `queries.party_block`).
_IN_FILES = {"operator": "operator_name", "credit_code": "usci", "representative": "legal_representative"}
_COLUMNS = ("id", *PARTY_FIELDS, "search", "registered_at")
# How many numbers one query asks about; every SQLite takes as many.
ASKED = 10_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A party as it comes in, checked and spelled out: `values` in the order of PARTY_FIELDS, dates as ISO text."""

    values: tuple[Any, ...]
    search: str
    facts: record.Stated
    label: str

    @property
    def number(self) -> str:
        """What it is found again by (see `known_by`); empty if nothing tells it from others."""
        return number_of(dict(zip(PARTY_FIELDS, self.values, strict=True)))

    @property
    def name(self) -> str:
        return str(self.values[PARTY_FIELDS.index("name")])

    def block(self) -> dict[str, Any]:
        """The `party` of a case file, without the id that the party is yet to get."""
        named = zip(PARTY_FIELDS, self.values, strict=True)
        return {_IN_FILES.get(name, name): value for name, value in named if value}


def number_of(fields: Mapping[str, Any]) -> str:
    """The number under which a party stands once in the register: credit code, or a citizen's identity number."""
    if fields["credit_code"]:
        return f"code:{fields['credit_code']}"
    if fields["kind"] == rules.PartyKind.CITIZEN and fields["id_no"]:
        return f"{fields['id_kind']}:{fields['id_no']}"
    return ""


def prepare(values: Mapping[str, Any], on: date) -> Arrival | Mapping[str, str]:
    """One party from its fields as they were on the day `on`; field → reason if something is wrong. No database."""
    try:
        fields = checked(values, on)
    except Invalid as error:
        return error.errors
    plain = tuple(
        value.isoformat() if isinstance(value, date) else value for value in (fields[n] for n in PARTY_FIELDS)
    )
    label = (
        fields["name"]
        if fields["kind"] == rules.PartyKind.ORGANISATION
        else rules.masked_name(fields["name"])
    )
    return Arrival(plain, search_of(fields), record.stated(facts_of(fields)), label)


def known_by(numbers: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Number (see `number_of`) → id and name of the parties that are registered already."""
    wanted = sorted({n for n in numbers if n})
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(wanted), ASKED):
        part = [n.partition(":")[2] for n in wanted[start : start + ASKED]]
        for field in ("credit_code", "id_no"):
            for row in Party.objects.filter(**{f"{field}__in": part}).values(*PARTY_FIELDS, "id"):
                found[number_of(row)] = (row["id"], row["name"])
    return {n: found[n] for n in wanted if n in found}


def enrol(arrivals: Sequence[tuple[Arrival, Sequence[int], str]], act: record.Act) -> list[int]:
    """Register those that are new, in the transaction of `act`; their ids in the order of `arrivals`.

    With each come the ids of the units that know it and the ISO day since when. That a number belongs to the name has
    been checked against `known_by`.
    """
    there = {number: pk for number, (pk, _) in known_by(a.number for a, _, _ in arrivals).items()}
    fresh = rows.reserve(Party, len(arrivals))
    ids: list[int] = []
    new: list[tuple[int, Arrival]] = []
    for spare, (arrival, _, _) in zip(fresh, arrivals, strict=True):
        number = arrival.number
        pk = there.get(number, 0) if number else 0
        if not pk:
            pk = spare
            new.append((pk, arrival))
            if number:
                there[number] = pk
        ids.append(pk)
    rows.insert(Party, _COLUMNS, ((pk, *a.values, a.search, act.kept) for pk, a in new), moments_kept=True)
    _make_known(ids, arrivals)
    act.bulk([_line(pk, a, act) for pk, a in new])
    return ids


def _make_known(ids: Sequence[int], arrivals: Sequence[tuple[Arrival, Sequence[int], str]]) -> None:
    wanted: dict[tuple[int, int], str] = {}
    for pk, (_, units, since) in zip(ids, arrivals, strict=True):
        for unit in units:
            wanted[pk, unit] = min(since, wanted.get((pk, unit), since))
    there = set(Known.objects.filter(party__in=set(ids)).values_list("party", "unit"))
    rows.insert(
        Known,
        ("party", "unit", "since"),
        ((pk, unit, since) for (pk, unit), since in wanted.items() if (pk, unit) not in there),
    )


def _line(pk: int, arrival: Arrival, act: record.Act) -> record.Line:
    subject = f"{Party._meta.label_lower}:{pk}"
    return act.line(subject=subject, label=arrival.label, facts=arrival.facts, verb="registers.enrol")
