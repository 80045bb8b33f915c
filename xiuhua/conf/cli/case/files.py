"""One case: a file as data is checked, a case of this bureau is checked or written out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from xiuhua.cases.checker.checking import Checker
from xiuhua.cases.checker.folder import law_in
from xiuhua.cases.checker.snapshot import Snapshot, read
from xiuhua.cases.queries import Case, checking, parameters_on
from xiuhua.conf.cli.case.content import content
from xiuhua.conf.cli.case.telling import as_data, faults_as_data, tell
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid


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
    found = read(content(name))
    if found.faults and as_json:
        print(json.dumps({"faults": faults_as_data(found.faults)}, ensure_ascii=False))
        return 1
    if found.faults:
        raise Invalid(found.faults)
    return tell(judge().check(found.file), found, as_json)


def check_files(names: Sequence[str]) -> int:
    """One JSON object a line for each file, in their order; 1 if any was not in form."""
    judging, wrong = judge(), 0
    for name in names:
        try:
            found = read(content(name))
        except Invalid as error:
            found = Snapshot({}, error.errors, ())
        wrong |= bool(found.faults)
        told = (
            {"faults": faults_as_data(found.faults)}
            if found.faults
            else as_data(judging.check(found.file), found)
        )
        print(json.dumps({"file": name, **told}, ensure_ascii=False), flush=True)
    return wrong


def _case(number: str) -> Case:
    case = Case.objects.visible(SYSTEM).filter(number=number).first()
    if case is None:
        raise Invalid({"NUMBER": f"没有案件“{number}”"})
    return case


def check_case(number: str, as_json: bool) -> int:
    return tell(checking.check_case(_case(number)), Snapshot({}, {}, ()), as_json)


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
