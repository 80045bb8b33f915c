"""Finds what Xiuhua says to people: the Chinese source strings that gettext looks up, in code and templates.

Beside the gettext calls the labels of `TextChoices` count: pages show them through gettext although the declaration
is a plain string. The `verbose_name` of models and fields is for developers; no page shows it.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.translation.template import templatize

CJK = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff]")
_LITERAL = r"""(?:u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"(?:\b(?P<kind>np|n|p)?gettext|\b_)\((?P<strings>{_LITERAL}(?:,\s*{_LITERAL})*)")
_MARKED = re.compile(r"""_\((?:"[^"]*"|'[^']*')\)|^\s*trans(?:late)?\s+(?:"[^"]*"|'[^']*')""")
# Passages that name their own language: the switch of languages, the page of last resort.
_OWN_LANGUAGE = re.compile(r"""<html lang="[\w-]+">[\s\S]*|<\w+[^>{]*\blang="[\w-]+"[^>]*>[^<]*""")
_KINDS = {
    name + lazy: kind
    for name, kind in {"gettext": "", "ngettext": "n", "pgettext": "p", "npgettext": "np"}.items()
    for lazy in ("", "_lazy")
} | {"_": "", "gettext_noop": ""}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A source string, with its plural and context where it has them."""

    text: str
    plural: str = ""
    context: str = ""


def _message(kind: str, strings: list[str]) -> Message | None:
    match kind, strings:
        case "", [text, *_]:
            return Message(text)
        case "n", [text, plural, *_]:
            return Message(text, plural)
        case "p", [context, text, *_]:
            return Message(text, context=context)
        case "np", [context, text, plural, *_]:
            return Message(text, plural, context)
        case _:
            return None


def in_template(source: str) -> Iterator[Message]:
    """The messages of a Django template."""
    for call in _CALL.finditer(templatize(source)):
        strings = [ast.literal_eval(s) for s in re.findall(_LITERAL, call["strings"])]
        if message := _message(call["kind"] or "", strings):
            yield message


def bare_text(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every Chinese passage of a template that no translation tag holds.

    What stands in an element with a `lang` of its own is meant for readers of that language and needs no tag.
    """
    inside = ""
    for token in Lexer(source).tokenize():
        word = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if token.token_type is TokenType.BLOCK and inside and word == f"end{inside}":
            inside = ""
        elif token.token_type is TokenType.BLOCK and word in {"blocktranslate", "blocktrans", "comment"}:
            inside = word
        elif not inside and CJK.search(_unmarked(token)):
            yield token.lineno or 0, " ".join(token.contents.split())[:60]


def _unmarked(token: Token) -> str:
    if token.token_type is TokenType.COMMENT:
        return ""
    marked = _OWN_LANGUAGE if token.token_type is TokenType.TEXT else _MARKED
    return marked.sub("", token.contents)


def in_python(source: str) -> Iterator[Message]:
    """The messages of a Python module: gettext calls and labels of choices."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _called(node)
        elif isinstance(node, ast.ClassDef):
            yield from (Message(label) for _, label in _choices(node))


def _called(call: ast.Call) -> Iterator[Message]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _KINDS and (message := _message(_KINDS[name], _strings(call.args))):
        yield message


def _choices(cls: ast.ClassDef) -> Iterator[tuple[int, str]]:
    """Line and label of each member if the class is a TextChoices."""
    if not any("TextChoices" in ast.unparse(base) for base in cls.bases):
        return
    for line in cls.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
            yield from ((line.lineno, label) for label in _strings(line.value.elts[-1:]))


def labels(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every label of a choice: members of TextChoices, values of a table named …LABELS."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            yield from _choices(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if ast.unparse(target).endswith("LABELS"):
                yield from _values(node.value)


def _values(table: ast.Dict) -> Iterator[tuple[int, str]]:
    for value in table.values:
        plain = value.args[0] if isinstance(value, ast.Call) and value.args else value
        yield from ((plain.lineno, text) for text in _strings([plain]))


def _strings(nodes: Iterable[ast.expr]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _sources(root: Path) -> Iterator[tuple[Path, Callable[[str], Iterator[Message]]]]:
    """Files that speak to people, each with its reader; tests and migrations do not."""
    silent = {"tests", "testing", "migrations", "vendor"}
    for pattern, read in (("*.py", in_python), ("*.html", in_template)):
        for path in sorted((root / "xiuhua").rglob(pattern)):
            if not silent & set(path.relative_to(root).parts):
                yield path, read


def said_in(root: Path) -> dict[Message, list[str]]:
    """Every message under `root`/xiuhua with the files that say it."""
    found: dict[Message, list[str]] = defaultdict(list)
    for path, read in _sources(root):
        place = path.relative_to(root).as_posix()
        for message in read(path.read_text()):
            if message.text and place not in found[message]:
                found[message].append(place)
    return {message: places for message, places in found.items() if message.text}
