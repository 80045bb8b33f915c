"""A history as JSON text: read, its people found, and walked through the procedure. No database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import orjson

from xiuhua.cases.backfill.known import Known
from xiuhua.cases.procedure import walk
from xiuhua.cases.procedure.setting import Setting
from xiuhua.kernel.clock import SHANGHAI

_PERSON = re.compile(rb'"staff:([^"\\]{1,80})"')
_MATTER = re.compile(r"[a-z_]{1,30}:[1-9]\d?")
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


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong with a history: where (`history` or `history[2].check_lead`), why, and the article."""

    field: str
    reason: str
    ground: str = ""


@dataclass(slots=True)
class Moment(walk.Step):
    """One step of a history that is sound in form. `by` is the id of a person as text, empty for the system.

    `day` is the day as ISO text, `kept` the moment as the tables keep it.
    """

    day: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class History:
    base: dict[str, Any]
    steps: Sequence[Moment]


def as_text(facts: Mapping[str, Any]) -> str:
    """JSON as the tables keep it."""
    return orjson.dumps(facts).decode()


def parse(text: str, known: Known) -> History | list[Told]:
    """The history with ids in the place of staff numbers; or what is wrong with its form."""
    strangers: set[str] = set()

    def id_of(said: re.Match[bytes]) -> bytes:
        number = said[1].decode()
        if found := known.officers.get(number):
            return b'"%d"' % found.id
        strangers.add(number)
        return said[0]

    # As bytes, in one pass: a text of Chinese characters is searched twenty times as slowly.
    replaced = _PERSON.sub(id_of, text.encode())
    if "\\u0000" in text:
        return [Told("history", "含有不可见的空字符（\\u0000）")]
    if strangers:
        return [Told("history", f"没有工号为{'、'.join(sorted(strangers))}的人员")]
    try:
        said = orjson.loads(replaced)
    except ValueError as error:
        return [Told("history", f"不是 JSON：{error}")]
    steps = said.get("steps") if isinstance(said, dict) else None
    if not isinstance(steps, list) or not steps:
        return [Told("history", "应为含有 steps 的 JSON 对象，至少一个步骤")]
    base = said.get("base") or {}
    if wrong := _base_faults(base):
        return wrong
    return _steps(base, steps, known)


def _base_faults(base: Any) -> list[Told]:
    if not isinstance(base, dict) or not isinstance(base.get("case", {}), dict):
        return [Told("history", "base 应为 JSON 对象")]
    twice = [n for n in base if n in FROM_COLUMNS]
    twice += [f"case.{n}" for n in base.get("case", {}) if n in CASE_FROM_COLUMNS]
    return [Told("history", f"base 中不应有 {name}：以本行各列为准") for name in twice]


def _steps(base: dict[str, Any], steps: Sequence[Any], known: Known) -> History | list[Told]:
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
            day, moment = _moment(at)
        except ValueError:
            return [Told(where, f"没有“{at}”这个时间")]
        by = step.get("by") or ""
        matter = step.get("matter") or ""
        made.append(Moment(step["move"], day, step["facts"], step["role"], by, matter, at[:10], moment))
        before = at
    return History(base, made)


@lru_cache(maxsize=100_000)
def _offset(hour: str) -> timedelta:
    """How far the bureau's time was from UTC in an hour such as `2018-05-16T09`: it is not always eight hours."""
    return datetime.fromisoformat(hour).replace(tzinfo=SHANGHAI).utcoffset() or timedelta()


def _moment(at: str) -> tuple[date, str]:
    """The day, and the moment as the tables keep it (see `rows.kept`; a test holds it to that)."""
    there = datetime.fromisoformat(at)
    return there.date(), (there - _offset(at[:13])).isoformat(" ")


def _form_fault(step: Mapping[str, Any], known: Known) -> str:
    if not isinstance(step.get("move"), str) or not isinstance(step.get("role"), str):
        return "步骤应有 move 和 role"
    if not isinstance(step.get("facts"), dict):
        return "facts 应为 JSON 对象"
    matter = step.get("matter") or ""
    if matter and not (isinstance(matter, str) and _MATTER.fullmatch(matter)):
        return f"matter“{matter}”应写作 程序:次序，如 coercive_measure:1"
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

    return walk.replay(procedure, steps, base, setting_for)


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
