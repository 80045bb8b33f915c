"""Work on cases: who of the demo makes which move in which state, and what a party does of its own accord.

1. A heap is a state in which cases wait for somebody. Whose turn it is, and on which heap, is cast by lot.
2. Of the newest cases of that heap a few are opened; on the first on which a move of the heap is open, it is made.
3. Whether a party speaks, waives or keeps silent, pays or does not, is fixed by the number of its case. What is left
   to silence is moved by time alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from xiuhua.kernel import clock
from xiuhua.simulation import answers
from xiuhua.simulation.current import LOGINS
from xiuhua.simulation.doors import Doors

# Cases of the year 2018 that were never closed belong to people whom the demo has no account for.
RECENT = timedelta(days=90)
LISTED, OPENED = 30, 3


@dataclass(frozen=True, slots=True)
class Heap:
    """Cases in `state` wait for `who` (see LOGINS), who makes one of `moves`, the first that is open."""

    state: str
    who: str
    moves: tuple[str, ...]


HEAPS = (
    Heap("lead", "officer", ("check_lead",)),
    Heap("checked", "officer", ("order_correction_at_check", "propose_filing")),
    Heap("filing_proposed", "head", ("approve_filing",)),
    Heap("filed", "head", ("assign_officers",)),
    Heap("investigating", "officer", ("interview", "recheck_correction", "close_investigation")),
    Heap("investigation_closed", "reviewer", ("adjudicate",)),
    Heap("adjudicated", "legal", ("pass_legal_review",)),
    Heap("legal_review_passed", "officer", ("serve_prior_notice",)),
    Heap("notified", "officer", ("offer_hearing", "receive_defence")),
    Heap("notified", "clerk", ("waive_defence",)),
    Heap("hearing_offered", "officer", ("receive_defence_instead",)),
    Heap("hearing_offered", "clerk", ("waive_hearing",)),
    Heap("defence_received", "officer", ("recheck_defence",)),
    Heap("defence_done", "decider", ("decide_penalty",)),
    Heap("decided", "officer", ("serve_decision",)),
    Heap("served", "publicity", ("publish_decision",)),
    Heap("served", "clerk", ("perform",)),
    Heap("performed", "publicity", ("publish_performed",)),
    Heap("performed", "head", ("close_performed",)),
    Heap("delivered", "officer", ("report_before_payment",)),
    Heap("delivered", "clerk", ("pay_at_bank",)),
    Heap("paid", "officer", ("report_for_record",)),
    Heap("paid", "head", ("close_reported",)),
    Heap("recorded", "head", ("close_summary",)),
    Heap("closed", "clerk", ("archive_case",)),
)
# Moves that stay in their state and are made once.
ONCE = frozenset(
    {
        "order_correction_at_check",
        "interview",
        "recheck_correction",
        "publish_decision",
        "publish_performed",
        "report_before_payment",
        "archive_case",
    }
)
# What only some parties do: move → the kind of party that does it.
SPEAKS, WAIVES, PAYS, CLEARS = "speaks", "waives", "pays", "clears at once"
BY_TEMPER: Mapping[str, str] = {
    "receive_defence": SPEAKS,
    "receive_defence_instead": SPEAKS,
    "waive_defence": WAIVES,
    "waive_hearing": WAIVES,
    "perform": PAYS,
    "pay_at_bank": PAYS,
}
# Login → moves: in a town one person adjudicates and decides.
MOVES_OF: Mapping[str, frozenset[str]] = {
    login: frozenset(
        move for unit in LOGINS.values() for heap in HEAPS if unit[heap.who] == login for move in heap.moves
    )
    for login in sorted({name for unit in LOGINS.values() for name in unit.values()})
}


def temper(case: int) -> frozenset[str]:
    """What the party of this case is like: two of five speak, two waive, one keeps silent; nine of ten pay, two of
    three clear the place at once, before the day of the order.
    """
    rng = Random(f"temper-{case}")  # noqa: S311 - the same case must have the same party
    said = rng.choices((SPEAKS, WAIVES, ""), (4, 4, 2))[0]
    found = {said, PAYS if rng.random() < 0.9 else "", CLEARS if rng.random() < 0.67 else ""}
    return frozenset(found - {""})


def next_move(case: Mapping[str, Any], moves: Sequence[str]) -> str:
    """The first of `moves` that is open on `case` and that somebody who read the file would make; empty for none."""
    opened = {m["move"] for m in case["moves"] if m["open"]}
    likes = temper(case["id"])
    not_now = {step["move"] for step in case["steps"]} & ONCE | _pointless(case["file"], likes)
    not_now |= {move for move, kind in BY_TEMPER.items() if kind not in likes}
    return next((m for m in moves if m in opened and m not in not_now), "")


def _pointless(file: Mapping[str, Any], likes: frozenset[str]) -> set[str]:
    """Moves that the table offers and the file speaks against: they would be refused for what they state."""
    correction, decision = file.get("correction") or {}, file.get("decision") or {}
    due = correction.get("due_on") or ""
    found = {"report_for_record"} if decision.get("filed_with_agency_on") else {"close_reported"}
    if not correction.get("ordered_on") or (CLEARS not in likes and due > clock.today().isoformat()):
        found.add("recheck_correction")
    if correction.get("ordered_on") and not correction.get("rechecked_on"):
        # Only while the case is investigated can the recheck be made, and without it nothing counts as performed.
        found |= {"close_investigation", "perform"}
    return found


class Casework:
    """Makes moves on cases through `doors`, by the dice of `rng`."""

    def __init__(self, doors: Doors, rng: Random) -> None:
        self.doors, self.rng = doors, rng

    def work(self, unit: str) -> str:
        """The name of the move that somebody made on a case of `unit`; says so if there was none to make."""
        for heap in self.rng.sample(HEAPS, len(HEAPS)):
            login = LOGINS[unit][heap.who]
            for case in self._some(login, unit, heap.state):
                if move := next_move(case, heap.moves):
                    self.make(login, case, move)
                    return move
        return "no case waits"

    def _some(self, login: str, unit: str, state: str) -> Iterator[Mapping[str, Any]]:
        """A few of the newest cases of the heap, whole."""
        rows = self.doors.get(login, "/cases", unit=unit, state=state, limit=LISTED)["items"]
        since = clock.today() - RECENT
        recent = [row["id"] for row in rows if date.fromisoformat(row["found_on"]) >= since]
        for pk in self.rng.sample(recent, min(OPENED, len(recent))):
            yield self.doors.get(login, f"/cases/{pk}")

    def make(self, login: str, case: Mapping[str, Any], move: str) -> None:
        values = answers.typed(move, case["file"], clock.now(), self.rng)
        self.doors.post(login, f"/cases/{case['id']}/moves/{move}", {"values": values})
