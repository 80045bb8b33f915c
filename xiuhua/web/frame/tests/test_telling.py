"""Refusals in both languages: whatever the tables and guards can say, with the numbers and names that it holds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from xiuhua.cases.procedure import judging
from xiuhua.cases.procedure.articles import ground_on
from xiuhua.cases.procedure.file import STEP
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.history import Step, replay
from xiuhua.cases.procedure.moves import Table
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.tests.procedure.setting import setting, setting_for
from xiuhua.kernel.authz import Refusal, Said
from xiuhua.web.frame import catalogue
from xiuhua.web.frame.telling import sentence, told

SOURCES = Path(judging.__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u3001-\u9fff]")
EVERY = [t for tables in TABLES.values() for t in tables] + [t for s in SIDES.values() for t in s.tables]
# What these say is read at a console or by a machine; the rooms of the street and of evidence are not there yet.
ELSEWHERE = (
    "evidence",
    "backfill",
    "checker",
    "conf",
    "simulation",
    "duty",
    "observations",
    "gateways",
    "api",
    "tests",
    "bench",
)
CONSOLE = {"geojson.py", "sources.py", "sinks.py", "sheets.py"}


def in_both(refusal: Refusal) -> tuple[str, str]:
    with translation.override("zh-hans"):
        chinese = sentence(refusal)
    with translation.override("en"):
        return chinese, sentence(refusal)


def faults(refusal: Refusal) -> list[str]:
    """What is missing of a refusal: Chinese in the Chinese sentence, or English in the English one."""
    chinese, english = in_both(refusal)
    wrong = [] if CHINESE.search(chinese) else [f"no Chinese: {chinese}"]
    return wrong + ([f"no English: {english}"] if not english or CHINESE.search(english) else [])


def of_table(table: Table) -> Iterator[Refusal]:
    """Every refusal that a table can give: of each guard, of state, role and facts, of order and unknown moves."""
    side = SIDES.get(table.procedure)
    for move in table.moves:
        for name in move.guards:
            guard, day = GUARDS[name], table.valid_from or date(2018, 5, 16)
            yield Refusal(
                name, guard.sentence, ground_on(guard.article, move, day), f"Needed: {guard.meaning}"
            )
        yield from judging.refusals(table, move, "nowhere", {STEP: {}}, setting("2018-05-16", "auditor"))
        yield judging.of_order(move)
        for state in table.states_by_id:
            yield judging.of_state(table, move, state)
        if side and move.id in side.while_in:
            yield from judging.of_case(side, move, "closed", TABLES["ordinary"][0])
    for state in table.states_by_id:
        yield judging.of_unknown(table, "fly", state)


@pytest.mark.slow
@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_every_refusal_that_a_table_can_give_is_told_in_both_languages(table: Table) -> None:
    asked = {(r.code, str(r.sentence)): r for r in of_table(table) if r.code != "unknown_move" or r.ground}
    # The name of a state that does not exist is nobody's word.
    said = [r for r in asked.values() if "nowhere" not in r.sentence and "fly" not in r.sentence]
    assert len(said) > len(table.moves)
    assert [wrong for r in said for wrong in faults(r)] == []
    unknown = [r for r in asked.values() if r.code == "unknown_move"]
    assert unknown
    assert [wrong for r in unknown for wrong in faults(r)] == []


def test_every_guard_speaks_both_languages() -> None:
    wrong = [
        (guard.name, fault)
        for guard in GUARDS.values()
        for fault in faults(Refusal(guard.name, guard.sentence, guard.article, f"Needed: {guard.meaning}"))
    ]
    assert wrong == []


def test_a_history_is_refused_in_both_languages_too() -> None:
    base, day = {"case": {"procedure": "ordinary"}}, date(2023, 5, 16)
    for step in (
        Step("fly", day, {}),
        Step("check_lead", day, {"case": {"filed_on": "2023-5-16"}}),
        Step("check_lead", day, {"case": []}),
        Step("apply", day, {}, matter="nothing:1"),
        Step("apply", day, {}, matter="reconsideration:2"),
        Step("apply", day, {}, matter="reconsideration:1"),
    ):
        (fault,) = replay("ordinary", [step], base, setting_for).faults
        assert faults(Refusal(fault.code, fault.sentence, fault.ground, fault.meaning)) == [], fault


# Sentences with parameters


def test_a_sentence_with_parameters_is_its_chinese_text_and_keeps_what_it_was_made_of() -> None:
    said = Said(
        "%(names)s应当回避%(number)s，不得参加会商", names=("示例甲", "示例乙"), number="浦91-26-0002"
    )
    assert said == "示例甲、示例乙应当回避浦91-26-0002，不得参加会商"
    assert said.params["number"] == "浦91-26-0002"
    with translation.override("en"):
        assert told(said) == "示例甲, 示例乙 stand aside from 浦91-26-0002 and take no part in the session"


@pytest.mark.parametrize(("n", "english"), [(1, "at least 1 person"), (3, "at least 3 people")])
def test_english_tells_one_from_several(n: int, english: str) -> None:
    with translation.override("en"):
        assert told(Said("会商至少%(n)s人", n=n)) == f"A session needs {english}"
    with translation.override("zh-hans"):
        assert told(Said("会商至少%(n)s人", n=n)) == f"会商至少{n}人"


def test_what_has_no_words_is_told_as_nothing_and_what_has_no_english_as_it_stands() -> None:
    with translation.override("en"):
        assert told("") == ""
        assert told("示例没有译文") == "示例没有译文"
        assert sentence(Refusal("x", "示例没有译文", meaning="Has a meaning.")) == "Has a meaning."


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCES.rglob("*.py")):
        inner = path.relative_to(SOURCES)
        if not set(ELSEWHERE) & set(inner.parts) and path.name not in CONSOLE:
            yield inner, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> str:
    return getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""


@pytest.mark.slow
def test_every_sentence_with_parameters_has_its_english_with_the_same_parameters() -> None:
    english = {m.id: m.string for path in catalogue.sources() for m in catalogue.entries(path)}
    plain = {key[0] if isinstance(key, tuple) else key: value for key, value in english.items()}
    count = 0
    for path, tree in sources():
        for node in ast.walk(tree):
            # A figure of the page of remedies is called so, too, and has no parameters by name.
            if called(node) != "Said" or not isinstance(node, ast.Call) or not node.keywords:
                continue
            (first,) = node.args
            assert isinstance(first, ast.Constant), (path, node.lineno)
            msgid = str(first.value)
            strings = plain.get(msgid)
            assert strings, (path, msgid)
            named = set(re.findall(r"%\((\w+)\)s", msgid))
            assert named == {k.arg for k in node.keywords}, (path, msgid)
            for string in (strings,) if isinstance(strings, str) else strings:
                assert set(re.findall(r"%\((\w+)\)s", string)) == named, (path, string)
            count += 1
    assert count > 50


@pytest.mark.slow
def test_no_refusal_is_glued_together_so_that_nobody_can_translate_it() -> None:
    glued = [
        f"{path}:{part.lineno}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if called(node) in {"Refusal", "Invalid"}
        for part in ast.walk(node)
        if isinstance(part, ast.JoinedStr)
        and any(isinstance(v, ast.Constant) and CHINESE.search(str(v.value)) for v in part.values)
    ]
    assert glued == []
