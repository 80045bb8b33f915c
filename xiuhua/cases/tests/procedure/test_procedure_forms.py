"""The forms: what is asked, what is filled in, what is refused at the field, what becomes of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.cases.procedure.demolition_road import DEMOLITION
from xiuhua.cases.procedure.facts import (
    FORMS,
    ON_SPOT,
    FactField,
    Kind,
    Known,
    compose,
    default_of,
    defaults,
    faults_of,
    fill,
    is_empty,
    on_spot_faults,
    on_spot_steps,
    read,
)
from xiuhua.cases.procedure.facts.composing import ROWS
from xiuhua.cases.procedure.facts.field import asked, silent
from xiuhua.cases.procedure.facts.filling import SOURCES
from xiuhua.cases.procedure.facts.on_spot import party_kind
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.params import NAMES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.procedure.walk import Step, replay
from xiuhua.cases.tests.procedure import roads
from xiuhua.cases.tests.procedure.live import opened
from xiuhua.cases.tests.procedure.setting import params_on, setting_for

EVERY = [(move, field) for move, fields in FORMS.items() for field in fields]
NOON = datetime.fromisoformat("2023-05-16T09:25")


def known(**changed: Any) -> Known:
    return Known(
        **{"now": NOON, "actor_id": "A", "actor_role": "officer", "params": params_on(NOON.date()), **changed}
    )


def test_every_move_of_the_procedures_that_share_their_forms_has_one() -> None:
    shared = {name: tables for name, tables in TABLES.items() if name != DEMOLITION.procedure}
    assert set(FORMS) == {m.id for tables in shared.values() for t in tables for m in t.moves}
    assert set(DEMOLITION.forms) == {m.id for t in TABLES[DEMOLITION.procedure] for m in t.moves}


def test_a_field_is_asked_once_with_both_names_and_its_choices() -> None:
    for move, fields in FORMS.items():
        assert len({f.path for f in fields}) == len(fields), move
    for move, field in EVERY:
        if field.shown:
            assert field.label_zh, (move, field.path)
            assert field.label_en.isascii(), (move, field.path)
            assert field.label_en, (move, field.path)
            needs_choices = field.kind in (Kind.CHOICE, Kind.CHOICES)
            assert bool(field.choices) is needs_choices, (move, field.path)


def test_a_default_names_a_source_that_exists() -> None:
    blocks = {f.path.partition(".")[0] for _, f in EVERY} | {"cause", "party", "case", "violation"}
    for move, field in (*EVERY, *(("on_spot", f) for f in ON_SPOT)):
        for said in field.default.split("|"):
            source, _, name = said.partition(":")
            if source == "param":
                assert name in params_on(NOON.date()), (move, field.path)
            elif source not in ("", "const", "number", "served") and source not in SOURCES:
                assert source.partition(".")[0] in blocks, (move, field.path)


def test_silent_facts_have_a_source_and_nobody_is_asked_for_what_the_platform_knows() -> None:
    for move, field in EVERY:
        if not field.shown:
            assert field.default, (move, field.path)
    silent_paths = {f.path for _, f in EVERY if not f.shown}
    assert {
        "decision.basis",
        "decision.authority_name",
        "notice.party_name",
        "filing.approver_id",
    } <= silent_paths


GOOD: tuple[tuple[Kind, Any, Any], ...] = (
    (Kind.DATE, "2023-05-16", "2023-05-16"),
    (Kind.DATE, date(2023, 5, 16), "2023-05-16"),
    (Kind.DATE, NOON, "2023-05-16"),
    (Kind.MOMENT, "2023-05-16 09:25", "2023-05-16T09:25"),
    (Kind.MOMENT, NOON, "2023-05-16T09:25"),
    (Kind.MONEY, "1,234.50", 1234.5),
    (Kind.MONEY, Decimal("50.00"), 50),
    (Kind.MONEY, 0, 0),
    (Kind.DECIMAL, 0.005, 0.005),
    (Kind.COUNT, "3", 3),
    (Kind.DAY_COUNT, 5, 5),
    (Kind.TEXT, " 示例 ", "示例"),
    (Kind.YES_NO, "yes", True),
    (Kind.YES_NO, False, False),
    (Kind.OFFICERS, ("A", "B"), ["A", "B"]),
    (Kind.PERSON, "A", "A"),
    (
        Kind.GOODS,
        "货架，2个，完好\n\n 秤, 1台",
        [
            {"name": "货架", "quantity": "2个", "state": "完好"},
            {"name": "秤", "quantity": "1台", "state": ""},
        ],
    ),
    (
        Kind.GOODS,
        [{"name": "货架", "quantity": "2个", "state": "完好"}],
        [{"name": "货架", "quantity": "2个", "state": "完好"}],
    ),
)
BAD: tuple[tuple[Kind, Any], ...] = (
    (Kind.GOODS, "货架"),
    (Kind.GOODS, "，2个，完好"),
    (Kind.DATE, "16.05.2023"),
    (Kind.DATE, 20230516),
    (Kind.MOMENT, "上午"),
    (Kind.MONEY, "五十"),
    (Kind.MONEY, -1),
    (Kind.MONEY, "0.001"),
    (Kind.MONEY, "NaN"),
    (Kind.MONEY, "1e12"),
    (Kind.DECIMAL, "1e40"),
    (Kind.DECIMAL, "viel"),
    (Kind.COUNT, "1.5"),
    (Kind.COUNT, True),
    (Kind.DAY_COUNT, -3),
    (Kind.TEXT, 5),
    (Kind.YES_NO, "maybe"),
    (Kind.YES_NO, 1),
    (Kind.OFFICERS, "A"),
    (Kind.OFFICERS, [1]),
    (Kind.OFFICERS, 7),
)


@pytest.mark.parametrize(("kind", "raw", "value"), GOOD)
def test_a_value_is_kept_in_the_form_of_the_file(kind: Kind, raw: Any, value: Any) -> None:
    kept = read(asked("a.b", kind, "甲", "A"), raw)
    assert kept == value
    assert type(kept) is type(value)


@pytest.mark.parametrize(("kind", "raw"), BAD)
def test_a_value_of_another_kind_is_refused_in_chinese(kind: Kind, raw: Any) -> None:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        read(asked("a.b", kind, "甲", "A"), raw)


def test_a_choice_outside_the_list_is_refused() -> None:
    one = asked("a.b", Kind.CHOICE, "甲", "A", choices=(("x", "一", "X"),))
    many = asked("a.b", Kind.CHOICES, "甲", "A", choices=(("x", "一", "X"), ("y", "二", "Y")))
    assert read(one, "x") == "x"
    assert read(many, ["y"]) == ["y"]
    for field, raw in ((one, "z"), (many, ["x", "z"])):
        with pytest.raises(ValueError, match="不在可选范围内"):
            read(field, raw)


def test_nothing_typed_is_not_an_answer_but_no_and_zero_are() -> None:
    empty: tuple[Any, ...] = (None, "", "  ", [], ())
    assert all(is_empty(raw) for raw in empty)
    assert not any(is_empty(raw) for raw in (False, 0, "0", ["A"]))


# Faults


def asks(move: str, file: File, **values: Any) -> dict[str, str]:
    typed = {k.replace("__", "."): v for k, v in values.items()}
    return faults_of(FORMS[move], {**defaults(move, file, known()), **typed}, file, NOON.date())


def test_what_is_missing_unknown_or_of_a_wrong_kind_is_named_at_its_field() -> None:
    file = opened("summary", "2023-05-10")
    found = asks("show_certificate", file, inspection__party_signed="perhaps", inspection__colour="red")
    assert found == {
        "inspection.certificate_shown": "请填写",
        "inspection.officer_ids": "请填写",
        "inspection.party_signed": "应回答是或者否",
        "inspection.colour": "没有这一项",
    }


def test_a_day_in_the_future_or_before_the_case_is_named() -> None:
    case = roads.investigating("2023")
    base = case.file
    on = date(2023, 3, 10)

    def found(move: str, **values: Any) -> str:
        typed = {k.replace("__", "."): v for k, v in values.items()}
        path = next(iter(typed))
        whole = {**defaults(move, base, known(now=datetime.fromisoformat("2023-03-10T09:00"))), **typed}
        return faults_of(FORMS[move], whole, base, on).get(path, "")

    assert found("inspect", inspection__on="2023-03-11") == "日期不能晚于办理之日"
    assert found("inspect", inspection__on="2023-02-28") == "日期早于案件开始"
    assert found("inspect", inspection__on="2023-03-09") == ""
    assert found("inspect", inspection__from_at="2023-03-11T08:00") == "日期不能晚于办理之日"
    assert found("order_correction", correction__due_on="2023-03-09") == "期限不能早于今天"
    assert found("order_correction", correction__due_on="2023-03-10") == ""
    assert found("accept_machine_evidence", exhibit__device_legal_review_on="2020-01-01") == ""


def test_two_days_in_the_wrong_order_are_named_at_the_later_one() -> None:
    file = opened("ordinary", "2023-05-10")
    talk = {"interview__from_at": "2023-05-16T10:00", "interview__to_at": "2023-05-16T09:00"}
    assert asks("interview_at_check", file, **talk)["interview.to_at"] == "结束时间早于开始时间"
    talk["interview__to_at"] = "2023-05-16T11:00"
    assert "interview.to_at" not in asks("interview_at_check", file, **talk)


def test_a_case_without_a_first_day_takes_any_past_day() -> None:
    assert "inspection.on" not in faults_of(
        FORMS["inspect"], {"inspection.on": "1999-01-01"}, {}, NOON.date()
    )


def test_an_unknown_move_has_no_form() -> None:
    for ask in (lambda: faults_of(FORMS["fly"], {}, {}, NOON.date()), lambda: compose("fly", {})):
        with pytest.raises(KeyError):
            ask()


# Facts


def test_values_become_blocks_rows_and_what_the_move_says_by_itself() -> None:
    facts = compose(
        "serve_prior_notice",
        {
            "notice.planned_kinds": ["fine"],
            "notice.planned_fine": "5,000",
            "notice.defence_days": "3",
            "notice.tells_hearing": "no",
            "service.method": "direct",
            "service.on": "2023-05-08",
            "service.receipt": True,
            "service.document": "prior_notice",
            "officers": [{"id": "K"}],
        },
    )
    assert facts["notice"] == {
        "planned_kinds": ["fine"],
        "planned_fine": 5000,
        "defence_days": 3,
        "tells_hearing": False,
        "facts": True,
        "reasons": True,
        "tells_defence": True,
        "served_on": "2023-05-08",
    }
    assert facts["services"] == [
        {"method": "direct", "on": "2023-05-08", "receipt": True, "document": "prior_notice"}
    ]
    assert facts["officers"] == [{"id": "K"}]
    assert set(ROWS.values()) >= {"services", "payment.items", "case.suspensions"}


def test_a_wrong_value_is_never_composed() -> None:
    with pytest.raises(ValueError, match="金额应为数字"):
        compose("hand_in_cash", {"payment.handed_in_amount": "many"})


def test_exhibits_come_beside_the_records_which_are_evidence_themselves() -> None:
    facts = compose(
        "interview",
        {
            "interview.from_at": "2023-05-16T10:00",
            "interview.person.name": "李示例",
            "interview.person.relation": "路人",
            "interview.officer_ids": ["A", "B"],
            "interview.exchanges": "寒暄\n问：看到什么？\n在哪里？\n答：摊位。\n很大。\n\n答：没有了。",
            "evidence": [{"id": "E7"}],
        },
    )
    talk = facts["interviews"][0]
    assert talk["person"] == {"name": "李示例", "relation": "路人"}
    assert talk["exchanges"] == [{"q": "看到什么？在哪里？", "a": "没有了。"}]
    kinds = [(e.get("kind"), e.get("id"), e.get("collected_on")) for e in facts["evidence"]]
    assert kinds == [("witness_statement", None, "2023-05-16"), (None, "E7", None)]


def test_a_plan_of_instalments_adds_up_to_the_fen() -> None:
    values = {
        "plan.count": 3,
        "plan.first_due": "2023-01-31",
        "plan.amount": 100,
        "deferral.kind": "instalment",
    }
    assert compose("enter_deferral", values)["deferral"]["plan"] == [
        {"due": "2023-01-31", "amount": 33.33},
        {"due": "2023-02-28", "amount": 33.33},
        {"due": "2023-03-31", "amount": 33.34},
    ]
    assert "plan" not in compose("enter_deferral", {"deferral.kind": "deferral"})["deferral"]


def test_what_the_investigation_found_out_about_the_act_comes_over_the_form() -> None:
    facts = compose("check_lead", {"violation.facts": "占道", "violation": {"place_code": "310115136"}})
    assert facts["violation"] == {"facts": "占道", "place_code": "310115136"}


def test_a_move_with_nothing_to_state_states_nothing() -> None:
    assert compose("let_defence_lapse", {}) == {}


# What the platform fills in


def test_the_platform_fills_in_what_it_knows() -> None:
    case = roads.hearing_offered("2023")
    report = case.file["investigation_report"]
    filled = defaults("serve_prior_notice", case.file, known())
    assert filled["notice.tells_hearing"] is True
    assert filled["notice.planned_fine"] == report["proposed_fine"]
    assert filled["notice.defence_days"] == 3
    assert filled["service.officer_ids"] == case.file["filing"]["officer_ids"]
    decision = defaults("decide_penalty", case.file, known(bank="示例银行"))
    assert decision["decision.bank_name"] == "示例银行"
    assert decision["decision.pay_days"] == 15
    assert decision["decision.reconsideration_bodies"] == ["district_government", "city_department"]
    town = {**case.file, "case": {**case.file["case"], "authority_kind": "town_government"}}
    assert defaults("decide_penalty", town, known())["decision.reconsideration_bodies"] == [
        "district_government"
    ]


def test_a_list_of_bodies_may_be_a_list_already_and_a_day_without_period_fills_nothing() -> None:
    file = opened("ordinary", "2023-05-16")
    bodies = {"reconsideration_bodies": ["district_government"]}
    filled = defaults("decide_penalty", file, known(params={**params_on(NOON.date()), **bodies}))
    assert filled["decision.reconsideration_bodies"] == ["district_government"]
    assert default_of(silent("a.b", Kind.TEXT, "number:archive"), file, known()) is None
    assert default_of(silent("a.b", Kind.TEXT, "party.name"), file, known()) == "张示例"
    assert default_of(asked("a.b", Kind.TEXT, "甲", "A"), file, known()) is None


def test_money_is_filled_in_as_far_as_it_is_owed() -> None:
    case = roads.in_instalments("2023")
    assert defaults("pay_instalment", case.file, known())["item.amount"] == 333.33
    case.go("pay_instalment", "2023-04-28", "party", **roads.PAID)
    assert defaults("perform_deferred", case.file, known())["item.amount"] == 666.67
    paid = {**case.file, "payment": {"items": [{"amount": 1000}]}}
    assert defaults("pay_instalment", paid, known())["item.amount"] == 0
    assert defaults("publish_decision", case.file, known())["publicity.amount_wan"] == 0.1


def test_before_filing_the_officers_of_the_opening_act_or_whoever_is_there() -> None:
    file = opened("ordinary", "2023-05-16")
    assert defaults("check_lead", file, known())["inspection.officer_ids"] == ["A", "B", "K"]
    assert defaults("check_lead", {}, known())["inspection.officer_ids"] == ["A"]


# On the spot


def spot(**changed: Any) -> dict[str, Any]:
    file = opened("summary", "2023-05-16")
    typed = {"notice.planned_kinds": ["fine"], "notice.planned_fine": 100, "confirmed": True}
    return {**fill(ON_SPOT, file, known()), **typed, **{k.replace("__", "."): v for k, v in changed.items()}}


def test_the_penalty_on_the_spot_asks_at_most_twelve_things() -> None:
    assert len(ON_SPOT) <= 12
    assert all(isinstance(f, FactField) and f.shown for f in ON_SPOT)
    assert {"summary_fine_citizen"} <= NAMES


@pytest.mark.parametrize(
    ("changed", "last", "state"),
    [
        ({}, "hand_over_on_spot", "delivered"),
        ({"decision__refusal_text": "当事人离开"}, "hand_over_on_spot", "delivered"),
        ({"paying": "small_amount", "item__receipt_no": "示例票1"}, "collect_cash", "cash_collected"),
        ({"notice__planned_kinds": ["warning"], "notice__planned_fine": None}, "acknowledge_warning", "paid"),
    ],
)
def test_the_combined_form_becomes_a_lawful_chain(changed: dict[str, Any], last: str, state: str) -> None:
    file = opened("summary", "2023-05-16")
    values = spot(**changed)
    assert on_spot_faults(values, file, NOON.date()) == {}
    chain = on_spot_steps(values, file, known(bank="示例银行"))
    for move, facts in chain:
        if move == "decide_on_spot":
            facts["decision"]["number"] = "1230100001"
    steps = [Step(move, NOON.date(), facts, "officer", "A") for move, facts in chain]
    run = replay("summary", steps, file, setting_for)
    assert run.faults == ()
    assert run.state == state
    assert chain[-1][0] == last
    assert run.file["decision"]["signed_by"] == ["A", "B"]
    assert run.file["decision"]["sign_refused"] is ("decision__refusal_text" in changed)


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"confirmed": False}, "confirmed", "未出示证件、未告知或者未听取申辩，不得当场处罚"),
        ({"confirmed": None}, "confirmed", "请填写"),
        ({"notice__planned_fine": None}, "notice.planned_fine", "请填写罚款数额"),
        ({"notice__planned_kinds": ["warning"]}, "notice.planned_fine", "未选罚款，不填数额"),
        ({"notice__planned_kinds": ["revoke_licence"]}, "notice.planned_kinds", "不在可选范围内"),
        ({"paying": "small_amount"}, "item.receipt_no", "当场收现金应填票据号码"),
        ({"second_officer": ""}, "second_officer", "请填写"),
        ({"violation__facts": " "}, "violation.facts", "请填写"),
    ],
)
def test_the_combined_form_refuses_at_the_field(changed: dict[str, Any], field: str, reason: str) -> None:
    assert on_spot_faults(spot(**changed), opened("summary", "2023-05-16"), NOON.date())[field] == reason


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("31011519800302000x", "citizen"),
        ("91310115MA1K3XMP1X", "organisation"),
        ("92310115MA1K3XMP1X", "individual_business"),
        ("911101150000000000", "organisation"),
        ("示例照", "organisation"),
    ],
)
def test_a_number_tells_the_kind_of_party(number: str, kind: str) -> None:
    assert party_kind(number) == kind


def test_fifty_yuan_are_published_as_0_005_ten_thousands() -> None:
    said = {
        "publicity.published_on": "2023-05-26",
        "publicity.number": "1",
        "publicity.amount_wan": 0.005,
    }
    assert faults_of(FORMS["publish_decision"], said, {}, date(2023, 5, 26)) == {}
    assert compose("publish_decision", said)["publicity"]["amount_wan"] == 0.005
