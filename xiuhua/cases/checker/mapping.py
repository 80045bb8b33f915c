"""A file of this bureau in the form in which files are checked and exchanged. Pure.

The names are nearly the same (`procedure.file`). What differs: the range of a cause that counts heads, tonnes or square
metres becomes one in yuan; a certificate that was renewed becomes one row of its officer; codes that this bureau calls
otherwise; and what the bureau's papers state by being printed from the file (whose name, which party, which seal)
is put down where an old system left it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xiuhua.cases.checker.fields import FIELDS
from xiuhua.cases.checker.fields.carrying_out import OF_EACH
from xiuhua.cases.procedure.guards.apart import published, share
from xiuhua.cases.procedure.guards.ranges import NOT_MONEY_OF_ITS_OWN, bounds, norm_of
from xiuhua.cases.procedure.guards.reading import P1, block
from xiuhua.cases.procedure.guards.sharing import defence_by, is_several, items, norm_for, parties, told_of
from xiuhua.cases.procedure.recordings import merged

File = Mapping[str, Any]
# Codes of the bureau's forms → codes of the file check.
KINDS = {"criticism": "public_criticism"}
# What may be several here, and is one in a file that is checked: the latest.
ONE_OF = {"reconsideration": "reconsiderations", "litigation": "litigations"}
RELATIONS = {"adult_cohabitant": "adult_cohabiting_family", "designated": "agent"}


def exported(file: File, number: str, sealed_kinds: frozenset[str]) -> dict[str, Any]:
    """The file in the fields of `fields`, with `number` as `case.case_no`.

    `sealed_kinds` are the documents whose form bears the seal: papers of a history that says nothing of it.
    """
    changed = {
        **file,
        **(_several(file) if is_several(file) else {}),
        "case": {**(file.get("case") or {}), "case_no": number},
        "cause": _range(file.get("cause") or {}, file.get("decision") or {}),
        "officers": _officers(file.get("officers") or ()),
        "decision": _decision(file),
        "services": [_service(row) for row in file.get("services") or ()],
        "recording": merged(file.get("recording") or ()),
        **{block: latest for block, rows in ONE_OF.items() if (latest := _latest(file, block, rows))},
        "documents": [_paper(row, file, sealed_kinds) for row in file.get("documents") or ()],
    }
    return {name: known for name, part in changed.items() if (known := _known(name, part))}


def _several(file: File) -> dict[str, Any]:
    """Parties, acts and their norms as rows that say everything once, and the shares with the range of each."""
    further = told_of(file, "violations")
    heard = {id: defence_by(file, id) for id in parties(file) if id != P1}
    return {
        "parties": list(told_of(file, "parties").values()),
        "violations": list(further.values()),
        "causes": [{**(act.get("cause") or {}), "violation": id} for id, act in further.items()],
        **{rows: _of_each(file, block) for block, rows in OF_EACH.items()},
        **({"publicity": _whole_publicity(file)} if published(file) else {}),
        "defences": [{"recorded": True, **said, "party": id} for id, said in heard.items() if said],
        **{
            name: {**(file.get(name) or {}), "items": _items(file, name)}
            for name in ("investigation_report", "notice")
        },
    }


def _whole_publicity(file: File) -> File:
    """What holds for all where each is published by itself."""
    return {key: value for key, value in block(file, "publicity").items() if key == "required"}


def _of_each(file: File, name: str) -> list[dict[str, Any]]:
    """What each party has of its own in block `name`, as rows that name it."""
    return [{**own, "party": id} for id in parties(file) if (own := block(share(file, id), name))]


def _items(file: File, name: str) -> list[dict[str, Any]]:
    return [_item(file, pair, row) for pair, row in items(file, name).items()]


def _item(file: File, pair: tuple[str, str], row: File) -> dict[str, Any]:
    found = bounds(norm_for(file, *pair), row) if row.get("kinds") else None
    return {**row, **({"floor": found[0], "ceiling": found[1]} if found else {})}


def _latest(file: File, block: str, rows: str) -> File:
    found: list[File] = file.get(rows) or []
    return found[-1] if found else file.get(block) or {}


def _known(name: str, part: Any) -> Any:
    """Only the fields that the check knows, without what is empty."""
    if isinstance(part, Mapping) and name in FIELDS:
        return _row(part, name)
    if isinstance(part, list) and f"{name}[]" in FIELDS:
        return [_row(row, f"{name}[]") for row in part]
    return None


def _row(row: File, where: str) -> dict[str, Any]:
    found = {}
    for name, kind in FIELDS[where].items():
        value = row.get(name)
        if value is None or value == "":
            continue
        if kind == "rows":
            value = [_row(inner, f"{where}.{name}[]") for inner in value]
        elif kind == "day":
            value = value[:10]
        found[name] = value
    return found


def _range(cause: File, decision: File) -> dict[str, Any]:
    """A range by the piece, times the pieces decided; none where they are not stated. Of a band, that of the band."""
    norm = norm_of(cause, decision)
    if norm is not None and norm is not cause:
        cause = {**cause, **{name: norm.get(name) for name in ("floor", "ceiling", "unit")}}
    unit = cause.get("unit")
    if unit in NOT_MONEY_OF_ITS_OWN:
        return dict(cause)
    times = (decision.get("units") or 0) / (100 if str(unit).startswith("percent") else 1)
    amounts = {
        name: cause[name] * times if times and cause.get(name) is not None else None
        for name in ("floor", "ceiling")
    }
    return {**cause, **amounts}


def _officers(rows: Iterable[File]) -> list[dict[str, Any]]:
    """One row for each person: a certificate that goes on from the one before counts as one."""
    people: dict[str, dict[str, Any]] = {}
    for row in rows:
        known = people.setdefault(row.get("id", ""), dict(row))
        begins, ends = row.get("certificate_from"), row.get("certificate_to")
        if begins and ends and known.get("certificate_from"):
            known["certificate_from"] = min(begins, known["certificate_from"])
            known["certificate_to"] = max(ends, known.get("certificate_to") or ends)
        elif begins:
            known.update(row)
        known["interest_declared"] = bool(known.get("interest_declared") or row.get("interest_declared"))
    return list(people.values())


def _decision(file: File) -> dict[str, Any]:
    """The decision; where a history says nothing else, in the name of the authority and to the party of the case."""
    decision = dict(file.get("decision") or {})
    if not decision.get("decided_on"):
        return decision
    decision.setdefault("authority_name", (file.get("case") or {}).get("authority_name"))
    decision.setdefault("party_name", (file.get("party") or {}).get("name"))
    if is_several(file):
        decision["items"] = _items(file, "decision")
    decision["kinds"] = [KINDS.get(kind, kind) for kind in decision.get("kinds") or ()]
    return decision


def _service(row: File) -> dict[str, Any]:
    """A service; the number of its recording stands for the recording."""
    relation = row.get("receiver_relation")
    return {
        **row,
        "receiver_relation": RELATIONS.get(relation, relation) if relation else None,
        "video": row.get("video") or row.get("video_ref"),
    }


def _paper(row: File, file: File, sealed_kinds: frozenset[str]) -> dict[str, Any]:
    silent = {
        "authority_name": (file.get("case") or {}).get("authority_name"),
        "sealed": row.get("kind") in sealed_kinds,
    }
    return {**silent, **row}
