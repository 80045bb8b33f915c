"""Guards of substitute performance (AEL §50 to §52). Pure."""

from __future__ import annotations

from datetime import timedelta

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.demand import period_over
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.reading import block, come, iso, owed, paid, rows, step_of, written
from xiuhua.cases.procedure.periods import length_on
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS
DUTIES = frozenset({"remove_obstacle", "restore"})
HARMS = frozenset({"traffic_safety", "environment", "natural_resources"})
PERFORMERS = frozenset({"agency", "third_party"})
# AEL §52.
PLACES = frozenset({"road", "river", "waterway", "public_place"})
THINGS = frozenset({"spillage", "obstacle", "pollutant"})


def restoring(file: File, setting: Setting) -> bool:
    """What the decision or the correction order asks is to clear away or to restore."""
    own = block(file, "substitute")
    asked = block(file, "decision").get("other_duties") or block(file, "correction").get("requirement")
    return own.get("duty_kind") in DUTIES and written(asked)


def demanded_and_unmet(file: File, setting: Setting) -> bool:
    """The period of a served demand is over, and what it demanded is open: here a duty beside money, else the money.

    Money that the step itself brings, such as what an auction yields, does not count as performance.
    """
    if not period_over(file, setting):
        return False
    if file.get("matter") == "substitute":
        return not any(come(duty.get("done_on"), setting.day) for duty in rows(file, "duties"))
    brought = sum(item.get("amount") or 0 for item in rows(block(step_of(file), "payment"), "items"))
    return owed(file) - (paid(file) - brought) > 0.005


def harm_listed(file: File, setting: Setting) -> bool:
    return block(file, "substitute").get("harm_kind") in HARMS


def fields_complete(file: File, setting: Setting) -> bool:
    """AEL §51: name of the party, reason and basis, way and time, object, budget, and who performs."""
    own = block(file, "substitute")
    texts = ("reason", "basis", "way", "object", "performer")
    return (
        all(written(own.get(name)) for name in texts)
        and (own.get("planned_on") or "") >= setting.day
        and (own.get("budget") or 0) > 0
        and written(block(file, "party").get("name"))
    )


def three_days_after_demand(file: File, setting: Setting) -> bool:
    own = block(file, "substitute")
    demanded, done = own.get("demand_on"), own.get("executed_on")
    if not demanded or not done or not come(done, setting.day):
        return False
    return setting.calendar.between(iso(demanded), iso(done)) >= length_on("substitute_demand", iso(done))


def performer_apart(file: File, setting: Setting) -> bool:
    """The agency itself, or a third party that is said to have no interest in the matter."""
    own = block(file, "substitute")
    if own.get("performer_kind") not in PERFORMERS or not written(own.get("performer")):
        return False
    return own.get("performer_kind") == "agency" or own.get("performer_no_interest") is True


def supervised(file: File, setting: Setting) -> bool:
    return bool(block(file, "substitute").get("supervisor_id"))


def peaceful(file: File, setting: Setting) -> bool:
    return block(file, "substitute").get("no_violence") is True


def on_public_way(file: File, setting: Setting) -> bool:
    own = block(file, "substitute")
    return own.get("place_kind") in PLACES and own.get("thing_kind") in THINGS


def cannot_clear(file: File, setting: Setting) -> bool:
    own = block(file, "substitute")
    return own.get("party_cannot_clear") is True and written(own.get("reason"))


def absent_told(file: File, setting: Setting) -> bool:
    """The party was there, or was told no later than the day after."""
    own = block(file, "substitute")
    done: str = own.get("executed_on") or ""
    told: str = own.get("notified_on") or ""
    absent = own.get("party_absent")
    if not done or not isinstance(absent, bool):
        return False
    if not absent:
        return True
    return bool(told) and told <= setting.day and iso(done) <= iso(told) <= iso(done) + timedelta(days=1)


def all_signed(file: File, setting: Setting) -> bool:
    """Supervisor and performer, and the party or a witness (AEL §51)."""
    names = frozenset(block(file, "substitute").get("signatures") or ())
    return names >= {"supervisor", "performer"} and bool(names & {"party", "witness"})


def cost_reasonable(file: File, setting: Setting) -> bool:
    """A cost with its ground in real cost; above the budget only with the reason why."""
    own = block(file, "substitute")
    cost, budget = own.get("cost") or 0, own.get("budget") or 0
    within = not budget or cost <= budget or written(own.get("over_budget_reason"))
    return cost > 0 and written(own.get("cost_basis")) and within


# fmt: off
GUARDS = (
    Guard("restoring_duty", restoring, FACTS, "AEL §50",
          "不属排除妨碍恢复原状义务", "The decision orders removal of an obstacle or restoring."),
    Guard("demand_served_and_unmet", demanded_and_unmet, FILE, "AEL §35",
          "未经催告或者已履行，不得强制执行", "The demand was served and the duty is still open."),
    Guard("harm_kind_listed", harm_listed, FACTS, "AEL §50",
          "不属可以代履行的情形", "Traffic safety, environment or natural resources are harmed."),
    Guard("substitute_fields_complete", fields_complete, FACTS, "AEL §51",
          "代履行决定书缺少法定事项", "The decision names object, way, time, budget and performer."),
    Guard("three_working_days_after_demand", three_days_after_demand, FACTS, "AEL §51",
          "代履行前三日未催告", "The demand was made at least 3 working days before."),
    Guard("performer_without_interest", performer_apart, FACTS, "AEL §50",
          "代履行人与案件有利害关系", "The third party has no interest in the case."),
    Guard("supervisor_present", supervised, FACTS, "AEL §51",
          "行政机关未派员到场监督", "The agency sent a supervisor."),
    Guard("no_violence", peaceful, FACTS, "AEL §51",
          "代履行不得采用暴力胁迫方式", "No force, threat or other unlawful way."),
    Guard("public_way_obstacle", on_public_way, FACTS, "AEL §52",
          "不属需要立即清除的情形",
          "Spillage, obstacle or pollutant on a road, river or public place."),
    Guard("party_cannot_clear", cannot_clear, FACTS, "AEL §52",
          "当事人能够清除，不得立即代履行", "The party cannot clear it."),
    Guard("absent_party_told_at_once", absent_told, FACTS, "AEL §52",
          "立即代履行后未及时通知不在场的当事人，不得继续",
          "The absent party was told right after an immediate substitute performance."),
    Guard("all_signed", all_signed, FACTS, "AEL §51",
          "代履行记录签名不全，不得办结", "Supervisor, performer and party or witness signed the record."),
    Guard("cost_reasonable", cost_reasonable, FACTS, "AEL §51",
          "代履行费用未按成本核定，不得收取", "The cost charged follows real cost."),
)
# fmt: on
