"""Who acts in the field: two certified officers, certificates shown, no interest in the case, the camera on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import HEADS, block, case_officers, come, rows, step_of, written
from xiuhua.cases.procedure.setting import Setting

Act = tuple[Sequence[str], str]


def acts(file: File, day: str) -> list[Act]:
    """The acts that this step states: who took part, and on which day."""
    step = step_of(file)
    found: list[Act] = []
    for row in rows(step, "inspections"):
        found.append((row.get("officer_ids") or (), row.get("on") or ""))
    for row in rows(step, "interviews"):
        found.append((row.get("officer_ids") or (), (row.get("from_at") or "")[:10]))
    for row in rows(step, "samples"):
        found.append((row.get("officer_ids") or (), row.get("on") or ""))
    if scene := step.get("scene"):
        found.append((scene.get("officer_ids") or (), (scene.get("arrived_at") or "")[:10]))
    if (correction := step.get("correction")) and correction.get("rechecked_on"):
        found.append((correction.get("recheck_officer_ids") or (), correction["rechecked_on"]))
    if (referral := step.get("referral")) and "group_ids" in referral:
        found.append((referral["group_ids"], day))
    if "replacements" in step or "officer_ids" in block(step, "filing"):
        found.append((case_officers(file), day))
    return found


def _valid(officer: Mapping[str, Any], day: str) -> bool:
    """An officer, not auxiliary staff, with a certificate that holds on the day."""
    return (
        officer.get("kind") == "officer"
        and bool(officer.get("certificate_no"))
        and (officer.get("certificate_from") or "9999") <= day <= (officer.get("certificate_to") or "")
    )


def two_certified(file: File, setting: Setting) -> bool:
    """Each act of the step has enough different officers with certificates valid on its day, which has come."""
    done = acts(file, setting.day)
    officers, least = rows(file, "officers"), setting.params["min_officers"]
    for ids, day in done:
        fit = {o["id"] for o in officers if o["id"] in ids and _valid(o, day)}
        if len(fit) < least or day > setting.day:
            return False
    return bool(done)


def certificate_shown(file: File, setting: Setting) -> bool:
    """Each record that the step makes says that the certificates were shown."""
    step = step_of(file)
    made = [*rows(step, "inspections"), *rows(step, "interviews")]
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
