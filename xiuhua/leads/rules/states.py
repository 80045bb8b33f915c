"""The states of a lead and the moves between them: one small table. Pure.

A move is allowed if it leaves the present state and a post of the actor carries its permission over this lead. Nothing
else decides; the faces draw their buttons from the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiuhua.kernel.authz import Actor, Refusal, Said


class State(StrEnum):
    REGISTERED = "registered"
    VERIFIED = "verified"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    HANDED = "handed"
    SETTLED = "settled"
    MERGED = "merged"
    REFUSED = "refused"
    TRANSFERRED = "transferred"


STATE_LABELS = {
    State.REGISTERED: "待核实",
    State.VERIFIED: "待派发",
    State.DISPATCHED: "待接收",
    State.ACCEPTED: "处理中",
    State.RETURNED: "已退回",
    State.HANDED: "已转案件",
    State.SETTLED: "已办结",
    State.MERGED: "已并入",
    State.REFUSED: "不予受理",
    State.TRANSFERRED: "已移送",
}

CLOSED = frozenset({State.SETTLED, State.MERGED, State.REFUSED, State.TRANSFERRED})
_AT_DESK = frozenset({State.REGISTERED, State.VERIFIED, State.RETURNED})
_OPEN = _AT_DESK | {State.DISPATCHED, State.ACCEPTED}


class Source(StrEnum):
    """Where a lead comes from; the same words as `lead_source` of a case file."""

    PATROL = "patrol"
    REPORT = "report"
    OPEN311 = "open311"
    HOTLINE = "hotline"
    COMPLAINT = "complaint"
    CAMPAIGN = "campaign"
    REGULATION = "regulation"
    DETECTOR = "detector"
    CAMERA = "camera"
    TRANSFER = "transfer"
    SUPERIOR = "superior"


SOURCE_LABELS = {
    Source.PATROL: "日常巡查",
    Source.REPORT: "举报投诉",
    Source.OPEN311: "公开接口来件",
    Source.HOTLINE: "热线转办",
    Source.COMPLAINT: "诉件转办",
    Source.CAMPAIGN: "专项整治",
    Source.REGULATION: "综合监管检查",
    Source.DETECTOR: "智能发现",
    Source.CAMERA: "电子监控",
    Source.TRANSFER: "其他机关移送",
    Source.SUPERIOR: "上级交办",
}


class Outcome(StrEnum):
    """What came of a lead in the end."""

    CASE_CLOSED = "case_closed"
    PERSUADED = "persuaded"
    NO_VIOLATION = "no_violation"
    FILING_REFUSED = "filing_refused"
    REFERRED = "referred"
    REFUSED = "refused"
    TRANSFERRED = "transferred"


OUTCOME_LABELS = {
    Outcome.CASE_CLOSED: "立案查处",
    Outcome.PERSUADED: "教育劝阻",
    Outcome.NO_VIOLATION: "未发现违法",
    Outcome.FILING_REFUSED: "不予立案",
    Outcome.REFERRED: "案件移送",
    Outcome.REFUSED: "不予受理",
    Outcome.TRANSFERRED: "线索移送",
}

# What the public and the reporter read where nobody writes another sentence: no name, no address, no amount.
OUTCOME_SENTENCES = {
    Outcome.CASE_CLOSED: "经查处，已依法处理完毕。",
    Outcome.PERSUADED: "经现场教育劝阻，当事人已当场改正。",
    Outcome.NO_VIOLATION: "经现场核查，未发现违法行为。",
    Outcome.FILING_REFUSED: "经核查，不符合立案条件，未予立案。",
    Outcome.REFERRED: "经核查，不属本机关职责，已移送有权机关处理。",
    Outcome.REFUSED: "经核实，反映的情况不属实或者线索不清，不予受理。",
    Outcome.TRANSFERRED: "经核查，不属本机关职责，已移送有权机关处理。",
}

# How a unit may settle a lead without a case.
SETTLEMENTS = frozenset({Outcome.PERSUADED, Outcome.NO_VIOLATION})


@dataclass(frozen=True, slots=True)
class Move:
    """A move: from which states, to which one (None: the state stays), by what permission, on what ground."""

    id: str
    label: str
    label_en: str
    sources: frozenset[State]
    target: State | None
    permission: str
    ground: str = ""


def _moves(*rows: Move) -> dict[str, Move]:
    return {row.id: row for row in rows}


MOVES = _moves(
    Move("verify", "核实", "Verify", frozenset({State.REGISTERED}), State.VERIFIED, "leads.verify"),
    Move("merge", "并入", "Merge", _OPEN, State.MERGED, "leads.verify"),
    Move("refuse", "不予受理", "Refuse", _AT_DESK, State.REFUSED, "leads.verify"),
    Move(
        "dispatch",
        "派发",
        "Dispatch",
        frozenset({State.VERIFIED, State.RETURNED, State.DISPATCHED}),
        State.DISPATCHED,
        "leads.dispatch",
        "SHUM §14",
    ),
    Move("accept", "接收", "Accept", frozenset({State.DISPATCHED}), State.ACCEPTED, "leads.work", "SHUM §16"),
    Move(
        "return",
        "退回",
        "Return",
        frozenset({State.DISPATCHED, State.ACCEPTED}),
        State.RETURNED,
        "leads.work",
    ),
    Move("transfer_out", "移送", "Pass on", _OPEN, State.TRANSFERRED, "leads.dispatch", "SHUM §26"),
    Move(
        "hand_to_case",
        "转案件办理",
        "Open a case",
        frozenset({State.ACCEPTED}),
        State.HANDED,
        "leads.work",
        "SHUM §16",
    ),
    Move(
        "arrive",
        "到场",
        "Reach the scene",
        frozenset({State.DISPATCHED, State.ACCEPTED}),
        None,
        "leads.work",
        "SHUM §16",
    ),
    Move("settle", "办结", "Settle", frozenset({State.ACCEPTED}), State.SETTLED, "leads.work", "SHUM §16"),
    Move(
        "record_outcome", "回填结果", "Record outcome", frozenset({State.HANDED}), State.SETTLED, "cases.work"
    ),
    Move(
        "tell_reporter",
        "告知举报人",
        "Tell the reporter",
        frozenset(State) - {State.REGISTERED},
        None,
        "leads.work",
        "SHUM §26",
    ),
)


def refusals(
    move: Move, state: str, actor: Actor, unit_id: int | None, registered_unit_id: int | None = None
) -> tuple[Refusal, ...]:
    """Why `actor` may not make `move` on a lead in `state` that lies with `unit_id`; empty if it is allowed.

    A post of a unit reaches the leads that lie with it, and before dispatch those it registered itself.
    """
    found = []
    if state not in move.sources:
        found.append(
            Refusal(
                "lead_state",
                Said("线索%(state)s，不能%(move)s", state=STATE_LABELS[State(state)], move=move.label),
                meaning=f"A lead that is {state} does not allow: {move.label_en.lower()}.",
            )
        )
    if not _reaches(move, actor, unit_id, registered_unit_id):
        found.append(
            Refusal(
                "lead_right",
                Said("您的岗位不能%(move)s这条线索", move=move.label),
                move.ground,
                f"Your post does not reach this lead: {move.label_en.lower()}.",
            )
        )
    return tuple(found)


def _reaches(move: Move, actor: Actor, unit_id: int | None, registered_unit_id: int | None) -> bool:
    scope = actor.scope(move.permission)
    if scope.everything:
        return True
    if move.id == "record_outcome":
        # Whoever closes a case may be the authority and not the unit: that the case may be closed was its own check.
        return not scope.nothing
    return (registered_unit_id if unit_id is None else unit_id) in scope.units
