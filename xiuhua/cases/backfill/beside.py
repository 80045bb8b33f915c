"""What a stretch of rows says beside what is there: cases, numbers and names that the database holds already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from xiuhua.cases.backfill import numbers
from xiuhua.cases.backfill.checking import Checked, Faulty, Prepared
from xiuhua.cases.backfill.columns import number_of
from xiuhua.cases.models import Case
from xiuhua.kernel import rows
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.sources import Cells
from xiuhua.kernel.stretches import Numbered
from xiuhua.leads import queries as leads
from xiuhua.leads.backfill import Result, RowFault
from xiuhua.registers import backfill as registers

OTHER_NAME = "与该证件号码（信用代码）已登记的名称不一致"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row takes for itself, so that no other row of the file may have it too. `others`: number and name of each
    further party, and the step that joined it.
    """

    row: int
    case: str
    numbers: tuple[str, ...] = ()
    party: str = ""
    name: str = ""
    others: tuple[tuple[str, str, str], ...] = ()


@dataclass
class Claims:
    """What was taken before: case numbers, document numbers, and the names behind numbers of parties."""

    cases: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    parties: dict[str, str] = field(default_factory=dict)

    def take(self, claim: Claim) -> list[RowFault]:
        found = self._taken(claim)
        if not found:
            self.cases.add(claim.case)
            self.numbers.update(claim.numbers)
            self.parties[claim.party] = claim.name
            self.parties |= {number: name for number, name, _ in claim.others if number}
        return found

    def meet(self, claim: Claim) -> list[RowFault]:
        found = self._case_taken(claim)
        self.cases.add(claim.case)
        return found

    def _case_taken(self, claim: Claim) -> list[RowFault]:
        taken = claim.case in self.cases
        return [RowFault(claim.row, claim.case, "number", "案号已被使用")] if taken else []

    def _taken(self, claim: Claim) -> list[RowFault]:
        """Why the claim cannot stand beside earlier ones, by field."""
        found = self._case_taken(claim) or [
            RowFault(claim.row, claim.case, "history", f"文号 {number} 已用于其他案件")
            for number in claim.numbers
            if number in self.numbers
        ]
        if claim.party and self.parties.get(claim.party, claim.name) != claim.name:
            found.append(RowFault(claim.row, claim.case, "party_name", OTHER_NAME))
        for number, name, where in claim.others:
            if number and self.parties.get(number, name) != name:
                found.append(RowFault(claim.row, claim.case, where, f"{name}：{OTHER_NAME}"))
        return found


def leads_by_number(wanted: AbstractSet[str]) -> dict[str, int]:
    """Ids of leads by their numbers."""
    if not wanted:
        return {}
    return dict(
        leads.leads(SYSTEM).filter(number__in=rows.listed(sorted(wanted))).values_list("number", "pk")
    )


def brought_in(stretch: Numbered[Cells]) -> AbstractSet[str]:
    """The case numbers of a stretch that are in already, from history. Only looks, so it need not wait for its turn."""
    wanted = [number_of(cells) for _, cells in stretch]
    return set(
        Case.objects.filter(number__in=rows.listed(wanted), imported=True).values_list("number", flat=True)
    )


def sort(stretch: Sequence[Checked], result: Result[Claim]) -> list[Prepared]:
    """Those that may be written: held against the database and against one another; `result` is told of all."""
    sound = [one for one in stretch if isinstance(one, Prepared)]
    there = dict(
        Case.objects.filter(number__in=rows.listed([p.number for p in sound])).values_list(
            "number", "imported"
        )
    )
    claims = _there(sound, there)
    wanted = {p.lead for p in sound if p.lead}
    lost = wanted - leads_by_number(wanted).keys()
    good = []
    for one in stretch:
        if isinstance(one, Faulty):
            result.faults.extend(one.faults)
            continue
        claim = Claim(
            one.row,
            one.number,
            tuple(n.number for n in one.numbers),
            one.party.number,
            one.party.name,
            tuple((o.arrival.number, o.arrival.name, o.where) for o in one.others),
        )
        if there.get(one.number):
            result.again.append(claim)
            continue
        found = claims.take(claim)
        if one.lead in lost:
            found.append(RowFault(one.row, one.number, "lead", f"没有编号为“{one.lead}”的线索"))
        result.faults.extend(found)
        if not found:
            result.good.append(claim)
            good.append(one)
    return good


def _there(sound: Sequence[Prepared], cases: Mapping[str, bool]) -> Claims:
    """What the database has taken, as far as it matters for these rows."""
    new = [p for p in sound if not cases.get(p.number)]
    return Claims(
        cases={number for number, imported in cases.items() if not imported},
        numbers=numbers.taken(n.number for p in new for n in p.numbers),
        parties={
            number: name
            for number, (_, name) in registers.known_by(
                arrival.number for p in new for arrival in (p.party, *(o.arrival for o in p.others))
            ).items()
        },
    )
