"""What a guard may know besides the file. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiuhua.kernel.workdays import Calendar


class Setting:
    """The day of the step, the working days, the parameters in force on that day, and who acts.

    `params` holds the names of `params.PARAMS`. `actor_id` is the officer's id as text, empty where a history
    does not name the person. `day` is `on` as ISO text, because the file holds its dates so. A plain class,
    because an import makes a million of them; nobody changes one, and many steps may share one.
    """

    __slots__ = ("actor_id", "calendar", "day", "on", "params", "roles")

    def __init__(
        self,
        on: date,
        calendar: Calendar,
        params: Mapping[str, Any],
        roles: frozenset[str] = frozenset(),
        actor_id: str = "",
    ) -> None:
        self.on = on
        self.calendar = calendar
        self.params = params
        self.roles = roles
        self.actor_id = actor_id
        self.day = on.isoformat()
