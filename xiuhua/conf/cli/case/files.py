"""One case: a file as data is checked, a case of this bureau is checked or written out."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from xiuhua.cases.checker.checking import Checker
from xiuhua.cases.checker.findings import Result
from xiuhua.cases.checker.folder import law_in
from xiuhua.cases.checker.snapshot import Snapshot, read
from xiuhua.cases.queries import Case, checking, parameters_on
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid

LARGEST = 20 * 1024 * 1024


def judge() -> Checker:
    """The rules over the law of this bureau; where none is loaded, over the reference folder."""
    try:
        is_loaded = bool(parameters_on(clock.today()))
    except DatabaseError:
        is_loaded = False
    return (
        checking.checker()
        if is_loaded
        else Checker(checking.file_rules(), law_in(Path(settings.REFERENCE_DIR)))
    )


def check_file(name: str, as_json: bool) -> int:
    found = read(_data(name))
    if found.faults and as_json:
        print(json.dumps({"faults": _faults(found.faults)}, ensure_ascii=False))
        return 1
    if found.faults:
        raise Invalid(found.faults)
    return _told(judge().check(found.file), found, as_json)


def check_files(names: Sequence[str]) -> int:
    """One JSON object a line for each file, in their order; 1 if any was not in form."""
    judging, wrong = judge(), 0
    for name in names:
        try:
            found = read(_data(name))
        except Invalid as error:
            found = Snapshot({}, error.errors, ())
        wrong |= bool(found.faults)
        told = (
            {"faults": _faults(found.faults)} if found.faults else _data_of(judging.check(found.file), found)
        )
        print(json.dumps({"file": name, **told}, ensure_ascii=False), flush=True)
    return wrong


def _faults(faults: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"field": path, "reason": reason} for path, reason in faults.items()]


def _data_of(result: Result, found: Snapshot) -> dict[str, Any]:
    return {
        "findings": [finding.as_data() for finding in result.findings],
        "unread": [rule.id for rule in result.unread],
        "ignored": list(found.ignored),
    }


def _data(name: str) -> Any:
    """What lies in the file. Raises Invalid for one that is not there, too large, or no JSON."""
    try:
        content = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes(Path(name))
        if len(content) > LARGEST:
            raise Invalid({name: f"文件大于 {LARGEST // 1024 // 1024} MB"})
        return json.loads(content, parse_constant=_no_number)
    except OSError as error:
        raise Invalid({name: f"读不了文件（{error.strerror}）"}) from None
    except (ValueError, RecursionError) as error:
        raise Invalid({name: f"不是 JSON（{error}）"}) from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number of JSON")


def _told(result: Result, found: Snapshot, as_json: bool) -> int:
    if as_json:
        print(json.dumps(_data_of(result, found), ensure_ascii=False))
        return 0
    for finding in result.findings:
        rule = finding.rule
        article = f"（{rule.article}）" if rule.article else ""
        print(f"{rule.severity:<8} {rule.id}  {rule.message}{article}")
        print(f"         {', '.join(finding.where)}：{rule.mend}")
    for path in found.ignored:
        print(f"ignored  {path}")
    print(f"{len(result.findings)} findings" if result.findings else "no finding")
    return 0


def _case(number: str) -> Case:
    case = Case.objects.visible(SYSTEM).filter(number=number).first()
    if case is None:
        raise Invalid({"NUMBER": f"没有案件“{number}”"})
    return case


def check_case(number: str, as_json: bool) -> int:
    return _told(checking.check_case(_case(number)), Snapshot({}, {}, ()), as_json)


def export(number: str, out: Path | None) -> int:
    if not number:
        raise Invalid({"NUMBER": "请给出案号"})
    text = json.dumps(checking.case_file(_case(number)), ensure_ascii=False, indent=1)
    if out is None:
        print(text)
        return 0
    out.write_text(text + "\n", encoding="utf-8")
    print(out)
    return 0
