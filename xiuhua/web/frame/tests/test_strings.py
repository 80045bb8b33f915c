"""Labels that are data have their English: choices, roles, refusals without a meaning, reasons of wrong input.

Strings that gettext is asked for by name are held by the gate `language`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext

from xiuhua.cases.procedure import periods
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.leads.actions.outcome import WAYS
from xiuhua.org import rules
from xiuhua.web.frame import catalogue

PACKAGE = Path(__file__).resolve().parents[3]
CJK = re.compile(r"[\u3400-\u9fff]")
# What an English sentence may show: the button of the other language, a plate as an example.
SIGNS = re.compile(r"中|沪[A-Z0-9]+")


def choices() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        fields = model._meta.get_fields() if model.__module__.startswith("xiuhua.") else ()
        for field in fields:
            for _key, label in getattr(field, "choices", None) or ():
                yield f"{model.__name__}.{field.name}", str(label)


def roles() -> Iterator[tuple[str, str]]:
    for role in rules.ROLES.values():
        yield "roles", role.label
        yield "roles", role.sentence


def procedure() -> Iterator[tuple[str, str]]:
    """States, moves and clocks of both procedures, in both texts of the law."""
    for tables in TABLES.values():
        for table in tables:
            yield from (("states", state.label) for state in table.states)
            yield from (("moves", move.label) for move in table.moves)
    for side in SIDES.values():
        for table in side.tables:
            yield from (("states", state.label) for state in table.states)
            yield from (("moves", move.label) for move in table.moves)
    yield from (("clocks", period.label) for period in periods.BY_ID.values())


def ways() -> Iterator[tuple[str, str]]:
    yield from (("ways", label) for label in WAYS.values())


def reasons() -> Iterator[tuple[str, str]]:
    """What `Refusal` (without a meaning) and `Invalid` say in the code of the rooms."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if {"tests", "migrations", "testing", "simulation"} & set(path.parts):
            continue
        source = path.read_text(encoding="utf-8")
        if "Refusal(" not in source and "Invalid(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call):
                yield from ((path.name, text) for text in _of_call(node))


def _of_call(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", "")
    if name == "Refusal" and not any(k.arg == "meaning" for k in call.keywords) and len(call.args) in {2, 3}:
        yield from _literals(call.args[1:2])
    elif name == "Invalid" and call.args and isinstance(call.args[0], ast.Dict):
        yield from _literals(call.args[0].values)


def _literals(nodes: list[ast.expr]) -> Iterator[str]:
    yield from (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))


@pytest.mark.slow
@pytest.mark.parametrize("source", [choices, roles, procedure, ways, reasons])
def test_every_label_that_is_data_has_its_english(source: object) -> None:
    assert callable(source)
    with translation.override("en"):
        missing = sorted({f"{where}: {text}" for where, text in source() if CJK.search(gettext(text))})
    assert not missing, "add to locale/en/LC_MESSAGES/data.po:\n" + "\n".join(missing)


@pytest.mark.slow
def test_no_english_string_contains_chinese() -> None:
    for message in catalogue.merged():
        said = [message.string] if isinstance(message.string, str) else message.string or ()
        assert not [text for text in said if message.id and CJK.search(SIGNS.sub("", text))]
