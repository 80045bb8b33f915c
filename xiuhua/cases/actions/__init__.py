"""The only writes of the bench."""

from xiuhua.cases.actions.annulment import lapse_right, recall_publication
from xiuhua.cases.actions.exhibits import add_exhibit
from xiuhua.cases.actions.guidance import Wording, publish_template, withdraw_template
from xiuhua.cases.actions.joined import begin, lapse_in, penalise_on_spot, take, take_in
from xiuhua.cases.actions.joint import Asked, accept, ask, decline, end, share
from xiuhua.cases.actions.joint_tasks import hand_in, report_task, take_on_list
from xiuhua.cases.actions.lapsing import lapse
from xiuhua.cases.actions.notes import mark_note, publish_note, withdraw_note
from xiuhua.cases.actions.opening import Opening, open_case
from xiuhua.cases.actions.reviewing import divide, give_out, move_review, set_line
from xiuhua.cases.actions.sessions import Agenda, convene, say_opinion, sign_minutes
from xiuhua.cases.actions.signing import sign
from xiuhua.cases.actions.stepping import wait
from xiuhua.cases.actions.volumes import bind_volume

__all__ = [
    "Agenda",
    "Asked",
    "Opening",
    "Wording",
    "accept",
    "add_exhibit",
    "ask",
    "begin",
    "bind_volume",
    "convene",
    "decline",
    "divide",
    "end",
    "give_out",
    "hand_in",
    "lapse",
    "lapse_in",
    "lapse_right",
    "mark_note",
    "move_review",
    "open_case",
    "penalise_on_spot",
    "publish_note",
    "publish_template",
    "recall_publication",
    "report_task",
    "say_opinion",
    "set_line",
    "share",
    "sign",
    "sign_minutes",
    "take",
    "take_in",
    "take_on_list",
    "wait",
    "withdraw_note",
    "withdraw_template",
]
