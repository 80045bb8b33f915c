"""Which defects speak of the same facts and are not put into one file. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.checker.seeded.behind import BEHIND
from xiuhua.cases.checker.seeded.defects import Defect
from xiuhua.cases.checker.seeded.samples import blocks, touched

Reads = Mapping[str, frozenset[str]]
# Without a key date of its own a rule looks at these.
_KEY = frozenset({"decision.decided_on", "case.lead_received_on"})


def whole(fields: frozenset[str]) -> frozenset[str]:
    return fields.union(_KEY, *(BEHIND.get(name, frozenset()) for name in fields))


def fits(defect: Defect, base: str, reads: Reads) -> bool:
    """Whether the defect is one of `base`, or of the file below it while the block speaks of other facts."""
    if defect.params:
        return False
    if defect.base == base:
        return True
    block = blocks().get(base)
    if block is None or block[0] != defect.base:
        return False
    changed = touched(block[1])
    return not _meets(changed, defect.touched) and not _meets(changed, _read_by(defect, reads))


def _read_by(defect: Defect, reads: Reads) -> frozenset[str]:
    return frozenset().union(*(reads[rule] for rule in defect.expected))


def are_apart(one: Defect, other: Defect, reads: Reads) -> bool:
    return not (
        _meets(one.touched, other.touched)
        or _meets(one.touched, _read_by(other, reads))
        or _meets(other.touched, _read_by(one, reads))
    )


def _meets(changed: frozenset[str], read: frozenset[str]) -> bool:
    """Whether a field that is changed, or one below it, is among those that are read."""
    return any(
        c == r or r.startswith(f"{c}.") or ("." in r and c.startswith(f"{r}.")) for c in changed for r in read
    )
