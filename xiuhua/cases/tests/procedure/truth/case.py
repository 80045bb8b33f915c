"""One line of a truth table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xiuhua.cases.procedure.file import File, fold_all, merge
from xiuhua.cases.procedure.setting import Setting
from xiuhua.cases.tests.procedure.setting import setting

DAY = "2023-05-16"


@dataclass(frozen=True)
class Case:
    """`guard` should answer `expected` on a file that came to be by `step` on top of the rest."""

    guard: str
    expected: bool
    file: File
    setting: Setting
    step: Mapping[str, Any] = field(default_factory=dict)

    @property
    def folded(self) -> File:
        return merge(self.file, self.step)


def case(
    guard: str,
    expected: bool,
    /,
    *,
    day: str = DAY,
    by: str = "",
    roles: tuple[str, ...] = (),
    params: Mapping[str, Any] | None = None,
    step: Mapping[str, Any] | None = None,
    **file: Any,
) -> Case:
    return Case(
        guard, expected, fold_all(file, ()), setting(day, *roles, by=by, **(params or {})), step or {}
    )


def yes(guard: str, /, **how: Any) -> Case:
    return case(guard, True, **how)


def no(guard: str, /, **how: Any) -> Case:
    return case(guard, False, **how)


def officer(id: str, **changed: Any) -> dict[str, Any]:
    return {
        "id": id,
        "kind": "officer",
        "certificate_no": f"示例{id}",
        "certificate_from": "2015-01-01",
        "certificate_to": "2030-12-31",
        **changed,
    }


OFFICERS = [officer("A"), officer("B"), officer("K")]
