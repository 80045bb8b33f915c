"""The file of a case with its matters in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xiuhua.cases.procedure.file import STEP, Facts, File, fold
from xiuhua.cases.procedure.guards.apart import of_one
from xiuhua.cases.procedure.side.shape import Side

STATE = "state"
# In the file of a matter: the name of its block, for guards that several procedures share.
MATTER = "matter"


@dataclass(slots=True)
class Own:
    """What a matter has stated so far: its block, and the state in which it stands; `party` is whose it is, where each
    of several parties has one of its own.
    """

    side: Side
    state: str
    block: dict[str, Any] = field(default_factory=dict)
    party: str = ""


def fold_step(file: File, facts: Facts, own: Own | None = None) -> File:
    """Fold one step into the file of the case, in place; of a matter that is one of several, its block into `own`.

    Raises Malformed like `file.fold`.
    """
    if own is None or not own.side.kept_in:
        return fold(file, facts)
    name = own.side.block
    if name in facts:
        own.block = fold({name: own.block}, {name: facts[name]})[name]
    fold(file, {key: value for key, value in facts.items() if key != name})
    file[STEP] = facts
    return file


def listed(file: Mapping[str, Any], matters: Iterable[Own]) -> File:
    """The file with a row for each matter in the list where such matters are kept, in the order given.

    One that has not come so far that the case must settle it (`Side.kept_once`) is not in it yet.
    """
    shown: File = dict(file)
    for own in matters:
        if (where := own.side.kept_in) and (not own.side.kept_once or own.block.get(own.side.kept_once)):
            shown[where] = [*(shown.get(where) or ()), {**own.block, STATE: own.state}]
    return shown


def as_read_in(file: Mapping[str, Any], own: Own) -> File:
    """The file as the guards of this matter read it: of one of several parties, as that one has it."""
    return as_read_by(of_one(file, own.party) if own.party else file, own.side, own)


def as_read_by(file: Mapping[str, Any], side: Side, own: Own | None) -> File:
    """The file as the guards of a matter read it: the case's, with the block of this matter; none of a new one."""
    if not side.kept_in:
        return {**file, MATTER: side.block}
    return {**file, MATTER: side.block, side.block: dict(own.block) if own else {}}
