"""What becomes of an expression: code of our own, and what it reads and asks. Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field


class Refused(ValueError):
    """An expression that is not in the notation; the message says what of it and why."""


@dataclass(frozen=True, slots=True)
class Code:
    """A part of an expression, written anew. `rows` names the fields of the row (or of the rows) that it gives."""

    text: str
    rows: str = ""


@dataclass
class Written:
    """An expression, written anew.

    `fields` are the paths it reads, `once` the local names worked out once for a file with the code of each, `names`
    the local names of fields, `parameters` what it asks of `param`, `reads` the fields, those of rows too, and the
    questions. `lists` are its outer `any(…)`: what is walked over, and the code for the places of the hits. `loop` is
    the whole as a loop and the test in it, where it is one.
    """

    code: str = ""
    fields: list[str] = field(default_factory=list)
    once: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    lists: list[tuple[str, str]] = field(default_factory=list)
    parameters: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    loop: tuple[str, str] | None = None
