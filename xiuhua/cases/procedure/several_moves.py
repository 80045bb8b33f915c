"""The moves that only a case with several parties or acts knows, the same under both texts but for their articles.

No text speaks of joining a party to a case: the investigation has to be full (PPL17 §36, PPL21 §54), and whoever is
punished has to be told, heard and served. So parties and acts come and go while the case is investigated, and not once
a prior notice holds. Once it is decided, each party pays by itself (see `guards.apart`). Pure data.
"""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.cases.procedure.moves import Certainty, Move, move

MEMORY = Certainty.MEMORY
# What changes who is a party of the case.
PARTIES_CHANGE = frozenset({"join_party", "release_party"})


# fmt: off
def several(
    *, inquiry: str, notice: str, defence: str, offer: str, hearing: str, service: str, late: str
) -> Iterator[Move]:
    """The rows, with the articles of one text: of inquiry, notice, defence, hearing, service and late payment."""
    # That each is told, heard and served stands in the text itself; numbers of the older one are from memory.
    told = MEMORY if notice.startswith("PPL17 ") else Certainty.READ
    for id, label, guards, states in (
        ("join_party", "追加当事人", "before_prior_notice joined_party_known party_named_once", "parties"),
        ("release_party", "去掉追加的当事人", "has_other_parties before_prior_notice party_may_leave", "parties"),
        ("add_violation", "追加违法行为",
         "before_prior_notice act_has_basis act_within_limitation act_our_power act_named_once", "violations"),
        ("amend_violation", "补充追加的违法行为", "has_other_acts before_prior_notice act_joined_before act_named_once",
         "violations"),
        ("drop_violation", "去掉追加的违法行为", "has_other_acts before_prior_notice act_may_leave", "violations"),
    ):
        yield move(id, label, "investigating", "investigating", "officer", guards=guards, law=inquiry,
                   certainty=MEMORY, note="No text speaks of it; not once a prior notice holds", states=states)
    yield move("serve_notice_on_party", "向其他当事人送达告知书", "notified", "notified", "officer",
               guards="has_other_parties served_party_named notice_service_dated", documents="service_receipt",
               law=notice, certainty=told, note="Each party is told by itself", states="services")
    for id, state in (("hear_other_party", "notified"), ("hear_other_party_late", "defence_done")):
        yield move(id, "其他当事人陈述申辩或者放弃", state, state, "officer",
                   guards="has_other_parties other_defence_recorded", documents="defence_record", law=defence,
                   certainty=told,
                   note="The first party's own defence moves the case", states="defences")
    yield move("recheck_other_party", "复核其他当事人的陈述申辩", "defence_done", "defence_done", "officer",
               guards="has_other_parties other_defence_answered other_not_heavier", documents="recheck_opinion",
               law=defence, certainty=told, states="defences")
    yield move("serve_hearing_right_on_party", "向其他当事人送达听证权利告知书", "hearing_offered", "hearing_offered",
               "officer", guards="has_other_parties served_party_named notice_service_dated",
               documents="hearing_right_notice service_receipt", law=offer, certainty=told, states="services")
    for id, source in (("request_other_hearing", "hearing_offered"), ("request_other_hearing_late", "defence_done"),
                       ("join_hearing", "hearing_pending")):
        yield move(id, "其他当事人要求听证", source, "hearing_pending", "party",
                   guards="has_other_parties other_hearing_in_time", law=hearing, certainty=told,
                   note="One hearing for all who asked", states="hearing_requests")
    for id, state in (("waive_other_hearing", "hearing_offered"), ("waive_other_hearing_late", "defence_done")):
        yield move(id, "其他当事人放弃听证", state, state, "party", guards="has_other_parties other_hearing_waived",
                   documents="waiver_statement", law=hearing, certainty=told, states="hearing_requests")
    for id, label, state in (("serve_decision_on_party", "向其他当事人送达决定书", "decided"),
                             ("serve_no_penalty_on_party", "向其他当事人送达不予处罚决定书", "no_penalty")):
        yield move(id, label, state, state, "officer",
                   guards="has_other_parties served_party_named served_by_lawful_method receipt_complete",
                   documents="service_receipt", law=service, certainty=told,
                   note="Served only when it reached each party", states="services")
    yield move("pay_enforced_share", "收到已转强制执行当事人的缴款", "overdue", "overdue", "party",
               guards="has_other_parties fine_receipt_issued enforced_share_pays", documents="fine_receipt", law=late,
               certainty=MEMORY, note="Of one whose own payment went on to enforcement", states="payment.items")
    yield move("terminate_share", "对一名当事人终结执行", "overdue", "overdue", "bureau_deputy_head town_approver",
               guards="has_other_parties share_may_end", law="AEL §40", certainty=MEMORY,
               note="The others go on", states="shares")
# fmt: on
