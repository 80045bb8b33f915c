"""Who draws and looks, who answers for a unit, who decides an appeal: pairs of a check that refuses and a question."""

from __future__ import annotations

from xiuhua.kernel.authz import Actor, Refusal, Refused, holds
from xiuhua.org import queries as org
from xiuhua.oversight import rules
from xiuhua.oversight.models import Sample, Sent


def _refuse(code: str, sentence: str, meaning: str) -> Refused:
    return Refused(Refusal(code, sentence, meaning=meaning))


def _reaches(permission: str, unit_id: int, by: Actor) -> bool:
    """Over rows of the unit: the own one, one that acts in our name, or all."""
    scope = by.scope(permission)
    if scope.everything or unit_id in scope.units:
        return True
    return bool(scope.authorities) and unit_id in set(org.acting_for(scope.authorities))


def units_of(by: Actor) -> frozenset[int]:
    """The units in which the actor holds a post."""
    return frozenset(grant.unit_id for grant in by.grants)


def _own(row: Sent, by: Actor) -> bool:
    return row.unit_id in units_of(by) or row.worked_on_by(by)


def check_can_draw(by: Actor) -> None:
    """Raises Refused for anybody but an inspector."""
    if not by.can("oversight.review"):
        raise _refuse(
            "draw_for_inspectors",
            "视频由督察员抽取、查看和销号",
            "recordings are drawn, judged and closed by inspectors",
        )


def can_draw(by: Actor) -> bool:
    return holds(lambda: check_can_draw(by))


def check_can_look(sample: Sample, by: Actor) -> None:
    """An inspector, never at the own unit or the own recording, while it waits. Raises Refused."""
    check_can_draw(by)
    if _own(sample, by):
        raise _refuse(
            "own_recording",
            "不得查看、评定本人或者本单位的执法视频",
            "nobody judges recordings of the own unit or the own hand",
        )
    if sample.state != rules.State.DRAWN:
        raise _refuse("looked_already", "这件视频已经查看评定", "this recording was judged already")


def can_look(sample: Sample, by: Actor) -> bool:
    return holds(lambda: check_can_look(sample, by))


def check_can_answer(row: Sent, by: Actor) -> None:
    """Those who answer for the unit, once faults were sent to it. Raises Refused."""
    if not _reaches("oversight.answer", row.unit_id, by):
        raise _refuse(
            "answer_elsewhere",
            "整改情况由被督察单位负责人或者法制员回复",
            "the head or the legal clerk of the unit answers",
        )
    if row.state != rules.State.SENT:
        raise _refuse("nothing_to_answer", "现在没有待回复的问题", "there is nothing to answer now")


def can_answer(row: Sent, by: Actor) -> bool:
    return holds(lambda: check_can_answer(row, by))


def check_can_decide(row: Sent, by: Actor) -> None:
    """Somebody of the bureau other than who judged, of another unit. Raises Refused."""
    if not _reaches("oversight.decide", row.unit_id, by):
        raise _refuse("decide_elsewhere", "申诉由区局决定", "appeals are decided by the bureau")
    if row.judged_by is not None and by.user_id == row.judged_by:
        raise _refuse(
            "own_judgement", "申诉不得由原查看人决定", "an appeal is not decided by who judged the recording"
        )
    if _own(row, by):
        raise _refuse(
            "own_appeal", "不得决定本单位的申诉", "nobody decides an appeal of the own unit or about oneself"
        )
    if row.state != rules.State.APPEALED:
        raise _refuse("no_appeal", "现在没有待决定的申诉", "there is no appeal to decide")


def can_decide(row: Sent, by: Actor) -> bool:
    return holds(lambda: check_can_decide(row, by))


def check_can_close(row: Sent, by: Actor) -> None:
    """An inspector of another unit, after the unit replied. Raises Refused."""
    check_can_draw(by)
    if _own(row, by):
        raise _refuse("own_closing", "不得对本单位的问题销号", "nobody closes faults of the own unit")
    if row.state != rules.State.REPLIED:
        raise _refuse("no_reply", "单位尚未回复，不能销号", "the unit has not replied yet")


def can_close(row: Sent, by: Actor) -> bool:
    return holds(lambda: check_can_close(row, by))
