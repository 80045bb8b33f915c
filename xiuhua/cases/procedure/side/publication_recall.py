"""Withdrawal of what was published of a decision that fell (撤回公示). Pure data.

PPL21 §48: where a published decision is varied, revoked, or declared unlawful or void, its publication is withdrawn
within three days (working days, §85) and the reason is made public. Before, the credit centre is told and deletes
within three working days (SHCRED §37). Not in the draft: the platform begins it itself when a decision falls, and it
waits as work for whoever publishes, because no connection to the places of publication exists. What was published of
each party apart is withdrawn apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.shared import PERSON, D, L, T
from xiuhua.cases.procedure.guards.apart import published
from xiuhua.cases.procedure.moves import State, Table, move
from xiuhua.cases.procedure.side.reconsideration import KNOWN
from xiuhua.cases.procedure.side.shape import Side

# fmt: off
STATES = (
    State("none", "未开始"),
    State("recall_due", "公示待撤回"),
    State("recalled", "公示已撤回", final=True),
)
MOVES_2017 = (
    move("order_recall", "通知撤回公示", "none", "recall_due", "system", guards="decision_fell_after_publication",
         clock=("decision_overturned", 0, "calendar_day"), law="SHCRED §37", states="publicity.overturned_on"),
    move("withdraw_publication", "撤回公示", "recall_due", "recalled", "publicity_clerk",
         guards="publicity_withdrawn withdrawal_explained", clock=("decision_overturned", 3, "working_day"),
         law="SHCRED §37", states="publicity.withdrawn_on"),
)
MOVES_2021 = (
    move("order_recall", "通知撤回公示", "none", "recall_due", "system", guards="decision_fell_after_publication",
         clock=("decision_overturned", 0, "calendar_day"), law="PPL21 §48", states="publicity.overturned_on"),
    move("withdraw_publication", "撤回公示", "recall_due", "recalled", "publicity_clerk",
         guards="publicity_withdrawn withdrawal_explained", clock=("decision_overturned", 3, "working_day"),
         law="PPL21 §48; PPL21 §85", states="publicity.withdrawn_on"),
)
FORMS: Mapping[str, Fields] = {
    "order_recall": (
        silent("publicity.overturned_on", D, "fell_on", required=True),
        silent("recall.asked_on", D, "today"),
    ),
    "withdraw_publication": (
        asked("publicity.withdrawn_on", D, "撤回日期", "Withdrawn on", default="today"),
        asked("publicity.withdrawal_reason", L, "公开说明的理由", "Reason made public"),
        asked("recall.places", T, "已撤回的公示渠道", "Where it was withdrawn",
              help="门户网站、执法公示平台、信用平台等"),
        optional("recall.credit_told_on", D, "告知信用信息机构日期", "Credit centre told on"),
        silent("recall.by_id", PERSON, "actor"),
    ),
}
# fmt: on

SIDE = Side(
    procedure="publication_recall",
    label_zh="撤回公示",
    label_en="Withdrawal of publication",
    block="recall",
    kept_in="",
    apart=published,
    begins_at=("none",),
    begins_in=KNOWN,
    tables=(
        Table("publication_recall", "2017", None, date(2021, 7, 14), STATES, MOVES_2017),
        Table("publication_recall", "2021", date(2021, 7, 15), None, STATES, MOVES_2021),
    ),
    forms=FORMS,
    events={"decision_overturned": "publicity.overturned_on"},
)
