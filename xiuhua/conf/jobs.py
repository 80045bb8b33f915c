"""Every job of the outbox: its name, and the function that does it.

A function takes the payload (a dict of plain JSON) and returns nothing; `kernel.outbox` tells how often it runs.
Names are resolved when a worker starts, so that a wrong one is seen at once.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.module_loading import import_string

from xiuhua.kernel.outbox import Handler

HANDLERS: Mapping[str, str] = {
    "cases.bind_volume": "xiuhua.cases.jobs.bind_volume",
    "cases.lapse": "xiuhua.cases.jobs.lapse",
    "cases.lapse_matter": "xiuhua.cases.jobs.lapse_matter",
    "cases.lapse_right": "xiuhua.cases.jobs.lapse_right",
    "cases.recall_publication": "xiuhua.cases.jobs.recall_publication",
    "command.look_for_alarms": "xiuhua.command.jobs.look_for_alarms",
    "command.rise": "xiuhua.command.jobs.rise",
    "evidence.let_go": "xiuhua.evidence.jobs.let_go",
    "evidence.look_into": "xiuhua.evidence.jobs.look_into",
    "exchange.deliver": "xiuhua.exchange.jobs.deliver",
    "exchange.look": "xiuhua.exchange.jobs.look",
    "observations.look_at_health": "xiuhua.observations.jobs.look_at_health",
    "observations.put_away": "xiuhua.observations.jobs.put_away",
    "oversight.open_correction": "xiuhua.oversight.jobs.open_correction",
}


def resolve(table: Mapping[str, str] = HANDLERS) -> dict[str, Handler]:
    """Name → function. Raises ImportError for a path that leads nowhere."""
    return {name: import_string(path) for name, path in table.items()}
