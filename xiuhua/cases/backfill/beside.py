"""What a stretch of rows says beside what is there: cases, numbers and names that the database holds already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from xiuhua.cases.backfill import numbers
from xiuhua.cases.backfill.checking import Checked, Faulty, Prepared
from xiuhua.cases.backfill.columns import number_of
from xiuhua.cases.models import Case
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.sources import Cells
from xiuhua.kernel.stretches import Numbered
from xiuhua.leads import queries as leads
from xiuhua.leads.backfill import RowFault
from xiuhua.registers import backfill as registers


@dataclass(frozen=True, slots=True)
class Claim:
    """What a good row takes for itself, so that no other row of the file may have it too."""

    row: int
    case: str
    numbers: tuple[str, ...]
    party: str
    name: str


@dataclass
class Claims:
    """What earlier rows took: case numbers, document numbers, and the names behind numbers of parties."""

    cases: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    parties: dict[str, str] = field(default_factory=dict)

    def against(self, claim: Claim) -> list[tuple[str, str]]:
        """Why the claim cannot stand beside earlier ones, by field; if it can, it is remembered."""
        said: list[tuple[str, str]] = []
        if claim.case in self.cases:
            said.append(("number", "案号已被使用"))
        else:
            used = [number for number in claim.numbers if number in self.numbers]
            said += [("history", f"文号 {number} 已用于其他案件") for number in used]
        if claim.party and self.parties.get(claim.party, claim.name) != claim.name:
            said.append(("party_name", "与该证件号码（信用代码）已登记的名称不一致"))
        if not said:
            self.cases.add(claim.case)
            self.numbers.update(claim.numbers)
            self.parties[claim.party] = claim.name
        return said


@dataclass
class Stretch:
    """A stretch sorted: what may be written, what it claims, what is in already, what is faulty."""

    good: list[Prepared] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    passed_over: int = 0
    faults: list[RowFault] = field(default_factory=list)


def leads_by_number(wanted: AbstractSet[str]) -> dict[str, int]:
    """Ids of leads by their numbers."""
    if not wanted:
        return {}
    return dict(leads.leads(SYSTEM).filter(number__in=wanted).values_list("number", "pk"))


def brought_in(stretch: Numbered[Cells]) -> AbstractSet[str]:
    """The case numbers of a stretch that are in already, from history. Only looks, so it need not wait for its turn."""
    wanted = [number_of(cells) for _, cells in stretch]
    return set(Case.objects.filter(number__in=wanted, imported=True).values_list("number", flat=True))


def sort(stretch: Sequence[Checked]) -> Stretch:
    """Hold a stretch against the database and its rows against one another."""
    sound = [one for one in stretch if isinstance(one, Prepared)]
    there = dict(Case.objects.filter(number__in=[p.number for p in sound]).values_list("number", "imported"))
    claims = _there(sound, there)
    wanted = {p.lead for p in sound if p.lead}
    lost = wanted - leads_by_number(wanted).keys()
    found = Stretch()
    for one in stretch:
        if isinstance(one, Faulty):
            found.faults.extend(one.faults)
        elif there.get(one.number):
            found.passed_over += 1
        else:
            _take(one, claims, lost, found)
    return found


def _there(sound: Sequence[Prepared], cases: Mapping[str, bool]) -> Claims:
    """What the database has taken, as far as it matters for these rows."""
    new = [p for p in sound if not cases.get(p.number)]
    return Claims(
        cases={number for number, imported in cases.items() if not imported},
        numbers=numbers.taken(n.number for p in new for n in p.numbers),
        parties={
            number: name for number, (_, name) in registers.known_by(p.party.number for p in new).items()
        },
    )


def _take(one: Prepared, claims: Claims, lost: AbstractSet[str], found: Stretch) -> None:
    claim = Claim(one.row, one.number, tuple(n.number for n in one.numbers), one.party.number, one.party.name)
    said = [("lead", f"没有编号为“{one.lead}”的线索")] if one.lead in lost else []
    said += claims.against(claim)
    if said:
        found.faults.extend(RowFault(one.row, one.number, name, reason) for name, reason in said)
        return
    found.good.append(one)
    found.claims.append(claim)
