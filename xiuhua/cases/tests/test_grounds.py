"""Whatever this room refuses names an article, or a rule of the platform that says where it comes from.

Guards, states, roles and stated facts of every procedure are held to it in `procedure/test_procedure_articles`; here is
every refusal that is made anywhere else in the room, read off its source.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.cases.procedure.articles import on_day
from xiuhua.cases.queries import BARS
from xiuhua.org import rules

ROOM = Path(__file__).resolve().parents[1]
INTERNAL = "平台规则"
# Where the ground is reckoned from the move, its articles or its procedure: file and expression.
RECKONED = {
    ("procedure/judging.py", "ground_on(guard.article, move, day)"),
    ("procedure/judging.py", "'; '.join(move.articles)"),
    ("procedure/judging.py", "'; '.join(first.articles)"),
    ("procedure/judging.py", "'; '.join(before.articles)"),
    ("procedure/history.py", "ground"),
    ("actions/matters.py", "_basis(place)"),
    ("actions/reviewing.py", "ground"),
}


def made(path: Path) -> Iterator[tuple[str, ast.expr | None]]:
    """Code and ground of every refusal that a file makes."""
    text = path.read_text(encoding="utf-8")
    # Most files refuse nothing, and reading them all as a tree takes a second at each start.
    tree = ast.parse(text) if "Refusal(" in text else ast.Module([], [])
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
            said = {k.arg: k.value for k in node.keywords}
            ground = node.args[2] if len(node.args) > 2 else said.get("ground")
            yield ast.unparse(node.args[0]), ground


REFUSALS = [
    (str(path.relative_to(ROOM)), code, ground)
    for path in sorted(ROOM.rglob("*.py"))
    if "tests" not in path.relative_to(ROOM).parts
    for code, ground in made(path)
]


def rows(name: str) -> list[dict[str, str]]:
    with (settings.REFERENCE_DIR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fixed(ground: ast.expr) -> str | None:
    """The ground as it is written, or as it was in the newest text; None where it is reckoned."""
    if isinstance(ground, ast.Constant):
        return str(ground.value)
    call = ground.value if isinstance(ground, ast.Subscript) else None
    if isinstance(call, ast.Call) and ast.unparse(call.func) == on_day.__name__:
        first = call.args[0]
        return str(first.value) if isinstance(first, ast.Constant) else None
    return None


def faults(ground: str) -> list[str]:
    """What is wrong with a ground; nothing if every act and every rule of the platform that it names is known."""
    acts = {row["short"] for row in rows("acts.csv")}
    numbers = {row["number"] for row in rows("internal_rules.csv")}
    found = list(rules.grounds(ground))
    wrong = [f"{short} is no act" for short, _ in found if short not in acts]
    wrong += [f"{short} without an article" for short, articles in found if not articles]
    wrong += [
        f"{INTERNAL} has no §{a}"
        for short, all_ in found
        if short == INTERNAL
        for a in all_
        if a not in numbers
    ]
    return wrong or ([] if found else ["no ground"])


@pytest.mark.parametrize(("ground", "fault"), [
    ("", "no ground"), ("示例法 §1", "示例法 is no act"), ("PPL21", "PPL21 without an article"),
    (f"{INTERNAL} §999", f"{INTERNAL} has no §999")])  # fmt: skip
def test_a_ground_that_is_none_is_found(ground: str, fault: str) -> None:
    assert faults(ground) == [fault]


@pytest.mark.parametrize(("file", "code", "ground"), REFUSALS, ids=lambda v: v if isinstance(v, str) else "")
def test_a_refusal_names_its_article_or_the_rule_of_the_platform(
    file: str, code: str, ground: ast.expr | None
) -> None:
    assert ground is not None, f"{file}: {code} names no ground"
    said = fixed(ground)
    if said is None:
        assert (file, ast.unparse(ground)) in RECKONED, f"{file}: {code}"
    else:
        assert faults(said) == [], f"{file}: {code}"


def test_many_refusals_were_read_and_all_that_are_reckoned_are_there() -> None:
    assert len(REFUSALS) > 40
    reckoned = {(file, ast.unparse(g)) for file, _, g in REFUSALS if g is not None and fixed(g) is None}
    assert reckoned == RECKONED


def test_what_bars_a_reviewer_is_founded_too() -> None:
    assert BARS
    assert {code: faults(ground) for code, (_, ground, _) in BARS.items() if faults(ground)} == {}


def test_every_rule_of_the_platform_is_used_and_says_where_it_comes_from() -> None:
    used = {a for _, _, g in REFUSALS if g is not None for short, all_ in rules.grounds(fixed(g) or "")
            if short == INTERNAL for a in all_}  # fmt: skip
    found = rows("internal_rules.csv")
    assert used == {row["number"] for row in found}
    for row in found:
        assert row["rule"]
        assert row["rule_en"]
        assert row["source"]
        assert row["certainty"] == "design"
