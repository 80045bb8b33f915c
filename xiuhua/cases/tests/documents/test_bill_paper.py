"""The bill of a fine as a paper: its sums, its code, and that of one instalment."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any, cast

import docx
import pytest

from xiuhua.cases.documents import Paper, Shelf, paper, to_docx, to_html, to_pdf
from xiuhua.cases.documents.blocks import Code, plain
from xiuhua.cases.models import FineBill
from xiuhua.cases.queries.bill_paper import block_of, instalments
from xiuhua.cases.queries.money import Account
from xiuhua.cases.tests.documents.pdf_reader import Pdf
from xiuhua.cases.tests.documents.people import header
from xiuhua.cases.tests.documents.samples import muck

ON = date(2018, 10, 20)
BILL = cast(FineBill, SimpleNamespace(number="51815910001", issued_on=ON, due_on=date(2018, 11, 4)))
PLAN = [{"due": "2018-11-20", "amount": 3000}, {"due": "2018-12-20", "amount": 2000}]


def account(**more: Any) -> Account:
    known = {"fine": 5000, "gains": 0, "surcharge": 0, "waived": 0, "paid": 0, "total": 5000, "plan": ()}
    return Account(**{**known, "reckoning": None, "items": (), **more})


def drawn(shelf: Shelf, owed: Account, part: int = 0) -> Paper:
    file = {**muck(), "bill": block_of(BILL, owed, ON, part)}
    return paper(shelf, "fine_bill", file, header("", "2018-10-20"), on="2018-10-20")


def test_the_bill_says_what_is_to_be_paid_in_figures_and_capitals_where_and_until_when(shelf: Shelf) -> None:
    one = drawn(shelf, account(paid=1000))
    assert [blank.field for blank in one.blanks] == []
    text = one.text()
    for wanted in (
        "51815910001",
        "示例渣土运输有限公司",
        "2180200001",
        "示例银行",
        "4,000.00元",
        "人民币肆仟元整",
        "2018年11月4日",
        "每日按罚款数额的3%加处罚款",
        "《中华人民共和国行政处罚法》第四十六条",
    ):
        assert wanted in text, wanted


def test_the_code_holds_number_sum_and_last_day_on_the_page_in_print_and_in_word(shelf: Shelf) -> None:
    one = drawn(shelf, account())
    (code,) = [block for block in one.blocks if isinstance(block, Code)]
    assert plain(code.content) == "51815910001|5000.00|2018-11-04"
    assert '<svg viewBox="0 0' in to_html(one)
    assert "style=" not in to_html(one)
    pdf = Pdf(to_pdf([one]))
    assert pdf.missing == 0
    assert len(pdf.pages) == 1
    pictures = docx.Document(BytesIO(to_docx([one]))).inline_shapes
    assert len(pictures) == 1


def test_an_instalment_is_billed_with_its_own_sum_and_day(shelf: Shelf) -> None:
    owed = account(plan=PLAN, paid=3500)
    assert [part["left"] for part in instalments(owed)] == [0, 1500]
    text = drawn(shelf, owed, 2).text()
    assert "第2期，共2期" in text
    assert "人民币壹仟伍佰元整" in text
    assert "2018年12月20日" in text
    assert "分期缴纳计划" not in text
    assert "分期缴纳计划" in drawn(shelf, owed).text()


@pytest.mark.parametrize("part", [3, -1])
def test_there_is_no_bill_of_an_instalment_that_the_plan_has_not(part: int) -> None:
    with pytest.raises(LookupError):
        block_of(BILL, account(plan=PLAN), ON, part)


def test_a_surcharge_says_up_to_which_day_it_is_reckoned(shelf: Shelf) -> None:
    owed = account(surcharge=150, total=5150, reckoning=object())
    text = drawn(shelf, owed).text()
    assert "加处罚款计算至2018年10月20日" in text
    assert "5,150.00元" in text
