"""Service of the decision: a way that the law knows, and a receipt that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import (
    DECISIONS,
    EMPTY,
    block,
    come,
    effective,
    iso,
    people,
    rows,
    step_of,
    written,
)
from xiuhua.cases.procedure.periods import BY_ID, last_day
from xiuhua.cases.procedure.setting import Setting

# CivPL23 §88. `adult_cohabiting_family` is the same under another name.
RECEIVERS = frozenset(
    {
        "self",
        "adult_cohabitant",
        "adult_cohabiting_family",
        "legal_representative",
        "responsible_person",
        "mail_receiver",
        "agent",
        "designated",
    }
)
ELECTRONIC_SINCE = (BY_ID["service_confirmation_arrival"].since or iso("9999-01-01")).isoformat()


def _latest(file: File) -> Mapping[str, Any]:
    """The service that this step states, on the main road that of a decision; empty if it states none."""
    aside = bool(file.get("matter"))
    found = [row for row in rows(step_of(file), "services") if aside or row.get("document") in DECISIONS]
    return found[-1] if found else EMPTY


def _made(file: File, row: Mapping[str, Any]) -> str:
    """The day of the paper that was served: of the decision, or of what the matter issued; empty for none."""
    if not file.get("matter") or row.get("document") in DECISIONS:
        return block(file, "decision").get("decided_on") or block(file, "no_penalty").get("decided_on") or ""
    made = [d.get("issued_on") or "" for d in rows(file, "documents") if d.get("kind") == row.get("document")]
    return row.get("issued_on") or max(made, default="")


def by_lawful_method(file: File, setting: Setting) -> bool:
    """Direct, left, electronic with consent, entrusted, by post, or by announcement after all else failed."""
    row = _latest(file)
    two = people(row.get("officer_ids"), setting.params["min_officers"])
    match row.get("method"):
        case "direct":
            return two and row.get("receiver_relation") in RECEIVERS
        case "left":
            proof = row.get("witness_signed") or row.get("video") or row.get("video_ref")
            return two and bool(proof)
        case "electronic":
            consent, sent = row.get("confirmation_signed_on"), row.get("on") or ""
            return come(consent, sent) and sent >= ELECTRONIC_SINCE
        case "entrusted" | "post":
            return True
        case "announcement":
            return row.get("other_methods_tried") is True and written(row.get("reason"))
        case _:
            return False


def _announced_long_enough(row: Mapping[str, Any], setting: Setting) -> bool:
    start, end = row.get("announced_on"), row.get("effective_on")
    until = last_day("announcement", iso(start), setting.calendar) if start and end else None
    return until is not None and iso(end or "") >= until


def receipt_complete(file: File, setting: Setting) -> bool:
    """The receipt has what its way of service needs, and the service has taken effect, after the decision."""
    row = _latest(file)
    made = _made(file, row)
    return bool(made) and made <= (row.get("on") or "") and proved(row, setting)


def proved(row: Mapping[str, Any], setting: Setting) -> bool:
    """The service has taken effect by the day of the step, and has the proof that its way of service needs."""
    if not (row.get("on") or "9999") <= effective(row) <= setting.day:
        return False
    match row.get("method"):
        case "left":
            return bool(row.get("receipt")) and written(row.get("refusal_reason"))
        case "post":
            return bool(row.get("post_receipt_on"))
        case "electronic":
            return bool(row.get("effective_on"))
        case "announcement":
            return _announced_long_enough(row, setting)
    return bool(row.get("receipt"))
