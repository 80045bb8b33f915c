"""The notation: what it means, that missing fields are empty, and that nothing else can be said in it."""

from __future__ import annotations

import ast
import copy
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xiuhua.cases.checker.fields import FIELDS
from xiuhua.cases.checker.notation import Refused, write
from xiuhua.cases.checker.rules import Rule
from xiuhua.cases.checker.seeded.samples import lawful
from xiuhua.cases.checker.tests.world import checker, checker_of, rules

DECIDED = {
    "case": {"procedure": "ordinary"},
    "decision": {"kinds": ["fine"], "decided_on": "2018-09-26", "fine": 5000},
}


def fires(condition: str, file: dict[str, Any] | None = None) -> bool:
    result = checker_of(condition).check(DECIDED if file is None else file)
    assert not result.unread
    return bool(result.findings)


@pytest.mark.parametrize(
    "condition",
    [
        "missing(notice.served_on)",
        "not present(notice.served_on)",
        "not notice.tells_defence",
        "len(documents) == 0",
        "len(decision.signed_by) == 0",
        "not (notice.served_on < decision.decided_on)",
        "not (decision.decided_on < notice.served_on)",
        "not (cause.floor <= decision.fine)",
        "not before(notice.served_on, decision.decided_on)",
        "not any(s.receipt for s in services)",
        "not any(p.amount > 0 for p in payment.items)",
        "missing(payment.items[0].on)",
        "missing(decision.number[0])",
        "missing(officer('nobody').certificate_no)",
        "missing(svc('penalty_decision').method)",
        "recorded('scene') is None",
        "missing(wd(notice.served_on, 3))",
        "not (days(notice.served_on, decision.decided_on) > 0)",
        "not (decision.fine - surcharge.amount > 0)",
        "sum(p.amount for p in deferral.plan) == 0",
        "violation.place_code not in case.handling_area_codes",
        "decision.sealed != True",
    ],
)
def test_a_missing_field_is_empty_false_of_length_0_and_in_no_order(condition: str) -> None:
    assert fires(condition)


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("days('2018-09-26', '2018-10-03') == 7", True),
        ("wd('2018-09-26', 3) == '2018-09-29'", True),  # a moved workday
        ("wdays('2018-09-21', '2018-09-25') == 1", True),  # over a weekend and a holiday
        ("add_months('2018-08-31', 1) == '2018-09-30'", True),
        ("add_years('2020-02-29', 1) == '2021-02-28'", True),
        ("hours('2018-09-26T08:00', '2018-09-27T09:30') == 25.5", True),
        ("overlap('2018-09-26T08:00', '2018-09-26T09:00', '2018-09-26T09:00', '2018-09-26T10:00')", False),
        ("night('2018-09-26T22:00')", True),
        ("night('2018-09-26T06:00')", False),
        ("night('2018-09-26')", False),
        ("legal_holiday('2018-10-01')", True),
        ("legal_holiday('2018-10-13')", False),  # a plain Saturday
        ("age_on('2004-09-27', '2018-09-26') == 13", True),
        ("in_order(('filing', 'execution'), ('filing', 'execution'))", True),
        ("in_order(('execution', 'filing'), ('filing', 'execution'))", False),
        ("re_ten('2180200001')", True),
        ("re_ten('218020001')", False),
        ("usci_ok('91310115MA1K3XMP1X')", True),
        ("usci_ok('91310115MA1K3XMP12')", False),
        ("money(0.5 * 10000) == money(5000)", True),
        ("14 <= 15 < 18", True),
        ("14 <= 18 < 18", False),
        ("decision.fine > 50 if summary else decision.fine > 5000", False),
        ("param('discussion_quorum') == 3", True),
        ("tier_contains('lighter', 50, 50, 500)", True),
        ("tier_contains('heavier', 50, 50, 500)", False),
        ("tier_contains('mitigated', 50, 50, 500)", False),
        ("set(decision.kinds) == {'fine'}", True),
        ("len(set(decision.kinds) & {'fine', 'warning'}) == 1", True),
        ("hearing_due()", False),
        ("penal() and ordinary and not summary and decided_or_closed()", True),
    ],
)
def test_functions_and_signs_mean_what_the_notation_says(condition: str, says: bool) -> None:
    assert fires(condition) is says


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "open('/etc/passwd')",
        "decision.__class__",
        "().__class__.__bases__",
        "decision.fine.real",
        "(lambda: True)()",
        "[x for x in __builtins__]",
        "any(s.__class__ for s in services)",
        "any(services.__len__ for services in services)",
        "f'{decision.fine}'",
        "decision.fine ** 100000000",
        "'a' % 3",
        "decision.fine // 0",
        "100000000000 > 1",
        "x",
        "decision",
        "decision.fien > 1",
        "any(s.recipt for s in services)",
        "missing()",
        "before(decision.decided_on)",
        "days(a=1, b=2)",
        "days(*documents)",
        "param(decision.fine)",
        "decision.decided_on is notice.served_on",
        "decision.number[decision.fine]",
        "(x := 1)",
        "decision.fine = 1",
        "await decision.fine",
        "{k: 1 for k in documents}",
        "not",
        "",
        "(" * 300 + ")" * 300,
        "missing(decision.fine) or " * 60 + "True",
        "not " * 100 + "True",
        "any(documents)",
        "sum(documents)",
        "any(a.kind for (a, b) in documents)",
        "decision.fine in (decision.fine, 1)",
        "len([documents]) > 0",
        "-decision.fine > 1",
        "b'x' in decision.kinds",
        "1j > 0",
    ],
)
def test_what_is_not_in_the_notation_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        write(text)


