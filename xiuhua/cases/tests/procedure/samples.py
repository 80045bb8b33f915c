"""The example files as histories: a finished file is cut into the steps that made it."""

from __future__ import annotations

import ast
import copy
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases.procedure.walk import Step

PAPER = Path(__file__).resolve().parents[5] / "shared" / "domain" / "fixtures_lawful.md"
BASE = (
    "case",
    "cause",
    "party",
    "officers",
    "violation",
    "other_decisions",
    "recusals",
    "measures",
    "confiscated",
)
ACTOR = {"adjudicate": "C", "pass_legal_review": "L"}


def published() -> dict[str, dict[str, Any]]:
    """F1, F2 and F3, and each of their extensions under a name such as `F2+X3`."""
    if not PAPER.exists():
        pytest.skip("the published example files are not beside the repository")
    text = PAPER.read_text(encoding="utf-8")
    found = {
        f"F{n}": json.loads(body) for n, body in enumerate(re.findall(r"```json\n(.*?)```", text, re.S), 1)
    }
    for base, block, body in re.findall(r"### (F\d)\+(X\d+):.*?```\n(.*?)```", text, re.S):
        found[f"{base}+{block}"] = _extended(found[base], body)
    return found


def _extended(base: Mapping[str, Any], body: str) -> dict[str, Any]:
    file: dict[str, Any] = copy.deepcopy(dict(base))
    for line in body.split(";;"):
        path, _, value = line.strip().partition(" := ")
        *way, last = re.sub(r"\[(\d+)\]", r".\1", path.removesuffix("[+]")).split(".")
        here: Any = file
        for name in way:
            here = here[int(name)] if name.isdigit() else here.setdefault(name, {})
        if path.endswith("[+]"):
            here[last].append(ast.literal_eval(value))
        else:
            here[int(last) if last.isdigit() else last] = ast.literal_eval(value)
    return file


