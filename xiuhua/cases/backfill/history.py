"""A history as JSON text: read, its people found, and walked through the procedure. No database."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiuhua.cases.backfill.known import Known
from xiuhua.cases.procedure import walk
from xiuhua.cases.procedure.setting import Setting
from xiuhua.kernel.clock import SHANGHAI

_PERSON = re.compile(r'"staff:([^"\\]{1,20})"')
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
# What the columns say of a case is not said again in the base of its history.
FROM_COLUMNS = frozenset({"cause", "party", "officers", "step"})
CASE_FROM_COLUMNS = frozenset(
    {
        "procedure",
        "lead_source",
        "handling_unit",
        "handling_unit_kind",
        "authority_kind",
        "authority_name",
        "handling_area_codes",
    }
)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _no_number(text: str) -> None:
    raise ValueError(f"“{text}”不是数")


_decoder = json.JSONDecoder(parse_constant=_no_number)
# How a history begins and goes on where it is written without blanks and in this order of keys.
_BASE, _STEPS, _FACTS = '{"base":', ',"steps":[', '"facts":'
_KEYS = ["move", "at", "by", "role", "facts"]


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong with a history: where (`history` or `history[2].check_lead`), why, and the article."""

    field: str
    reason: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a history that is sound in form. `by` is the id of a person as text, empty for the system.

    `text` is the JSON of the facts as the tables keep it.
    """

    move: str
    at: datetime
    by: str
    role: str
    facts: dict[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class History:
    base: dict[str, Any]
    steps: Sequence[Moment]


def as_text(facts: Mapping[str, Any]) -> str:
    """JSON as the tables keep it."""
    return _encode(facts)


def parse(text: str, known: Known) -> History | list[Told]:
    """The history with ids in the place of staff numbers; or what is wrong with its form."""
    replaced, strangers = text, []
    for number in set(_PERSON.findall(text)):
        found = known.officers.get(number)
        if found is None:
            strangers.append(number)
        else:
            replaced = replaced.replace(f'"staff:{number}"', f'"{found.id}"')
    if "\\u0000" in text:
        return [Told("history", "含有不可见的空字符（\\u0000）")]
    if strangers:
        return [Told("history", f"没有工号为{'、'.join(sorted(strangers))}的人员")]
    try:
        base, steps, texts = _read(replaced)
    except ValueError as error:
        return [Told("history", f"不是 JSON：{error}")]
    if not isinstance(steps, list) or not steps:
        return [Told("history", "应为含有 steps 的 JSON 对象，至少一个步骤")]
    if wrong := _base_faults(base):
        return wrong
    return _steps(base, steps, texts, known)


def _read(text: str) -> tuple[Any, Any, Sequence[str]]:
    """Base, steps, and the texts of their facts as they stand; no texts where the history is written in another way.

    Facts that are cut out of the text need not be encoded again: a fifth of the work of an import.
    """
    if not text.startswith(_BASE):
        return _loaded(text)
    try:
        base, end = _decoder.raw_decode(text, len(_BASE))
    except ValueError:
        return _loaded(text)
    if not text.startswith(_STEPS, end):
        return _loaded(text)
    steps, texts, place = [], [], end + len(_STEPS)
    while True:
        try:
            step, end = _decoder.raw_decode(text, place)
        except ValueError:
            return _loaded(text)
        if not isinstance(step, dict) or list(step) != _KEYS:
            return _loaded(text)
        # Quotes inside a text are escaped, so the first such key is that of the step.
        texts.append(text[text.index(_FACTS, place) + len(_FACTS) : end - 1])
        steps.append(step)
        if text[end : end + 1] != ",":
            break
        place = end + 1
    return (base, steps, texts) if text[end:] == "]}" else _loaded(text)


def _loaded(text: str) -> tuple[Any, Any, Sequence[str]]:
    """The same of a history in any other shape of JSON."""
    said = _decoder.decode(text)
    if not isinstance(said, dict):
        return {}, None, ()
    return said.get("base") or {}, said.get("steps"), ()


def _base_faults(base: Any) -> list[Told]:
    if not isinstance(base, dict) or not isinstance(base.get("case", {}), dict):
        return [Told("history", "base 应为 JSON 对象")]
    twice = [n for n in base if n in FROM_COLUMNS]
    twice += [f"case.{n}" for n in base.get("case", {}) if n in CASE_FROM_COLUMNS]
    return [Told("history", f"base 中不应有 {name}：以本行各列为准") for name in twice]


def _steps(
    base: dict[str, Any], steps: Sequence[Any], texts: Sequence[str], known: Known
) -> History | list[Told]:
    made: list[Moment] = []
    before = ""
    for number, step in enumerate(steps, 1):
        if not isinstance(step, dict):
            return [Told(f"history[{number}]", "步骤应为 JSON 对象")]
        where = f"history[{number}].{step.get('move', '')}"
        at = step.get("at")
        if not isinstance(at, str) or not _MOMENT.fullmatch(at):
            return [Told(where, f"时间“{at}”应写作 YYYY-MM-DDTHH:MM")]
        if at < before:
            return [Told(where, f"时间 {at} 早于上一步骤")]
        if reason := _form_fault(step, known):
            return [Told(where, reason)]
        try:
            moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
        except ValueError:
            return [Told(where, f"没有“{at}”这个时间")]
        facts = step["facts"]
        text = texts[number - 1] if texts else as_text(facts)
        made.append(Moment(step["move"], moment, step.get("by") or "", step["role"], facts, text))
        before = at
    return History(base, made)


def _form_fault(step: Mapping[str, Any], known: Known) -> str:
    if not isinstance(step.get("move"), str) or not isinstance(step.get("role"), str):
        return "步骤应有 move 和 role"
    if not isinstance(step.get("facts"), dict):
        return "facts 应为 JSON 对象"
    by = step.get("by") or ""
    if not by and step["role"] != "system":
        return "未写明行为人（by）"
    if by and by not in known.by_id:
        return f"行为人“{by}”应写作 staff:工号"
    return ""


def walked(procedure: str, base: Mapping[str, Any], steps: Sequence[Moment], known: Known) -> walk.Replay:
    """The history judged step by step by the law of its days."""

    def setting_for(step: walk.Step) -> Setting:
        return known.setting(step.on, step.role, step.by)

    return walk.replay(
        procedure,
        [walk.Step(s.move, s.at.date(), s.facts, s.role, s.by) for s in steps],
        base,
        setting_for,
    )


def faults_of(run: walk.Replay) -> list[Told]:
    """Why the walk stopped, one for each reason, with the article."""
    return [
        Told(
            f"history[{fault.step}].{fault.move}",
            fault.sentence
            + (f"（{fault.field}）" if fault.field and fault.field not in fault.sentence else ""),
            fault.ground,
        )
        for fault in run.faults
    ]
