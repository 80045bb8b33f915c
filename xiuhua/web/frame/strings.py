"""Finds every string that people read: in templates, code, and labels that are data. Behind `xiuhua messages`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.template import engines
from django.template.base import Node, NodeList
from django.template.defaulttags import CommentNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from xiuhua.org import rules as org_rules

CJK = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}")
# What is the same in both languages: names of formats and of keys.
SAME = re.compile(
    r"\b(?:PDF|DOCX|CSV|XLSX|JSON|EN|Enter|Esc|Ctrl|Tab|Alt|SHA|SM3|TOTP|GET|POST|Xiuhua)\b|&\w+;|中"
)
CALLS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"})
SPOKEN_ATTRIBUTE = re.compile(r"\b(?:aria-label|placeholder|title|alt|data-said-[\w-]+)=[\"']([^\"']*)[\"']")
PACKAGE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Found:
    """A string and where it stands."""

    text: str
    where: str
    counted: bool = False  # spoken with a number, so its English has a singular and a plural


def templates() -> Iterator[Path]:
    yield from sorted((PACKAGE / "web" / "templates").rglob("*.html"))


def _nodes(nodelist: NodeList) -> Iterator[Node]:
    for node in nodelist:
        if isinstance(node, CommentNode):
            continue
        yield node
        for name in node.child_nodelists:
            children = getattr(node, name, None)
            if isinstance(children, NodeList):
                yield from _nodes(children)


def _parsed(path: Path) -> NodeList:
    engine = engines["django"].engine  # type: ignore[attr-defined]  # the stubs know only the base backend
    nodelist: NodeList = engine.from_string(path.read_text(encoding="utf-8")).nodelist
    return nodelist


def in_templates() -> Iterator[Found]:
    """The msgids of translate tags."""
    for path in templates():
        for node in _nodes(_parsed(path)):
            if isinstance(node, TranslateNode):
                literal = node.filter_expression.var
                if isinstance(literal, str):
                    yield Found(literal, path.name)
                elif hasattr(literal, "literal") and isinstance(literal.literal, str):
                    yield Found(literal.literal, path.name)
            elif isinstance(node, BlockTranslateNode):
                singular, _vars = node.render_token_list(node.singular)
                yield Found(singular, path.name, bool(node.plural))


def bare_text() -> Iterator[Found]:
    """Words in templates that no translate tag holds: they would stay in one language."""
    for path in templates():
        if path.name != "500.html":  # shown when nothing works any more, and written in both languages
            yield from (Found(text, path.name) for text in bare(path.read_text(encoding="utf-8")))


def bare(source: str) -> Iterator[str]:
    """The words of a template's source that stand outside its tags, and those in attributes that are read aloud."""
    html = re.sub(r"{%\s*block\s+\w+_class\s*%}.*?{%\s*endblock\s*%}", " ", source, flags=re.S)
    html = re.sub(r"{%\s*(comment|blocktranslate)\b.*?{%\s*end\1\s*%}", " ", html, flags=re.S)
    html = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", html, flags=re.S)
    spoken = SPOKEN_ATTRIBUTE.findall(html)
    outside = re.split(r"<!--.*?-->|<[^<>]*>", html, flags=re.S)
    for text in (*spoken, *outside):
        rest = SAME.sub("", text)
        if CJK.search(rest) or WORD.search(rest):
            yield text.strip()


def modules() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"migrations", "tests", "simulation"} & set(path.parts):
            yield path


def in_code() -> Iterator[Found]:
    """The msgids of gettext calls, refusals without an English meaning, and reasons of Invalid."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from (Found(text, path.name, _is_counted(node)) for text in _of_call(node))


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else str(getattr(call.func, "attr", ""))


def _is_counted(call: ast.Call) -> bool:
    return _name(call).startswith("ngettext")


def _of_call(call: ast.Call) -> Iterator[str]:
    name = _name(call)
    if name in CALLS and call.args:
        yield from _literal(call.args[0])
    elif (
        name == "Refusal" and not any(k.arg == "meaning" for k in call.keywords) and len(call.args) in {2, 3}
    ):
        yield from _literal(call.args[1])
    elif name == "Invalid" and call.args and isinstance(call.args[0], ast.Dict):
        for value in call.args[0].values:
            yield from _literal(value)


def _literal(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def in_data() -> Iterator[Found]:
    """Labels that are data and are shown with `|tr`: choices of every model of ours, roles and what they may do."""
    for model in apps.get_models():
        if not model.__module__.startswith("xiuhua."):
            continue
        for field in model._meta.get_fields():
            for _key, label in getattr(field, "choices", None) or ():
                yield Found(str(label), f"{model.__name__}.{field.name}")
    for role in org_rules.ROLES.values():
        yield Found(role.label, "roles")
        yield Found(role.sentence, "roles")


def everything() -> Iterator[Found]:
    for found in (*in_templates(), *in_code(), *in_data()):
        if CJK.search(found.text):
            yield found


def not_chinese() -> Iterator[Found]:
    """Strings given to gettext that are not Chinese: the source language is Chinese."""
    for found in (*in_templates(), *in_code()):
        text = re.sub(r"%\(\w+\)[sd]", "", found.text)
        if not CJK.search(text) and WORD.search(SAME.sub("", text)):
            yield found
