"""Circumstances to a tier and an amount: what the law commands, what is only weighed, and what is said about it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.actions.reference import RANGES
from xiuhua.cases.discretion.factors import Chosen, Direction, Factor, Force, asked_for, chosen
from xiuhua.cases.discretion.saying import UNITS, amount, said_in, sentence, span_zh
from xiuhua.cases.discretion.spans import Span, Tier, own_or_general, tier_of
from xiuhua.cases.discretion.weighing import tier_for, weigh
from xiuhua.cases.procedure.facts.picks import MITIGATION_GROUNDS
from xiuhua.cases.tests.discretion.law import IN_2018, TODAY, YUAN, factors, one, shown, tiers

PLACE = {"lighter": 0, "ordinary": 1, "heavier": 2}
EVERY = st.sampled_from(factors())


def ways(factor: Factor) -> st.SearchStrategy[Chosen]:
    both = (Direction.LIGHTER, Direction.HEAVIER)
    options = both if factor.direction is Direction.EITHER else (factor.direction,)
    return st.sampled_from([Chosen(factor, d) for d in options])


CHOSEN = st.lists(EVERY.flatmap(ways), max_size=6, unique_by=lambda c: c.factor.code)


@pytest.mark.parametrize(
    ("codes", "tier"),
    [
        ((), "ordinary"),
        (("first_offence",), "lighter"),
        (("repeat",), "heavier"),
        (("first_offence", "harm_grave"), "ordinary"),
        (("first_offence", "corrected", "harm_grave"), "lighter"),
        (("area:high",), "heavier"),
        (("area:low",), "lighter"),
        (("area:low", "repeat_in_year", "obstructed"), "heavier"),
        (("harm_lessened",), "lighter"),
        (("harm_lessened", "repeat", "obstructed", "harm_grave"), "lighter"),
        (("emergency",), "heavier"),
        (("emergency", "first_offence", "corrected"), "heavier"),
        (("emergency", "harm_lessened"), "ordinary"),
        (("age_14_17", "repeat"), "lighter"),
        (("limited_capacity",), "lighter"),
        (("limited_capacity", "repeat"), "ordinary"),
        (("first_slight_corrected",), "lighter"),
        (("slight_corrected",), "none"),
        (("slight_corrected", "emergency", "repeat"), "none"),
        (("under_14",), "none"),
        (("no_capacity", "harm_grave"), "none"),
        (("no_fault",), "none"),
    ],
)
def test_circumstances_lead_to_the_tier_of_the_law(codes: tuple[str, ...], tier: str) -> None:
    assert tier_for(shown(*codes)) == tier


@pytest.mark.parametrize(
    ("codes", "low", "high"),
    [
        (("first_offence",), 5000, 18500),
        ((), 18500, 36500),
        (("repeat",), 36500, 50000),
        (("slight_corrected",), None, None),
    ],
)
def test_the_amounts_are_the_part_of_the_span(
    codes: tuple[str, ...], low: int | None, high: int | None
) -> None:
    found = weigh(YUAN, tiers(), shown(*codes))
    assert (found.low, found.high) == (low, high)


def test_a_range_without_a_floor_begins_at_nothing() -> None:
    found = weigh(Span(None, Decimal(200), "yuan", "SHCA §28(i)"), tiers(), shown("first_offence"))
    assert (found.low, found.high) == (Decimal(0), Decimal(60))


def test_a_range_by_the_tonne_is_counted_in_tonnes() -> None:
    found = weigh(Span(Decimal(10), Decimal(30), "per_m2_day", "SHGR §44"), tiers(), [], Decimal(7))
    assert (found.low, found.high) == (Decimal(112), Decimal(168))


def test_nothing_is_suggested_where_no_amount_is_known() -> None:
    unknown = Span(None, None, "yuan", "上海市住房租赁条例 §52")
    found = weigh(unknown, tiers(), shown("repeat"))
    assert (found.tier, found.low, found.high) == ("heavier", None, None)
    assert "50" not in sentence(found, str)
    with pytest.raises(ValueError, match="no ceiling"):
        unknown.at(30)


@pytest.mark.parametrize(
    "code", ["harm_lessened", "coerced", "confessed", "merit", "other_ground", "age_14_17"]
)
def test_a_duty_to_be_lighter_opens_what_lies_below_the_floor(code: str) -> None:
    found = weigh(YUAN, tiers(), shown(code))
    assert found.below == (one(code).ground,)
    assert found.below[0] in {ground for ground, _, _ in MITIGATION_GROUNDS}


@pytest.mark.parametrize(
    "codes", [(), ("first_offence",), ("corrected",), ("area:low",), ("first_slight_corrected",)]
)
def test_nothing_else_opens_it(codes: tuple[str, ...]) -> None:
    assert weigh(YUAN, tiers(), shown(*codes)).below == ()


def test_nothing_lies_below_a_range_without_a_floor() -> None:
    assert weigh(Span(None, Decimal(200), "yuan", "X"), tiers(), shown("merit")).below == ()


def test_every_ground_of_mitigation_that_decisions_know_has_its_circumstance() -> None:
    assert {f.ground for f in factors() if f.ground} == {ground for ground, _, _ in MITIGATION_GROUNDS}


def test_a_first_slight_offence_may_go_without_penalty_since_2021_only() -> None:
    assert weigh(YUAN, tiers(), shown("first_slight_corrected")).may_waive
    assert not weigh(YUAN, tiers(), shown("slight_corrected")).may_waive
    codes = {f.code for f in factors(date(2021, 7, 14))}
    assert codes.isdisjoint(
        {"first_slight_corrected", "no_fault", "confessed", "limited_capacity", "emergency"}
    )
    assert codes <= {f.code for f in factors(date(2021, 7, 15))}


@pytest.mark.parametrize(
    "code", ["slight_corrected", "harm_lessened", "merit", "coerced", "age_14_17", "under_14"]
)
def test_a_circumstance_cites_the_text_of_its_day(code: str) -> None:
    assert one(code, IN_2018).article.startswith("PPL17")
    assert one(code, TODAY).article.startswith("PPL21")


def test_two_duties_that_meet_are_said_and_left_to_people() -> None:
    found = weigh(YUAN, tiers(), shown("emergency", "merit"))
    assert (found.tier, found.conflict) == ("ordinary", True)
    assert "应当集体讨论" in sentence(found, str)


@given(CHOSEN, EVERY.flatmap(ways))
def test_a_heavier_circumstance_never_lowers_the_tier_and_a_lighter_one_never_raises_it(
    found: list[Chosen], more: Chosen
) -> None:
    before, after = tier_for(found), tier_for([*found, more])
    if "none" in (before, after):
        assert before != "none" or after == "none"
        return
    if more.direction is Direction.HEAVIER:
        assert PLACE[after] >= PLACE[before]
    else:
        assert PLACE[after] <= PLACE[before]


@given(CHOSEN)
def test_who_must_not_be_punished_is_never_given_an_amount(found: list[Chosen]) -> None:
    suggestion = weigh(YUAN, tiers(), found)
    barred = any(c.direction is Direction.NONE and c.factor.force is Force.MUST for c in found)
    assert (suggestion.tier == "none") is barred
    assert (suggestion.low is None) is barred
    if barred:
        assert (suggestion.below, suggestion.may_waive, suggestion.conflict) == ((), False, False)


@given(
    CHOSEN,
    st.integers(0, 100_000),
    st.integers(1, 900_000),
    st.sampled_from(sorted(UNITS)),
)
def test_what_is_suggested_lies_inside_the_law(
    found: list[Chosen], floor: int, width: int, unit: str
) -> None:
    span = Span(Decimal(floor), Decimal(floor + width), unit, "X §1")
    suggestion = weigh(span, tiers(), found)
    if suggestion.low is not None and suggestion.high is not None:
        assert floor <= suggestion.low <= suggestion.high <= floor + width


@given(CHOSEN)
def test_every_reason_stands_in_the_sentence_with_its_article(found: list[Chosen]) -> None:
    suggestion = weigh(YUAN, tiers(), found)
    said = sentence(suggestion, lambda article: f"«{article}»")
    for one_ in suggestion.deciding:
        assert one_.factor.label in said
        if one_.factor.force is not Force.WEIGH:
            assert f"«{one_.factor.article}»" in said
    if suggestion.low is not None:
        assert f"«{YUAN.article}»" in said
        assert f"即{amount(suggestion.low)}至" in said


@given(CHOSEN)
def test_the_next_paper_begins_with_what_the_sentence_of_the_last_one_named(found: list[Chosen]) -> None:
    suggestion = weigh(YUAN, tiers(), found)
    ticked = said_in(sentence(suggestion, str), factors())
    assert {(c.factor.code, c.direction) for c in chosen(ticked, factors())} == {
        (c.factor.code, c.direction) for c in suggestion.deciding
    }


def test_a_sentence_that_names_nothing_ticks_nothing() -> None:
    assert said_in("综合违法行为的事实、性质、情节和社会危害程度。", factors()) == frozenset()


def test_the_sentence_of_a_repeat_offender_under_a_grave_band() -> None:
    span = Span(Decimal(100000), Decimal(200000), "yuan", "SHPM §83", label="情节严重")
    said = sentence(weigh(span, tiers(), shown("expert_report:high")), str)
    assert said == (
        "当事人鉴定认定的损害较重（从重情节）。依照SHPM §83，情节严重的，罚款幅度为100,000元以上200,000元以下，"
        "适用从重档次（幅度的70%至100%），即170,000至200,000元。"
    )


def test_the_sentence_of_no_penalty_says_the_duty_and_no_amount() -> None:
    said = sentence(weigh(YUAN, tiers(), shown("slight_corrected", "repeat")), str)
    assert said == "当事人违法行为轻微并及时改正，没有造成危害后果，依照PPL21 §33不予行政处罚。"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(Decimal(50), Decimal(500), "yuan", ""), "50元以上500元以下"),
        (Span(None, Decimal(200), "yuan", ""), "200元以下"),
        (Span(Decimal(200), Decimal(200), "per_tonne", ""), "200元（每吨）"),
        (
            Span(Decimal(3), Decimal(5), "multiple_of_compensation", ""),
            "3倍（补偿标准）以上5倍（补偿标准）以下",
        ),
        (Span(None, None, "yuan", ""), "法律没有规定罚款数额"),
    ],
)
def test_a_range_is_said_as_the_law_says_it(span: Span, words: str) -> None:
    assert span_zh(span) == words


def test_every_measure_of_the_catalogue_has_its_words() -> None:
    assert UNITS.keys() == set(RANGES) - {"none"}


def test_amounts_are_written_as_people_write_them() -> None:
    assert [amount(Decimal(v)) for v in ("5000", "1234.50", "0.25", "100.00")] == [
        "5,000",
        "1,234.5",
        "0.25",
        "100",
    ]


def test_what_a_cause_names_and_what_concerns_this_party_is_asked_for() -> None:
    def asked(named: tuple[str, ...], kind: str) -> set[str]:
        return {f.code for f in asked_for(factors(), named, kind)}

    assert {"area", "repeat_in_year", "age_14_17"} <= asked(("area", "repeat_in_year"), "citizen")
    assert asked((), "citizen").isdisjoint({"area", "tonnes"})
    assert asked((), "organisation").isdisjoint({"age_14_17", "under_14", "no_capacity"})
    assert "age_14_17" in asked((), "individual_business")
    assert "harm_lessened" in asked((), "organisation")


def test_what_is_ticked_is_read_and_strange_things_are_left_out() -> None:
    known = [one("repeat"), one("area"), one("volume"), one("count")]
    found = chosen(["repeat", "area:low", "area:high", "volume:low", "count", "moon", "repeat:high"], known)
    assert [(c.factor.code, c.direction) for c in found] == [
        ("repeat", Direction.HEAVIER),
        ("area", Direction.HEAVIER),
        ("volume", Direction.LIGHTER),
    ]


def test_the_tiers_of_a_cause_go_before_those_for_all() -> None:
    general, own = Tier("lighter", "从轻", 0, 30), Tier("lighter", "从轻", 0, 50)
    late = Tier("heavier", "从重", 50, 100)
    assert own_or_general([("*", general), ("SR11", late), ("SR11", own)], "SR11") == [own, late]
    assert own_or_general([("*", general), ("SR12", own)], "SR11") == [general]


@pytest.mark.parametrize(
    ("fine", "tier"),
    [
        (4999, "mitigated"),
        (5000, "lighter"),
        (18500, "lighter"),
        (18501, "ordinary"),
        (36500, "ordinary"),
        (36501, "heavier"),
        (50000, "heavier"),
        (50001, ""),
    ],
)
def test_an_amount_lies_in_its_tier(fine: int, tier: str) -> None:
    assert tier_of(Decimal(fine), YUAN, tiers()) == tier
    assert tier_of(Decimal(fine), Span(None, None, "yuan", ""), tiers()) == ""
