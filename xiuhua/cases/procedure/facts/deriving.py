"""Facts that follow from what was typed. Each function changes the fragment of one step before it is folded. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.guards.reading import effective
from xiuhua.kernel.workdays import add_months

Fragment = dict[str, Any]
Derive = Callable[[Fragment], None]
OF_THE_PARTY = ("", "本人", "当事人", "法定代表人", "经营者", "负责人")


def _block(facts: Fragment, name: str) -> Fragment:
    found: Fragment = facts.setdefault(name, {})
    return found


def only_if_paid(facts: Fragment) -> None:
    """A row without an amount is no payment: the money came before, in another step."""
    payment = _block(facts, "payment")
    items = [row for row in payment.get("items", ()) if row.get("amount")]
    payment.pop("items", None)
    if items:
        payment["items"] = items
    else:
        facts.pop("payment")


def _served(name: str) -> Callable[[Fragment], None]:
    """The paper counts as served on the day its service took effect."""

    def derive(facts: Fragment) -> None:
        for row in facts.get("services", ()):
            _block(facts, name)["served_on"] = effective(row)

    return derive


def _order_anew(facts: Fragment) -> None:
    """A new order has not been rechecked yet."""
    _block(facts, "correction").update(rechecked_on=None, recheck_result=None)


def _unclear(facts: Fragment) -> None:
    if _block(facts, "switch").get("reason") == "facts_unclear":
        _block(facts, "violation")["facts_clear"] = False


def _refusal_noted(facts: Fragment) -> None:
    decision = _block(facts, "decision")
    decision["refusal_noted"] = bool(decision.get("refusal_text"))


def _suspension_ends(facts: Fragment) -> None:
    for row in _block(facts, "case").get("suspensions", ()):
        row["to_on"] = _block(facts, "suspension").get("ended_on")


def _no_penalty_proposed(facts: Fragment) -> None:
    report = _block(facts, "investigation_report")
    report["proposed_kinds"] = [k for k in report.get("proposed_kinds", ()) if k != "none"]


def _exchanges(facts: Fragment) -> None:
    """Lines that begin with 问 and 答 become pairs; a line without either goes on with the one before it."""
    for row in facts.get("interviews", ()):
        pairs: list[dict[str, str]] = []
        for line in str(row.get("exchanges") or "").splitlines():
            mark, said = line.strip()[:2], line.strip()[2:].strip()
            if mark in ("问：", "问:"):
                pairs.append({"q": said, "a": ""})
            elif mark in ("答：", "答:") and pairs:
                pairs[-1]["a"] = said
            elif line.strip() and pairs:
                pairs[-1]["a" if pairs[-1]["a"] else "q"] += line.strip()
        row["exchanges"] = pairs


def _records_are_evidence(facts: Fragment) -> None:
    """Records of the scene and of statements are evidence by themselves (PPL21 §46)."""
    made = [
        _item(row, "现场检查笔录", "survey_or_scene_record", row.get("on"))
        for row in facts.get("inspections", ())
    ]
    for row in facts.get("interviews", ()):
        party = (row.get("person") or {}).get("relation", "") in OF_THE_PARTY
        kind = "party_statement" if party else "witness_statement"
        made.append(_item(row, "询问笔录", kind, str(row.get("from_at") or "")[:10]))
    facts["evidence"] = [*made, *facts.get("evidence", ())]


def _item(row: Fragment, name: str, kind: str, day: str | None) -> Fragment:
    return {
        "name": name,
        "kind": kind,
        "collected_on": day,
        "collected_by": row.get("officer_ids", []),
        "source": "officers",
        "relied_on": True,
    }


def _opinions(facts: Fragment) -> None:
    """One line for each person present, in their order."""
    discussion = _block(facts, "discussion")
    lines = [line.strip() for line in str(discussion.pop("opinion_lines", "")).splitlines() if line.strip()]
    present = discussion.get("present_ids", ())
    discussion["opinions"] = [
        {"person_id": person, "opinion": line} for person, line in zip(present, lines, strict=False)
    ]
    discussion["opinions_recorded"] = 0 < len(present) <= len(lines)


def _plan(facts: Fragment) -> None:
    """Equal instalments a month apart, in whole fen; the last one takes what is left."""
    plan = facts.pop("plan", {})
    count, total, first = plan.get("count") or 1, plan.get("amount") or 0, plan.get("first_due")
    if not first:
        return
    part = int(total * 100) // count / 100
    amounts = [part] * (count - 1)
    amounts.append(round(total - sum(amounts), 2))
    _block(facts, "deferral")["plan"] = [
        {"due": add_months(date.fromisoformat(first), n).isoformat(), "amount": _whole(a)}
        for n, a in enumerate(amounts)
    ]


def _whole(amount: float) -> int | float:
    return int(amount) if amount == int(amount) else amount


def _corrected(facts: Fragment) -> None:
    correction = _block(facts, "correction")
    if correction.get("recheck_result") == "corrected":
        _block(facts, "violation").setdefault("corrected_on", correction.get("rechecked_on"))


def _refused_because(facts: Fragment) -> None:
    _block(facts, "filing")["refusal_reason"] = facts.get("reason")


# What a share says of a penalty, beside its kinds: nothing where there is none.
_OF_A_PENALTY = (
    "fine",
    "gains",
    "units",
    "tier",
    "band",
    "band_ground",
    "mitigation_ground",
    "aggravation_ground",
)


def _share(said: Fragment, party: str, act: str) -> Fragment:
    """A row of `items`. Sums that stood in the form before its kinds were taken away go with them."""
    kinds = [kind for kind in said.get("kinds", ()) if kind != "none"]
    gone = _OF_A_PENALTY if not kinds else () if "fine" in kinds else ("fine", "units")
    kept = {key: value for key, value in said.items() if key not in gone}
    return {**kept, "party": party, "violation": act, "kinds": kinds}


# From the lightest tier to the one that needs the most attention: below the least of the range.
_TIERS = ("lighter", "ordinary", "heavier", "mitigated")


def shares_into(name: str, kinds: str, fine: str, gains: str) -> Derive:
    """The shares of the parties as rows of block `name`, and the sum of them as its own penalty."""

    def derive(facts: Fragment) -> None:
        shares = facts.pop("share", None)
        if not shares:
            return
        items = [
            _share(row, party, act) for party, of_party in shares.items() for act, row in of_party.items()
        ]
        block = _block(facts, name)
        block["items"] = items
        block["party_names"] = "、".join(
            dict.fromkeys(str(row.get("party_name") or row["party"]) for row in items)
        )
        block[kinds] = list(dict.fromkeys(kind for row in items for kind in row["kinds"]))
        for key, said in ((fine, "fine"), (gains, "gains")):
            if total := _whole(round(sum(row.get(said) or 0 for row in items), 2)):
                block[key] = total
        if tiers := [row["tier"] for row in items if row.get("tier") in _TIERS]:
            block["tier"] = max(tiers, key=_TIERS.index)
        if reasons := list(dict.fromkeys(row["reasons"] for row in items if row.get("reasons"))):
            block["tier_reasons"] = "；".join(reasons)

    return derive


def _heard_or_waived(facts: Fragment) -> None:
    """Who waives says nothing that would have to be answered; who speaks does not waive."""
    for row in facts.get("defences", ()):
        if row.get("waived_in_writing"):
            row.pop("received_on", None)
        else:
            row["waived_in_writing"] = False


def _hearing_asked(facts: Fragment) -> None:
    """One hearing is asked for, whoever of several parties asks."""
    for row in facts.get("hearing_requests", ()):
        _block(facts, "hearing")["requested_on"] = row.get("requested_on")


def _share_ends(facts: Fragment) -> None:
    """The end of the execution against one party stands with what is of that party alone."""
    said = facts.pop("ending")
    facts["shares"] = {said.pop("party"): {"termination": said}}


def _published_of_one(facts: Fragment) -> None:
    """What is published of one party stands with what is of that party alone, too."""
    said = facts["publicity"]
    if party := said.get("party"):
        own = {key: value for key, value in said.items() if key != "party"}
        facts["shares"] = {party: {"publicity": own}}


_DECIDED = (shares_into("decision", "kinds", "fine", "gains"),)
_ORDER = (_served("correction"), _order_anew)
_TALK = (_exchanges, _records_are_evidence)
DERIVED: Mapping[str, tuple[Callable[[Fragment], None], ...]] = {
    "show_certificate": (_records_are_evidence,),
    "switch_to_ordinary": (_unclear,),
    "switch_after_defence": (_unclear,),
    "hand_over_on_spot": (_refusal_noted,),
    "check_lead": (_records_are_evidence,),
    "inspect": (_records_are_evidence,),
    "interview": _TALK,
    "interview_at_check": _TALK,
    "order_correction": _ORDER,
    "order_correction_at_check": _ORDER,
    "recheck_correction": (_corrected,),
    "resume_investigation": (_suspension_ends,),
    "reject_filing": (_refused_because,),
    "close_investigation": (
        shares_into("investigation_report", "proposed_kinds", "proposed_fine", "proposed_gains"),
        _no_penalty_proposed,
    ),
    "serve_prior_notice": (
        shares_into("notice", "planned_kinds", "planned_fine", "planned_confiscation"),
        _served("notice"),
    ),
    "decide_penalty": _DECIDED,
    "decide_after_discussion": _DECIDED,
    "hear_other_party": (_heard_or_waived,),
    "hear_other_party_late": (_heard_or_waived,),
    "request_other_hearing": (_hearing_asked,),
    "request_other_hearing_late": (_hearing_asked,),
    "join_hearing": (_hearing_asked,),
    "terminate_share": (_share_ends,),
    "publish_decision": (_published_of_one,),
    "publish_deferred": (_published_of_one,),
    "publish_overdue": (_published_of_one,),
    "publish_performed": (_published_of_one,),
    "discuss_collectively": (_opinions,),
    "enter_deferral": (_plan,),
    "defer_late": (_plan,),
    "perform": (only_if_paid,),
    "perform_deferred": (only_if_paid,),
    "perform_late": (only_if_paid,),
    "settle_late": (only_if_paid,),
    "execute": (only_if_paid,),
    "finish_by_force": (only_if_paid,),
}
