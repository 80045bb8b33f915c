"""What of a like case may stand in the form of another: words and what was measured, no people, no statements. Pure.

Rules of the file
1. Only the paths below are taken. They are words of the officers and of the agency; what a party or a witness said, and
   what anybody signed or received, is not among them.
2. Names, numbers of identity, telephones and days of the like case are cut out of the words and leave a blank.
3. A measurement tells what was measured: its figures are cut out as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from xiuhua.cases.procedure.facts.composing import ROWS
from xiuhua.cases.procedure.facts.field import Fields, is_empty

BLANK = "____"
WORDS = frozenset(
    {
        "assistance_item.question", "correction.recheck_facts", "correction.requirement", "decision.aggravation_ground",
        "decision.mitigation_reason", "decision.other_duties", "defence.reason", "discussion.conclusion",
        "filing.checked_facts", "filing.unit_opinion", "investigation_report.tier_reasons", "no_penalty.education",
        "no_penalty.reason", "notice.reasons_text", "persuasion.content", "sample.method", "sample.what",
        "suspension.ground", "test.material", "test.question",
    }
)  # fmt: skip
MEASURED = frozenset({"inspection.measurements", "sample.quantity", "sample.spec"})
# An identity number or credit code, a telephone, a day in figures or in characters, a sum with its unit.
_PRIVATE = re.compile(
    r"[0-9A-Z]{15,18}|(?<!\d)1\d{10}(?!\d)|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?|\d{4}年\d{1,2}月\d{1,2}日|[\d,]+(\.\d+)?元"
)
_FIGURE = re.compile(r"\d+(\.\d+)?")


def value_in(facts: Mapping[str, Any], path: str) -> Any:
    """What a step stated at the path of a form: of a row, the last one it brought."""
    head, _, key = path.partition(".")
    if head in ROWS:
        rows: Any = facts
        for name in ROWS[head].split("."):
            rows = (rows or {}).get(name)
        row = rows[-1] if rows else {}
        return row.get(key)
    part = facts.get(head)
    return part.get(key) if isinstance(part, Mapping) else None


def texts_of(fields: Fields, facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Path → words that a form of these fields may take from a step that stated `facts` in a like case.

    `names` are the people and places of that case.
    """
    said = {f.path: value_in(facts, f.path) for f in fields if f.shown and f.path in WORDS | MEASURED}
    known = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    return {path: _cut(path, text, known) for path, text in said.items() if not is_empty(text)}


def _cut(path: str, text: Any, names: Iterable[str]) -> str:
    words = str(text)
    for name in names:
        words = words.replace(name, BLANK)
    words = _PRIVATE.sub(BLANK, words)
    return _FIGURE.sub(BLANK, words) if path in MEASURED else words


# Keys of a file under which the name of somebody or the name of a place stands.
_NAMING = frozenset(
    {
        "name", "trade_name", "operator_name", "legal_representative", "address", "place", "receiver_name",
        "speaker_name", "witness_name", "party_name", "number", "id_no", "usci", "phone", "keeper",
    }
)  # fmt: skip
_NOT_OF_PEOPLE = frozenset({"cause", "documents", "evidence"})


def names_in(file: Mapping[str, Any]) -> set[str]:
    """The people, places and numbers that a file names, wherever they stand; causes and papers are no people."""
    found: set[str] = set()
    for key, part in file.items():
        if key in _NOT_OF_PEOPLE:
            continue
        if isinstance(part, str):
            found |= {part} if key in _NAMING else set()
        elif isinstance(part, Mapping):
            found |= names_in(part)
        elif isinstance(part, list):
            found |= {name for row in part if isinstance(row, Mapping) for name in names_in(row)}
    return found
