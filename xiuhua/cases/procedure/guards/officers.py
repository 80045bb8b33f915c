"""Who acts in the field: two certified officers, certificates shown, no interest in the case, the camera on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import (
    HEADS,
    case_officers,
    come,
    matter_step,
    rows,
    step_of,
    written,
)
from xiuhua.cases.procedure.setting import Setting

Act = tuple[Sequence[str], str]


def _of_rows(part: Sequence[Mapping[str, Any]]) -> list[Act]:
    return [(row.get("officer_ids") or (), row.get("on") or (row.get("from_at") or "")[:10]) for row in part]


def _of_scene(part: Mapping[str, Any]) -> list[Act]:
    return [(part.get("officer_ids") or (), (part.get("arrived_at") or "")[:10])]


def _of_recheck(part: Mapping[str, Any]) -> list[Act]:
    if not part.get("rechecked_on"):
        return []
    return [(part.get("recheck_officer_ids") or (), part["rechecked_on"])]


_READ: Mapping[str, Callable[[Any], list[Act]]] = {
    "inspections": _of_rows,
    "interviews": _of_rows,
    "samples": _of_rows,
    "evidence_requests": _of_rows,
    "scene": _of_scene,
    "correction": _of_recheck,
}


def acts(file: File, day: str) -> list[Act]:
    """The acts that this step states: who took part, and on which day. Being charged with the case counts."""
    found: list[Act] = []
    step = step_of(file)
    for name in step:
        if name in _READ:
            found += _READ[name](step[name])
        elif name == "replacements" or (name == "filing" and "officer_ids" in step[name]):
            found.append((case_officers(file), day))
        elif name == "referral" and "group_ids" in step[name]:
            found.append((step[name]["group_ids"], day))
    if "officer_ids" in (stated := matter_step(file)):
        found.append((stated["officer_ids"], day))
    return found


def two_certified(file: File, setting: Setting) -> bool:
    """Each act of the step has enough different officers, and its day has come.

    Those count who are officers, not auxiliary staff, with a certificate that holds on the day of the act.
    """
    officers, least, done = (
        file.get("officers") or (),
        setting.params["min_officers"],
        acts(file, setting.day),
    )
    for ids, day in done:
        fit = {
            o["id"]
            for o in officers
            if o["id"] in ids
            and o.get("kind") == "officer"
            and o.get("certificate_no")
            and (o.get("certificate_from") or "9999") <= day <= (o.get("certificate_to") or "")
        }
        if len(fit) < least or day > setting.day:
            return False
    return bool(done)


def certificate_shown(file: File, setting: Setting) -> bool:
    """Each record that the step makes says that the certificates were shown."""
    step = step_of(file)
    made = [*rows(step, "inspections"), *rows(step, "interviews")]
    if "certificate_shown" in (stated := matter_step(file)):
        made.append(stated)
    return bool(made) and all(row.get("certificate_shown") is True for row in made)


def no_interest(file: File, setting: Setting) -> bool:
    """Nobody acts who declared an interest in the case or was told to stand aside."""
    aside = {o["id"] for o in rows(file, "officers") if o.get("interest_declared")}
    aside |= {r.get("person_id") for r in rows(file, "recusals") if r.get("result") == "granted"}
    return not any(person in aside for ids, _ in acts(file, setting.day) for person in ids)


def recording_on(file: File, setting: Setting) -> bool:
    """The recording of the step is in the file, or runs, or its lack is explained."""
    recordings = rows(step_of(file), "recording")
    return bool(recordings) and all(
        row.get("item_ids") or row.get("running") or written(row.get("gap_reason")) for row in recordings
    )


def recusal_examined(file: File, setting: Setting) -> bool:
    """Each recusal that the step states was decided by a head, with a result."""
    asked = rows(step_of(file), "recusals")
    return bool(asked) and all(
        row.get("result") in ("granted", "refused")
        and come(row.get("decided_on"), setting.day)
        and row.get("decided_by_role") in HEADS
        for row in asked
    )
