"""The file of a case: a nested dict that grows by folding the facts of each step over it. Pure.

Dicts merge deeply, lists append, everything else replaces; None takes a whole block back. Dates are ISO text,
moments `YYYY-MM-DDTHH:MM`, money yuan as numbers, ids text. The key `step` always holds the fragment that was
folded in last: guards about this very act look there, so an old act never stands in for a missing new one.

Nothing below the top level is ever changed in place: a fold puts new blocks and lists beside the old ones, so
files, bases and facts may share them safely, and a fold costs no more than what it adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

File = dict[str, Any]
Facts = Mapping[str, Any]

STEP = "step"


class Malformed(ValueError):
    """Facts that do not fit the file at `path`: a list where the file holds a block, or the like."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)


def _joined(old: Any, new: Any, path: str) -> Any:
    """What stands at `path` after `new` came over `old`."""
    if new is None or old is None:
        return new
    if type(old) is dict and type(new) is dict:
        both = {**old, **new}
        for key in old.keys() & new.keys():
            if type(old[key]) in _NESTED or type(new[key]) in _NESTED:
                both[key] = _joined(old[key], new[key], f"{path}.{key}")
        return both
    if type(old) is list and type(new) is list:
        return old + new
    if type(old) in _NESTED or type(new) in _NESTED:
        raise Malformed(path)
    return new


_NESTED = frozenset({dict, list})


def fold(file: File, facts: Facts) -> File:
    """Fold `facts` into `file` in place and give it back; only the top level of `file` is changed.

    Raises Malformed where the shapes do not fit; the file may then be half folded.
    """
    for key, new in facts.items():
        old = file.get(key)
        file[key] = new if old is None else _joined(old, new, key)
    file[STEP] = facts
    return file


def merge(file: Mapping[str, Any], facts: Facts) -> File:
    """A new file with `facts` folded in; neither argument is changed. Raises Malformed like `fold`."""
    return fold(dict(file), facts)


def fold_all(base: Mapping[str, Any], steps: Iterable[Facts]) -> File:
    """The file after all `steps`; `base` stays as it is. Raises Malformed like `fold`."""
    file: File = dict(base)
    for facts in steps:
        fold(file, facts)
    return file


def without_step(file: Mapping[str, Any]) -> File:
    """The file as it lies on the table, with no step under judgement. Its blocks are those of `file`."""
    return {**file, STEP: {}}


# The days and moments that a guard or a clock reads. As ISO text they compare as text, but only as ISO text.
# fmt: off
DATED = frozenset({
    "accepted_on", "agency_deposited_on", "agreement_due_on", "annotated_on", "announced_on", "answered_on",
    "appealed_on", "applied_on", "approved_on", "archived_on", "arrived_at", "asked_on", "captured_at",
    "certificate_from", "certificate_to", "changed_on", "closed_on", "collected_on", "completed_on",
    "completion_notice_on", "confirmation_signed_on", "copy_received_on", "corrected_on", "decided_on",
    "delivered_on", "demand_on", "device_legal_review_on", "device_published_on", "device_technical_review_on",
    "discovered_on", "dispose_by", "disposed_on", "document_on", "done_on", "due", "due_on",
    "earlier_filing_elsewhere_on", "effective_on", "ended_on", "executed_on", "filed_on", "filed_with_agency_on",
    "final_on", "finished_on", "from_at", "from_on", "handled_on", "held_on", "higher_applied_on", "implemented_at",
    "issued_on", "judgment_served_on", "late_request_on", "lead_received_on", "lot_closed_on", "made_on",
    "notice_served_on", "notified_on", "occurred_on", "officer_handed_in_on", "on", "ordered_on", "overturned_on",
    "planned_at", "planned_on", "police_handed_on", "post_receipt_on", "proposed_on", "published_on", "received_on",
    "rechecked_on", "record_reviewed_on", "refused_on", "remit_by", "remitted_on", "replied_on", "report_on",
    "reporter_told_on", "requested_on", "resumed_on", "returned_on", "ruling_received_on", "ruling_served_on",
    "sent_on", "served_on", "settled_on", "signed_on", "stored_on", "suspended_on", "taken_on", "to_at", "to_on",
    "told_on", "told_party_on", "until", "valued_on", "withdrawn_on",
})
# fmt: on
# Lists of rows inside a block.
_INNER = frozenset({"items", "lots", "plan", "suspensions"})
_LOOKED_AT = DATED | _INNER


def misdated(facts: Mapping[str, Any]) -> str:
    """The path of the first date or moment that is not written as ISO text; empty if all are."""
    for name, part in facts.items():
        for row in part if type(part) is list else (part,):
            if type(row) is dict and (wrong := _misdated_in(row)):
                return f"{name}.{wrong}"
    return ""


def _misdated_in(row: Mapping[str, Any]) -> str:
    """The same for one block or row. Written for speed: an import asks it of everything that every step states."""
    for key in row:
        if key in _LOOKED_AT and (value := row[key]):
            plain = type(value) is str and key in DATED and _is_day(value[:10])
            if not plain and (wrong := _not_plain(key, value)):
                return wrong
    return ""


def _not_plain(key: str, value: Any) -> str:
    """What is wrong with a value that is no plain date: perhaps nothing, if it is a list of rows."""
    if key in DATED:
        return key
    for row in value if type(value) is list else ():
        if type(row) is dict and (wrong := _misdated_in(row)):
            return f"{key}.{wrong}"
    return ""


@lru_cache(maxsize=65536)
def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return text[4] == "-" == text[7]


def is_dated(text: str) -> bool:
    """Whether `text` begins with a day that exists, written as YYYY-MM-DD."""
    return _is_day(text[:10])


def at(file: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path such as `notice.served_on`, `services.-1.on`; None where nothing is there."""
    here: Any = file
    for name in path.split("."):
        if isinstance(here, Mapping):
            here = here.get(name)
        elif isinstance(here, list) and name.lstrip("-").isdigit() and -len(here) <= int(name) < len(here):
            here = here[int(name)]
        else:
            return None
    return here
