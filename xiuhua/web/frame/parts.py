"""What components show. A view builds these; `templates/web/parts/` draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from xiuhua.kernel.authz import Refusal


@dataclass(frozen=True, slots=True)
class State:
    """Where a thing is. `tone`: "now" ours to move, "wait" someone else's, "done", "back" or "refused"."""

    label: str
    tone: str = "wait"


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One stop of the procedure. `mark`: "done", "here", "skip" or "" for what lies ahead."""

    label: str
    mark: str = ""
    note: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """The way in one line, for a phone: where it stands, the how many-th of how many, what was before, what is next."""

    label: str
    number: int
    total: int
    before: TrackStep | None = None
    after: TrackStep | None = None


def brief(steps: Sequence[TrackStep]) -> Brief | None:
    """The line of a track; a way that was gone to its end stands at its last stop. None for no steps."""
    if not steps:
        return None
    gone = [n for n, s in enumerate(steps) if s.mark in ("done", "skip")]
    at = next((n for n, s in enumerate(steps) if s.mark == "here"), max(gone, default=0))
    before = next((s for s in reversed(steps[:at]) if s.mark == "done"), None)
    after = next((s for s in steps[at + 1 :] if s.mark == "" and not s.note), None)
    return Brief(steps[at].label, at + 1, len(steps), before, after)


@dataclass(frozen=True, slots=True)
class May:
    """An act that is open now: a link to its form, or (with `post`) a button that acts at once."""

    label: str
    url: str
    key: str = ""
    post: bool = False
    stop: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class MayNot:
    """An act that is not open now, with every reason and its ground."""

    label: str
    refusals: Sequence[Refusal] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the timeline."""

    at: datetime
    label: str
    by: str = ""
    note: str = ""
    number: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that opens its rows."""

    label: str
    value: str
    url: str
    note: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value; `url` makes the value a link, `note` stands behind it."""

    label: str
    value: str
    url: str = ""
    note: str = ""
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Crumbs:
    """The way here: (label, url) pairs; the last has no url."""

    steps: Sequence[tuple[str, str]] = field(default_factory=tuple)
