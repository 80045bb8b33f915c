"""Who may see and do, and how a refusal speaks. Pure: no database, no framework."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Reach(StrEnum):
    """How far a permission reaches over rows.

    OWN: rows on which the person is named. UNIT: rows of the post's unit. AUTHORITY: rows in whose name the
    post's authority decides. BUREAU: every row of the bureau.
    """

    OWN = "own"
    UNIT = "unit"
    AUTHORITY = "authority"
    BUREAU = "bureau"


@dataclass(frozen=True, slots=True)
class Grant:
    """One post of an actor: a role in a unit, the permissions it carries and how far they reach."""

    role: str
    unit_id: int
    authority_id: int | None
    permissions: frozenset[str]
    reach: Reach


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows that a permission opens. `everything` wins; otherwise a row is open if one of the sets holds it."""

    everything: bool = False
    units: frozenset[int] = frozenset()
    authorities: frozenset[int] = frozenset()
    own_id: int | None = None

    @property
    def nothing(self) -> bool:
        return not (self.everything or self.units or self.authorities or self.own_id is not None)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or looks: a person with the posts held at this moment, or the system itself.

    `user_id` is None for nobody (anonymous) and for the system; `officer_id` is None for people without a
    certificate file.
    """

    name: str
    user_id: int | None = None
    officer_id: int | None = None
    unit_id: int | None = None
    unit_code: str = ""
    grants: tuple[Grant, ...] = ()
    is_system: bool = False

    def can(self, permission: str) -> bool:
        return self.is_system or any(permission in g.permissions for g in self.grants)

    def has_role(self, roles: Iterable[str]) -> bool:
        wanted = set(roles)
        return any(g.role in wanted for g in self.grants) or (self.is_system and "system" in wanted)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(g.role for g in self.grants)

    def scope(self, permission: str) -> Scope:
        """The rows `permission` opens for this actor; a scope of nothing if no post carries it."""
        if self.is_system:
            return Scope(everything=True)
        held = [g for g in self.grants if permission in g.permissions]
        return Scope(
            everything=any(g.reach is Reach.BUREAU for g in held),
            units=frozenset(g.unit_id for g in held if g.reach is Reach.UNIT),
            authorities=frozenset(
                g.authority_id for g in held if g.reach is Reach.AUTHORITY and g.authority_id is not None
            ),
            own_id=self.officer_id if any(g.reach is Reach.OWN for g in held) else None,
        )


NOBODY = Actor(name="")
SYSTEM = Actor(name="系统", is_system=True)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not allowed: a sentence for the person, its legal ground, and the field if it is about one.

    `ground` is a short citation such as "PPL21 §62"; empty where the ground is a rule of the agency.
    """

    code: str
    sentence: str
    ground: str = ""
    meaning: str = ""
    field: str = ""


class Said(str):
    """A sentence with its parameters: the Chinese one as a string, and what another language is told from.

    `Said("最多%(n)s字", n=80)` is "最多80字"; a parameter that is a tuple is a list of words.
    """

    msgid: str
    params: Mapping[str, object]

    def __new__(cls, msgid: str, /, **params: object) -> Self:
        said = super().__new__(cls, msgid % {name: _told(value, str, "、") for name, value in params.items()})
        said.msgid, said.params = msgid, params
        return said

    def told(self, msgid: str, word: Callable[[str], str], comma: str) -> str:
        """The sentence of `msgid` with the same parameters, each word of them told by `word`."""
        return msgid % {name: _told(value, word, comma) for name, value in self.params.items()}


def _told(value: object, word: Callable[[str], str], comma: str) -> str:
    if isinstance(value, tuple):
        return comma.join(_told(one, word, comma) for one in value)
    return word(value) if isinstance(value, str) and value else str(value)


class Refused(Exception):
    """An act that law, authority or procedure forbids. Nothing was written."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__("；".join(r.sentence for r in refusals))


def holds(check: Callable[[], None]) -> bool:
    """Whether a `check_can_…` lets the act pass: the `can_…` beside it."""
    try:
        check()
    except Refused:
        return False
    return True


@dataclass
class Invalid(Exception):
    """Input that is wrong in itself: field name → reason. Nothing was written."""

    errors: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "；".join(f"{name}：{reason}" for name, reason in self.errors.items())
