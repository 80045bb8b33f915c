"""The forms of document numbers (文号), as data: `reference/numbering.csv` and the prefixes of units.

A number belongs to a series: one kind of document, one unit or authority, one year. The pattern of its kind may hold
{word}, {year}, {yy} (two digits), {uu} (the unit's prefix) and {serial}, which may have a width as in {serial:03}.
Where a kind has a limit for each prefix, serials go on under the unit's next prefix: its first stands in
`reference/units.csv` (form_prefix), further ones in `reference/numbering_prefixes.csv`, in the order of their use.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from xiuhua.kernel.queries import reference_rows

SCOPES = ("unit", "authority")
ALLOWED = frozenset({"word", "year", "yy", "uu", "serial"})


@dataclass(frozen=True, slots=True)
class Form:
    """How numbers of one kind look. `limit` is the last serial under one prefix; 0 means none.

    `scope` says whose code the series goes by: the handling unit's, or that of the authority in whose name it is.
    """

    kind: str
    word: str
    pattern: str
    scope: str
    limit: int

    def __post_init__(self) -> None:
        names = {name for _, name, _, _ in string.Formatter().parse(self.pattern) if name is not None}
        if not names <= ALLOWED or "serial" not in names or not names & {"year", "yy"}:
            raise ValueError(
                f"numbering.csv, {self.kind}: {self.pattern} is no pattern with a year and a serial"
            )
        if self.scope not in SCOPES:
            raise ValueError(f"numbering.csv, {self.kind}: scope is one of {', '.join(SCOPES)}")

    def last(self, prefixes: Sequence[str]) -> int:
        """The last serial that these prefixes allow; 0 means no limit."""
        return self.limit * len(prefixes) if "{uu}" in self.pattern else self.limit

    def number(self, pattern: str, serial: int, year: int, prefixes: Sequence[str]) -> str:
        """The number of the `serial`-th document of a series that began with this pattern."""
        return self.numbers(pattern, serial, 1, year, prefixes)[0]

    def numbers(self, pattern: str, first: int, n: int, year: int, prefixes: Sequence[str]) -> list[str]:
        """The numbers from the `first`-th on; under as many prefixes as they need."""
        made: list[str] = []
        while len(made) < n:
            turn, shown = divmod(first + len(made) - 1, self.limit) if self.limit else (0, first - 1)
            room = self.limit - shown if self.limit else n
            template = self._template(pattern, year, prefixes[turn] if turn < len(prefixes) else "")
            made.extend(template % (shown + i) for i in range(1, min(room, n - len(made)) + 1))
        return made

    @lru_cache(maxsize=1000)  # noqa: B019 - forms live as long as the program
    def _template(self, pattern: str, year: int, prefix: str) -> str:
        """The pattern with all but the serial filled in, for Python's % operator."""
        values = {"word": self.word, "year": str(year), "yy": f"{year % 100:02}", "uu": prefix}
        parts = []
        for literal, name, width, _ in string.Formatter().parse(pattern):
            parts.append(literal.replace("%", "%%"))
            if name == "serial":
                parts.append(f"%{width}d")
            elif name is not None:
                parts.append(values[name].replace("%", "%%"))
        return "".join(parts)


def form(kind: str) -> Form:
    """How numbers of this kind look. Raises LookupError for a kind that has none."""
    for row in reference_rows("numbering.csv"):
        if row["kind"] == kind:
            return Form(kind, row["word"], row["pattern"], row["scope"], int(row["limit"] or 0))
    raise LookupError(f"numbering.csv has no row for {kind}")


def kinds() -> list[str]:
    return [row["kind"] for row in reference_rows("numbering.csv")]


def prefixes(unit_code: str, first: str = "") -> list[str]:
    """The prefixes of a unit in the order of their use; `first` for a unit that is not in the reference data."""
    own = [
        row["form_prefix"]
        for row in reference_rows("units.csv")
        if row["code"] == unit_code and row["form_prefix"]
    ]
    further = [row["prefix"] for row in reference_rows("numbering_prefixes.csv") if row["unit"] == unit_code]
    return [*(own or ([first] if first else [])), *further]
