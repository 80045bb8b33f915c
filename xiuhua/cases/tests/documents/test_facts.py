"""Facts on their way into a form: known, unknown, and never dangerous."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.documents.facts import (
    BREAK,
    CLOSE,
    MIDDLE,
    OPEN,
    Fact,
    FieldError,
    Ledger,
    items,
    kind_of,
    member_of,
    path_of,
    raw,
    unknown,
    valued,
    worded,
)
from xiuhua.cases.documents.filters import filters

KNOWN = frozenset(
    {"party.name", "party.kind", "decision.kinds", "services", "services[].on", "services[].place"}
)


def fact(path: str, value: object, ledger: Ledger | None = None) -> Fact:
    return Fact(path, value, Ledger(KNOWN) if ledger is None else ledger)


def shown(one: Fact) -> str:
    return str(one).partition(MIDDLE)[2].removesuffix(CLOSE)


def test_a_known_fact_writes_its_field_and_its_text() -> None:
    ledger = Ledger(KNOWN)
    assert str(fact("party", {"name": "示例"}, ledger).name) == f"{OPEN}party.name{MIDDLE}示例{CLOSE}"
    assert list(ledger.shown) == ["party.name"]
    assert not ledger.blanks


@pytest.mark.parametrize("value", [None, "", [], {}])
def test_an_unknown_fact_writes_a_blank_and_is_remembered_once(value: object) -> None:
    ledger = Ledger(KNOWN)
    party = fact("party", {"name": value}, ledger)
    assert str(party.name) == str(party.name) == f"{OPEN}?party.name{MIDDLE}____{CLOSE}"
    assert list(ledger.blanks) == ["party.name"]
    assert not ledger.shown


def test_reading_below_an_unknown_block_finds_nothing() -> None:
    assert raw(fact("party", None).name) is None
    assert raw(fact("party", "no block").name) is None
    assert items(fact("services", None)) == []


def test_a_form_may_not_ask_for_a_field_that_no_case_has() -> None:
    with pytest.raises(FieldError, match="no field is called party\\.nmae"):
        _ = fact("party", {}).nmae
    with pytest.raises(AttributeError):
        _ = fact("party", {})._private_name


def test_a_fact_is_read_like_a_plain_value() -> None:
    party = fact("party", {"kind": "citizen"})
    assert party.kind == "citizen"
    assert party.kind == fact("party.kind", "citizen")
    assert party.kind != "organisation"
    assert party["kind"] == "citizen"
    assert bool(party.kind)
    assert not fact("party", {"kind": None}).kind
    assert hash(party.kind) == hash("party.kind")
    assert "fine" in fact("decision.kinds", ["fine", "warning"])
    assert "fine" not in fact("decision.kinds", None)


def test_the_members_of_a_list_know_their_place() -> None:
    services = fact("services", [{"on": "2018-09-20"}, {"on": "2018-09-28"}])
    assert [path_of(one.on) for one in services] == ["services[0].on", "services[1].on"]
    assert len(services) == 2
    assert services[1].on == "2018-09-28"
    assert kind_of(path_of(services[1].on)) == "services[].on"
    assert path_of(member_of(services)) == "services[0]"


@pytest.mark.parametrize("value", ["text", 5, {"a": 1}])
def test_what_is_no_list_has_no_members(value: object) -> None:
    with pytest.raises(FieldError, match="is no list"):
        items(fact("services", value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "是"),
        (False, "否"),
        (5000, "5000"),
        (0, "0"),
        (5000.0, "5000"),
        (0.5, "0.5"),
        (12.50, "12.5"),
        ("甲", "甲"),
    ],
)
def test_plain_values_print_themselves(value: object, text: str) -> None:
    assert shown(fact("party.name", value)) == text


def test_a_block_cannot_be_printed() -> None:
    with pytest.raises(FieldError, match="party cannot be printed"):
        str(fact("party", {"name": "示例"}))


def test_a_fact_in_other_words_stays_the_same_field() -> None:
    one = fact("party.name", "2018-05-03")
    assert path_of(worded(one, "2018年5月3日")) == "party.name"
    assert shown(worded(one, "2018年5月3日")) == "2018年5月3日"
    assert shown(valued(one, "/")) == "/"
    assert shown(unknown(one, "____年__月__日")) == "____年__月__日"


def test_lines_become_breaks_and_the_yen_sign_that_some_fonts_draw_as_a_dollar_the_plain_one() -> None:
    assert shown(fact("party.name", " 甲\r\n乙\r丙\n\t丁 ")) == BREAK.join(["甲", "乙", "丙", " 丁"])
    assert shown(fact("party.name", "￥5")) == "¥5"


@given(st.text())
def test_no_typed_text_can_write_a_control_character(typed: str) -> None:
    text = shown(fact("party.name", typed or "x"))
    assert not any(ord(character) < 32 and character != BREAK for character in text)
    assert "￥" not in text


def test_a_statement_whose_sentence_the_form_ends_has_one_full_stop() -> None:
    stated = fact("party", {"name": " 没有意见。"}, Ledger(KNOWN)).name
    assert MIDDLE + "没有意见" + CLOSE in str(filters({}, {}, {})["clause"](stated))


def test_what_is_not_known_of_an_issued_document_is_struck_out_and_still_listed() -> None:
    ledger = Ledger(KNOWN, struck=True)
    dated = filters({}, {}, {})["date"]
    struck = dated(fact("services[0].on", None, ledger))
    assert isinstance(struck, Fact)
    assert shown(struck) == "/"
    assert list(ledger.blanks) == ["services[0].on"]
