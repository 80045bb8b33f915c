"""Suspected crime: the way to the police and back (CRIMEREF)."""

from __future__ import annotations

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import block, rows
from xiuhua.cases.procedure.setting import Setting

PAPERS = frozenset({"letter", "report", "goods_list"})
FIRST_HEADS = frozenset({"bureau_head", "town_approver"})


def suspected(file: File, setting: Setting) -> bool:
    return block(file, "violation").get("crime_suspected") is True


def decided_by_first_head(file: File, setting: Setting) -> bool:
    """The first head, or whoever heads the agency at the time (§5)."""
    referral = block(file, "referral")
    role = referral.get("approver_role")
    if role:
        return role in FIRST_HEADS or referral.get("acting_head") is True
    return not FIRST_HEADS.isdisjoint(setting.roles)


def papers_complete(file: File, setting: Setting) -> bool:
    """Letter, report and list of goods; expert papers where there was an expert (§6)."""
    papers = frozenset(block(file, "referral").get("materials") or ())
    expert = any(e.get("kind") == "expert_opinion" for e in rows(file, "evidence"))
    return papers >= PAPERS and (not expert or "expert_papers" in papers)


def seized_go_along(file: File, setting: Setting) -> bool:
    held = any(not m.get("outcome") for m in rows(file, "measures"))
    return not held or block(file, "referral").get("goods_sent") is True


def police_refused(file: File, setting: Setting) -> bool:
    referral = block(file, "referral")
    return referral.get("police_result") == "refused" and bool(referral.get("police_notice_no"))


def police_filed(file: File, setting: Setting) -> bool:
    referral = block(file, "referral")
    return referral.get("police_result") == "filed" and bool(referral.get("police_notice_no"))


def goods_with_police(file: File, setting: Setting) -> bool:
    held = rows(file, "measures") or rows(file, "confiscated")
    return not held or bool(block(file, "referral").get("goods_receipt"))


def referral_receipt(file: File, setting: Setting) -> bool:
    return bool(block(file, "referral").get("receipt"))
