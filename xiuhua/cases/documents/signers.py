"""Who signs where on a document, and the images of signatures and seal that stand there.

A place to sign says by its label whose it is; the signature line of a row names people itself. An image stands only
where a `Stamp` says so: nobody's name is signed for him.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiuhua.cases.documents.blocks import Block, Facts, Line, Signatures, plain
from xiuhua.cases.documents.render import Paper, Stamp

# The words of the forms for the places of those who handle the case; they sign one after the other.
_WHO = "执法人员 勘验人 抽样人 送达人 拍摄人 监督人员 询问人 调查人员 承办人 执行人员 收缴人"
_OFFICERS = frozenset(f"{who}签名" for who in _WHO.split())


@dataclass(frozen=True, slots=True)
class Signed:
    """A place to sign with the image that stands in it, if any."""

    label: Line
    stamp: Stamp | None


def of_officer(paper: Paper, officer_id: str) -> Stamp | None:
    return next((s for s in paper.header.stamps if s.officer_id and s.officer_id == officer_id), None)


def seal_of(paper: Paper) -> Stamp | None:
    """The image of the seal; None where there is none or the form bears no seal."""
    return next((s for s in paper.header.stamps if not s.officer_id), None) if paper.form.sealed else None


def line_stamps(paper: Paper, line: Line) -> list[Stamp]:
    """The signatures of the people whom a signature line names, in their order."""
    ids = dict.fromkeys(one for span in line for one in paper.people.get(span.field, ()))
    return [stamp for one in ids if (stamp := of_officer(paper, one))]


def places(paper: Paper, block: Signatures) -> list[Signed]:
    """The places of a block with their images: the officers of the case sign in the order of the header."""
    officers, found = list(paper.header.officers), []
    for place in block.places:
        turn = officers.pop(0).id if officers and is_officers(place) else ""
        found.append(Signed(place, of_officer(paper, turn) if turn else None))
    return found


def is_officers(place: Line) -> bool:
    return plain(place).strip() in _OFFICERS


def wanted(paper: Paper) -> dict[str, set[str]]:
    """Who has a place to sign: officer id → the fields that name the person there; "" for the places of officers."""
    found: dict[str, set[str]] = {}
    for line in _feet(paper.blocks):
        for span in line:
            for one in paper.people.get(span.field, ()):
                found.setdefault(one, set()).add(span.field)
    for block in paper.blocks:
        if isinstance(block, Signatures):
            count = sum(1 for place in block.places if is_officers(place))
            for officer in paper.header.officers[:count]:
                found.setdefault(officer.id, set()).add("")
    return found


def _feet(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Facts):
            yield from (row.foot for row in block.rows if row.foot)
