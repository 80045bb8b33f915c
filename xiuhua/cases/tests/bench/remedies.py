"""Roads through reconsiderations and suits, and who walks them: shared by the tests of remedies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from xiuhua.cases import actions, jobs, queries
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.procedure.facts.shaping import of_whom
from xiuhua.cases.procedure.moves import Move
from xiuhua.cases.tests.bench.bench import CLERK, DEPUTY, PUBLICITY, Bench, Who
from xiuhua.cases.tests.procedure.saying_remedies import ASKED, PAPER, SAYS, TRIED
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Job

__all__ = ["ASKED", "PAPER", "TRIED", "Remedies"]
FELL = frozenset({"carry_out_revocation", "carry_out_unlawful", "carry_out_void", "carry_out_variation"})
OUTSIDE = frozenset({"party", "court", "reconsideration_body"})


class Remedies:
    """A case with its reconsiderations and suits, walked by the people of the bench, by time and by the worker."""

    def __init__(self, bench: Bench, last: str = "publish_decision", year: int = 2026, **base: Any) -> None:
        self.bench = bench
        self.case, self.at = bench.at_step(last, year, **base)
        self.matter: Matter | None = None

    @classmethod
    def of(cls, bench: Bench, case: Case, at: datetime) -> Remedies:
        """The remedies against the decision of a case that came its own way."""
        found = cls.__new__(cls)
        found.bench, found.case, found.at, found.matter = bench, case, at, None
        return found

    def who(self, move: Move) -> Who:
        if not move.roles.isdisjoint(OUTSIDE) or "squad_legal_clerk" in move.roles:
            return CLERK
        return ("bureau_head", 0) if "bureau_head" in move.roles else DEPUTY

    def actor(self, who: Who) -> Actor:
        squad = who[0].startswith("squad") or who[0] == "officer"
        return self.bench.actor(who, self.case.handling_unit if squad else None, self.at)

    def says(self, procedure: str, move: str, more: Mapping[str, Any]) -> dict[str, Any]:
        today = clock.day_of(self.at)
        said = {**SAYS[procedure].get(move, PAPER), **more}
        shown = {f.path for f in of_whom(queries.sides()[procedure].forms[move], self.file) if f.shown}
        named = {
            path if "." in path else f"{queries.sides()[procedure].block}.{path}": v
            for path, v in said.items()
        }
        return {path: today if v == "today" else v for path, v in named.items() if path in shown}

    def go(self, procedure: str, move: str, days: int = 1, who: Who | None = None, **more: Any) -> Matter:
        """Make the move, beginning the matter if there is none; time's moves by the job of the worker."""
        side = queries.sides()[procedure]
        self.at += timedelta(days=days)
        row = side.table_on(clock.day_of(self.at)).by_id[move]
        if "system" in row.roles:
            return self._lapse()
        if move in FELL | {"carry_out_judgment"}:
            self.work()
            self.at += timedelta(minutes=1)
        by = self.actor(who or self.who(row))
        values = self.says(procedure, move, more)
        begins = self.matter is None or (self.matter.ended and row.source in side.begins_at)
        if begins:
            self.matter = actions.begin(
                case=self.case, procedure=procedure, move=move, values=values, by=by, at=self.at
            )
        else:
            assert self.matter is not None
            actions.take_in(matter=self.matter, move=move, values=values, by=by, at=self.at)
        return self.matter

    def walk(self, procedure: str, road: Sequence[str], **more: Any) -> Matter:
        for move in road:
            made = self.go(procedure, move, **more)
        return made

    def _lapse(self) -> Matter:
        assert self.matter is not None
        self.matter.refresh_from_db()
        job = Job.objects.filter(name="cases.lapse_matter", payload={"matter": self.matter.pk}).latest(
            "run_at"
        )
        self.at = max(self.at, job.run_at + timedelta(hours=1))
        with clock.held_at(self.at):
            jobs.lapse_matter(job.payload)
        self.matter.refresh_from_db()
        return self.matter

    def work(self) -> None:
        """The worker does what a fallen decision asked for, and the publicity clerk what waits then."""
        for job in Job.objects.filter(name="cases.recall_publication", done_at=None):
            with clock.held_at(self.at):
                jobs.recall_publication(job.payload)
        for recall in Matter.objects.filter(
            case=self.case, procedure="publication_recall", state="recall_due"
        ):
            self.withdraw(recall)

    def withdraw(self, recall: Matter) -> None:
        values = {"publicity.withdrawal_reason": "决定已被撤销", "recall.places": "门户网站"}
        by = self.bench.actor(PUBLICITY, None, self.at)
        actions.take_in(matter=recall, move="withdraw_publication", values=values, by=by, at=self.at)

    @property
    def fresh(self) -> Case:
        return Case.objects.get(pk=self.case.pk)

    @property
    def file(self) -> dict[str, Any]:
        return queries.file_of(self.fresh)