def _pick(block: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {k: v for k, v in block.items() if k in names}


def _but(block: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {k: v for k, v in block.items() if k not in names}


def base_of(file: Mapping[str, Any]) -> dict[str, Any]:
    """What is known when the case is opened."""
    base = {k: v for k, v in file.items() if k in BASE}
    base["case"] = _but(file["case"], "closed_on", "close_reason", "reporter_told_on")
    return copy.deepcopy(base)


class Cutter:
    """Takes a finished file apart, step by step, and lays the papers and records to the step of their day."""

    def __init__(self, file: Mapping[str, Any]) -> None:
        self.file = file
        self.steps: list[Step] = []
        self.papers = list(file["documents"])
        self.evidence = list(file.get("evidence", ()))
        self.recordings = list(file.get("recording", ()))

    def take(self, move: str, day: str, role: str, /, **facts: Any) -> None:
        kinds = PAPERS.get(move, ())
        papers = [p for p in self.papers if p["kind"] in kinds and p["issued_on"] <= day]
        self.papers = [p for p in self.papers if p not in papers]
        fragment = dict(facts)
        if papers:
            fragment["documents"] = papers
        self.steps.append(Step(move, date.fromisoformat(day), fragment, role, ACTOR.get(move, "")))

    def found_until(self, day: str) -> list[Any]:
        now = [e for e in self.evidence if e["collected_on"] <= day]
        self.evidence = [e for e in self.evidence if e["collected_on"] > day]
        return now

    def recorded(self, name: str) -> list[Any]:
        return [r for r in self.recordings if r["step"] == name]


PAPERS: dict[str, tuple[str, ...]] = {
    "check_lead": ("lead_register", "inspection_record"),
    "approve_filing": ("filing_form",),
    "order_correction": ("correction_order",),
    "order_correction_at_check": ("correction_order",),
    "interview": ("interview_record",),
    "interview_at_check": ("interview_record",),
    "close_investigation": ("investigation_report",),
    "adjudicate": ("adjudication_opinion",),
    "pass_legal_review": ("legal_review_opinion",),
    "serve_prior_notice": ("prior_notice",),
    "offer_hearing": ("hearing_right_notice",),
    "recheck_defence": ("recheck_opinion",),
    "discuss_collectively": ("discussion_minutes",),
    "decide_penalty": ("penalty_decision",),
    "decide_after_discussion": ("penalty_decision",),
    "serve_decision": ("service_receipt",),
    "enter_deferral": ("deferral_approval",),
    "perform": ("fine_receipt",),
    "perform_late": ("fine_receipt",),
    "perform_deferred": ("fine_receipt",),
    "decide_on_spot": ("on_spot_decision",),
    "pay_at_bank": ("fine_receipt",),
    "deposit_cash": ("fine_receipt",),
    "close_performed": ("case_closing_report",),
    "close_executed": ("case_closing_report", "fine_receipt"),
}


def summary_steps(file: Mapping[str, Any]) -> list[Step]:
    """An on-the-spot case: what the paper file leaves unsaid about the talk is said as the form says it."""
    cut, decision, payment = Cutter(file), file["decision"], file["payment"]
    day = decision["decided_on"]
    scene = {"arrived_at": f"{day}T09:10", "officer_ids": ["A", "B"]}
    cut.take("arrive_on_scene", day, "officer", scene=scene, recording=cut.recorded("scene"))
    cut.take("show_certificate", day, "officer", inspections=file["inspections"], evidence=file["evidence"])
    notice = {"facts": True, "planned_kinds": decision["kinds"], "planned_fine": decision["fine"]}
    cut.take(
        "tell_facts_and_rights", day, "officer", notice=notice, violation={"facts": "占道设摊，劝离不听"}
    )
    cut.take("hear_defence", day, "officer", defence={"recorded": True, "content": ""})
    told = _but(decision, "delivered_on", "sign_refused", "refusal_noted", "filed_with_agency_on")
    cut.take("decide_on_spot", day, "officer", decision=told, recording=cut.recorded("on_spot_decision"))
    handed = _pick(decision, "delivered_on", "sign_refused", "refusal_noted")
    cut.take("hand_over_on_spot", day, "officer", decision=handed)
    if payment["method"] == "cash":
        first = _but(payment, "officer_handed_in_on", "agency_deposited_on")
        cut.take("collect_cash", day, "officer", payment=first)
        counted = {"handed_in_amount": decision["fine"], **_pick(payment, "officer_handed_in_on")}
        cut.take("hand_in_cash", payment["officer_handed_in_on"], "officer", payment=counted)
        slip = {"bank_slip_no": "示例缴0001", **_pick(payment, "agency_deposited_on")}
        cut.take("deposit_cash", payment["agency_deposited_on"], "squad_head", payment=slip)
        filed = _pick(decision, "filed_with_agency_on")
        cut.take("report_for_record", payment["agency_deposited_on"], "officer", decision=filed)
        closing = "close_summary"
    else:
        filed = _pick(decision, "filed_with_agency_on")
        cut.take("report_before_payment", decision["filed_with_agency_on"], "officer", decision=filed)
        cut.take("pay_at_bank", payment["items"][-1]["on"], "party", payment=payment)
        closing = "close_reported"
    _end(cut, closing, publicity=file["publicity"])
    return cut.steps


def _end(cut: Cutter, closing: str, **more: Any) -> None:
    case, archive = cut.file["case"], cut.file["archive"]
    cut.take(closing, case["closed_on"], "squad_head", case=_pick(case, "closed_on", "close_reason"), **more)
    cut.take("archive_case", archive["archived_on"], "squad_legal_clerk", archive=archive)


def ordinary_steps(file: Mapping[str, Any]) -> list[Step]:
    cut = Cutter(file)
    _until_filed(cut)
    _investigated(cut)
    _reviewed(cut)
    _defended(cut)
    _decided(cut)
    _served_and_paid(cut)
    return cut.steps


def _until_filed(cut: Cutter) -> None:
    file, filing, correction = cut.file, cut.file["filing"], cut.file["correction"]
    day = file["inspections"][0]["on"]
    told = _pick(file["case"], "reporter_told_on")
    cut.take(
        "check_lead",
        day,
        "officer",
        inspections=file["inspections"],
        evidence=cut.found_until(day),
        recording=[*cut.recorded("scene")],
    )
    if correction["ordered_on"] < filing["approved_on"]:
        cut.take(
            "order_correction_at_check", correction["ordered_on"], "officer", correction=_ordered(correction)
        )
    for talk in file["interviews"]:
        if talk["from_at"][:10] < filing["proposed_on"]:
            heard = {"interviews": [talk], "recording": cut.recorded("interview")}
            cut.take("interview_at_check", talk["from_at"][:10], "officer", **heard)
    proposed = {**_pick(filing, "proposed_on", "proposer_ids"), "penalty_likely": True}
    cut.take("propose_filing", filing["proposed_on"], "officer", filing=proposed)
    approved = _but(filing, "proposed_on", "proposer_ids")
    cut.take("approve_filing", filing["approved_on"], filing["approver_role"], filing=approved)
    facts: dict[str, Any] = {"filing": {"officer_ids": ["A", "B"]}, **({"case": told} if told else {})}
    cut.take("assign_officers", filing["approved_on"], filing["approver_role"], **facts)


def _ordered(correction: Mapping[str, Any]) -> dict[str, Any]:
    return _pick(correction, "ordered_on", "served_on", "due_on", "officer_ids")


def _investigated(cut: Cutter) -> None:
    file, correction = cut.file, cut.file["correction"]
    filed = file["filing"]["approved_on"]
    shots = [e for e in cut.file["evidence"] if e.get("from_auto_camera")]
    if shots:
        cut.take("accept_machine_evidence", "2023-03-31", "legal_reviewer", evidence=shots)
    later = [("interview", t["from_at"][:10], t) for t in file["interviews"] if t["from_at"][:10] >= filed]
    acts: list[tuple[str, str, Any]] = [*later, ("recheck_correction", correction["rechecked_on"], None)]
    if correction["ordered_on"] >= filed:
        acts.append(("order_correction", correction["ordered_on"], None))
    registrations = file.get("registrations", [])
    for move, day, talk in sorted(acts, key=lambda a: a[1]):
        if move == "order_correction":
            cut.take(move, day, "officer", correction=_ordered(correction))
        elif move == "recheck_correction":
            rechecked = _pick(correction, "rechecked_on", "recheck_result", "recheck_officer_ids")
            cut.take(move, day, "officer", correction=rechecked)
        else:
            facts = {"interviews": [talk], "evidence": cut.found_until(day), "registrations": registrations}
            cut.take(move, day, "officer", recording=cut.recorded("interview"), **facts)
            registrations = []


def _reviewed(cut: Cutter) -> None:
    file = cut.file
    report = file["investigation_report"]
    cut.take("close_investigation", report["on"], "officer", investigation_report=report)
    cut.take(
        "adjudicate", file["adjudication"]["on"], "case_centre_reviewer", adjudication=file["adjudication"]
    )
    cut.take(
        "pass_legal_review", file["legal_review"]["on"], "legal_reviewer", legal_review=file["legal_review"]
    )
    services = [s for s in file["services"] if s["document"] == "prior_notice"]
    cut.take(
        "serve_prior_notice", file["notice"]["served_on"], "officer", notice=file["notice"], services=services
    )


def _defended(cut: Cutter) -> None:
    defence, hearing = cut.file["defence"], cut.file.get("hearing", {})
    if hearing.get("told_on"):
        cut.take("offer_hearing", hearing["told_on"], "officer", hearing=_pick(hearing, "told_on"))
    receive = "receive_defence_instead" if hearing.get("told_on") else "receive_defence"
    said, answered = _pick(defence, "received_on", "recorded"), _but(defence, "received_on", "recorded")
    cut.take(receive, defence["received_on"], "party", defence=said)
    cut.steps[-1].role = "officer"
    cut.take("recheck_defence", defence["rechecked_on"], "officer", defence=answered)
    if hearing.get("requested_on"):
        day = max(hearing["requested_on"], defence["rechecked_on"])
        asked = _pick(hearing, "requested_on")
        cut.take("request_hearing_before_decision", day, "party", hearing=asked)
        held = _but(hearing, "told_on", "requested_on")
        cut.take("take_hearing_result", hearing["report_on"], "officer", hearing=held)


def _decided(cut: Cutter) -> None:
    decision, discussion = cut.file["decision"], cut.file.get("discussion")
    if discussion:
        cut.take("discuss_collectively", discussion["on"], "bureau_head", discussion=discussion)
    move = "decide_after_discussion" if discussion else "decide_penalty"
    cut.take(move, decision["decided_on"], decision["approver_role"], decision=decision)


def _served_and_paid(cut: Cutter) -> None:
    file = cut.file
    served = [s for s in file["services"] if s["document"] == "penalty_decision"]
    day = served[-1].get("effective_on") or served[-1]["on"]
    cut.take("serve_decision", day, "officer", services=served, recording=cut.recorded("service_decision"))
    public, payment, published = file["publicity"], file["payment"], False
    if file["case"]["close_reason"] == "executed":
        _executed(cut)
        return
    if file.get("deferral"):
        if public["published_on"] <= file["deferral"]["approved_on"]:
            cut.take("publish_decision", public["published_on"], "publicity_clerk", publicity=public)
            published = True
        approved = file["deferral"]["approved_on"]
        cut.take("enter_deferral", approved, "bureau_deputy_head", deferral=file["deferral"])
        first = {**payment, "items": payment["items"][:1]}
        cut.take("pay_instalment", payment["items"][0]["on"], "party", payment=first)
        for item in payment["items"][1:-1]:
            cut.take("pay_instalment", item["on"], "party", payment={"items": [item]})
        last = payment["items"][-1]
        cut.take("perform_deferred", last["on"], "party", payment={"items": [last]})
    else:
        cut.take("perform", payment["items"][-1]["on"], "party", payment=payment)
    if not published:
        day = max(public["published_on"], payment["items"][-1]["on"])
        cut.take("publish_performed", day, "publicity_clerk", publicity=public)
    _end(cut, "close_performed")


def _executed(cut: Cutter) -> None:
    file = cut.file
    public = file["publicity"]
    cut.take("publish_decision", public["published_on"], "publicity_clerk", publicity=public)
    cut.take("fall_overdue", file["surcharge"]["from_on"], "system")
    day = file["payment"]["items"][-1]["on"]
    facts = {"surcharge": file["surcharge"], "demand": file["demand"], "court": file["court"]}
    cut.take(
        "execute",
        day,
        "bureau_deputy_head",
        enforcement={"finished_on": day},
        payment=file["payment"],
        **facts,
    )
    _end(cut, "close_executed")
