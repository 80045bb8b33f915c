"""Papers of the investigation and letters out of the house: issued by their step, filled from it, no blank left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench, Went

BUREAU_HEAD = ("bureau_head", 0)
SURVEY = {
    "inspection.kind": "survey",
    "inspection.certificate_shown": True,
    "inspection.party_signed": True,
    "inspection.measurements": "示例长 3.2 米",
}
SAMPLE = {
    "sample.what": "示例样品",
    "sample.quantity": "2袋",
    "sample.voucher_no": "示例凭证7",
    "sample.party_told": True,
}
WANTED = {
    "evidence_request.to": "示例物业公司",
    "evidence_request.items": "租赁合同，2份，复制件\n缴费记录，1份，原件",
    "evidence_request.due_on": "+7",
}
QUESTION = {"assistance_item.to": "示例规划局", "assistance_item.question": "示例是否取得许可"}
TEST = {
    "test.body": "示例检测公司",
    "test.qualification_no": "示例CMA1",
    "test.question": "示例检测浓度",
    "test.until": "+10",
}
SUSPENDED = {"suspension.ground": "示例等待鉴定", "suspension.stops_clock": False}
WITHDRAWN = {"investigation.result": "not_proved", "investigation.reason": "示例证据不足"}
REFERRED = {"referral.to": "示例交通委", "reason": "示例属公路范围"}


@pytest.mark.parametrize(
    ("went", "kind", "words"),
    [
        (Went(O1, "inspect", 0, SURVEY), "survey_record", ("示例长 3.2 米", "示例路1号")),
        (Went(O1, "take_samples", 0, SAMPLE), "sampling_voucher", ("示例凭证7", "示例样品", "第五十六条")),
        (
            Went(O1, "request_evidence", 0, WANTED),
            "evidence_request",
            ("示例物业公司：", "租赁合同", "2份", "复制件", "第五十五条"),
        ),
        (
            Went(O1, "ask_assistance", 0, QUESTION),
            "assistance_request",
            ("示例规划局", "示例是否取得许可", "十日"),
        ),
        (Went(O1, "commission_expert", 0, TEST), "expert_commission", ("示例检测公司", "示例CMA1")),
        (
            Went(DEPUTY, "suspend_investigation", 0, SUSPENDED),
            "suspension_form",
            ("中止调查审批表", "示例等待鉴定"),
        ),
        (
            Went(DEPUTY, "withdraw_case", 0, WITHDRAWN),
            "withdrawal_form",
            ("违法事实不能成立", "示例证据不足"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_step_issues_its_paper_with_what_it_states(
    bench: Bench, went: Went, kind: str, words: tuple[str, ...]
) -> None:
    case, at = bench.at_step("recheck_correction")
    paper = bench.go(case, went, at).documents.get()
    assert paper.kind == kind
    assert all(word in paper.text for word in words)
    assert "示例餐饮有限公司" in paper.text
    assert "____" not in paper.text


def test_a_letter_of_referral_names_the_body_and_is_not_written_again_when_its_receipt_comes(
    bench: Bench,
) -> None:
    case, at = bench.at_step("recheck_correction", case={"our_power": False})
    sent = bench.go(
        case,
        Went(DEPUTY, "transfer_jurisdiction", says=REFERRED),
        at,
    )
    letter = sent.documents.get()
    assert (letter.kind, letter.sealed) == ("referral_letter", True)
    assert all(word in letter.text for word in ("示例交通委", "示例属公路范围", "第二十八条", letter.number))
    closed = bench.go(
        case,
        Went(("squad_head", 0), "close_referred", says={"referral.receipt": "示例回执"}),
        at + timedelta(days=2),
    )
    assert not closed.documents.filter(kind="referral_letter").exists()


def test_a_letter_to_the_police_tells_who_approved_and_what_goes_along(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    bench.go(case, Went(O1, "propose_crime_referral", says={"referral.report": "示例数额巨大"}), at)
    bench.go(case, Went(BUREAU_HEAD, "approve_crime_referral"), at)
    said = {"referral.materials": ["letter", "report", "goods_list"], "referral.police": "示例公安分局"}
    (letter,) = bench.go(case, Went(O1, "hand_over_to_police", says=said), at).documents.all()
    approver = bench.person(BUREAU_HEAD).name
    assert all(word in letter.text for word in ("示例公安分局", "示例数额巨大", approver, "涉案物品清单"))


def test_an_inspection_leaves_no_record_of_survey(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    step = bench.go(case, Went(O1, "inspect", says=SURVEY | {"inspection.kind": "inspection"}), at)
    assert [paper.kind for paper in step.documents.all()] == ["inspection_record"]
