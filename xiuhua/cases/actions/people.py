"""The people whom a step names: they work here, and the file holds the certificate of whoever is new to the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xiuhua.cases.procedure.facts.field import Fields, Kind, is_empty
from xiuhua.cases.procedure.file import File
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import queries as org

# A longer run of digits is no id of a row.
LONGEST_ID = 19
PEOPLE = frozenset({Kind.PERSON, Kind.OFFICERS})


def _ids(value: Any) -> Sequence[str]:
    return value if isinstance(value, list) else [value]


def of_move(
    fields: Fields, said: Mapping[str, Any], file: File, day: date
) -> tuple[dict[str, str], dict[str, Any]]:
    """Faults, and `officers` for the file: those whom the form names and whose certificate it lacks on `day`.

    A fault stands at each field that names somebody who does not work here. A certificate that was renewed since
    comes in beside the old one.
    """
    named = {
        field.path: _ids(said[field.path])
        for field in fields
        if field.kind in PEOPLE and not is_empty(said.get(field.path))
    }
    wanted = {int(i) for ids in named.values() for i in ids if str(i).isdecimal() and len(i) < LONGEST_ID}
    wanted -= _held(file, day)
    found = {str(o.pk): o for o in org.officers(SYSTEM).filter(pk__in=wanted)} if wanted else {}
    inside: Sequence[Mapping[str, Any]] = file.get("officers") or ()
    known = found.keys() | {o["id"] for o in inside}
    faults = {path: "没有这个人员" for path, ids in named.items() if not known.issuperset(map(str, ids))}
    blocks = [b for b in org.officer_blocks(found.values(), day) if b not in inside]
    return faults, {"officers": blocks} if blocks else {}


def _held(file: File, day: date) -> set[int]:
    """Those whose certificate in the file holds on `day`."""
    text = day.isoformat()
    return {
        int(o["id"])
        for o in file.get("officers") or ()
        if (o.get("certificate_from") or "9999") <= text <= (o.get("certificate_to") or "")
    }
