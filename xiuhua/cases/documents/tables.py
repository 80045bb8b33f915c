"""The small CSV tables behind the forms: kinds of documents, fields, codes, parameters of the law, acts."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiuhua.cases.documents.citations import Act
from xiuhua.cases.documents.words import PERIODS


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of statutory document. `rank` is its place in the file; `label_zh` its name in lists."""

    kind: str
    label_zh: str
    archive_group: str
    rank: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the case snapshot that forms may print. `type` says how it is written, `label_zh` what it is."""

    name: str
    label_zh: str
    type: str


@dataclass(frozen=True, slots=True)
class LawRow:
    """One parameter of the law, citation or wording, with the days on which it holds (both included)."""

    key: str
    value: str
    unit: str
    valid_from: str
    valid_to: str

    def holds(self, day: str) -> bool:
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


def kinds(path: Path) -> dict[str, Kind]:
    return {
        row["kind"]: Kind(row["kind"], row["label_zh"], row["archive_group"], place)
        for place, row in enumerate(_rows(path))
    }


def fields(path: Path) -> dict[str, Field]:
    return {row["field"]: Field(row["field"], row["label_zh"], row["type"]) for row in _rows(path)}


def codes(path: Path) -> dict[str, dict[str, str]]:
    """Labels by list and code."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows(path):
        found.setdefault(row["list"], {})[row["code"]] = row["label_zh"]
    return found


def acts(path: Path) -> dict[str, Act]:
    return {
        row["short"]: Act(row["short"], row["title_zh"], row["version_note"], row["number"])
        for row in _rows(path)
    }


def bodies(path: Path) -> tuple[LawRow, ...]:
    """The full names of outside bodies by date, under the codes of the list `body`."""
    return tuple(
        LawRow(row["code"], row["name_zh"], "text", row["valid_from"], row["valid_to"]) for row in _rows(path)
    )


def law(words: Path, parameters: Path) -> tuple[LawRow, ...]:
    """Citations and wording by date from `words`, the statutory numbers from the table of parameters."""
    found = [_law_row(row, "key") for row in _rows(words)]
    return (*found, *(_law_row(row, "name") for row in _rows(parameters)))


def _law_row(row: Mapping[str, str], key: str) -> LawRow:
    return LawRow(row[key], row["value"], row["unit"], row["valid_from"], row["valid_to"])


def law_on(rows: tuple[LawRow, ...], day: str) -> dict[str, object]:
    """The parameters that hold on an ISO day, shaped for the forms.

    A period is {"length": 5, "unit": "working_day"}, a list has its codes, a flag is a bool, the rest is text.
    Raises ValueError when two rows of one key hold on the day.
    """
    date.fromisoformat(day)
    found: dict[str, object] = {}
    for row in rows:
        if not row.holds(day):
            continue
        if row.key in found:
            raise ValueError(f"two values of {row.key} hold on {day}")
        found[row.key] = _law_value(row)
    return found


def law_fields(rows: tuple[LawRow, ...]) -> set[str]:
    """The field names under which forms may ask for the parameters."""
    names = {f"law.{row.key}" for row in rows}
    periods = {f"law.{row.key}" for row in rows if isinstance(_law_value(row), Mapping)}
    return names | {f"{name}.{part}" for name in periods for part in ("length", "unit")}


def _law_value(row: LawRow) -> object:
    if row.unit in PERIODS:
        return {"length": int(row.value), "unit": row.unit}
    if row.unit == "list":
        return [code.strip() for code in row.value.split(";")]
    if row.unit == "flag":
        return row.value == "yes"
    return row.value


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table. Raises ValueError with file and line when a row has too many or too few cells."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, restkey="", restval=None)
        found = []
        for row in reader:
            if "" in row or None in row.values():
                raise ValueError(f"{path.name}:{reader.line_num}: wrong number of cells")
            found.append(row)
        return found
