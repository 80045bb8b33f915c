"""A decision that falls for one of several parties falls for that one alone: what is asked, paid back and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from xiuhua.cases.procedure.file import fold
from xiuhua.cases.procedure.guards import GUARDS, apart, sharing
from xiuhua.cases.procedure.guards.reading import fallen, owed, paid
from xiuhua.cases.procedure.side import SIDES, falling_apart
from xiuhua.cases.tests.procedure.setting import params_on, setting
from xiuhua.cases.tests.procedure.truth.apart import OF_FIRST, SURCHARGED, WITHDRAWN, fined

ON = setting("2023-05-16")
WORD = {"by": "reconsideration", "document": "示例复决1号", "on": "2023-05-15", "new_decision": False}
FELL = {"annulment": {**WORD, "outcome": "revoked"}}
BACK = {**FELL, "refund": {"done_on": "2023-05-16"}}


def remedy(party: str, **own: Any) -> dict[str, Any]:
    """The file of both, as the reconsideration of one reads it."""
    shares = {"P1": {"payment": {"began_on": "2023-04-03"}}, "P2": {"payment": {"began_on": "2023-04-03"}}}
    return {
        **fined(),
        "shares": shares,
        "matter": "reconsideration",
        "reconsideration": {"party": party, **own},
    }


def put(facts: dict[str, Any], file: dict[str, Any]) -> dict[str, Any]:
    falling_apart.of_one(facts, file, params_on)
    return facts


def says(outcome: str = "revoked", **more: Any) -> dict[str, Any]:
    return {"reconsideration": {"outcome": outcome, **more}, "annulment": dict(WORD)}


def test_a_word_for_one_party_is_kept_in_its_share_and_the_case_keeps_its_decision() -> None:
    facts = put(says(original_fine=7000), remedy("P2"))
    assert "annulment" not in facts
    assert facts["shares"] == {"P2": {"annulment": {**WORD, "outcome": "revoked"}}}
    assert facts["reconsideration"]["original_fine"] == 6000


def test_the_last_party_for_whom_it_falls_takes_the_decision_with_it() -> None:
    file = remedy("P1")
    file["shares"]["P2"] |= FELL
    facts = put(says(), file)
    assert facts["annulment"] == WORD
    assert put(says("varied"), file | {"shares": {"P2": FELL}}).get("annulment") is None


@pytest.mark.parametrize("party", ["", "P9"])
def test_a_remedy_that_names_nobody_is_of_the_case(party: str) -> None:
    assert put(says(), remedy(party)) == says()
    alone = {"party": {"name": "张示例"}, "matter": "reconsideration", "reconsideration": {"party": "P1"}}
    assert put(says(), alone) == says()


def test_money_and_publication_go_back_in_the_share_of_that_party() -> None:
    done = {"refund": {"done_on": "2023-05-16"}, "publicity": {"withdrawn_on": "2023-05-16"}}
    file = remedy("P2")
    assert put(dict(done), file) == {
        "shares": {"P2": {"refund": done["refund"]}},
        "publicity": done["publicity"],
    }
    file["shares"]["P2"] |= OF_FIRST
    assert put(dict(done), file) == {"shares": {"P2": done}}


def test_a_retrial_that_lets_the_decision_stand_takes_back_what_the_court_said_of_that_party() -> None:
    suits = [{"party": "P2", "ended_on": "2023-05-01"}, {"ended_on": "2023-05-02"}, {"party": "P1"}]
    begun: dict[str, Any] = {"litigation": {}}
    falling_apart.tried_again(begun, {"matter": "litigation", "litigations": suits}, params_on)
    assert begun["litigation"]["party"] == "P2"
    file = {**remedy(""), "matter": "litigation", "litigation": {"party": "P2", "instance": "retrial"}}
    again = {"litigation": {"outcome": "claims_dismissed"}}
    assert "shares" not in put(dict(again), file)
    file["shares"]["P2"]["annulment"] = {**WORD, "by": "court", "outcome": "revoked"}
    assert put(dict(again), file)["shares"] == {"P2": {"annulment": None}}
    assert "annulment" not in put(dict(again), file)
    assert put(dict(again), {**file, "annulment": WORD})["annulment"] is None
    assert "shares" not in put({"litigation": {"document": "示例"}}, file)
    none: dict[str, Any] = {"litigation": {}}
    falling_apart.tried_again(none, {"matter": "litigation"}, params_on)
    assert none == {"litigation": {}}


def test_a_varied_sum_is_what_this_party_owes_and_what_was_published_of_all_is_corrected() -> None:
    file = remedy("P2")
    facts = put({"decision": {"fine": 100}, "publicity": {"amount_wan": 0.01}}, file)
    after = fold(dict(file), facts)
    assert (sharing.of_party(after, "decision", "P2"), sharing.of_party(after, "decision", "P1")) == (
        100,
        1000,
    )
    assert (after["decision"]["fine"], owed(after)) == (1100, 1100)
    assert after["publicity"]["amount_wan"] == 0.11
    file["shares"]["P2"] |= OF_FIRST
    own = put({"decision": {"fine": 100}, "publicity": {"amount_wan": 0.01}}, file)
    assert own["shares"] == {"P2": {"publicity": {"amount_wan": 0.01}}}
    assert put({"decision": {"new": True}}, file) == {"decision": {"new": True}}


@pytest.mark.parametrize(
    ("fines", "varied", "parts"),
    [
        ((1, 2), 1, [0.33, 0.67]),
        ((0, 0), 5, [5, 0]),
        ((500,), 0, [0]),
        ((100, 100, 100), 100, [33.33, 33.33, 33.34]),
    ],
)
def test_a_varied_sum_is_divided_among_the_acts_to_the_fen(
    fines: tuple[float, ...], varied: float, parts: list[float]
) -> None:
    rows: list[Mapping[str, Any]] = [{"fine": fine} for fine in fines]
    assert [row["fine"] for row in falling_apart._divided(rows, sum(fines), varied)] == parts


def test_whom_the_decision_fell_for_owes_nothing_and_the_others_what_they_owed() -> None:
    file = fined(None, {**FELL, **SURCHARGED}, P1=1000, P2=6000)
    assert fallen(file) == {"P2"}
    assert fallen({"shares": "示例"}) == frozenset()
    assert (owed(file), paid(file)) == (1000, 1000)
    assert (sharing.owed_by(file, "P2"), sharing.paid_by(file, "P2"), sharing.given_by(file, "P2")) == (
        0,
        0,
        6000,
    )
    assert apart.fined(file) == apart.paying(file) == ["P1"]
    assert GUARDS["paid_in_full"].check(file, ON)
    assert not GUARDS["paid_in_full"].check(fined(None, FELL, P2=6000), ON)
    assert GUARDS["payment_dropped"].check(apart.of_one(file, "P2"), ON)
    assert not GUARDS["payment_dropped"].check(apart.of_one(file, "P1"), ON)


@pytest.mark.parametrize("outcome", ["varied", "declared_unlawful"])
def test_a_word_that_lets_the_decision_stand_frees_nobody(outcome: str) -> None:
    file = fined(None, {"annulment": {**WORD, "outcome": outcome}}, P1=1000)
    assert fallen(file) == frozenset()
    assert owed(file) == 7000
    assert not GUARDS["paid_in_full"].check(file, ON)


def test_only_what_was_published_of_that_party_is_recalled() -> None:
    file = {**fined(OF_FIRST, {**OF_FIRST, **FELL}), "reconsiderations": [
        {"party": "P2", "outcome": "revoked", "decided_on": "2023-05-15"}]}  # fmt: skip
    recall = GUARDS["decision_fell_after_publication"].check
    assert recall(apart.of_one(file, "P2"), ON)
    assert not recall(apart.of_one(file, "P1"), ON)
    assert apart.unpublished(fined(OF_FIRST, FELL)) == []
    assert apart.unpublished(fined(OF_FIRST)) == ["P2"]


def test_the_remedy_of_one_is_carried_out_by_what_went_back_to_that_one() -> None:
    """AEL §41 speaks of whoever bore the execution."""
    back = GUARDS["money_and_goods_returned"].check
    file = {
        **remedy("P2"),
        "payment": {"items": [{"party": "P2", "amount": 10}, {"party": "P1", "amount": 5}]},
    }
    assert not back(file, ON)
    file["shares"]["P2"] |= BACK
    assert back(file, ON)
    assert back({**remedy("P2"), "payment": {"items": [{"party": "P1", "amount": 5}]}}, ON)
    withdrawn = GUARDS["publicity_withdrawn"].check
    shown = {**remedy("P2"), "shares": {"P1": OF_FIRST, "P2": WITHDRAWN}}
    assert withdrawn(shown, ON)
    assert not withdrawn({**shown, "matter": ""}, ON)
    assert not withdrawn({**shown, "reconsideration": {"party": "P1"}}, ON)


def test_a_varied_decision_is_carried_out_when_what_was_published_of_that_party_was_corrected() -> None:
    changed = GUARDS["publicity_changed"].check
    shown = {"publicity": {**OF_FIRST["publicity"], "changed_on": "2023-05-16", "amount_wan": 0.6}}
    file = {**remedy("P2"), "shares": {"P1": OF_FIRST, "P2": shown}}
    assert changed(file, ON)
    assert not changed({**file, "shares": {"P1": OF_FIRST, "P2": OF_FIRST}}, ON)


def test_a_case_closes_only_when_what_was_paid_under_a_fallen_decision_went_back() -> None:
    reconciled = GUARDS["money_reconciled"].check
    assert not reconciled(fined(None, FELL, P1=1000, P2=6000), ON)
    assert reconciled(fined(None, BACK, P1=1000, P2=6000), ON)
    assert reconciled(fined(None, FELL, P1=1000), ON)
    assert not reconciled(fined(None, BACK, P2=6000), ON)


def test_every_move_of_a_remedy_asks_whose_it_is_before_it_speaks_of_the_decision() -> None:
    for name in ("reconsideration", "litigation"):
        assert SIDES[name].completes.keys() == SIDES[name].forms.keys()
