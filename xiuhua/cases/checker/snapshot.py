"""A file that comes in as data: held to the fields of `fields`, and made plain for the rules. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xiuhua.cases.checker.fields import FIELDS
from xiuhua.cases.checker.kinds import READ

NEEDED = ("case.procedure",)
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file that was read. `faults`: path → reason; `ignored`: paths that no rule knows."""

    file: Mapping[str, Any]
    faults: Mapping[str, str]
    ignored: tuple[str, ...]


def read(data: Any) -> Snapshot:
    """The file in `data`; where there are faults it must not be checked.

    A moment that stands where a day is asked is cut to its day. Unknown fields are named and left out.
    """
    if type(data) is not dict:
        return Snapshot({}, {"": "应为一个对象：段名 → 字段"}, ())
    reader = _Reader()
    file = dict(reader.top(data))
    for path in NEEDED:
        block, _, name = path.partition(".")
        if path not in reader.faults and not (file.get(block) or {}).get(name):
            reader.faults[path] = "必须填写"
    return Snapshot(file, reader.faults, tuple(reader.ignored))


class _Reader:
    def __init__(self) -> None:
        self.faults: dict[str, str] = {}
        self.ignored: list[str] = []

    def top(self, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, part in data.items():
            if part is None:
                continue
            if name in FIELDS:
                yield name, self.block(part, name, name)
            elif f"{name}[]" in FIELDS:
                yield name, self.rows(part, f"{name}[]", name)
            else:
                self.ignored.append(str(name))

    def rows(self, part: Any, where: str, path: str) -> list[dict[str, Any]]:
        if type(part) is not list:
            self.faults[path] = "应为列表"
            return []
        if len(part) > MOST_ROWS:
            self.faults[path] = f"最多 {MOST_ROWS} 行"
            return []
        return [self.block(row, where, f"{path}[{place}]") for place, row in enumerate(part)]

    def block(self, part: Any, where: str, path: str) -> dict[str, Any]:
        if type(part) is not dict:
            self.faults[path] = "应为一个对象"
            return {}
        known, found = FIELDS[where], {}
        for name, value in part.items():
            here = f"{path}.{name}"
            kind = known.get(name)
            if kind is None:
                self.ignored.append(here)
            elif kind == "rows":
                found[name] = self.rows(value or [], f"{where}.{name}[]", here)
            elif value is not None and value != "":
                try:
                    found[name] = READ[kind](value)
                except ValueError as error:
                    self.faults[here] = str(error)
        return found
