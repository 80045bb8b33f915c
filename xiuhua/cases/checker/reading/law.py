"""Questions whose answer depends on thresholds and periods of the law. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from xiuhua.cases.checker.reading.blocks import Block, ParamsOn, block, law_day, notice_day
from xiuhua.cases.checker.reading.service import received
from xiuhua.cases.procedure.periods import last_day
from xiuhua.kernel.workdays import Calendar

# Kinds of penalty that open a hearing whatever the amount (PPL17 §42, PPL21 §63).
HEARD_KINDS = frozenset({
    "suspend_business", "revoke_licence", "downgrade", "close_business", "restrict_trade", "confiscate_vehicle",
})  # fmt: skip


def over_parameters(params_on: ParamsOn) -> Mapping[str, Callable[[Block], Any]]:
    """The questions whose answer depends on thresholds and periods: `params_on(day)` gives those in force."""

    def kind_on(file: Block, day: str) -> str:
        kind = block(file, "party").get("kind")
        if kind == "individual_business":
            return str(params_on(day)["individual_business_counts_as"])
        return "citizen" if kind == "citizen" else "organisation"

    def limit_kind(file: Block) -> str:
        """Whose limits hold for the party."""
        return kind_on(file, law_day(file))

    def hearing_due(file: Block) -> bool:
        """Whether the planned penalty opens a hearing."""
        notice, day = block(file, "notice"), notice_day(file)
        if not HEARD_KINDS.isdisjoint(notice.get("planned_kinds") or ()):
            return True
        params = params_on(day)
        large = params[f"hearing_fine_{kind_on(file, day)}"]
        counted = (
            ("planned_fine", "planned_confiscation")
            if params["hearing_confiscation_counts"]
            else ("planned_fine",)
        )
        return any((notice.get(name) or 0) >= large for name in counted)

    return {"limit_kind": limit_kind, "hearing_due": hearing_due}


def over_periods(calendar: Calendar) -> Mapping[str, Callable[[Block], Any]]:
    """The questions whose answer depends on a period of the law, by the text that was in force when it began."""

    def until(family: str, day: str) -> str | None:
        last = last_day(family, date.fromisoformat(day[:10]), calendar)
        return last.isoformat() if last else None

    def pay_due(file: Block) -> str | None:
        """The last day of the plan, else that of the period after receipt."""
        if plan := block(file, "deferral").get("plan"):
            return max((row["due"] for row in plan if row.get("due")), default=None)
        day = received(file)
        return until("payment", day) if day else None

    def request_in_time(file: Block) -> bool:
        """Whether the hearing was asked for within the period after the right was told."""
        hearing = block(file, "hearing")
        asked, told = (
            hearing.get("requested_on"),
            hearing.get("told_on") or block(file, "notice").get("served_on"),
        )
        if asked is None or told is None:
            return False
        last = until("hearing_request", told)
        return last is not None and asked[:10] <= last

    return {"pay_due": pay_due, "request_in_time": request_in_time}
