"""What the platform already knows when a decision is carried out by force: wording and days for the forms. Pure."""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.court_remedies import (
    RECONSIDERATIONS,
    SUITS,
    application_starts,
    remedies_ended,
    ways_used,
)
from xiuhua.cases.procedure.guards.reading import block, owed, paid
from xiuhua.kernel.workdays import Calendar

# How a remedy ended that left the decision standing.
OUTCOMES = {
    "upheld": "维持原决定",
    "dismissed": "驳回申请",
    "refused": "不予受理",
    "terminated": "终止",
    "withdrawn": "撤回",
    "claims_dismissed": "驳回诉讼请求",
    "suit_dismissed": "驳回起诉",
    "not_registered": "不予立案",
}
# What every application to the court holds (AEL §55).
FOUR_KINDS = ("application", "decision", "party_opinion_and_demand", "object")


def _yuan(amount: float) -> str:
    return f"{amount:,.2f}".removesuffix(".00") + "元"


def amount_demanded(file: File) -> int | float | None:
    """What is still owed, yuan; None where nothing is."""
    left = owed(file) - paid(file)
    if left < 0.005:
        return None
    return int(left) if left == int(left) else round(left, 2)


def way_to_perform(file: File) -> str:
    """How the duty is done: at the bank of the decision, or by doing what was asked."""
    bank = block(file, "decision").get("bank_name")
    return f"将款项缴至{bank}" if amount_demanded(file) and bank else "自行履行上述义务"


def object_of_enforcement(file: File) -> str:
    """What the court is asked to enforce: the money that is left, part by part, and the other duties."""
    decision, surcharge = block(file, "decision"), block(file, "surcharge")
    added = (surcharge.get("amount") or 0) - (surcharge.get("waived") or 0)
    parts = [
        f"{name}{_yuan(amount)}"
        for name, amount in (
            ("罚款", decision.get("fine") or 0),
            ("没收违法所得", decision.get("gains") or 0),
            ("加处罚款", added),
        )
        if amount > 0
    ]
    if had := paid(file):
        parts.append(f"已缴{_yuan(had)}，尚欠{_yuan(amount_demanded(file) or 0)}")
    if duties := decision.get("other_duties"):
        parts.append(str(duties))
    return "；".join(parts)


def opinion_of_party(file: File) -> str:
    """What the party said against the decision and against the demand, or that it said nothing (AEL §55)."""
    before = block(file, "defence").get("content")
    after = (block(file, "demand").get("defence") or {}).get("content")
    first = f"决定前陈述申辩：{before}" if before else "决定前未提出陈述申辩"
    second = f"催告后陈述申辩：{after}" if after else "催告后未提出陈述申辩"
    return f"{first}；{second}"


def remedies_used(file: File) -> str:
    """What the party asked for against the decision and how it ended, as the application tells the court."""
    told = [
        f"{name}，结果为{OUTCOMES.get(str(way.get('outcome')), '维持原决定')}"
        for names, name in ((RECONSIDERATIONS, "经行政复议"), (SUITS, "经行政诉讼"))
        for way in ways_used(file, names)
    ]
    return "；".join(told) or "被申请执行人在法定期限内未申请行政复议，也未提起行政诉讼"


def remedies_end(file: File, calendar: Calendar | None) -> str | None:
    """The last day of the remedies, ISO text; None while it is not known."""
    return _iso(remedies_ended(file, calendar)) if calendar else None


def application_start(file: File, calendar: Calendar | None) -> str | None:
    """The day from which the three months count, ISO text."""
    return _iso(application_starts(file, calendar)) if calendar else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def substituted_on(file: File) -> str | None:
    """When the duty of the decision was done in the party's place; clearing at once does no duty of a decision."""
    own = block(file, "substitute")
    return None if own.get("immediate") else own.get("executed_on")
