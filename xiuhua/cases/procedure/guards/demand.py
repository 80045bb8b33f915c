"""Guards of the demand and of enforcement by the agency itself (AEL §34 to §43). Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.court import remedies_over
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.payment import other_duties_done
from xiuhua.cases.procedure.guards.reading import (
    block,
    come,
    effective,
    iso,
    matter,
    owed,
    paid,
    rows,
    same_money,
    step_of,
    written,
)
from xiuhua.cases.procedure.periods import last_day
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS
# AEL §39.
SUSPENSIONS = frozenset({"no_capacity", "third_party_claim", "harm_hard_to_repair", "other"})
# As the check of files has it; the law says only "night".
NIGHT_FROM, NIGHT_TO = "22:00", "06:00"


def fields_complete(file: File, setting: Setting) -> bool:
    """AEL §35: the period, the way, the amount where money is owed, and the right to be heard."""
    own = matter(file) or block(file, "demand")
    what = (own.get("amount") or 0) > 0 or written(own.get("duty"))
    told = own.get("tells_defence") is True
    return what and told and (own.get("duty_days") or 0) > 0 and written(own.get("way"))


def demanded_until(file: File) -> date | None:
    """The last day of the period that the demand gives; None before its service."""
    demand = block(file, "demand")
    served, days = demand.get("served_on"), demand.get("duty_days")
    return iso(served) + timedelta(days=days) if served and days else None


def period_over(file: File, setting: Setting) -> bool:
    until = demanded_until(file)
    return until is not None and setting.on > until


def no_good_reason(file: File, setting: Setting) -> bool:
    """The demand is served, and what the party said against it was rechecked and does not hold (AEL §36, §37)."""
    demand = block(file, "demand")
    said: Any = demand.get("defence") or {}
    refuted = said.get("adopted") is False and written(said.get("reason"))
    return bool(demand.get("served_on")) and (not said.get("received_on") or refuted)


def _held(file: File) -> bool:
    return any(row.get("kind") == "seize" and not row.get("outcome") for row in rows(file, "measures"))


def own_power(file: File, setting: Setting) -> bool:
    """A law gives this agency enforcement of its own, or it still holds seized things that it may auction (AEL §46).

    Seized things may be auctioned only when the remedies are over. The form asks for the law and its article.
    """
    if block(file, "cause").get("enforcement_power") is True:
        return True
    return _held(file) and remedies_over(file, setting)


def flight_signs(file: File, setting: Setting) -> bool:
    """Property is being moved or hidden: what points to it is written, and the proof named (AEL §37)."""
    own = block(file, "demand")
    return (
        own.get("asset_flight") is True
        and written(own.get("flight_reason"))
        and written(own.get("flight_proof"))
    )


def at_lawful_hour(file: File, setting: Setting) -> bool:
    """Neither at night nor on a holiday with a name, unless it is urgent and says why (AEL §43)."""
    own = block(step_of(file), "enforcement")
    moment = own.get("implemented_at") or ""
    if len(moment) < 16 or not come(moment, setting.day):
        return False
    if own.get("urgent") is True:
        return written(own.get("urgent_reason"))
    return NIGHT_TO <= moment[11:16] < NIGHT_FROM and iso(moment) not in setting.calendar.named


def utilities_on(file: File, setting: Setting) -> bool:
    """The step says that nothing was cut off, or that nobody lives there (AEL §43)."""
    own = block(step_of(file), "enforcement")
    return own.get("cut_utilities") is False or own.get("residence") is False


def decision_served(file: File, setting: Setting) -> bool:
    """The enforcement decision that holds now is served: one of an earlier day does not count for it."""
    decided: str = block(file, "enforcement").get("decided_on") or ""
    days = [effective(r) for r in rows(file, "services") if r.get("document") == "enforcement_decision"]
    return bool(decided) and any(decided <= day <= setting.day for day in days)


def no_deferral(file: File, setting: Setting) -> bool:
    """No deferral and no plan runs that was approved and not broken; another duty than money it does not hold up."""
    deferral = block(file, "deferral")
    running = bool(deferral.get("approved_on")) and not deferral.get("broken_on")
    return not running or written(block(file, "decision").get("other_duties"))


def agreement_harmless(file: File, setting: Setting) -> bool:
    """Written, with a last day, harming nobody; it remits no more than the surcharge (AEL §42)."""
    own, surcharge = block(file, "demand"), block(file, "surcharge")
    remitted = own.get("agreement_waived") or 0
    return (
        written(own.get("agreement"))
        and (own.get("agreement_due_on") or "") >= setting.day
        and own.get("agreement_harmless") is True
        and remitted <= (surcharge.get("amount") or 0)
    )


def _fulfilled(file: File, setting: Setting) -> bool:
    remitted = block(file, "demand").get("agreement_waived") or 0
    open_ = (
        owed({**file, "surcharge": {**block(file, "surcharge"), "waived": remitted}})
        if remitted
        else owed(file)
    )
    whole = paid(file) >= open_ or same_money(paid(file), open_)
    return whole and other_duties_done(file, setting)


def agreement_kept(file: File, setting: Setting) -> bool:
    return written(block(file, "demand").get("agreement")) and _fulfilled(file, setting)


def agreement_broken(file: File, setting: Setting) -> bool:
    due: str = block(file, "demand").get("agreement_due_on") or ""
    return "" < due < setting.day and not _fulfilled(file, setting)


def suspension_ground(file: File, setting: Setting) -> bool:
    own = block(file, "demand")
    return own.get("suspension_ground") in SUSPENSIONS and written(own.get("suspension_reason"))


def three_years_over(file: File, setting: Setting) -> bool:
    """Suspended because the party cannot perform, for three years, and society takes no plain harm (AEL §39)."""
    own = block(file, "demand")
    since = own.get("suspended_on")
    last = last_day("execution_suspension_limit", iso(since), setting.calendar) if since else None
    unable = own.get("suspension_ground") == "no_capacity" and own.get("no_harm_to_society") is True
    return last is not None and setting.on > last and unable


# fmt: off
GUARDS = (
    Guard("demand_fields_complete", fields_complete, FACTS, "AEL §35",
          "催告书缺少法定事项，不得制发", "The demand names period, way, amount and the right to be heard."),
    Guard("demand_period_over", period_over, FILE, "AEL §37",
          "催告期限未满，不得强制执行", "The period in the demand has passed."),
    Guard("no_justified_reason", no_good_reason, FACTS, "AEL §37",
          "当事人有正当理由，不得强制执行", "The party has no good reason for not performing."),
    Guard("own_enforcement_power", own_power, FILE, "AEL §34",
          "本机关没有强制执行权，应当申请法院", "A law gives the agency its own enforcement."),
    Guard("asset_flight_signs", flight_signs, FACTS, "AEL §37",
          "没有转移隐匿财物的证据，不得立即强制执行", "Evidence shows that property is being moved or hidden."),
    Guard("not_at_night_or_holiday", at_lawful_hour, FACTS, "AEL §43",
          "夜间或者法定节假日不得强制执行", "Not at night and not on a holiday, unless urgent."),
    Guard("no_cutting_of_utilities", utilities_on, FACTS, "AEL §43",
          "不得以停水停电等方式迫使履行", "Water, power, heat and gas of dwellings stay on."),
    Guard("no_deferral_running", no_deferral, FILE, "PPL21 §66",
          "延期或者分期缴纳期间，不得强制执行", "No deferral and no plan of instalments that was approved is running."),
    Guard("enforcement_decision_served", decision_served, FILE, "AEL §38",
          "强制执行决定书未送达，不得执行", "The enforcement decision was served."),
    Guard("no_harm_to_public_or_others", agreement_harmless, FACTS, "AEL §42",
          "执行协议损害公共利益或者他人权益", "The agreement harms neither public nor third parties."),
    Guard("agreement_kept", agreement_kept, FACTS, "AEL §42",
          "执行协议尚未履行完毕", "All duties of the execution agreement are done."),
    Guard("agreement_broken", agreement_broken, FILE, "AEL §42",
          "执行协议尚未违约，不得恢复强制执行", "The party broke the execution agreement."),
    Guard("execution_suspension_ground", suspension_ground, FACTS, "AEL §39",
          "不具备中止执行情形", "A ground of §39 is written."),
    Guard("three_years_without_capacity", three_years_over, FACTS, "AEL §39",
          "中止执行未满三年", "Three years of suspension without capacity and no harm."),
)
# fmt: on