def is_ours(code: str) -> bool:
    """Whether code names only what the check makes itself, and reaches into nothing but by `get`."""
    parts = list(ast.walk(ast.parse(code, mode="eval")))
    named = {part.id for part in parts if isinstance(part, ast.Name)}
    reached = {part.attr for part in parts if isinstance(part, ast.Attribute)}
    known = {"EMPTY", "any", "len", "set", "file", "day"}
    return reached <= {"get"} and all(name in known or OWN.match(name) for name in named)


OWN = re.compile(r"(f|l|z|v|t|fn)_")
PIECES = (
    "decision.fine", "any(", "for x in documents", "x.kind", " in ", "('a', 2)", "not ", " and ", "missing(", ")",
    " == ", "acts()", "__class__", ".", "1", "param('upload_days')",
)  # fmt: skip
pieces = st.sampled_from(PIECES)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80) | st.lists(pieces, max_size=8).map("".join))
@example("decision.fine > 1 and any(x.kind == '__' for x in documents) or penal()")
def test_no_text_at_all_gets_past_the_reader_but_as_an_expression_of_the_notation(text: str) -> None:
    try:
        written = write(text)
    except Refused:
        return
    assert is_ours(written.code)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_rule_becomes_code_of_our_own(rule: Rule) -> None:
    assert is_ours(write(rule.condition).code)
    assert is_ours(write(rule.applies_when).code)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("2018-09-26"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(sorted({name.removesuffix("[]").split(".")[0] for name in FIELDS}))
fields_known = st.sampled_from(sorted({field for block in FIELDS.values() for field in block}))
blocks = st.dictionaries(fields_known, anything, max_size=6)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.dictionaries(names, anything | blocks | st.lists(blocks | anything, max_size=3), max_size=8))
def test_no_exception_escapes_whatever_the_file_holds(file: dict[str, Any]) -> None:
    result = checker().check(file)
    assert not result.ids & {rule.id for rule in result.unread}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["F1", "F2", "F3"]), st.data())
def test_no_exception_escapes_when_a_lawful_file_is_broken_anywhere(name: str, data: st.DataObject) -> None:
    file: dict[str, Any] = copy.deepcopy(dict(lawful()[name]))
    part = file[data.draw(st.sampled_from(sorted(file)))]
    row = part if isinstance(part, dict) else data.draw(st.sampled_from(part))
    row[data.draw(st.sampled_from(sorted(row)))] = data.draw(anything)
    checker().check(file)


def test_a_file_that_is_no_block_at_all_is_an_empty_one() -> None:
    nothing: tuple[Any, ...] = (None, [], "case", 3)
    for file in nothing:
        assert not checker().check(file).unread


def test_a_value_of_a_wrong_kind_leaves_its_rules_unjudged_and_says_which() -> None:
    file = {**DECIDED, "notice": {"served_on": 20180920}}
    result = checker().check(file)
    assert "NO02" in {rule.id for rule in result.unread}
    assert "NO02" not in result.ids


def test_a_day_in_no_possible_year_leaves_its_rules_unjudged_at_once() -> None:
    file = {
        "case": {"procedure": "ordinary"},
        "hearing": {"notice_served_on": "0001-01-01", "held_on": "9999-12-31"},
    }
    assert {"NO13"} & {
        rule.id for rule in checker().check({**file, "decision": {"decided_on": "2023-05-18"}}).unread
    }
