"""Service of one document (送达): by hand, left, electronic, by post, entrusted, by announcement. Pure data.

PPL17 §40, PPL21 §61 with the Civil Procedure Law; SHUM §25. One matter for each document; when it takes effect the
file of the case has a row of `services` more, and the main road takes it over. The simple direct service keeps its
short form on the main road.

Beside the draft the table asks that what takes effect is proved as the main road asks it of a decision, and lets an
announcement run as long as the law of its own day says: sixty days until the end of 2021, thirty since. The text of
SHUM §25 still says sixty.
"""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.moves import Certainty, State, Table, move
from xiuhua.cases.procedure.side.service_forms import DERIVED, FIXED, FORMS
from xiuhua.cases.procedure.side.shape import Side

MEMORY = Certainty.MEMORY

# fmt: off
STATES = (
    State("document_ready", "文书待送达"),
    State("method_chosen", "已选送达方式"),
    State("effective", "已送达生效", final=True),
    State("refused", "拒收"),
    State("posted", "邮寄中"),
    State("undeliverable", "无法送达"),
    State("announced", "公告中"),
)

MOVES_2017 = (
    move("choose_method", "选择送达方式", "document_ready", "method_chosen", "officer",
         guards="document_sealed_and_dated", law="PPL17 §40; SHUM §25", certainty=MEMORY,
         states="delivery.document"),
    move("hand_over", "直接送达", "method_chosen", "effective", "officer",
         guards="two_certified_officers receiver_entitled receipt_complete", documents="service_receipt",
         clock=("decision_made", 7, "calendar_day"), law="CivPL17 §85; PPL17 §40", certainty=MEMORY,
         note="CivPL 2017 numbers from memory", states="services"),
    move("refuse_receipt", "拒收", "method_chosen", "refused", "party",
         guards="refusal_reason_recorded", documents="service_receipt", law="CivPL17 §86", certainty=MEMORY,
         states="delivery.refused_on"),
    move("leave_at_place", "留置送达", "refused", "effective", "officer",
         guards="left_at_residence witness_or_video served_by_lawful_method receipt_complete",
         documents="service_receipt photo_note", law="CivPL17 §86; SHUM §25", certainty=MEMORY,
         states="services"),
    move("send_electronically", "电子送达", "method_chosen", "effective", "officer",
         guards="consent_signed_before arrival_recorded served_by_lawful_method receipt_complete",
         documents="service_address_confirmation service_receipt", law="CivPL17 §87", certainty=MEMORY,
         note="Until 2021-07-14 penalty decisions by this way only if the civil rule allows "
              "(2017 text excluded judgments); keep off by default",
         states="services"),
    move("send_by_post", "邮寄送达", "method_chosen", "posted", "officer",
         guards="direct_service_hard postal_slip_kept", documents="service_receipt",
         law="CivPL17 §88; SHUM §25", certainty=MEMORY, states="delivery.sent_on"),
    move("entrust_service", "委托送达", "method_chosen", "posted", "officer",
         guards="direct_service_hard", documents="service_receipt", law="CivPL17 §88", certainty=MEMORY,
         states="delivery.sent_on"),
    move("confirm_post", "邮寄签收", "posted", "effective", "officer",
         guards="post_receipt_dated served_by_lawful_method receipt_complete", documents="service_receipt",
         law="CivPL17 §88", certainty=MEMORY, note="Date on the receipt counts", states="services"),
    move("fail_post", "邮件退回", "posted", "undeliverable", "officer",
         guards="returned_mail_kept", documents="service_receipt", law="SHUM §25", certainty=MEMORY,
         states="delivery.returned_on"),
    move("give_up_direct", "其他方式无法送达", "method_chosen", "undeliverable", "officer",
         guards="other_methods_tried", law="SHUM §25", certainty=MEMORY, states="delivery.given_up_on"),
    move("announce", "公告送达", "undeliverable", "announced", "officer",
         guards="other_methods_tried announcement_reason_recorded", documents="announcement",
         law="SHUM §25; CivPL17 §92", certainty=MEMORY, states="delivery.announced_on"),
    move("complete_announcement", "公告期满", "announced", "effective", "system",
         guards="announcement_period_over served_by_lawful_method receipt_complete",
         documents="announcement", clock=("announcement_posted", 60, "calendar_day"),
         law="SHUM §25; CivPL17 §92", certainty=MEMORY,
         note="30 days since 2022-01-01; the SHUM text still says 60: configuration, take the longer if in doubt",
         states="services"),
)
MOVES_2021 = (
    move("choose_method", "选择送达方式", "document_ready", "method_chosen", "officer",
         guards="document_sealed_and_dated", law="PPL21 §61; SHUM §25", states="delivery.document"),
    move("hand_over", "直接送达", "method_chosen", "effective", "officer",
         guards="two_certified_officers receiver_entitled receipt_complete", documents="service_receipt",
         clock=("decision_made", 7, "working_day"), law="CivPL21 §88; CivPL23 §88; PPL21 §61",
         note="CivPL 2017 numbers from memory", states="services"),
    move("refuse_receipt", "拒收", "method_chosen", "refused", "party",
         guards="refusal_reason_recorded", documents="service_receipt", law="CivPL21 §89; CivPL23 §89",
         states="delivery.refused_on"),
    move("leave_at_place", "留置送达", "refused", "effective", "officer",
         guards="left_at_residence witness_or_video served_by_lawful_method receipt_complete",
         documents="service_receipt photo_note", law="CivPL21 §89; CivPL23 §89; SHUM §25",
         states="services"),
    move("send_electronically", "电子送达", "method_chosen", "effective", "officer",
         guards="consent_signed_before arrival_recorded served_by_lawful_method receipt_complete",
         documents="service_address_confirmation service_receipt", law="PPL21 §61; CivPL23 §90; SHNS §13",
         note="Until 2021-07-14 penalty decisions by this way only if the civil rule allows "
              "(2017 text excluded judgments); keep off by default",
         states="services"),
    move("send_by_post", "邮寄送达", "method_chosen", "posted", "officer",
         guards="direct_service_hard postal_slip_kept", documents="service_receipt",
         law="CivPL23 §91; SHUM §25", states="delivery.sent_on"),
    move("entrust_service", "委托送达", "method_chosen", "posted", "officer",
         guards="direct_service_hard", documents="service_receipt", law="CivPL23 §91",
         states="delivery.sent_on"),
    move("confirm_post", "邮寄签收", "posted", "effective", "officer",
         guards="post_receipt_dated served_by_lawful_method receipt_complete", documents="service_receipt",
         law="CivPL23 §91", note="Date on the receipt counts", states="services"),
    move("fail_post", "邮件退回", "posted", "undeliverable", "officer",
         guards="returned_mail_kept", documents="service_receipt", law="SHUM §25", certainty=MEMORY,
         states="delivery.returned_on"),
    move("give_up_direct", "其他方式无法送达", "method_chosen", "undeliverable", "officer",
         guards="other_methods_tried", law="SHUM §25", certainty=MEMORY, states="delivery.given_up_on"),
    move("announce", "公告送达", "undeliverable", "announced", "officer",
         guards="other_methods_tried announcement_reason_recorded", documents="announcement",
         law="SHUM §25; CivPL23 §95", states="delivery.announced_on"),
    move("complete_announcement", "公告期满", "announced", "effective", "system",
         guards="announcement_period_over served_by_lawful_method receipt_complete",
         documents="announcement", clock=("announcement_posted", 30, "calendar_day"),
         law="CivPL21 §95; CivPL23 §95",
         note="30 days since 2022-01-01; the SHUM text still says 60: configuration, take the longer if in doubt",
         states="services"),
)
# fmt: on
# Where a decision may have to be served, or a paper on the way to it and after it.
BEGINS_IN = (
    "checked filed investigating legal_review_passed notified hearing_offered defence_received defence_done "
    "hearing_pending discussed decided no_penalty served deferred overdue"
)

SIDE = Side(
    procedure="service",
    label_zh="文书送达",
    label_en="Service of a document",
    block="delivery",
    kept_in="deliveries",
    begins_at=("document_ready",),
    begins_in=frozenset(BEGINS_IN.split()),
    tables=(
        Table("service", "2017", None, date(2021, 7, 14), STATES, MOVES_2017),
        Table("service", "2021", date(2021, 7, 15), None, STATES, MOVES_2021),
    ),
    forms=FORMS,
    fixed=FIXED,
    derived=DERIVED,
    issued_by={
        "service_receipt": frozenset({"hand_over", "leave_at_place", "send_electronically", "confirm_post"}),
        "service_address_confirmation": frozenset(),
        "photo_note": frozenset(),
        "announcement": frozenset({"announce"}),
    },
    events={"decision_made": "delivery.decided_on", "announcement_posted": "delivery.announced_on"},
    families={"complete_announcement": "announcement"},
    about="delivery.document",
)
