"""Numbered paper forms from the warehouse to their end: who moves them, whose numbers they are, and the gaps."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from xiuhua.cases.actions import stock as actions
from xiuhua.cases.models import PaperForm
from xiuhua.cases.queries import stock
from xiuhua.cases.tests.bench.bench import CLERK, HEAD, O1, O2, Bench, Went, nothing_written
from xiuhua.kernel import numbering, record
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

SPOT, VOUCHER = "on_spot_decision", "sampling_voucher"
KEEPER = ("evidence_custodian", 0)
State = PaperForm.State


def received(bench: Bench, count: int = 5) -> Sequence[PaperForm]:
    """Sheets under the prefix of squad east, in the warehouse."""
    east = bench.bureau.east
    return actions.receive(kind=SPOT, count=count, unit=east, by=bench.actor(KEEPER), at=AT)


def allotted(bench: Bench, count: int = 5) -> Sequence[PaperForm]:
    first = received(bench, count)[0].number
    return actions.allot(
        kind=SPOT, first=first, count=count, unit=bench.bureau.east, by=bench.actor(KEEPER), at=AT
    )


def handed(bench: Bench) -> PaperForm:
    first, clerk = allotted(bench)[0].number, bench.actor(CLERK, bench.bureau.east)
    (form,) = actions.hand_out(kind=SPOT, first=first, count=1, officer=bench.person(O1), by=clerk, at=AT)
    return form


def test_sheets_under_a_prefix_bear_the_next_numbers_of_the_squad_and_no_document_takes_them(
    bench: Bench,
) -> None:
    numbers = [form.number for form in received(bench, 3)]
    assert numbers == ["1261591001", "1261591002", "1261591003"]
    with record.act("示例", by=SYSTEM, at=AT) as act:
        taken = numbering.take(kind=SPOT, unit_code="SE", prefix="91", year=2026, subject="示例", act=act)
        act.entry(on=bench.bureau.east, facts={})
    assert taken == "1261591004"


def test_sheets_numbered_by_the_printer_keep_their_numbers(bench: Bench) -> None:
    made = actions.receive(kind=VOUCHER, count=3, first="示例009998", by=bench.actor(KEEPER), at=AT)
    assert [form.number for form in made] == ["示例009998", "示例009999", "示例010000"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "love_letter"}, "kind"),
        ({"count": 0}, "count"),
        ({"count": 2001}, "count"),
        ({"first": "示例"}, "first"),
        ({"first": ""}, "first"),
    ],
)
def test_what_cannot_be_on_a_sheet_does_not_come_in(
    bench: Bench, said: dict[str, object], field: str
) -> None:
    by = bench.actor(KEEPER)
    known: dict[str, object] = {"kind": VOUCHER, "count": 2, "first": "示例1"}
    with nothing_written(), pytest.raises(Invalid) as caught:
        actions.receive(**(known | said), by=by, at=AT)  # type: ignore[arg-type]
    assert set(caught.value.errors) == {field}


def test_the_same_number_comes_in_once(bench: Bench) -> None:
    by = bench.actor(KEEPER)
    actions.receive(kind=VOUCHER, count=2, first="示例1", by=by, at=AT)
    with nothing_written(), pytest.raises(Invalid, match="已入库"):
        actions.receive(kind=VOUCHER, count=2, first="示例2", by=by, at=AT)


@pytest.mark.parametrize("who", [O1, CLERK, HEAD])
def test_only_the_custodian_receives_and_allots(bench: Bench, who: tuple[str, int]) -> None:
    by, first = bench.actor(who, bench.bureau.east), received(bench)[0].number
    with nothing_written(), pytest.raises(Refused, match="由证据保管员办理"):
        actions.receive(kind=VOUCHER, count=1, first="示例1", by=by, at=AT)
    with nothing_written(), pytest.raises(Refused, match="由证据保管员办理"):
        actions.allot(kind=SPOT, first=first, count=1, unit=bench.bureau.east, by=by, at=AT)


def test_numbers_of_one_squad_do_not_go_to_another(bench: Bench) -> None:
    by, first = bench.actor(KEEPER), received(bench)[0].number
    with nothing_written(), pytest.raises(Refused, match="前缀属于别的单位"):
        actions.allot(kind=SPOT, first=first, count=2, unit=bench.bureau.west, by=by, at=AT)


def test_a_range_goes_out_whole_or_not_at_all(bench: Bench) -> None:
    by, forms = bench.actor(KEEPER), allotted(bench)
    with nothing_written(), pytest.raises(Invalid, match="号段"):
        actions.allot(kind=SPOT, first=forms[0].number, count=2, unit=bench.bureau.east, by=by, at=AT)
    with nothing_written(), pytest.raises(Invalid, match="没有这个编号"):
        actions.allot(kind=SPOT, first="示例", count=2, unit=bench.bureau.east, by=by, at=AT)


def test_the_clerk_hands_out_to_people_of_the_own_unit_only(bench: Bench) -> None:
    first = allotted(bench)[0].number
    clerk, other = bench.actor(CLERK, bench.bureau.east), bench.actor(CLERK, bench.bureau.west)
    stranger = bench.person(O1, bench.bureau.west)
    with nothing_written(), pytest.raises(Invalid, match="不是该单位的人员"):
        actions.hand_out(kind=SPOT, first=first, count=1, officer=stranger, by=clerk, at=AT)
    with nothing_written(), pytest.raises(Refused, match="由本单位法制员发放"):
        actions.hand_out(kind=SPOT, first=first, count=1, officer=bench.person(O1), by=other, at=AT)
    (form,) = actions.hand_out(kind=SPOT, first=first, count=1, officer=bench.person(O1), by=clerk, at=AT)
    assert (form.state, form.officer_id) == (State.HANDED, bench.person(O1).pk)


def test_a_sheet_is_used_in_a_case_of_its_unit_by_its_holder(bench: Bench) -> None:
    form, case = handed(bench), bench.open()
    with nothing_written(), pytest.raises(Refused):
        actions.use(form=form, case=case, by=bench.actor(O2), at=AT)
    strange = bench.open(unit=bench.bureau.west)
    with nothing_written(), pytest.raises(Invalid, match="不是领用单位"):
        actions.use(form=form, case=strange, by=bench.actor(O1), at=AT)
    used = actions.use(form=form, case=case, by=bench.actor(O1), at=AT)
    assert (used.state, used.case) == (State.USED, case)
    with nothing_written(), pytest.raises(Invalid, match="已使用"):
        actions.use(form=used, case=case, by=bench.actor(O1), at=AT)


def test_void_and_lost_want_a_reason_and_explain_the_gap(bench: Bench) -> None:
    form = handed(bench)
    with nothing_written(), pytest.raises(Invalid, match="请写明原因"):
        actions.spoil(form=form, reason=" ", by=bench.actor(O1), at=AT)
    actions.spoil(form=form, reason="示例：写错金额", by=bench.actor(O1), at=AT)
    told = [g for g in stock.gaps(SYSTEM, None, 2026) if g.number == form.number]
    assert [(g.why, g.reason) for g in told] == [("voided", "示例：写错金额")]
    assert RecordEntry.objects.filter(verb="cases.spoil_form").exists()


def test_a_sheet_of_the_unit_that_is_lost_is_told_as_lost(bench: Bench) -> None:
    form = handed(bench)
    actions.lose(form=form, reason="示例：出勤途中遗失", by=bench.actor(O1), at=AT)
    told = [g for g in stock.gaps(SYSTEM, None, 2026) if g.number == form.number]
    assert [(g.why, g.reason) for g in told] == [("lost", "示例：出勤途中遗失")]


def test_a_printed_number_that_is_lost_is_told_among_the_gaps_too(bench: Bench) -> None:
    by = bench.actor(KEEPER)
    (form,) = actions.receive(kind=VOUCHER, count=1, first="示例77", by=by, at=AT)
    actions.lose(form=form, reason="示例：运输中遗失", by=by, at=AT)
    (gap,) = [g for g in stock.gaps(SYSTEM, None, 2026) if g.number == "示例77"]
    assert (gap.why, gap.reason) == ("lost", "示例：运输中遗失")


def test_what_was_not_used_goes_back_to_the_unit(bench: Bench) -> None:
    form = actions.take_back(form=handed(bench), by=bench.actor(CLERK, bench.bureau.east), at=AT)
    assert (form.state, form.officer) == (State.ALLOTTED, None)


def test_a_document_that_bears_the_number_of_a_sheet_uses_it_up(bench: Bench) -> None:
    by = bench.actor(KEEPER)
    actions.receive(kind=VOUCHER, count=1, first="示例500", by=by, at=AT)
    actions.allot(kind=VOUCHER, first="示例500", count=1, unit=bench.bureau.east, by=by, at=AT)
    case, at = bench.at_step("interview")
    from_case = {
        "sample.what": "示例",
        "sample.quantity": "2袋",
        "sample.voucher_no": "示例500",
        "sample.party_told": True,
    }
    step = bench.go(case, Went(O1, "take_samples", says=from_case), at)
    form = PaperForm.objects.get(number="示例500")
    assert (form.state, form.case, form.document) == (State.USED, case, step.documents.get())


def test_sums_name_the_warehouse_and_the_units(bench: Bench) -> None:
    allotted(bench, 2)
    received(bench, 3)
    sums = {
        row["unit__short_name"]: (row["stored"], row["allotted"]) for row in stock.counts(bench.actor(KEEPER))
    }
    assert sums[None] == (3, 0)
    assert sums[bench.bureau.east.short_name] == (0, 2)
    assert [r["unit"] for r in stock.counts(bench.actor(O1, bench.bureau.west))] == []


def test_a_decision_on_the_spot_is_written_on_a_sheet_in_hand_and_bears_its_number(bench: Bench) -> None:
    form = handed(bench)
    case = bench.spot(decision__number=form.number)
    form.refresh_from_db()
    assert case.decision_number == form.number
    assert (form.state, form.case, form.document) == (State.USED, case, case.documents.get(kind=SPOT))
    assert bench.spot().decision_number == "1261591006"


def test_nobody_decides_on_a_sheet_that_he_was_not_given(bench: Bench) -> None:
    second = allotted(bench)[1].number
    bench.spot()
    with nothing_written(), pytest.raises(Invalid, match="手上没有这个编号"):
        bench.spot(decision__number=second)
