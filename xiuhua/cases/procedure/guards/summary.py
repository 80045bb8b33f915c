"""On the spot: what may be settled or punished at once, in which form, and how the paper is handed over."""

from __future__ import annotations

import re
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import (
    block,
    come,
    defence_of,
    limit_kind,
    people,
    written,
)
from xiuhua.cases.procedure.setting import Setting

ON_THE_SPOT = frozenset({"warning", "fine"})


def act_slight(file: File, setting: Setting) -> bool:
    violation = block(file, "violation")
    return violation.get("slight") is True and not violation.get("harm")


def corrected_on_spot(file: File, setting: Setting) -> bool:
    return block(file, "violation").get("corrected_on") == setting.day


def education_first(file: File, setting: Setting) -> bool:
    """SHUM §18: education first, unless the norm says to punish at once."""
    return not block(file, "cause").get("direct_penalty")


def violation_not_found(file: File, setting: Setting) -> bool:
    return block(file, "violation").get("found") is False


def facts_clear(file: File, setting: Setting) -> bool:
    """The facts are written down and nobody doubts them."""
    violation = block(file, "violation")
    return written(violation.get("facts")) and violation.get("facts_clear") is not False


def _planned(file: File) -> tuple[frozenset[str], float]:
    """Kinds and highest fine that were told or decided."""
    notice, decision = block(file, "notice"), block(file, "decision")
    kinds = frozenset(notice.get("planned_kinds") or ()) | frozenset(decision.get("kinds") or ())
    return kinds, max(notice.get("planned_fine") or 0, decision.get("fine") or 0)


def legal_basis(file: File, setting: Setting) -> bool:
    """A norm is named, and it knows the kinds of penalty that are told."""
    cause = block(file, "cause")
    kinds, _ = _planned(file)
    return (
        written(cause.get("basis")) and bool(kinds) and kinds <= frozenset(cause.get("kinds_allowed") or ())
    )


def limit(file: File, params: Any) -> float:
    """Highest on-the-spot fine for this party on this day, yuan."""
    found: float = params["summary_fine_" + limit_kind(file, params)]
    return found


def fine_within_limit(file: File, setting: Setting) -> bool:
    return _planned(file)[1] <= limit(file, setting.params)


def kind_allowed(file: File, setting: Setting) -> bool:
    kinds, _ = _planned(file)
    return bool(kinds) and kinds <= ON_THE_SPOT


def identity_known(file: File, setting: Setting) -> bool:
    """The party has a name and a number: of the identity card, or of the unit or its licence."""
    party = block(file, "party")
    if party.get("kind") == "citizen":
        number = party.get("id_no")
    else:
        number = party.get("usci") or party.get("licence_no") or party.get("id_no")
    return written(party.get("name")) and written(number)


def not_for_summary(file: File, setting: Setting) -> bool:
    """The facts are unclear, or the penalty that the act deserves is over the limit or of another kind."""
    switch, violation = block(file, "switch"), block(file, "violation")
    return (
        violation.get("facts_clear") is False
        or (switch.get("fine") or 0) > limit(file, setting.params)
        or not frozenset(switch.get("kinds") or ()) <= ON_THE_SPOT
    )


def defence_listened(file: File, setting: Setting) -> bool:
    """The party could speak, and the record says what was said, or that nothing was."""
    return defence_of(file).get("recorded") is True


def defence_accepted(file: File, setting: Setting) -> bool:
    defence = defence_of(file)
    return defence.get("adopted") is True and written(defence.get("reason"))


def form_numbered(file: File, setting: Setting) -> bool:
    """The form carries its number; one of the ten-digit series has ten digits."""
    decision = block(file, "decision")
    number = decision.get("number")
    if decision.get("number_series") == "money10":
        return re.fullmatch(r"[0-9]{10}", number or "") is not None
    return written(number)


def two_signed(file: File, setting: Setting) -> bool:
    return people(block(file, "decision").get("signed_by"), setting.params["min_officers"])


def handed_over_same_day(file: File, setting: Setting) -> bool:
    decision = block(file, "decision")
    return bool(decision.get("decided_on")) and decision.get("delivered_on") == decision["decided_on"]


def refusal_noted(file: File, setting: Setting) -> bool:
    decision = block(file, "decision")
    return not decision.get("sign_refused") or decision.get("refusal_noted") is True


def register_entry(file: File, setting: Setting) -> bool:
    """The agency's register has the decision (PPL21 §52)."""
    return come(block(file, "decision").get("filed_with_agency_on"), setting.day)


def warning_only(file: File, setting: Setting) -> bool:
    decision = block(file, "decision")
    return decision.get("kinds") == ["warning"] and not decision.get("fine")
