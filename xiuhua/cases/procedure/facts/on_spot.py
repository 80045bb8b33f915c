"""The whole on-the-spot penalty as one form of twelve inputs, from the finding to the delivered decision. Pure.

The party's name and number come on top. Everything else is known: officers, place and time of the finding, the
norm and its range, who decides, how to pay, which remedies to tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.facts.checking import faults_of
from xiuhua.cases.procedure.facts.composing import compose
from xiuhua.cases.procedure.facts.deriving import Fragment
from xiuhua.cases.procedure.facts.field import Fields, Pick, asked, is_empty, optional
from xiuhua.cases.procedure.facts.filling import Known, defaults
from xiuhua.cases.procedure.facts.picks import ON_SPOT_KINDS
from xiuhua.cases.procedure.facts.shared import CC, PERSON, C, L, M, N, T, Y
from xiuhua.cases.procedure.file import File, merge

PAYING: tuple[Pick, ...] = (
    ("bank", "银行或者电子缴款", "Bank or electronic payment"),
    ("small_amount", "当场收现金（小额）", "Cash, small amount"),
    ("hard_to_enforce_later", "当场收现金（事后难以执行）", "Cash, hard to enforce later"),
    ("remote_on_request", "当场收现金（交通不便，当事人提出）", "Cash, on request far away"),
)

# The number of the printed sheet on which the decision is written, where one is; else the platform gives a number.
SHEET = "decision.number"

# fmt: off
ON_SPOT: Fields = (
    asked("cause.code", T, "案由", "Cause", default="cause.code"),
    asked("violation.place", T, "地点", "Place", default="violation.place"),
    asked("scene.arrived_at", M, "时间", "Time", default="now"),
    asked("violation.facts", L, "违法事实", "Facts", default="violation.facts"),
    asked("notice.planned_kinds", CC, "处罚", "Penalty", choices=ON_SPOT_KINDS),
    optional("notice.planned_fine", N, "罚款（元）", "Fine (yuan)"),
    asked("second_officer", PERSON, "另一名执法人员", "Second officer", default="second_officer"),
    asked("confirmed", Y, "已出示执法证件，已告知事实、依据和权利，已听取申辩", "Certificate shown, told and heard"),
    optional("defence.content", L, "当事人陈述申辩", "What the party said", help="未提出的可以不填"),
    optional("paying", C, "缴款方式", "Payment", choices=PAYING, default="const:bank"),
    optional("item.receipt_no", T, "现金票据号码", "Receipt for the cash"),
    optional("decision.refusal_text", T, "拒绝签收的情况", "How the signature was refused",
             help="当事人已签收的不填"),
)
# fmt: on


def on_spot_faults(values: Mapping[str, Any], file: File, on: date) -> dict[str, str]:
    """Path → reason of every value of the combined form that cannot stand."""
    found = faults_of(ON_SPOT, values, file, on)
    if "confirmed" not in found and values["confirmed"] in (False, "no", "false"):
        found["confirmed"] = "未出示证件、未告知或者未听取申辩，不得当场处罚"
    fined = "fine" in (values.get("notice.planned_kinds") or ())
    if fined == is_empty(values.get("notice.planned_fine")):
        found.setdefault("notice.planned_fine", "请填写罚款数额" if fined else "未选罚款，不填数额")
    if _cash(values) and is_empty(values.get("item.receipt_no")):
        found.setdefault("item.receipt_no", "当场收现金应填票据号码")
    return found


def _cash(values: Mapping[str, Any]) -> bool:
    return values.get("paying", "bank") not in ("bank", "", None)


def _chain(values: Mapping[str, Any], actor: str) -> list[tuple[str, dict[str, Any]]]:
    """The lawful chain of moves, each with what the combined form says for it."""
    facts, kinds = values["violation.facts"], values["notice.planned_kinds"]
    fine, refusal = values.get("notice.planned_fine"), values.get("decision.refusal_text")
    planned = {"notice.planned_kinds": kinds, "notice.planned_fine": fine}
    refused = not is_empty(refusal)
    scene = {k: values.get(k) for k in ("scene.arrived_at", "violation.place")}
    shown = {
        "inspection.certificate_shown": True,
        "inspection.facts": facts,
        "inspection.party_signed": not refused,
    }
    if refused:
        shown |= {"inspection.refusal_noted": True, "inspection.refusal_reason": refusal}
        shown["inspection.no_witness_reason"] = "现场全程录音录像"
    chain = [
        ("arrive_on_scene", {**scene, "scene.officer_ids": [actor, values["second_officer"]]}),
        ("show_certificate", shown),
        ("tell_facts_and_rights", {"violation.facts": facts, **planned}),
        ("hear_defence", {"defence.content": values.get("defence.content")}),
        ("decide_on_spot", {SHEET: values.get(SHEET)}),
        ("hand_over_on_spot", {"decision.sign_refused": refused, "decision.refusal_text": refusal}),
    ]
    if _cash(values):
        paid = {"payment.cash_ground": values["paying"], "item.receipt_no": values.get("item.receipt_no")}
        chain.append(("collect_cash", paid))
    elif "fine" not in kinds:
        chain.append(("acknowledge_warning", {}))
    return chain


def on_spot_steps(values: Mapping[str, Any], file: File, known: Known) -> list[tuple[str, Fragment]]:
    """The steps that the combined form stands for: (move, facts) from the arrival to the delivered decision.

    Cash that was taken, or a warning that needs no money, is the last step. The cause is the case's own: it was
    chosen when the case was opened. `values` must have passed `on_spot_faults`; ValueError otherwise.
    """
    steps: list[tuple[str, Fragment]] = []
    for move, said in _chain(values, known.actor_id):
        typed = {path: value for path, value in said.items() if not is_empty(value)}
        facts = compose(move, {**defaults(move, file, known), **typed})
        steps.append((move, facts))
        file = merge(file, facts)
    return steps


def party_kind(number: str) -> str:
    """The kind of party that a number tells: of an identity card, or a unified credit code.

    Credit codes of companies, individual businesses and farmers' cooperatives begin with 91, 92 and 93 (GB 32100).
    """
    text = number.strip().upper()
    if len(text) == 18 and text[:17].isdigit() and not text.startswith(("91", "92", "93")):
        return "citizen"
    return "individual_business" if text.startswith("92") else "organisation"
