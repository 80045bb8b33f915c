"""Who sees which rows of the street."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalQuerySet
from xiuhua.org import queries as org

T = TypeVar("T", bound=models.Model)


def seen_through(user: Actor, permission: str, path: str = "unit") -> models.Q | None:
    """The condition under which `permission` opens a row whose unit lies at `path`; None where nothing is seen.

    Units see their own rows, an authority those of the units that act in its name, bureau-wide posts all.
    """
    scope = user.scope(permission)
    if scope.everything:
        return models.Q()
    found = models.Q()
    if scope.units:
        found |= models.Q(**{f"{path}__in": scope.units})
    if scope.authorities:
        found |= models.Q(**{f"{path}__in": org.acting_for(scope.authorities)})
    return found if found else None


class OfUnitQuerySet(LegalQuerySet[T]):
    """What colleagues of a unit know of one another: rosters, tasks, operations."""

    path: ClassVar[str] = "unit"

    def visible(self, user: Actor) -> Self:
        condition = seen_through(user, "duty.see", self.path)
        return self.none() if condition is None else self.filter(condition)


class OfShiftQuerySet(OfUnitQuerySet[T]):
    path: ClassVar[str] = "shift__unit"


class OfTaskQuerySet(OfUnitQuerySet[T]):
    path: ClassVar[str] = "task__unit"


class OfOperationQuerySet(OfUnitQuerySet[T]):
    path: ClassVar[str] = "operation__unit"


def overseen_or_own(user: Actor, path: str) -> models.Q | None:
    """Rows of the units that one oversees, and those on which one is named as `officer`; None for nothing."""
    overseen = seen_through(user, "duty.oversee", path)
    if user.officer_id is None or (overseen is not None and not overseen):
        return overseen
    mine = models.Q(officer=user.officer_id)
    return mine if overseen is None else overseen | mine


class AppealQuerySet(LegalQuerySet[T]):
    """What somebody says of an own absence: the person, and those who oversee the unit."""

    def visible(self, user: Actor) -> Self:
        condition = overseen_or_own(user, "shift__unit")
        return self.none() if condition is None else self.filter(condition)
