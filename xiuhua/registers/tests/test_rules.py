"""Numbers with check digits, plates, masking, and what a party of each kind must and may have."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.registers import rules

TODAY = date(2026, 5, 13)
# Invented: the area code 000000 belongs to no county.
BODY = "00000019800302001"
ID = BODY + rules.resident_id_sum(BODY)
CODE_BODY = "9100000000000000X"
CODE = CODE_BODY + rules.credit_code_sum(CODE_BODY)

digits = st.integers(min_value=0, max_value=9)
born = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)


def number_of(born_on: date, order: int) -> str:
    body = f"000000{born_on:%Y%m%d}{order:03}"
    return body + rules.resident_id_sum(body)


@pytest.mark.parametrize(
    ("body", "sum_"),
    [
        ("11010519491231002", "X"),  # the example of GB 11643-1999, appendix A
        ("44052418800101001", "4"),  # the second example there
    ],
)
def test_the_examples_of_the_standard_have_their_check_digit(body: str, sum_: str) -> None:
    assert rules.resident_id_sum(body) == sum_


@given(born, st.integers(min_value=0, max_value=999))
def test_a_number_with_its_check_digit_is_taken_and_tells_birth_and_sex(born_on: date, order: int) -> None:
    number = number_of(born_on, order)
    assert rules.resident_id_fault(number, TODAY) == ""
    assert rules.birth_date_of(number) == born_on
    assert rules.sex_of(number) == ("male" if order % 2 else "female")


@given(born, st.integers(min_value=0, max_value=999), st.integers(min_value=0, max_value=16), digits)
def test_one_wrong_digit_is_always_found(born_on: date, order: int, place: int, digit: int) -> None:
    number = number_of(born_on, order)
    wrong = number[:place] + str(digit) + number[place + 1 :]
    assert (rules.resident_id_fault(wrong, TODAY) == "") == (wrong == number)


@given(born, st.integers(min_value=0, max_value=999), st.integers(min_value=0, max_value=15))
def test_two_neighbours_changed_over_are_always_found(born_on: date, order: int, place: int) -> None:
    number = number_of(born_on, order)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (rules.resident_id_fault(swapped, TODAY) == "") == (swapped == number)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "18位"),
        (ID[:17], "18位"),
        (ID[:17] + "Y", "18位"),
        ("00000019800230001X", "出生日期不存在：19800230"),
        (number_of(date(2026, 5, 14), 1), "不可能"),
        (number_of(date(1899, 12, 31), 1), "不可能"),
        (BODY + "0123456789X".replace(ID[17], "")[0], "校验码"),
    ],
)
def test_a_number_that_is_none_says_why(number: str, said: str) -> None:
    assert said in rules.resident_id_fault(number, TODAY)


signs = st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY")
bodies = st.tuples(
    st.text(signs, min_size=2, max_size=2),
    st.text(st.sampled_from("0123456789"), min_size=6, max_size=6),
    st.text(signs, min_size=9, max_size=9),
).map("".join)


@given(bodies)
def test_a_credit_code_with_its_check_sign_is_taken(body: str) -> None:
    assert rules.credit_code_fault(body + rules.credit_code_sum(body)) == ""


@given(bodies, st.integers(min_value=8, max_value=16), signs)
def test_one_wrong_sign_of_a_credit_code_is_always_found(body: str, place: int, sign: str) -> None:
    code = body + rules.credit_code_sum(body)
    wrong = code[:place] + sign + code[place + 1 :]
    assert (rules.credit_code_fault(wrong) == "") == (wrong == code)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "18位"),
        (CODE[:17], "18位"),
        ("9100000000000000I0", "不含I"),
        ("91A000000000000X00", "第3至8位"),
        (CODE_BODY + ("0" if CODE[17] != "0" else "1"), "校验码"),
    ],
)
def test_a_credit_code_that_is_none_says_why(code: str, said: str) -> None:
    assert said in rules.credit_code_fault(code)


@pytest.mark.parametrize(
    ("plate", "colour", "good"),
    [
        ("沪A12345", "blue", True),
        ("沪A1234D", "yellow", True),
        ("沪A1234挂", "yellow", True),
        ("沪A1234学", "", True),
        ("粤Z1234港", "black", True),
        ("沪AD12345", "green", True),
        ("沪A12345D", "yellow_green", True),
        ("沪AD12345", "blue", False),
        ("沪A12345", "green", False),
        ("沪AI2345", "", False),
        ("沪I12345", "", False),
        ("火A12345", "", False),
        ("沪A1234", "", False),
        ("沪AZ12345", "", False),
        ("", "", False),
    ],
)
def test_plates_are_told_from_what_is_none(plate: str, colour: str, good: bool) -> None:
    assert (rules.plate_fault(plate, colour) == "") is good


def test_a_plate_is_tidied_of_dots_spaces_and_small_letters() -> None:
    assert rules.tidy_plate(" 沪a·12 345 ") == "沪A12345"


@pytest.mark.parametrize(
    ("masked", "shown"),
    [
        (rules.masked_id(ID), "000***********" + ID[-4:]),
        (rules.masked_id("AB123"), "***23"),
        (rules.masked_id(""), ""),
        (rules.masked_phone("13800000000"), "138****0000"),
        (rules.masked_phone("1234567"), "*****67"),
        (rules.masked_name("示例甲"), "示**"),
        (rules.masked_name(""), ""),
    ],
)
def test_what_is_hidden_stays_hidden(masked: str, shown: str) -> None:
    assert masked == shown


CITIZEN: dict[str, Any] = {"kind": "citizen", "name": "示例甲", "id_kind": "resident_id", "id_no": ID}
BUSINESS: dict[str, Any] = {"kind": "individual_business", "trade_name": "示例面馆", "credit_code": CODE}
COMPANY: dict[str, Any] = {"kind": "organisation", "name": "示例有限公司", "credit_code": CODE}


@pytest.mark.parametrize("values", [CITIZEN, BUSINESS, COMPANY, {"kind": "citizen", "name": "示例甲"}])
def test_a_party_of_each_kind_can_be_told(values: dict[str, Any]) -> None:
    assert rules.faults(rules.tidy(values), TODAY) == {}


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"kind": "ghost", "name": "示例"}, "kind", "种类"),
        ({"kind": "citizen"}, "name", "姓名"),
        ({"kind": "organisation", "name": " "}, "name", "名称"),
        ({"kind": "individual_business"}, "name", "名称"),
        ({**CITIZEN, "credit_code": CODE}, "credit_code", "公民没有"),
        ({**COMPANY, "id_no": ID}, "id_no", "单位没有"),
        ({**COMPANY, "birth_date": date(1980, 3, 2)}, "birth_date", "单位没有"),
        ({**CITIZEN, "id_no": ID[:-1]}, "id_no", "18位"),
        ({**CITIZEN, "birth_date": date(1981, 3, 2)}, "birth_date", "不符"),
        ({**CITIZEN, "sex": "female"}, "sex", "不符"),
        ({**CITIZEN, "sex": "?"}, "sex", "男或女"),
        ({"kind": "citizen", "name": "示例", "birth_date": date(2027, 1, 1)}, "birth_date", "晚于今天"),
        ({**CITIZEN, "id_kind": "library card"}, "id_kind", "证件"),
        ({**COMPANY, "credit_code": "X" * 18}, "credit_code", "18位"),
        ({**CITIZEN, "phone": "call me"}, "phone", "数字"),
        ({**CITIZEN, "name": "示" * 121}, "name", "最长"),
        ({**CITIZEN, "address": "示" * 201}, "address", "最长"),
    ],
)
def test_what_is_wrong_with_a_party_names_the_field(values: dict[str, Any], field: str, said: str) -> None:
    assert said in rules.faults(rules.tidy(values), TODAY)[field]


def test_a_passport_number_has_no_check_digit_of_ours() -> None:
    assert rules.faults(rules.tidy({**CITIZEN, "id_kind": "passport", "id_no": "e0000000"}), TODAY) == {}


def test_an_individual_business_is_called_by_its_trade_name_or_its_operator() -> None:
    assert rules.tidy({**BUSINESS, "operator": "示例甲"})["name"] == "示例面馆"
    assert rules.tidy({"kind": "individual_business", "operator": " 示例甲 "})["name"] == "示例甲"


def test_small_letters_and_blanks_in_numbers_are_put_right() -> None:
    tidied = rules.tidy({"kind": "citizen", "name": " 示例甲 ", "id_no": f" {ID[:6]} {ID[6:].lower()}"})
    assert (tidied["name"], tidied["id_no"], tidied["id_kind"]) == ("示例甲", ID, "resident_id")
