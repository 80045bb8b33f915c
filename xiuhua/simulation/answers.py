"""What the people of the demo type into the form of each move: only what the platform does not know by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

File = Mapping[str, Any]
Values = dict[str, Any]

ANSWERS = (
    "问：请说明现场的情况。\n答：情况属实，东西是我们放的。\n问：是否办理过许可？\n答：没有办理，近期会整改。",
    "问：请说明现场的情况。\n答：生意忙，没有注意，愿意改正。\n问：以前是否被劝阻过？\n答：没有。",
)
WORDS = (
    "称不知道有关规定，已经整改，请求从轻处罚。",
    "称经营困难，请求减少罚款。",
    "对事实没有异议，请求给予改正机会。",
)
# How long the party gets to correct, days.
CORRECTION = 5


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")


def _handed_over(file: File) -> Values:
    organisation = (file.get("party") or {}).get("kind") == "organisation"
    relation = "legal_representative" if organisation else "self"
    return {"service.receiver_relation": relation, "service.receipt": True}


def _check(file: File, at: datetime, rng: Random) -> Values:
    return {
        "inspection.certificate_shown": True,
        "inspection.party_signed": True,
        "inspection.present": (file.get("party") or {}).get("name", ""),
        "inspection.weather": rng.choice(("晴", "多云", "阴")),
    }


def _order(file: File, at: datetime, rng: Random) -> Values:
    due = (at + timedelta(days=CORRECTION)).date()
    return {
        "correction.requirement": "立即停止违法行为，并在期限内恢复原状。",
        "correction.due_on": due.isoformat(),
        **_handed_over(file),
    }


def _interview(file: File, at: datetime, rng: Random) -> Values:
    return {
        # Just after midnight it was a short one: it began on the day on which it ended.
        "interview.from_at": _moment(max(at - timedelta(minutes=40), at.replace(hour=0, minute=0))),
        "interview.to_at": _moment(at),
        "interview.place": f"{(file.get('case') or {}).get('handling_unit', '')}询问室",
        "interview.person.relation": "当事人",
        "interview.certificate_shown": True,
        "interview.rights_told": True,
        "interview.exchanges": rng.choice(ANSWERS),
        "interview.page_count": 2,
        "interview.pages_signed": 2,
    }


def _recheck(file: File, at: datetime, rng: Random) -> Values:
    correction = file.get("correction") or {}
    late = date.fromisoformat(correction.get("due_on") or "9999-12-31") < at.date()
    refused = late and bool((file.get("cause") or {}).get("needs_refusal"))
    return {
        "correction.recheck_result": "not_corrected" if refused else "corrected",
        "correction.recheck_facts": "违法行为仍然存在。" if refused else "现场已恢复原状。",
    }


def _report(file: File, at: datetime, rng: Random) -> Values:
    """A fine of the lighter part of the range, in round hundreds where the range allows it."""
    cause = file.get("cause") or {}
    low, high = float(cause.get("floor") or 0), float(cause.get("ceiling") or 0)
    wanted = low + (high - low) * rng.uniform(0.05, 0.25)
    grain = 100 if high - low > 1000 else 10
    fine = max(low, round(wanted / grain) * grain) or grain
    return {
        "investigation_report.proposed_kinds": ["fine"],
        "investigation_report.proposed_fine": fine,
        "investigation_report.tier": "lighter",
        "investigation_report.tier_reasons": "能够配合调查并主动改正，危害后果较轻。",
    }


def _defence(file: File, at: datetime, rng: Random) -> Values:
    return {"defence.content": rng.choice(WORDS)}


def _answer(file: File, at: datetime, rng: Random) -> Values:
    return {
        "defence.adopted": False,
        "defence.reason": "申辩理由不影响违法事实的认定，已在裁量中考虑，不予采纳。",
    }


def _waive(file: File, at: datetime, rng: Random) -> Values:
    return {"defence.waived_in_writing": True}


def _waive_hearing(file: File, at: datetime, rng: Random) -> Values:
    return {"hearing.waived_in_writing": True, "defence.waived_in_writing": True}


def _paid(file: File, at: datetime, rng: Random) -> Values:
    return {"payment.method": "bank", "item.receipt_no": f"示例票{rng.randrange(10**8):08}"}


def _archive(file: File, at: datetime, rng: Random) -> Values:
    pages = 20 + 3 * len(file.get("documents") or ())
    return {"archive.index_pages": pages, "archive.actual_pages": pages}


def _served(file: File, at: datetime, rng: Random) -> Values:
    return _handed_over(file)


Says = Callable[[File, datetime, Random], Values]
SAYS: Mapping[str, Says] = {
    "check_lead": _check,
    "order_correction": _order,
    "order_correction_at_check": _order,
    "interview": _interview,
    "recheck_correction": _recheck,
    "close_investigation": _report,
    "serve_prior_notice": _served,
    "offer_hearing": _served,
    "receive_defence": _defence,
    "receive_defence_instead": _defence,
    "recheck_defence": _answer,
    "waive_defence": _waive,
    "waive_hearing": _waive_hearing,
    "serve_decision": _served,
    "pay_at_bank": _paid,
    "perform": _paid,
    "archive_case": _archive,
}


def typed(move: str, file: File, at: datetime, rng: Random) -> Values:
    """Path → value of what somebody types for `move` at the moment `at`, seeing the case file."""
    says = SAYS.get(move)
    return says(file, at, rng) if says else {}
