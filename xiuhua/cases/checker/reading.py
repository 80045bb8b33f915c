"""What the rules ask of a whole file, by the names of the notation. Pure; what is missing is None or empty.

The day on which a parameter counts for a question about the file is that of the notice for hearings, else that of
the decision, else that of the lead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from xiuhua.cases.checker.days import add_days, days, ordinal
from xiuhua.cases.procedure.periods import last_day
from xiuhua.kernel.workdays import Calendar

Block = Mapping[str, Any]
EMPTY: Block = {}
# Kinds of penalty that open a hearing whatever the amount (PPL17 §42, PPL21 §63).
HEARD_KINDS = frozenset({
    "suspend_business", "revoke_licence", "downgrade", "close_business", "restrict_trade", "confiscate_vehicle",
})  # fmt: skip
ParamsOn = Callable[[str], Mapping[str, Any]]


def block(file: Block, name: str) -> Block:
    found = file.get(name)
    return found if type(found) is dict else EMPTY


def rows(file: Block, name: str) -> Sequence[Any]:
    found = file.get(name)
    return found if type(found) is list else ()


def ordinary(file: Block) -> bool:
    return bool(block(file, "case").get("procedure") == "ordinary")


def summary(file: Block) -> bool:
    return bool(block(file, "case").get("procedure") == "summary")


def penal(file: Block) -> bool:
    """A decision with at least one kind of penalty."""
    return bool(block(file, "decision").get("kinds"))


def decided_or_closed(file: Block) -> bool:
    return bool(block(file, "decision").get("decided_on") or block(file, "case").get("closed_on"))


def _act(day: str | None, officers: Any, shown: Any, where: str) -> Block:
    return {"on": day and day[:10], "officer_ids": officers, "certificate_shown": shown, "where": where}


def acts(file: Block) -> list[Block]:
    """Every act in the field, each with `on`, `officer_ids`, `certificate_shown`, and `where` it stands in the file."""
    found = []
    for name, day in (("inspections", "on"), ("interviews", "from_at"), ("measures", "implemented_at")):
        for place, row in enumerate(rows(file, name)):
            shown = row.get("certificate_shown")
            found.append(_act(row.get(day), row.get("officer_ids"), shown, f"{name}[{place}]"))
    order, decision = block(file, "correction"), block(file, "decision")
    if order.get("ordered_on"):
        found.append(_act(order["ordered_on"], order.get("officer_ids"), None, "correction.officer_ids"))
    if order.get("rechecked_on"):
        found.append(
            _act(
                order["rechecked_on"],
                order.get("recheck_officer_ids"),
                None,
                "correction.recheck_officer_ids",
            )
        )
    if decision.get("decided_on") and summary(file):
        shown = decision.get("certificate_shown")
        found.append(_act(decision["decided_on"], decision.get("signed_by"), shown, "decision.signed_by"))
    return found


def investigators(file: Block) -> frozenset[str]:
    """Ids of all officers in the acts."""
    return frozenset(person for act in acts(file) for person in act["officer_ids"] or ())


def staff(file: Block) -> Mapping[str | None, Block]:
    """The rows of the officers by id, the first of each."""
    return {row.get("id"): row for row in reversed(rows(file, "officers"))}


def svc(file: Block, kind: str | None) -> Block:
    """The first service record of a document."""
    return next((row for row in rows(file, "services") if row.get("document") == kind), EMPTY)


def eff(file: Block, kind: str | None) -> str | None:
    """The day on which the service took effect: by post that of the receipt, by announcement the last of its period."""
    row = svc(file, kind)
    told: str | None = row.get("effective_on") or row.get("post_receipt_on")
    if told is None and row.get("method") not in ("post", "announcement"):
        told = row.get("on")
    return told


def recorded(file: Block, step: str | None) -> Block | None:
    return next((row for row in rows(file, "recording") if row.get("step") == step), None)


def recording_required(file: Block) -> Sequence[str]:
    return block(file, "case").get("recording_steps") or ()


def suspended_days(file: Block) -> int:
    """Days of approved suspensions with a ground that stop the time limit."""
    return sum(
        days(row.get("from_on"), row.get("to_on")) or 0
        for row in block(file, "case").get("suspensions") or ()
        if row.get("ground") and row.get("approved_by") and row.get("stops_clock") is not False
    )


def review_required(file: Block) -> bool:
    """Whether PPL21 §58 or another act asks for legal review: public interest, a hearing, several relations of law."""
    case = block(file, "case")
    asked = ("public_interest", "multi_legal_relations", "review_required_by_act")
    return any(case.get(name) for name in asked) or bool(block(file, "hearing").get("held_on"))


def paid(file: Block) -> float:
    """Sum of the payments, yuan."""
    total: float = sum(item.get("amount") or 0 for item in block(file, "payment").get("items") or ())
    return total


def received(file: Block) -> str | None:
    """The day on which the party had the decision in hand."""
    return block(file, "decision").get("delivered_on") or eff(file, "penalty_decision")


def demand_due(file: Block) -> str | None:
    """The last day of the demand: its service and its days."""
    demand = block(file, "demand")
    return add_days(demand.get("served_on"), demand.get("duty_days") or 0)


def remedy_days_in(file: Block, a: str | None, b: str | None) -> int:
    """Days from `a` to `b`, both counted, on which reconsideration or suit was under way."""
    if a is None or b is None:
        return 0
    found: set[int] = set()
    for name, end in (("reconsideration", "decided_on"), ("litigation", "ended_on")):
        way = block(file, name)
        if begun := way.get("accepted_on"):
            first, last = max(ordinal(begun), ordinal(a)), min(ordinal(way.get(end) or b), ordinal(b))
            found.update(range(first, last + 1))
    return len(found)


def test_days(file: Block, measure: Block) -> int:
    """Days of a test that were told in writing; they do not count for the measure (AEL §25)."""
    if not measure.get("test_told_on"):
        return 0
    return days(measure.get("test_from"), measure.get("test_to")) or 0


def measure_days(file: Block, measure: Block) -> int | None:
    """Days of a seizure up to its end, else closing, else decision, less the test days."""
    end = (
        measure.get("ended_on")
        or block(file, "case").get("closed_on")
        or block(file, "decision").get("decided_on")
    )
    held = days(measure.get("implemented_at"), end)
    return None if held is None else held - test_days(file, measure)


def law_day(file: Block) -> str:
    """The day whose parameters hold for questions about the whole file."""
    day = block(file, "decision").get("decided_on") or block(file, "case").get("lead_received_on") or ""
    return str(day)[:10]


def notice_day(file: Block) -> str:
    notice = block(file, "notice")
    return str(notice.get("served_on") or notice.get("issued_on") or law_day(file))[:10]


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
