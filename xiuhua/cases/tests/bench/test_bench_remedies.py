"""Reconsiderations and suits walked by real people: every move once, the illegal ones refused, time by the worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from xiuhua.cases import queries
from xiuhua.cases.models import Matter, Remedy
from xiuhua.cases.tests.bench.bench import CLERK, DEPUTY, O1, PUBLICITY, Bench, Who, grounds, nothing_written
from xiuhua.cases.tests.bench.remedies import ASKED, TRIED, Remedies
from xiuhua.kernel.authz import Invalid, Refused

pytestmark = pytest.mark.slow

CAMERA = {"evidence": [{"id": "E1", "from_auto_camera": True, "relied_on": True}]}

# Year of the law, its road, the state at its end; `silent` moves wait until the answer is missed.
Road = tuple[int, tuple[str, ...], str]
BOTH_LAWS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("apply", "refuse_application"), "refused"),
    ((*ASKED, "extend_review", "suspend_review", "resume_review", "uphold"), "upheld"),
    ((*ASKED, "dismiss"), "dismissed"),
    ((*ASKED, "mediate"), "mediated"),
    ((*ASKED, "withdraw_application"), "terminated"),
    ((*ASKED, "vary", "carry_out_variation"), "carried_out"),
    ((*ASKED, "revoke", "carry_out_revocation"), "carried_out"),
    ((*ASKED, "declare_unlawful", "carry_out_unlawful"), "carried_out"),
    ((*ASKED[:3], "lose_by_silence", "carry_out_revocation"), "carried_out"),
)
SIMPLE = ("apply", "accept_application", "send_copy_simple", "reply_simple")
LAW_OF_2023: tuple[tuple[tuple[str, ...], str], ...] = (
    (("apply", "ask_completion", "complete_application", "send_copy"), "answer_due"),
    (("apply", "ask_completion", "abandon_application"), "terminated"),
    (("apply_through_agency", "correct_itself"), "corrected"),
    (("apply_through_agency", "forward_application", *SIMPLE[1:], "simple_to_normal"), "under_review"),
    ((*SIMPLE, "uphold_simple"), "upheld"),
    ((*SIMPLE, "revoke_simple", "carry_out_revocation"), "carried_out"),
    ((*SIMPLE, "vary_simple", "carry_out_variation"), "carried_out"),
    ((*ASKED, "declare_void", "carry_out_void"), "carried_out"),
)
REVIEWS: tuple[Road, ...] = (
    *((2018, road, end) for road, end in BOTH_LAWS),
    *((2026, road, end) for road, end in (*BOTH_LAWS, *LAW_OF_2023)),
)
FINAL = ("carry_out_judgment",)
SUITS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("file_suit", "court_refuses"), "not_registered"),
    ((*TRIED[:3], "miss_answer", "withdraw_suit"), "withdrawn"),
    ((*TRIED, "withdraw_after_trial"), "withdrawn"),
    ((*TRIED[:4], "dismiss_suit", "make_final_dismissal"), "ended"),
    ((*TRIED[:4], "dismiss_suit", "appeal_dismissal", "decide_appeal", *FINAL), "carried_out"),
    ((*TRIED, "mediate_suit"), "mediated"),
    ((*TRIED, "dismiss_claims", "appeal_claims", "remand_suit", *TRIED[2:], "dismiss_claims"), "claims_dismissed"),
    ((*TRIED, "dismiss_claims", "make_final_claims", *FINAL, "open_retrial", "decide_retrial", *FINAL), "carried_out"),
    ((*TRIED, "revoke_by_court", "appeal_revocation", "decide_appeal"), "final_judgment"),
    ((*TRIED, "revoke_by_court", "make_final_revoked", *FINAL), "carried_out"),
    ((*TRIED, "vary_by_court", "make_final_varied", *FINAL), "carried_out"),
    ((*TRIED, "vary_by_court", "appeal_variation"), "appealed"),
    ((*TRIED, "declare_unlawful_by_court", "make_final_unlawful", *FINAL), "carried_out"),
    ((*TRIED, "declare_unlawful_by_court", "appeal_unlawful"), "appealed"),
    ((*TRIED, "declare_void_by_court", "make_final_void", *FINAL), "carried_out"),
    ((*TRIED, "declare_void_by_court", "appeal_void"), "appealed"),
    ((*TRIED, "order_duty", "make_final_duty", *FINAL), "carried_out"),
    ((*TRIED, "order_duty", "appeal_duty"), "appealed"),
)  # fmt: skip
# Walked by the suite of fallen decisions: rights that ran out, and a suit after a reconsideration.
ELSEWHERE = {"let_period_lapse", "let_suit_lapse", "let_review_suit_lapse", "file_suit_after_review"}


def begun(bench: Bench, year: int, road: tuple[str, ...]) -> Remedies:
    return Remedies(bench, "publish_decision", year, **(CAMERA if road[0] == "apply_through_agency" else {}))


def walked(bench: Bench, procedure: str, year: int, road: tuple[str, ...]) -> Remedies:
    case = begun(bench, year, road)
    for move in road:
        case.go(procedure, move, 20 if move == "lose_by_silence" else 1)
    return case


@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "road", "end"), REVIEWS, ids=lambda v: v[-1] if isinstance(v, tuple) else str(v)
)
def test_a_reconsideration_walks_to_its_end_by_the_law_of_its_day(
    bench: Bench, year: int, road: tuple[str, ...], end: str
) -> None:
    case = walked(bench, "reconsideration", year, road)
    assert case.matter is not None
    assert case.matter.state == end
    versions = {s.law_version for s in case.matter.steps.all()}
    assert versions == {"2017" if year == 2018 else "2023"}
    assert case.fresh.state == "served"


@pytest.mark.slow
@pytest.mark.parametrize("year", [2018, 2026])
@pytest.mark.parametrize(("road", "end"), SUITS, ids=lambda v: v[-1] if isinstance(v, tuple) else str(v))
def test_a_suit_walks_to_its_end(bench: Bench, year: int, road: tuple[str, ...], end: str) -> None:
    case = walked(bench, "litigation", year, road)
    assert case.matter is not None
    assert case.matter.state == end


@pytest.mark.parametrize("procedure", ["reconsideration", "litigation"])
def test_every_move_of_every_text_is_walked(procedure: str) -> None:
    for table in queries.sides()[procedure].tables:
        year = 2018 if table.valid_to else 2026
        roads = SUITS if procedure == "litigation" else [(r, e) for y, r, e in REVIEWS if y == year]
        assert set(table.by_id) - ELSEWHERE == {move for road, _ in roads for move in road}


def refused(case: Remedies, procedure: str, move: str, who: Who | None = None, **more: Any) -> dict[str, str]:
    case.actor(who or case.who(queries.sides()[procedure].table_on(case.at.date()).move(move)))
    with nothing_written(), pytest.raises(Refused) as caught:
        case.go(procedure, move, who=who, **more)
    return grounds(caught.value.refusals)


LATE = {"head_attended": False, "absence_statement": "出差"}
BARE = {"evidence_handed_in": False}
HELD = {"voluntary": False}
LOST = (*TRIED, "dismiss_claims", "appeal_claims")
# Procedure, year, road up to there, move, what it says, what speaks against it, the article of the day.
REFUSED: tuple[tuple[str, int, tuple[str, ...], str, dict[str, Any], str, str], ...] = (
    ("reconsideration", 2018, ASKED[:3], "reply", BARE, "reply_with_evidence", "ARL17 §23"),
    ("reconsideration", 2026, ASKED[:3], "reply", BARE, "reply_with_evidence", "ARL23 §48"),
    ("reconsideration", 2018, ASKED[:3], "lose_by_silence", {}, "reply_missed", "ARL17 §28"),
    ("reconsideration", 2026, ASKED[:3], "lose_by_silence", {}, "reply_missed", "ARL23 §70"),
    ("reconsideration", 2026, ASKED[:2], "send_copy_simple", {"simple_ground": "on_spot"},
     "simple_reconsideration", "ARL23 §53"),
    ("reconsideration", 2026, ASKED[:2], "send_copy_simple", {"simple_ground": "small_amount"},
     "simple_reconsideration", "ARL23 §53"),
    ("reconsideration", 2018, ASKED, "withdraw_application", HELD, "withdrawal_voluntary", "ARL17 §25"),
    ("reconsideration", 2026, ASKED, "withdraw_application", HELD, "withdrawal_voluntary", "ARL23 §74"),
    ("litigation", 2026, TRIED[:3], "answer_suit", BARE, "answer_with_evidence", "ALL §67"),
    ("litigation", 2018, TRIED[:5], "attend_trial", {"head_attended": False}, "head_or_written_reason", "ALL §3"),
    ("litigation", 2026, TRIED[:5], "attend_trial", LATE, "head_or_written_reason", "ALL §3"),
    ("litigation", 2026, LOST, "decide_appeal", {"outcome": "varied"}, "ground_named_if_overturned", "ALL §70"),
)  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=[f"{r[3]}-{r[1]}-{n}" for n, r in enumerate(REFUSED)])
def test_what_the_law_forbids_is_refused_with_its_article(
    bench: Bench, row: tuple[str, int, tuple[str, ...], str, dict[str, Any], str, str]
) -> None:
    procedure, year, road, move, more, code, article = row
    case = walked(bench, procedure, year, road)
    assert refused(case, procedure, move, **more) == {code: article}


@pytest.mark.parametrize(
    ("procedure", "road", "move", "who"),
    [
        ("reconsideration", ASKED[:3], "reply", DEPUTY),
        ("reconsideration", ASKED[:3], "reply", O1),
        ("reconsideration", ASKED, "uphold", O1),
        ("reconsideration", ASKED, "uphold", PUBLICITY),
        ("litigation", TRIED[:3], "answer_suit", O1),
        ("litigation", TRIED[:5], "attend_trial", CLERK),
        ("litigation", (*TRIED, "revoke_by_court"), "appeal_revocation", DEPUTY),
        ("litigation", TRIED, "dismiss_claims", O1),
    ],
)
def test_who_may_not_make_a_move_is_told_so(
    bench: Bench, procedure: str, road: tuple[str, ...], move: str, who: Who
) -> None:
    assert "wrong_role" in refused(walked(bench, procedure, 2026, road), procedure, move, who)


@pytest.mark.parametrize(
    ("procedure", "road", "move"),
    [
        ("reconsideration", ("apply",), "send_copy"),
        ("reconsideration", ASKED[:2], "uphold"),
        ("reconsideration", ASKED[:3], "revoke"),
        ("reconsideration", ASKED, "carry_out_revocation"),
        ("litigation", ("file_suit",), "answer_suit"),
        ("litigation", TRIED[:4], "revoke_by_court"),
        ("litigation", TRIED, "carry_out_judgment"),
        ("litigation", (*TRIED, "dismiss_claims"), "appeal_revocation"),
    ],
)
def test_no_step_comes_before_its_state(
    bench: Bench, procedure: str, road: tuple[str, ...], move: str
) -> None:
    assert "wrong_state" in refused(walked(bench, procedure, 2026, road), procedure, move)


@pytest.mark.parametrize("procedure", ["reconsideration", "litigation"])
def test_nobody_asks_for_a_remedy_before_the_decision_is_known(bench: Bench, procedure: str) -> None:
    case = Remedies(bench, "decide_penalty")
    first = "apply" if procedure == "reconsideration" else "file_suit"
    assert set(refused(case, procedure, first)) == {"wrong_state"}


@pytest.mark.parametrize(("year", "article"), [(2018, "ARL17 §9"), (2026, "ARL23 §20")])
def test_a_late_application_is_refused_unless_it_has_a_good_reason(
    bench: Bench, year: int, article: str
) -> None:
    case = Remedies(bench, "serve_decision", year)
    case.at += timedelta(days=61)
    assert refused(case, "reconsideration", "apply") == {"applied_in_60_days": article}
    case.go("reconsideration", "apply", late_reason="住院治疗，有病历")


def test_the_answer_is_due_by_calendar_days_before_2024_and_by_working_days_since(bench: Bench) -> None:
    for year, days in ((2018, 10), (2026, None)):
        case = walked(bench, "reconsideration", year, ASKED[:3])
        matter = Matter.objects.get(pk=case.matter.pk if case.matter else 0)
        today, calendar = case.at.date(), queries.setting(case.at.date()).calendar
        assert matter.clock == "reply"
        assert matter.due_on == (today + timedelta(days=days) if days else calendar.after(today, 10))


def test_an_extension_and_a_suspension_move_the_last_day_of_the_decision(bench: Bench) -> None:
    case = walked(bench, "reconsideration", 2026, ("apply", "accept_application"))
    accepted = case.at.date()
    case.walk("reconsideration", ("send_copy", "reply", "extend_review"))
    matter = Matter.objects.get(pk=case.matter.pk if case.matter else 0)
    assert matter.due_on == accepted + timedelta(days=90)
    case.go("reconsideration", "suspend_review")
    case.go("reconsideration", "resume_review", 7)
    matter.refresh_from_db()
    assert case.file["reconsiderations"][0]["extended_until"] == (accepted + timedelta(days=97)).isoformat()


def test_what_is_missing_is_named_by_its_field(bench: Bench) -> None:
    case = walked(bench, "litigation", 2026, TRIED[:2])
    with nothing_written(), pytest.raises(Invalid) as caught:
        case.go("litigation", "serve_suit", document="")
    assert caught.value.errors == {"litigation.document": "请填写"}


@pytest.mark.parametrize(
    ("procedure", "road", "outcome", "overturned"),
    [
        ("reconsideration", ASKED, "", False),
        ("reconsideration", (*ASKED, "uphold"), "upheld", False),
        ("reconsideration", (*ASKED, "revoke"), "revoked", True),
        ("reconsideration", (*ASKED, "vary"), "varied", True),
        ("reconsideration", (*ASKED, "withdraw_application"), "terminated", False),
        ("litigation", (*TRIED, "revoke_by_court"), "", False),
        ("litigation", (*TRIED, "revoke_by_court", "make_final_revoked"), "revoked", True),
        ("litigation", (*TRIED, "dismiss_claims", "make_final_claims"), "claims_dismissed", False),
    ],
)
def test_the_row_says_the_last_word_and_nothing_before_it(
    bench: Bench, procedure: str, road: tuple[str, ...], outcome: str, overturned: bool
) -> None:
    case = walked(bench, procedure, 2026, road)
    row = Remedy.objects.get(case=case.case)
    assert (row.kind, row.outcome, row.overturned) == (procedure, outcome, overturned)
    assert (row.ended_on is not None) is bool(outcome)
    assert bool(row.ground and row.found) is overturned
    assert row.accepted_on is not None
    assert (row.head_attended, row.heard_on is not None) == (
        (True, True) if "attend_trial" in road else (None, False)
    )


def test_the_head_who_could_not_come_is_recorded_with_the_reason(bench: Bench) -> None:
    case = walked(bench, "litigation", 2026, TRIED[:5])
    says: dict[str, Any] = {"head_attended": False, "absence_statement": "因公出差", "agents": "示例科长"}
    case.go("litigation", "attend_trial", **says, attendee="", attendee_post="")
    assert Remedy.objects.get(case=case.case).head_attended is False
    assert case.file["litigations"][0]["absence_statement"] == "因公出差"
