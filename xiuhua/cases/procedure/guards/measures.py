"""Guards of seal and seizure: whether it may be, how it is done, how long it holds (AEL §16 to §25). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.measures_goods import are_held
from xiuhua.cases.procedure.guards.reading import come, iso, matter, matter_step, rows, written
from xiuhua.cases.procedure.periods import clock_on, last_day
from xiuhua.cases.procedure.setting import Setting
from xiuhua.kernel.workdays import Calendar

FILE, FACTS = Reads.FILE, Reads.FACTS
# AEL §24: the list is made out in two copies, one of which the party keeps.
COPIES = 2


def term_ends(own: Mapping[str, Any]) -> str:
    """The last day of the first period, as ISO text; empty before the measure began."""
    began = own.get("counts_from")
    term = clock_on("measure_term", iso(began)) if began else None
    return (iso(began) + timedelta(days=term.length)).isoformat() if began and term and term.length else ""


def last_day_of(own: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The last day on which the measure may hold: of the extension, else of the first period, test time not counted.

    None before it began.
    """
    if extended := own.get("extension_from"):
        return last_day("measure_extension", iso(extended), calendar)
    began = own.get("counts_from") or own.get("implemented_at")
    return last_day("measure_term", iso(began), calendar) if began else None


def related(file: File, setting: Setting) -> bool:
    """Goods are named, and whoever asks says that they belong to the act."""
    own = matter(file)
    goods = rows(own, "items") or rows(own, "wanted")
    return bool(goods) and own.get("related_to_act") is True


def no_necessity(file: File, setting: Setting) -> bool:
    return matter(file).get("living_necessity") is False


def not_sealed_elsewhere(file: File, setting: Setting) -> bool:
    return matter(file).get("already_sealed") is False


def party_or_witness(file: File, setting: Setting) -> bool:
    said = matter_step(file)
    return said.get("party_present") is True or said.get("witness_signed") is True


def told(file: File, setting: Setting) -> bool:
    """Reasons, basis and rights were told on the spot, and the ways against the measure."""
    said = matter_step(file)
    return said.get("told_rights") is True and said.get("remedies_told") is True


def record_signed(file: File, setting: Setting) -> bool:
    """By the party, or its refusal is noted; where the party stayed away, by a witness (AEL §18)."""
    said = matter_step(file)
    if said.get("party_present") is True:
        return said.get("party_signed") is True or written(said.get("refusal_noted"))
    return said.get("witness_signed") is True


def handed_over(file: File, setting: Setting) -> bool:
    """On the day of the measure, with a list of the goods in as many copies as the law asks (AEL §24)."""
    said = matter_step(file)
    begun, served = said.get("implemented_at") or "", said.get("decision_served_on")
    on_the_spot = served == begun[:10] and come(served, setting.day)
    return on_the_spot and (said.get("list_copies") or 0) >= COPIES and bool(rows(said, "items"))


def urgent(file: File, setting: Setting) -> bool:
    return written(matter_step(file).get("urgent_reason"))


def reported_in_time(file: File, setting: Setting) -> bool:
    """After the measure, and within the hours that the law gives (AEL §19)."""
    own = matter(file)
    began, reported = own.get("implemented_at"), own.get("reported_at") or ""
    clock = clock_on("measure_urgent_report", setting.on)
    if not began or not come(reported, setting.day) or clock is None or clock.length is None:
        return False
    took = datetime.fromisoformat(reported) - datetime.fromisoformat(began)
    return timedelta(0) <= took <= timedelta(hours=clock.length)


def test_told(file: File, setting: Setting) -> bool:
    """The period is fixed, it has begun, and the party was told in writing."""
    said = matter_step(file)
    begun, until = str(said.get("test_from") or ""), str(said.get("test_until") or "")
    return come(begun, setting.day) and until >= begun and come(said.get("test_told_on"), setting.day)


def report_received(file: File, setting: Setting) -> bool:
    said, sent = matter_step(file), str(matter(file).get("test_from") or "")
    ended = str(said.get("test_to") or "")
    return written(said.get("test_report")) and come(ended, setting.day) and "" < sent <= ended


def complex_case(file: File, setting: Setting) -> bool:
    return written(matter_step(file).get("complex_reason"))


