"""What a guard may know besides the file. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiuhua.kernel.workdays import Calendar


@dataclass(slots=True)
class Setting:
    """The day of the step, the working days, the parameters in force on that day, and who acts.

    `params` holds the names of `params.PARAMS`. `actor_id` is the officer's id as text, empty where a history
    does not name the person. `day` is `on` as ISO text, because the file holds its dates so. Not frozen only
    because an import makes millions of them; nobody changes one.
    """

    on: date
    calendar: Calendar
    params: Mapping[str, Any]
    roles: frozenset[str] = frozenset()
    actor_id: str = ""
    day: str = field(init=False)

    def __post_init__(self) -> None:
        self.day = self.on.isoformat()
