"""A step that follows another in the same act: whoever made the first makes it, in the roles of the move itself."""

from __future__ import annotations

from dataclasses import dataclass

from xiuhua.cases import queries
from xiuhua.cases.actions import stepping
from xiuhua.cases.models import Case
from xiuhua.cases.procedure.moves import Move, acting_role
from xiuhua.kernel.authz import Actor


@dataclass(slots=True)
class Following(stepping.Walk):
    """A walk of somebody who acts in the roles of the move itself: the right to it lies in what it follows."""

    acting: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        return self.acting


def acting_in(row: Move, case: Case, by: Actor) -> frozenset[str]:
    """The actor's own roles where they may make the move, else those of the move."""
    held = queries.roles_on(case, by)
    return held if acting_role(row, held) else row.roles