def not_over_yet(file: File, setting: Setting) -> bool:
    """The extension is decided while the first period runs, and there was none before."""
    own, said = matter(file), matter_step(file)
    last = last_day_of({**own, "extension_from": None}, setting.calendar)
    decided = said.get("extended_on") or ""
    return last is not None and come(decided, setting.day) and iso(decided) <= last


def extension_told(file: File, setting: Setting) -> bool:
    return come(matter_step(file).get("extension_served_on"), setting.day)


def period_over(file: File, setting: Setting) -> bool:
    last = last_day_of(matter(file), setting.calendar)
    return last is not None and setting.on > last


def perishable(file: File, setting: Setting) -> bool:
    """The goods are named, they are still held, and why they spoil is written."""
    said, own = matter_step(file), matter(file)
    goods = rows(said, "perishable")
    return bool(goods) and are_held(goods, own) and written(said.get("perishable_reason"))


def call_over(file: File, setting: Setting) -> bool:
    called = matter(file).get("perishable_notice_on")
    last = last_day("perishable_goods", iso(called), setting.calendar) if called else None
    return last is not None and setting.on > last


def registered_first(file: File, setting: Setting) -> bool:
    """Evidence of the goods was kept before they were sold or destroyed, and what was done is written."""
    said = matter_step(file)
    return said.get("disposal_registered") is True and written(said.get("disposal"))


# fmt: off
GUARDS = (
    Guard("related_to_the_act", related, FACTS, "AEL §23",
          "与违法行为无关的财物不得查封扣押", "The goods relate to the act."),
    Guard("not_living_necessity", no_necessity, FACTS, "AEL §23",
          "不得查封扣押生活必需品", "The goods are no living necessities of a citizen."),
    Guard("not_sealed_by_another", not_sealed_elsewhere, FACTS, "AEL §23",
          "已被其他国家机关查封，不得重复查封", "No other state body has sealed the goods."),
    Guard("party_called_or_witness", party_or_witness, FACTS, "AEL §18",
          "未通知当事人到场且无见证人", "The party was called, or a witness was invited."),
    Guard("reasons_and_rights_told", told, FACTS, "AEL §18",
          "未当场告知理由、依据和救济途径", "Reasons, basis, rights and remedies were told on the spot."),
    Guard("scene_record_signed", record_signed, FACTS, "AEL §18",
          "现场笔录未签名且未注明", "The scene record is signed, or refusal and witness are noted."),
    Guard("decision_and_list_handed_over", handed_over, FACTS, "AEL §24",
          "未当场交付查封扣押决定书和清单", "Decision and list in two copies were handed over on the spot."),
    Guard("urgent_ground", urgent, FACTS, "AEL §19",
          "不属情况紧急，应当先行批准", "The urgent ground is written."),
    Guard("reported_in_24_hours", reported_in_time, FACTS, "AEL §19",
          "未在二十四小时内报告并补办手续", "The urgent measure was reported within 24 hours."),
    Guard("test_period_told_in_writing", test_told, FACTS, "AEL §25",
          "检测鉴定期间未书面告知", "The test period is fixed and told in writing."),
    Guard("test_report_received", report_received, FACTS, "AEL §25",
          "未收到检测鉴定报告", "The report is in the file."),
    Guard("complex_case", complex_case, FACTS, "AEL §25",
          "未说明情况复杂的理由，不得延长", "The case is complex and the reason is written."),
    Guard("extended_before_expiry", not_over_yet, FACTS, "AEL §25",
          "查封扣押已届满，不得延长", "The extension is decided before the 30 days end."),
    Guard("extension_told_in_writing", extension_told, FACTS, "AEL §25",
          "延长期限未书面告知当事人", "The party got the extension with reasons in writing."),
    Guard("measure_period_over", period_over, FILE, "AEL §25",
          "查封扣押期限未满", "The lawful period of the measure ended."),
    Guard("goods_perishable", perishable, FACTS, "SHUM §22",
          "不属易腐烂变质物品", "The goods rot or spoil."),
    Guard("perishable_notice_over", call_over, FILE, "SHUM §22",
          "通知处理期限未满", "2 days after the notice have passed."),
    Guard("registered_before_disposal", registered_first, FACTS, "SHUM §22",
          "处置前未登记", "Goods were registered before disposal."),
)
# fmt: on
