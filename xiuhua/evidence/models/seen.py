"""Rows of a unit, for who sees the evidence of that unit, or of those that act in the name of the own authority."""

from __future__ import annotations

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.org import queries as org


def of_units(user: Actor, path: str = "unit") -> models.Q | None:
    """The condition on the unit of a row; None where every row is seen."""
    scope = user.scope("evidence.see")
    if scope.everything:
        return None
    return models.Q(**{f"{path}__in": scope.units}) | models.Q(
        **{f"{path}__in": org.acting_for(scope.authorities)}
    )
