"""Annotation of a building in the property register (房屋注记), and its release. Pure data.

While an unlawful building or use stands, the register is asked to note it, so that it does not pass on unseen with the
house; once it is gone the note is released. SHDB §16 keeps unlawful buildings from being registered; no text was read
that orders the note itself: the request names its basis, and the order of the steps is the authority's, from memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.shared import PERSON, REASON, D, L, T
from xiuhua.cases.procedure.guards.annotation import gone_on
from xiuhua.cases.procedure.guards.reading import iso
from xiuhua.cases.procedure.moves import Certainty, State, Table, move
from xiuhua.cases.procedure.side.shape import Side
from xiuhua.kernel.workdays import Calendar

MEMORY = Certainty.MEMORY
HEADS = "bureau_deputy_head bureau_head town_approver"
OFFICERS = "officer squad_legal_clerk"
# From the investigation on, while the case is open; of a demolition, from its order on.
OPEN = (
    "investigating investigation_closed decided served overdue performed executed"
    " ordered order_served demanded defence_heard reported forced_decided"
)

# fmt: off
STATES = (
    State("not_annotated", "未注记"),
    State("annotation_asked", "已提请注记"),
    State("annotation_sent", "注记函已发出"),
    State("annotated", "已注记"),
    State("annotation_dropped", "未注记结束", final=True),
    State("annotation_released", "已解除注记", final=True),
)
MOVES = (
    move("ask_annotation", "提请房屋注记", "not_annotated", "annotation_asked", OFFICERS,
         guards="building_named unlawful_state_stands", law="SHDB §16", certainty=MEMORY, states="annotation.asked_on"),
    move("send_annotation", "发出房屋注记函", "annotation_asked", "annotation_sent", HEADS,
         guards="unlawful_state_stands", documents="property_annotation_letter", law="SHDB §16",
         certainty=MEMORY, states="annotation.sent_on"),
    move("drop_annotation", "不予注记", "annotation_asked", "annotation_dropped", HEADS,
         guards="reason_recorded", law="SHDB §16", certainty=MEMORY, states="reason"),
    move("note_annotated", "登记机构已注记", "annotation_sent", "annotated", OFFICERS, guards="register_answered",
         law="SHDB §16", certainty=MEMORY, states="annotation.annotated_on"),
    move("note_refused", "登记机构未予注记", "annotation_sent", "annotation_dropped", OFFICERS,
         guards="reason_recorded", law="SHDB §16", certainty=MEMORY, states="reason"),
    move("release_annotation", "发出解除函", "annotated", "annotation_released", HEADS,
         guards="unlawful_state_gone", documents="property_annotation_release", law="SHDB §16",
         certainty=MEMORY, states="annotation.released_on"),
)
HEAD: Fields = (
    silent("annotation.approver_id", PERSON, "actor"),
    silent("annotation.approver_role", T, "actor_role"),
)
FORMS: Mapping[str, Fields] = {
    "ask_annotation": (
        asked("annotation.property", T, "不动产权证号或者坐落", "Number of the title, or where it lies",
              default="violation.place"),
        asked("annotation.reason", L, "注记理由", "Reason", default="violation.facts"),
        asked("annotation.basis", T, "注记依据", "Basis", help="写条文简称或者全称"),
        asked("annotation.register", T, "不动产登记机构", "Property register"),
        silent("annotation.asked_on", D, "today", required=True),
        silent("annotation.asked_by", PERSON, "actor"),
    ),
    "send_annotation": (
        optional("annotation.opinion", T, "审批意见", "Opinion", default="const:同意发函注记"),
        silent("annotation.sent_on", D, "today", required=True),
        *HEAD,
    ),
    "drop_annotation": REASON,
    "note_annotated": (
        asked("annotation.annotated_on", D, "注记日期", "Noted on", default="today"),
        asked("annotation.answer_no", T, "登记机构回函编号", "Number of the answer"),
    ),
    "note_refused": REASON,
    "release_annotation": (
        asked("annotation.release_reason", L, "解除理由", "Reason of the release"),
        silent("annotation.released_on", D, "today", required=True),
        *HEAD,
    ),
}
# fmt: on


def _to_release(file: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The day on which what was noted was gone: from then on the note should not stand."""
    day = gone_on(file)
    return iso(day) if day else None


SIDE = Side(
    procedure="property_annotation",
    label_zh="房屋注记",
    label_en="Annotation of a building",
    block="annotation",
    kept_in="annotations",
    kept_once="sent_on",
    begins_at=("not_annotated",),
    begins_in=frozenset(OPEN.split()),
    tables=(Table("property_annotation", "2012", date(2012, 7, 15), None, STATES, MOVES),),
    forms=FORMS,
    numbers={
        "property_annotation_letter": "annotation",
        "property_annotation_release": "annotation.release_number",
    },
    until={"release_annotation": _to_release},
)
