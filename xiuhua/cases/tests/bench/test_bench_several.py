"""One case, two parties, two acts: from the scene to the archive, under both texts of the law."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.cases import actions, queries
from xiuhua.cases.checker.snapshot import read
from xiuhua.cases.models import Case, Document
from xiuhua.cases.procedure.guards import sharing
from xiuhua.cases.queries.checking import case_file, check_case, checker
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    IN_2018,
    LEGAL,
    O1,
    ORDINARY,
    PUBLICITY,
    REVIEWER,
    STATES,
    Bench,
    Went,
)
from xiuhua.kernel.authz import Refused
from xiuhua.registers import queries as registers
from xiuhua.registers.tests.bureau import AT

OWNER = {
    "joined.kind": "citizen",
    "joined.name": "示例店主",
    "joined.id_no": "110101199001010015",
    "joined.address": "示例路1号",
    "joined.reason": "实际经营者，与公司共同实施",
}
BURNT = {
    "added.cause_code": "SR20",
    "added.facts": "在门前露天焚烧垃圾",
    "added.place": "示例路1号",
    "added.reason": "检查时一并发现",
}
UP_TO_RECHECK = ORDINARY[: STATES["recheck_correction"]]
BEGINS = {2018: IN_2018, 2026: AT}


def shares(said: dict[str, float], *, reasons: bool = False, tier: bool = True) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for pair, fine in said.items():
        typed[f"share.{pair}.kinds"] = ["fine"] if fine else ["none"]
        if fine:
            typed[f"share.{pair}.fine"] = fine
        if fine and tier:
            typed[f"share.{pair}.tier"] = "lighter"
        if fine and reasons:
            typed[f"share.{pair}.reasons"] = "首次"
    return typed


def joined(bench: Bench, at: datetime) -> tuple[Case, datetime]:
    """A case with a company and its owner, the fumes and a sign, as it stands before the report."""
    case = bench.open(at)
    at = bench.walk(case, UP_TO_RECHECK, at)
    bench.go(case, Went(O1, "join_party", says=OWNER), at)
    proof = queries.file_of(case)["evidence"][0]
    says = {**BURNT, "added.occurred_on": case.found_on, "added.evidence_ids": [proof.get("id") or "#1"]}
    bench.go(case, Went(O1, "add_violation", says=says), at)
    return case, at


PLAN = {"P1.V1": 8000.0, "P1.V2": 1000.0, "P2.V1": 0.0, "P2.V2": 50.0}
ON_OWNER = {"service.party": "P2", "service.receipt": True, "service.receiver_relation": "self"}
ON_COMPANY = {"service.receipt": True, "service.receiver_relation": "legal_representative"}


def told(bench: Bench, at: datetime) -> tuple[Case, datetime]:
    case, at = joined(bench, at)
    report = Went(O1, "close_investigation", 1, shares(PLAN, reasons=True))
    road = (report, Went(REVIEWER, "adjudicate", 1), Went(LEGAL, "pass_legal_review", 1))
    at = bench.walk(case, (*road, Went(O1, "serve_prior_notice", 1, ON_COMPANY)), at)
    return case, bench.walk(case, (Went(O1, "serve_notice_on_party", 1, ON_OWNER),), at)


@pytest.mark.slow
@pytest.mark.parametrize("year", BEGINS)
def test_two_parties_and_two_acts_go_the_whole_road(bench: Bench, year: int) -> None:
    case, at = told(bench, BEGINS[year])
    heard = {"heard.party": "P2", "heard.content": "垃圾为公司焚烧", "heard.speaker_name": "示例店主"}
    answer = {
        "heard.party": "P2",
        "heard.adopted": True,
        "heard.reason": "部分采纳",
        "heard.proposed_fine": 40,
    }
    decided = shares(PLAN | {"P2.V2": 40.0})
    road = (
        Went(O1, "hear_other_party", 0, heard),
        Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True}),
        Went(O1, "recheck_other_party", 0, answer),
        Went(DEPUTY, "decide_penalty", 1, decided),
        Went(O1, "serve_decision_on_party", 1, ON_OWNER),
    )
    at = bench.walk(case, road, at)
    assert case.state == "decided"
    assert case.served_on is None
    at = bench.walk(
        case,
        (
            Went(O1, "serve_decision", 1, ON_COMPANY),
            Went(PUBLICITY, "publish_decision", 1, {"publicity.party": "P1"}),
        ),
        at,
    )
    assert (case.state, case.fine, case.kinds) == ("served", Decimal(9040), "fine")
    file = queries.file_of(case)
    assert {p: sharing.owed_by(file, p) for p in ("P1", "P2")} == {"P1": 9000, "P2": 40}

    # One pays for itself alone: the case goes on. Then the other does.
    for party, state in (("P2", "served"), ("P1", "performed")):
        payment = case.matters.get(procedure="payment", party=party)
        by = bench.actor(O1, case.handling_unit, at)
        paid = {"item.receipt_no": f"示例{party}"}
        actions.take_in(matter=payment, move="pay_in_full", values=paid, by=by, at=at)
        case.refresh_from_db()
        assert case.state == state
    at = bench.walk(case, (Went(HEAD, "close_performed", 1),), at)
    case.refresh_from_db()
    assert (case.state, case.paid) == ("closed", Decimal(9040))
    receipts = [d.text for d in Document.objects.filter(case=case, kind="service_receipt").order_by("pk")]
    assert ["示例店主" in text for text in receipts] == [False, False, True, True, False]
    notice = Document.objects.get(case=case, kind="prior_notice").text
    paper = Document.objects.get(case=case, kind="penalty_decision").text
    for text in (notice, paper):
        for said in ("示例餐饮有限公司", "示例店主", "捌仟元"):
            assert said in text
    assert paper.count("身份证件号码：110101199001010015") == 1
    assert "示例餐饮有限公司书面声明放弃陈述、申辩。示例店主提出的陈述、申辩，经复核，部分采纳。" in paper


@pytest.mark.slow
def test_a_party_that_is_joined_is_known_to_the_register_and_found_with_the_case(bench: Bench) -> None:
    case, at = joined(bench, AT)
    file = queries.file_of(case)
    actor = bench.actor(O1, case.handling_unit, at)
    assert registers.parties(actor).filter(pk=file["parties"][0]["party_id"]).exists()
    assert "示例店主" in case.search
    owner = int(file["parties"][0]["party_id"])
    assert list(queries.of_party(actor, owner)) == [case]
    left = {"joined.id": "P2", "joined.left_reason": "查明未参与"}
    cause = sharing.norm_for(file, "P2", "V2")
    assert (cause["code"], cause["basis"], cause["ceiling"]) == (
        "SR20",
        file["violations"][0]["cause"]["basis"],
        200,
    )
    bench.go(case, Went(O1, "release_party", says=left), at)
    assert not queries.of_party(actor, owner).exists()
    assert list(sharing.parties(queries.file_of(case))) == ["P1"]


@pytest.mark.slow
def test_the_road_refuses_what_one_of_two_parties_was_not_given(bench: Bench) -> None:
    case, at = told(bench, AT)
    third: dict[str, Any] = {"joined__kind": "citizen", "joined__name": "示例帮工",
             "joined__id_no": "110101198001010010", "joined__reason": "参与",
             "joined__address": "示例路1号"}  # fmt: skip
    found = bench.refused(case, O1, "join_party", at, **third)
    assert found == {"wrong_state": "PPL21 §54", "before_prior_notice": "PPL21 §44"}
    at = bench.walk(case, (Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True}),), at)
    said = {k.replace(".", "__"): v for k, v in shares(PLAN).items()}
    assert bench.refused(case, DEPUTY, "decide_penalty", at, **said) == {
        "defence_or_waiver_done": "PPL21 §62"
    }
    at += timedelta(days=7)
    heavier = {k.replace(".", "__"): v for k, v in shares(PLAN | {"P1.V2": 1001.0, "P2.V2": 40.0}).items()}
    found = bench.refused(case, DEPUTY, "decide_penalty", at, **heavier)
    assert found == {"not_heavier_after_defence": "PPL21 §45"}
    bench.go(case, Went(DEPUTY, "decide_penalty", says=shares(PLAN)), at)
    alone: dict[str, Any] = {k.replace(".", "__"): v for k, v in ON_COMPANY.items()}
    assert bench.refused(case, O1, "serve_decision", at, **alone) == {
        "decision_reached_each_party": "PPL21 §61"
    }


@pytest.mark.slow
def test_a_grave_case_is_decided_inside_its_band_and_nowhere_else(bench: Bench) -> None:
    """SHPM §83: grave damage to a load-bearing structure costs 100,000 to 200,000 yuan."""
    case = bench.open(AT, cause="WJ04", facts="拆除承重墙")
    assert [band["code"] for band in case.base["cause"]["bands"]] == ["grave"]
    grave = {"investigation_report.band": "grave", "investigation_report.band_ground": "危及整幢房屋安全"}
    said = {
        "investigation_report.proposed_kinds": ["fine"],
        "investigation_report.proposed_fine": 150000,
        "investigation_report.tier": "ordinary",
        "investigation_report.tier_reasons": "情节严重",
        **grave,
    }
    at = bench.walk(case, UP_TO_RECHECK, AT)
    road = (
        Went(O1, "close_investigation", 1, said),
        Went(REVIEWER, "adjudicate", 1),
        Went(LEGAL, "pass_legal_review", 1),
        Went(O1, "serve_prior_notice", 1),
        Went(O1, "offer_hearing"),
        Went(O1, "waive_hearing", 1, {"hearing.waived_in_writing": True, "defence.waived_in_writing": True}),
    )
    at = bench.walk(case, road, at)
    beyond = {"amount_in_range_or_ground": "PPL21 §32"}
    for fine in (99999, 90000):
        assert bench.refused(case, DEPUTY, "decide_penalty", at, decision__fine=fine) == beyond
    bench.go(case, Went(DEPUTY, "decide_penalty"), at)
    assert case.fine == 150000


@pytest.mark.slow
@pytest.mark.parametrize("year", BEGINS)
def test_the_check_looks_at_each_party_and_each_act_and_finds_a_lawful_case_quiet(
    bench: Bench, year: int
) -> None:
    case, at = told(bench, BEGINS[year])
    at = bench.walk(case, (Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True}),), at)
    road = (
        Went(DEPUTY, "decide_penalty", 7, shares(PLAN)),
        Went(O1, "serve_decision_on_party", 1, ON_OWNER),
        Went(O1, "serve_decision", 0, ON_COMPANY),
    )
    bench.walk(case, road, at)
    exported = case_file(case)
    assert read(exported).faults == {}
    assert read(exported).ignored == ()
    assert {p["name"] for p in exported["parties"]} == {"示例店主"}
    assert [c["code"] for c in exported["causes"]] == ["SR20"]
    of_one = check_case(bench_of_one(bench, year))
    found = check_case(case)
    assert found.ids <= of_one.ids | {"NO12"}, found.ids - of_one.ids
    wrong = {**exported, "decision": {**exported["decision"], "items": [
        {**item, "fine": 201} if (item["party"], item["violation"]) == ("P2", "V2") else item
        for item in exported["decision"]["items"]
    ]}}  # fmt: skip
    told_of = {f.rule.id: f.of for f in checker().check(wrong).findings if f.rule.id == "DI01"}
    assert told_of == {"DI01": ("示例店主：SR20",)}


def bench_of_one(bench: Bench, year: int) -> Case:
    """A case of one party and one act at the same place of the road: what is found of it is not of the second."""
    case, _ = bench.at_step("serve_decision", year)
    return case


@pytest.mark.slow
def test_the_days_for_a_remedy_run_for_each_party_from_its_own_service(bench: Bench) -> None:
    """ARL23 §20: who had the decision earlier has to apply earlier, whatever the other still may do."""
    case, at = told(bench, AT)
    at = bench.walk(case, (Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True}),), at)
    road = (
        Went(DEPUTY, "decide_penalty", 7, shares(PLAN)),
        Went(O1, "serve_decision_on_party", 1, ON_OWNER),
        Went(O1, "serve_decision", 20, ON_COMPANY),
    )
    at = bench.walk(case, road, at) + timedelta(days=45)
    applied = {
        "reconsideration.party": "P2",
        "reconsideration.applicant": "示例店主",
        "reconsideration.applied_on": at.date(),
        "reconsideration.request": "撤销",
    }
    by = bench.actor(O1, case.handling_unit, at)
    with pytest.raises(Refused) as caught:
        actions.begin(case=case, procedure="reconsideration", move="apply", values=applied, by=by, at=at)
    assert {r.code: r.ground for r in caught.value.refusals} == {"applied_in_60_days": "ARL23 §20"}
    mine = applied | {"reconsideration.party": "P1", "reconsideration.applicant": "示例餐饮有限公司"}
    actions.begin(case=case, procedure="reconsideration", move="apply", values=mine, by=by, at=at)
    assert case.matters.filter(procedure="reconsideration").count() == 1
