"""Facts on their way from the case snapshot into the text of a form.

A `Fact` stands for one field of the snapshot, known or not. A form reads it like a plain value (`{% if %}`,
`{% for %}`, `==`, `in`); printed, it writes its text between control characters that name the field, and an
unknown fact writes a visible blank. The `Ledger` of a rendering remembers what was shown and what was missing.

Control characters: 02 field 1F text 03 around a fact, `?` before the field of a blank, 1E for a line break in it.
They are removed from everything typed by people, so a value can never pass for markup.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

OPEN, MIDDLE, CLOSE, BREAK = "\x02", "\x1f", "\x03", "\x1e"
BLANK = "____"
STROKE = "/"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PLACE = re.compile(r"\[\d+\]")
_ABSENT: tuple[object, ...] = (None, "", [], {})


class FieldError(ValueError):
    """A form asks for a field that no case has, or prints a value that cannot be printed so."""


@dataclass(slots=True)
class Ledger:
    """What one rendering used. `known` are the field names a form may ask for, lists written as `inspections[]`.

    With `struck`, blanks are struck out: what is not known stays unknown.
    """

    known: frozenset[str]
    struck: bool = False
    shown: dict[str, None] = field(default_factory=dict)
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    blanks: dict[str, None] = field(default_factory=dict)


class Fact:
    """One field of the snapshot. All names but the private ones are fields below it."""

    __slots__ = ("_blank", "_ledger", "_path", "_text", "_value")

    def __init__(self, path: str, value: object, ledger: Ledger) -> None:
        self._path, self._ledger = path, ledger
        self._value = None if value in _ABSENT else value
        self._text: str | None = None
        self._blank = BLANK

    def __getattr__(self, name: str) -> "Fact":
        if name.startswith("_"):
            raise AttributeError(name)
        path = f"{self._path}.{name}"
        if kind_of(path) not in self._ledger.known:
            raise FieldError(f"no field is called {kind_of(path)}")
        return Fact(path, self._value.get(name) if isinstance(self._value, Mapping) else None, self._ledger)

    def __getitem__(self, key: str | int) -> "Fact":
        return getattr(self, key) if isinstance(key, str) else items(self)[key]

    def __iter__(self) -> Iterator["Fact"]:
        return iter(items(self))

    def __len__(self) -> int:
        return len(items(self))

    def __bool__(self) -> bool:
        return bool(self._value)

    def __contains__(self, wanted: object) -> bool:
        return wanted in [raw(item) for item in items(self)]

    def __eq__(self, other: object) -> bool:
        return bool(self._value == raw(other))

    def __hash__(self) -> int:
        return hash(self._path)

    def __str__(self) -> str:
        if self._value is None:
            self._ledger.blanks[self._path] = None
            blank = STROKE if self._ledger.struck else self._blank
            return f"{OPEN}?{self._path}{MIDDLE}{blank}{CLOSE}"
        self._ledger.shown[self._path] = None
        text = _printed(self._value, self._path) if self._text is None else self._text
        return f"{OPEN}{self._path}{MIDDLE}{_clean(text)}{CLOSE}"


def kind_of(path: str) -> str:
    """The name of a field without its places in lists: `services[2].on` as `services[].on`."""
    return _PLACE.sub("[]", path)


def raw(thing: object) -> object:
    """The value behind a fact; anything else is itself."""
    return thing._value if isinstance(thing, Fact) else thing


def path_of(fact: Fact) -> str:
    return fact._path


def items(fact: Fact) -> list[Fact]:
    """The members of a list fact; none when it is unknown."""
    value = fact._value
    if value is None:
        return []
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise FieldError(f"{fact._path} is no list")
    return [Fact(f"{fact._path}[{place}]", member, fact._ledger) for place, member in enumerate(value)]


def member_of(fact: Fact) -> Fact:
    """The first member of a list that has none yet, so that a form about it shows its blanks."""
    return Fact(f"{fact._path}[0]", None, fact._ledger)


def worded(fact: Fact, text: str) -> Fact:
    """The same fact, printed as `text`."""
    twin = Fact(fact._path, fact._value, fact._ledger)
    twin._text = text
    return twin


def valued(fact: Fact, value: object) -> Fact:
    """The same field with another value: a sum over a list, the stroke in a place that stays empty."""
    return Fact(fact._path, value, fact._ledger)


def naming(fact: Fact, ids: Sequence[str]) -> Fact:
    """The same fact, remembered as one that names these people."""
    fact._ledger.people[fact._path] = tuple(ids)
    return fact


def unknown(fact: Fact, blank: str) -> Fact:
    """The same fact taken as not known, its place left open as `blank`."""
    twin = Fact(fact._path, None, fact._ledger)
    twin._blank = blank
    return twin


def _printed(value: object, path: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, str | int):
        return str(value)
    raise FieldError(f"{path} cannot be printed as it is")


def _clean(text: str) -> str:
    """One line of harmless characters. The full-width yen sign, a dollar in some fonts, becomes the plain one."""
    parts = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip().split("\n")
    return BREAK.join(_CONTROL.sub("", part) for part in parts).replace("￥", "¥")
