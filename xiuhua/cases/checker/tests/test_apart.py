"""A file of several parties or acts is looked at once for each: whose words, sums and services are whose."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.checker.apart import views

ONE: dict[str, Any] = {
    "party": {"name": "甲", "kind": "citizen"},
    "violation": {"occurred_on": "2023-05-01"},
    "cause": {"code": "SR11", "floor": 50, "ceiling": 500},
    "decision": {"kinds": ["fine"], "fine": 700, "decided_on": "2023-05-15", "party_name": "甲"},
}
TWO: dict[str, Any] = {
    **ONE,
    "parties": [
        {"id": "P2", "name": "乙", "kind": "organisation"},
        {"id": "P3", "name": "丙", "left_on": "2023-05-02"},
    ],
    "violations": [{"id": "V2", "occurred_on": "2023-05-02"}],
    "causes": [{"violation": "V2", "code": "SR20", "floor": 1, "ceiling": 200}],
    "notice": {"served_on": "2023-05-08", "planned_fine": 700, "items": [
        {"party": "P1", "violation": "V1", "kinds": ["fine"], "fine": 300},
        {"party": "P2", "violation": "V2", "kinds": ["fine"], "fine": 400},
    ]},
    "decision": {**ONE["decision"], "items": [
        {"party": "P1", "violation": "V1", "kinds": ["fine"], "fine": 300, "basis": "SHCA §25(2)"},
        {"party": "P1", "violation": "V2", "kinds": []},
        {"party": "P2", "violation": "V2", "kinds": ["fine"], "fine": 400, "floor": 300, "ceiling": 3000},
        {"party": "P3", "violation": "V1", "kinds": ["fine"], "fine": 400},
    ]},
    "services": [
        {"document": "prior_notice", "on": "2023-05-08"},
        {"document": "prior_notice", "on": "2023-05-09", "party": "P2"},
    ],
    "payment": {"items": [{"amount": 300}, {"amount": 400, "party": "P2"}]},
    "defence": {"waived_in_writing": True},
    "defences": [{"party": "P2", "received_on": "2023-05-10"}],
    "discussion": {"conclusion_fine": 700},
    "publicity": {"amount_wan": 0.07},
}  # fmt: skip


def test_a_file_of_one_party_and_one_act_is_looked_at_as_it_is() -> None:
    assert [(view.file, view.of) for view in views(ONE)] == [(ONE, "")]
    assert views(ONE)[0].looks("law")
    assert views(ONE)[0].looks("service")


def test_each_party_has_its_own_sums_words_services_and_payments() -> None:
    found = {view.of: view for view in views(TWO) if view.of_an_act is False}
    assert list(found) == ["甲", "乙"]
    second = found["乙"].file
    assert (second["decision"]["fine"], second["decision"]["party_name"]) == (400, "乙")
    assert (second["notice"]["served_on"], second["notice"]["planned_fine"]) == ("2023-05-09", 400)
    assert second["payment"]["items"] == [{"amount": 400, "party": "P2"}]
    assert second["defence"]["received_on"] == "2023-05-10"
    assert (second["discussion"]["conclusion_fine"], second["publicity"]["amount_wan"]) == (400, 0.04)
    assert found["甲"].file["defence"] == {"waived_in_writing": True}
    assert not found["乙"].looks("law")


def test_a_hearing_that_the_first_party_asked_for_is_not_asked_for_by_the_other() -> None:
    hearing = {"told_on": "2023-05-08", "requested_on": "2023-05-09", "held_on": "2023-05-20"}
    requests = [{"party": "P3", "requested_on": "2023-05-08"}, {"party": "P2", "waived_in_writing": True}]
    found = {v.of: v.file["hearing"] for v in views({**TWO, "hearing": hearing, "hearing_requests": requests})
             if v.of_an_act is False}  # fmt: skip
    assert found["甲"] == hearing
    assert found["乙"] == {"told_on": "2023-05-08", "held_on": "2023-05-20", "waived_in_writing": True}


def test_each_party_that_pays_apart_is_looked_at_with_its_own_plan_surcharge_and_demand() -> None:
    apart = {
        **TWO,
        "payments": [{"party": "P2", "method": "cash"}],
        "deferrals": [{"party": "P1", "approved_on": "2023-06-01"}],
        "surcharges": [{"party": "P2", "amount": 400}],
        "demands": [{"party": "P2", "served_on": "2023-09-01"}],
        "publications": [{"party": "P2", "published_on": "2023-05-20", "amount_wan": 0.04}],
    }
    found = {view.of: view.file for view in views(apart) if view.of_an_act is False}
    assert found["甲"]["deferral"]["approved_on"] == "2023-06-01"
    assert not {"surcharge", "demand"} & found["甲"].keys()
    assert (found["乙"]["surcharge"]["amount"], found["乙"]["demand"]["served_on"]) == (400, "2023-09-01")
    assert found["乙"]["payment"] == {
        "items": [{"amount": 400, "party": "P2"}],
        "party": "P2",
        "method": "cash",
    }
    assert found["乙"]["publicity"]["published_on"] == "2023-05-20"
    assert "deferral" not in found["乙"]


def test_the_rules_of_the_norm_look_at_each_act_with_the_range_of_that_party() -> None:
    found = {view.of: view for view in views(TWO) if view.of_an_act}
    assert list(found) == ["甲：SR11", "乙：SR20"]
    act = found["乙：SR20"].file
    assert (act["cause"]["code"], act["cause"]["floor"], act["cause"]["ceiling"]) == ("SR20", 300, 3000)
    assert (act["violation"]["occurred_on"], act["decision"]["fine"]) == ("2023-05-02", 400)
    assert found["甲：SR11"].file["decision"]["basis"] == "SHCA §25(2)"
    assert found["乙：SR20"].looks("discretion")
    assert not found["乙：SR20"].looks("service")


def test_a_sum_that_is_not_that_of_the_whole_stays_and_is_found() -> None:
    odd = {**TWO, "discussion": {"conclusion_fine": 650}}
    assert [v.file["discussion"]["conclusion_fine"] for v in views(odd) if v.of_an_act is False] == [650, 650]


def test_what_cannot_be_taken_apart_is_looked_at_as_it_is() -> None:
    broken = {**ONE, "parties": [False]}
    assert [view.file for view in views(broken)] == [broken]
