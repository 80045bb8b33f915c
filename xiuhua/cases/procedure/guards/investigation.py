"""The investigation: records, samples, experts, correction orders, and what closes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import block, evidence, rows, step_of, written
from xiuhua.cases.procedure.setting import Setting

TIERS = frozenset({"lighter", "ordinary", "heavier", "mitigated"})


def _inspection_signed(row: Mapping[str, Any]) -> bool:
    """By the party, else by a witness, else with the reason why there was none (SHUM §19)."""
    return bool(row.get("party_signed") or row.get("witness_signed")) or written(row.get("no_witness_reason"))


def _interview_signed(row: Mapping[str, Any]) -> bool:
    """Page by page, or the refusal is noted, or a recording stands for the record and is named (SHNS §9)."""
    if row.get("refusal_noted") or (row.get("video_replaces_record") and row.get("video_ref")):
        return True
    pages: int = row.get("page_count") or 0
    return pages > 0 and (row.get("pages_signed") or 0) >= pages


def record_signed(file: File, setting: Setting) -> bool:
    step = step_of(file)
    inspections, interviews = rows(step, "inspections"), rows(step, "interviews")
    return (
        bool(inspections or interviews)
        and all(_inspection_signed(r) for r in inspections)
        and all(_interview_signed(r) for r in interviews)
    )


def rights_told(file: File, setting: Setting) -> bool:
    talks = rows(step_of(file), "interviews")
    return bool(talks) and all(talk.get("rights_told") is True for talk in talks)


def sampling_told(file: File, setting: Setting) -> bool:
    taken = rows(step_of(file), "samples")
    return bool(taken) and all(s.get("party_told") is True and s.get("voucher_no") for s in taken)


def expert_qualified(file: File, setting: Setting) -> bool:
    asked = rows(step_of(file), "tests")
    return bool(asked) and all(written(t.get("qualification_no")) for t in asked)


def test_period_told(file: File, setting: Setting) -> bool:
    asked = rows(step_of(file), "tests")
    return bool(asked) and all(t.get("told_on") and t.get("until") for t in asked)


def prima_facie(file: File, setting: Setting) -> bool:
    """Some evidence or record speaks for a violation."""
    if block(file, "violation").get("found") is False:
        return False
    return bool(rows(file, "evidence") or rows(file, "inspections"))


def correction_due(file: File, setting: Setting) -> bool:
    """A correction may be found at any time; a failure only after the day in the order."""
    correction = block(file, "correction")
    rechecked, due = correction.get("rechecked_on"), correction.get("due_on")
    if not rechecked or not correction.get("ordered_on"):
        return False
    if correction.get("recheck_result") == "corrected":
        return bool(rechecked >= correction["ordered_on"])
    return bool(due) and rechecked > due


def facts_proved(file: File, setting: Setting) -> bool:
    """Something is relied on. Whether it convinces is for people to say."""
    return any(item.get("relied_on") for item in evidence(file))


def _penalty_proposed(file: File) -> bool:
    report = block(file, "investigation_report")
    return bool(report.get("proposed_fine") or report.get("proposed_kinds"))


def correction_ordered(file: File, setting: Setting) -> bool:
    return not _penalty_proposed(file) or bool(block(file, "correction").get("ordered_on"))


def registration_settled(file: File, setting: Setting) -> bool:
    return all(row.get("handled_on") for row in rows(file, "registrations"))


def tier_named(file: File, setting: Setting) -> bool:
    return not _penalty_proposed(file) or block(file, "investigation_report").get("tier") in TIERS
