"""Guards of the ends of a measure: release, claim, confiscation, referral, auction (AEL §21, §27, §28, §46). Pure."""

from __future__ import annotations

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import measures
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.reading import (
    block,
    come,
    iso,
    matter,
    matter_step,
    owed,
    paid,
    rows,
    step_of,
    written,
)
from xiuhua.cases.procedure.periods import last_day
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS
CONFISCATIONS = frozenset({"confiscate_property", "confiscate_vehicle"})
RELEASES = frozenset({"no_violation", "unrelated", "not_needed", "period_over", "other"})
WAYS = frozenset({"auctioned", "sold", "transferred", "destroyed"})


def confiscation_lawful(file: File, setting: Setting) -> bool:
    """The norm knows confiscation of things, and the step names it."""
    allowed = frozenset(block(file, "cause").get("kinds_allowed") or ())
    return not CONFISCATIONS.isdisjoint(allowed) and written(matter_step(file).get("confiscation_basis"))


def decision_made(file: File, setting: Setting) -> bool:
    decision = block(file, "decision")
    kinds = frozenset(decision.get("kinds") or ())
    return come(decision.get("decided_on"), setting.day) and not CONFISCATIONS.isdisjoint(kinds)


def release_ground(file: File, setting: Setting) -> bool:
    """One of the five of AEL §28. What the file itself can tell must bear it out; another ground is written."""
    said = matter_step(file)
    match said.get("release_ground"):
        case "not_needed":
            made = block(file, "decision").get("decided_on") or block(file, "no_penalty").get("decided_on")
            return come(made, setting.day)
        case "period_over":
            return measures.period_over(file, setting)
        case "other":
            return written(said.get("release_reason"))
        case ground:
            return ground in RELEASES


def referral_approved(file: File, setting: Setting) -> bool:
    return come(block(file, "referral").get("approved_on"), setting.day)


def party_told(file: File, setting: Setting) -> bool:
    return come(matter_step(file).get("told_party_on"), setting.day)


def told_to_collect(file: File, setting: Setting) -> bool:
    """Before the announcement, which comes only when the party does not."""
    said = matter_step(file)
    collect, announced = said.get("collect_told_on"), said.get("claim_announced_on")
    return come(collect, setting.day) and come(collect, announced or "")


def claim_over(file: File, setting: Setting) -> bool:
    announced = matter(file).get("claim_announced_on")
    last = last_day("unclaimed_goods", iso(announced), setting.calendar) if announced else None
    return last is not None and setting.on > last


def disposed_lawfully(file: File, setting: Setting) -> bool:
    """In one of the lawful ways, on a day that has come, with what was done in writing."""
    said = matter_step(file)
    return (
        said.get("disposal_way") in WAYS
        and come(said.get("disposed_on"), setting.day)
        and written(said.get("disposal"))
    )


def proceeds_remitted(file: File, setting: Setting) -> bool:
    """What the disposal brought, if it brought anything."""
    said = matter_step(file)
    if not said.get("disposed_on"):
        return False
    return not said.get("proceeds") or come(said.get("remitted_on"), setting.day)


def seized_in_case(file: File, setting: Setting) -> bool:
    """The measure was taken before the decision that it shall pay for."""
    begun, decided = matter(file).get("implemented_at") or "", block(file, "decision").get("decided_on")
    return bool(decided) and "" < begun[:10] <= str(decided)


def proceeds_cover(file: File, setting: Setting) -> bool:
    """What goes to the fine is no more than the auction brought, and no more than was owed."""
    items = rows(block(step_of(file), "payment"), "items")
    used = sum(item.get("amount") or 0 for item in items)
    brought = matter_step(file).get("proceeds") or 0
    return 0 < used <= brought + 0.005 and paid(file) <= owed(file) + 0.005


# fmt: off
GUARDS = (
    Guard("confiscation_lawful", confiscation_lawful, FACTS, "AEL §27",
          "没有没收的法定依据", "A law or regulation provides confiscation of these goods."),
    Guard("penalty_decision_made", decision_made, FILE, "AEL §27",
          "没有没收的处罚决定", "A penalty decision with the confiscation exists."),
    Guard("release_ground", release_ground, FACTS, "AEL §28",
          "不具备解除情形", "A ground of §28 exists."),
    Guard("crime_referral_is_approved", referral_approved, FILE, "CRIMEREF §5",
          "移送公安未经批准，不得移交物品", "The referral to the police is approved."),
    Guard("party_told_in_writing", party_told, FACTS, "AEL §21",
          "未书面告知当事人财物移送", "The party was told in writing that goods go with the case."),
    Guard("party_told_to_collect", told_to_collect, FACTS, "SHUM §22",
          "未通知当事人认领", "The party was told to collect the goods."),
    Guard("claim_period_over", claim_over, FILE, "SHUM §22",
          "认领公告未满六十日，不得处置", "60 days since the claim notice have passed."),
    Guard("disposed_lawfully", disposed_lawfully, FACTS, "PPL21 §74",
          "没收物品处理方式不合规定", "Auction, destruction or other lawful way with papers."),
    Guard("proceeds_remitted", proceeds_remitted, FACTS, "PPL21 §74",
          "处理所得未上缴国库", "Proceeds went to the treasury."),
    Guard("seized_during_case", seized_in_case, FILE, "AEL §46",
          "办案中未采取查封扣押，不得拍卖抵缴", "The goods were seized during the case."),
    Guard("proceeds_cover_payment", proceeds_cover, FACTS, "AEL §46",
          "抵缴金额超过拍卖所得或者应缴金额",
          "What pays the fine is no more than the auction brought and than was owed."),
)
# fmt: on
