"""Several parties and acts: how the file names them, what their forms ask, and that nobody is passed over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiuhua.cases.procedure.facts.checking import faults_of
from xiuhua.cases.procedure.facts.deriving import DERIVED
from xiuhua.cases.procedure.facts.field import Fields, Kind
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.facts.shaping import forms_of, of_whom
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.guards import sharing as shared
from xiuhua.cases.procedure.guards.reading import received
from xiuhua.cases.procedure.judging import of_guard
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.side.payment import SIDE as PAYMENT
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.tests.procedure import roads
from xiuhua.cases.tests.procedure import roads_several as several
from xiuhua.cases.tests.procedure.live import opened
from xiuhua.cases.tests.procedure.truth.several import FOUR, TWO, decision

YEARS = ("2018", "2023")


def paths(fields: Fields) -> list[str]:
    return [f.path for f in fields]


def codes(case: Any, move: str, day: str, role: str = "", /, **typed: Any) -> set[str]:
    return {r.code for r in case.ask(move, day, role, **typed)}


@pytest.mark.parametrize("year", YEARS)
def test_nobody_is_joined_once_the_notice_is_served_and_the_refusal_names_the_article(year: str) -> None:
    case = several.told(year)
    case.state = "investigating"  # as after a return from the discussion
    third = {**several.FIRM, "joined__name": "另一公司", "joined__usci": "另一示例码"}
    for move, typed in (
        ("join_party", third),
        ("add_violation", several.act("V3", added__place="三号")),
        ("release_party", {"joined__id": "P2", "joined__left_reason": "无关"}),
        ("drop_violation", {"added__id": "V2", "added__left_reason": "无关"}),
    ):
        found = {r.code: r.ground for r in case.ask(move, f"{year}-03-22", **typed)}
        assert found == {"before_prior_notice": "PPL17 §31" if year == "2018" else "PPL21 §44"}, move


@pytest.mark.parametrize("year", YEARS)
def test_the_same_party_is_not_joined_twice(year: str) -> None:
    assert codes(several.joined(year), "join_party", f"{year}-03-13", **several.FIRM) == {"party_named_once"}


@pytest.mark.parametrize("year", YEARS)
def test_a_notice_that_reached_one_of_two_parties_leads_nowhere(year: str) -> None:
    case = several.reviewed(year).go("serve_prior_notice", f"{year}-03-19", **roads.SERVED)
    unheard = {"notice_reached_each_party"}
    waived = {"defence__waived_in_writing": True}
    assert codes(case, "waive_defence", f"{year}-03-20", "party", **waived) == unheard
    assert codes(case, "receive_defence", f"{year}-03-20", defence__content="无异议") == unheard
    assert codes(case, "let_defence_lapse", f"{year}-03-28", "system") == unheard


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_decided_before_every_party_was_heard(year: str) -> None:
    case = several.told(year).go("hear_other_party", f"{year}-03-21", **several.SAID)
    case.go("waive_defence", f"{year}-03-21", "party", **several.WAIVED)
    said = several.weighed(several.DECIDED)
    found = codes(case, "decide_penalty", f"{year}-03-25", "bureau_deputy_head", **said)
    assert found == {"defence_or_waiver_done"}


@pytest.mark.parametrize("year", YEARS)
def test_who_defended_itself_is_not_punished_more_though_the_sum_is_smaller(year: str) -> None:
    said = several.weighed({"P1.V1": 100, "P1.V2": 100, "P2.V1": 6001, "P2.V2": 0})
    found = codes(several.heard(year), "decide_penalty", f"{year}-03-25", "bureau_deputy_head", **said)
    assert found == {"not_heavier_after_defence"}


@pytest.mark.parametrize("year", YEARS)
def test_one_fine_above_its_range_is_refused_though_the_sum_would_fit(year: str) -> None:
    plan = {"P1.V1": 1000, "P1.V2": 3001, "P2.V1": 6000, "P2.V2": 0}
    case = several.told(year, plan).go("let_defence_lapse", f"{year}-03-26", "system")
    found = codes(case, "decide_penalty", f"{year}-03-27", "bureau_deputy_head", **several.weighed(plan))
    assert found == {"amount_in_range_or_ground"}


@pytest.mark.parametrize("year", YEARS)
def test_a_second_fine_for_the_same_act_is_refused(year: str) -> None:
    case = roads.corrected(year).go("add_violation", f"{year}-03-13", **several.act(added__same_act_as="V1"))
    plan = {"P1.V1": 1000, "P1.V2": 500}
    case.go("close_investigation", f"{year}-03-14", **several.weighed(plan, reasons=True))
    case.go("adjudicate", f"{year}-03-15", "case_centre_reviewer").go("pass_legal_review", f"{year}-03-18")
    case.go("serve_prior_notice", f"{year}-03-19", **roads.SERVED)
    case.go("let_defence_lapse", f"{year}-03-26", "system")
    found = {
        r.code: r.ground
        for r in case.ask("decide_penalty", f"{year}-03-27", "bureau_deputy_head", **several.weighed(plan))
    }
    assert found == {"same_act_fined_once": "PPL17 §24" if year == "2018" else "PPL21 §29"}
    once = several.weighed({"P1.V1": 1000, "P1.V2": 0})
    case.go("decide_penalty", f"{year}-03-27", "bureau_deputy_head", **once)


@pytest.mark.parametrize("year", YEARS)
def test_a_decision_that_reached_one_of_two_parties_is_not_served(year: str) -> None:
    case = several.decided(year)
    found = {r.code: r.ground for r in case.ask("serve_decision", f"{year}-03-26", **roads.SERVED)}
    assert found == {"decision_reached_each_party": "PPL17 §40" if year == "2018" else "PPL21 §61"}


def test_an_amount_that_is_not_the_sum_of_its_shares_is_refused() -> None:
    guard = GUARDS["each_decided_apart"]
    move = table_on("ordinary", date(2023, 5, 16)).move("decide_penalty")
    assert of_guard(guard, move, date(2023, 5, 16)).ground == "PPL21 §59"


def test_a_case_of_one_party_and_one_act_keeps_the_forms_of_the_tables() -> None:
    file = opened("ordinary", "2023-03-01")
    changed = {move for move, fields in forms_of(file).items() if fields is not FORMS[move]}
    assert changed == {"add_violation"}
    assert of_whom(FORMS["perform"], file) == FORMS["perform"]


def test_a_norm_with_bands_asks_which_one_holds_and_why() -> None:
    band = {"code": "grave", "label": "情节严重", "floor": 100000, "ceiling": 200000, "unit": "yuan"}
    file = opened("ordinary", "2023-03-01", cause={"bands": [band]})
    forms = forms_of(file)
    for move, block in (("close_investigation", "investigation_report"), ("decide_penalty", "decision")):
        found = {f.path: f for f in forms[move]}
        assert found[f"{block}.band"].choices == (("grave", "情节严重", "情节严重"),)
        assert f"{block}.band_ground" in found
        assert paths(forms[move]).index(f"{block}.band") == paths(forms[move]).index(f"{block}.tier") + 1
    wrong = {"decision.band": "unheard_of"}
    assert "decision.band" in faults_of(forms["decide_penalty"], wrong, file, date(2023, 5, 16))
    assert forms["serve_prior_notice"] == FORMS["serve_prior_notice"]


def test_every_pair_is_asked_and_the_band_stands_where_the_norm_has_one() -> None:
    band = {"code": "grave", "label": "情节严重", "floor": 3000, "ceiling": 9000}
    whole: File = {**FOUR, "cause": {**FOUR["cause"], "bands": [band]}}
    forms = forms_of(whole)
    asked = {path.rsplit(".", 1)[0] for path in paths(forms["decide_penalty"]) if path.startswith("share.")}
    assert asked == {"share.P1.V1", "share.P1.V2", "share.P2.V1", "share.P2.V2"}
    banded = {p for p in paths(forms["decide_penalty"]) if p.endswith(".band")}
    assert banded == {"share.P1.V1.band", "share.P2.V1.band"}
    assert "decision.fine" not in paths(forms["decide_penalty"])


def test_every_move_of_the_tables_has_its_form_and_no_other_move_has_one() -> None:
    forms = forms_of(TWO)
    assert (list(forms), len(forms)) == (list(FORMS), len(FORMS))
    assert "unheard_of" not in forms
    assert forms["perform"] is forms["perform"]


def test_money_and_services_name_the_party_they_are_of() -> None:
    forms = forms_of(TWO)
    payer = next(f for f in forms["perform"] if f.path == "item.party")
    assert [code for code, _, _ in payer.choices] == ["P1", "P2"]
    assert next(f for f in forms["perform"] if f.path == "item.amount").default == ""
    assert "item.party" in paths(of_whom(PAYMENT.forms["pay_in_full"], TWO))
    applies = paths(of_whom(SIDES["reconsideration"].forms["apply"], TWO))
    assert applies[:2] == ["reconsideration.party", "reconsideration.applicant"]
    assert "litigation.party" in paths(of_whom(SIDES["litigation"].forms["file_suit"], TWO))
    assert next(f for f in forms["serve_decision"] if f.path == "service.party").default == "const:P1"
    assert next(f for f in forms["serve_decision_on_party"] if f.path == "service.party").kind is Kind.CHOICE
    assert "service.party" not in paths(forms["order_correction"])


def test_what_is_not_punished_keeps_no_sum_of_its_form_and_a_warning_no_fine() -> None:
    said: dict[str, Any] = {
        "share": {
            "P1": {"V1": {"kinds": ["none"], "fine": 500, "tier": "heavier"}},
            "P2": {"V1": {"kinds": ["warning"], "fine": 500, "tier": "lighter"}},
        }
    }
    for derive in DERIVED["decide_penalty"]:
        derive(said)
    assert said["decision"] == {
        "items": [
            {"party": "P1", "violation": "V1", "kinds": []},
            {"party": "P2", "violation": "V1", "kinds": ["warning"], "tier": "lighter"},
        ],
        "party_names": "P1、P2",
        "kinds": ["warning"],
        "tier": "lighter",
    }


@pytest.mark.parametrize("year", YEARS)
def test_who_waived_in_writing_has_nothing_that_must_be_answered_until_it_speaks_after_all(year: str) -> None:
    waived = {"heard__party": "P2", "heard__waived_in_writing": True}
    case = several.told(year).go("hear_other_party", f"{year}-03-21", **waived)
    case.go("waive_defence", f"{year}-03-21", "party", **several.WAIVED)
    said = several.weighed(several.PLAN)
    assert codes(case, "decide_penalty", f"{year}-03-22", "bureau_deputy_head", **said) == set()
    case.go("hear_other_party_late", f"{year}-03-22", **several.SAID)
    unanswered = codes(case, "decide_penalty", f"{year}-03-22", "bureau_deputy_head", **said)
    assert unanswered == {"defence_or_waiver_done"}


def test_ids_are_never_given_twice_and_who_left_is_gone() -> None:
    left = {**TWO, "parties": [*TWO["parties"], {"id": "P2", "left_on": "2023-05-03"}]}
    assert list(shared.parties(left)) == ["P1"]
    assert shared.next_id(left, "parties") == "P3"
    assert shared.next_id(TWO, "violations") == "V2"


def test_a_decision_is_served_on_the_day_on_which_the_last_party_has_it() -> None:
    """PPL21 §61: the days of payment and remedies of the case run from there."""
    first = {"document": "penalty_decision", "on": "2023-05-16"}
    last = {"document": "penalty_decision", "on": "2023-05-20", "party": "P2"}
    notice = {"document": "prior_notice", "on": "2023-05-21", "party": "P2"}
    assert received({**TWO, "services": [first, notice]}) == ""
    assert received({**TWO, "services": [last, first, notice]}) == "2023-05-20"
    both: File = {**TWO, "services": [last, first, notice]}
    for whose, day in (("P1", "2023-05-16"), ("P2", "2023-05-20")):
        assert received({**both, "matter": "reconsideration", "reconsideration": {"party": whose}}) == day
    left = [*TWO["parties"], {"id": "P2", "left_on": "2023-05-17"}]
    assert received({**TWO, "parties": left, "services": [first]}) == "2023-05-16"


def test_further_parties_and_acts_are_found_by_their_names_and_a_row_without_id_says_nothing() -> None:
    nameless = {**FOUR, "parties": [*FOUR["parties"], {"name": "无号"}]}
    assert shared.names_joined(nameless) == ["示例公司"]
    named = {**FOUR, "violations": [{**FOUR["violations"][0], "cause": {"name": "擅自设置招牌"}}]}
    assert shared.names_joined(named) == ["示例公司", "擅自设置招牌"]


def test_units_are_asked_only_where_the_norm_counts_something() -> None:
    by_tonne = {**FOUR, "cause": {**FOUR["cause"], "unit": "per_tonne"}}
    assert {p for p in paths(forms_of(by_tonne)["decide_penalty"]) if p.endswith(".units")} == {
        "share.P1.V1.units",
        "share.P2.V1.units",
    }
    assert not [p for p in paths(forms_of(FOUR)["decide_penalty"]) if p.endswith(".units")]


def test_without_shares_all_of_the_penalty_is_the_first_party_s() -> None:
    file = {**TWO, "decision": {"fine": 500}}
    assert (shared.of_party(file, "decision", "P1"), shared.of_party(file, "decision", "P2")) == (500, 0)
    assert shared.owed_by({**FOUR, **decision(("P2", "V1", 700.0))}, "P2") == 700
    said = [{"party": "P3", "content": "无"}, {"party": "P2", "content": "有"}]
    assert shared.defence_by({**TWO, "defences": said}, "P2") == {"party": "P2", "content": "有"}
