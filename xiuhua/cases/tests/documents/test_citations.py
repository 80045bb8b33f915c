"""Citations: from the short form of the tables to the words of a document."""

import csv
import re

import pytest

from xiuhua.cases.documents import Shelf
from xiuhua.cases.documents.citations import Act, UnknownAct, cite
from xiuhua.cases.tests.documents.conftest import EXAMPLES, REFERENCE

ACTS = {
    "PPL17": Act("PPL17", "中华人民共和国行政处罚法", "2017年修正"),
    "PPL21": Act("PPL21", "中华人民共和国行政处罚法", "2021年修订"),
    "SHCA": Act("SHCA", "上海市市容环境卫生管理条例"),
    "DRC424": Act("DRC424", "示例指导意见", "", "发改办财金〔2018〕424号"),
}


@pytest.mark.parametrize("article", ["六十二", "62(a)", "62(1", "(1)", "62(1)x", "12345"])
def test_it_refuses_an_article_that_it_cannot_read(article: str) -> None:
    with pytest.raises(ValueError, match=r"cannot read"):
        cite(f"PPL21 §{article}", ACTS)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("PPL21 §62", "《中华人民共和国行政处罚法》第六十二条"),
        ("PPL21 §44; PPL21 §45", "《中华人民共和国行政处罚法》第四十四条、第四十五条"),
        (
            "SHCA §25(2); PPL21 §51",
            "《上海市市容环境卫生管理条例》第二十五条第二款、《中华人民共和国行政处罚法》第五十一条",
        ),
        ("DRC424", "《示例指导意见》（发改办财金〔2018〕424号）"),
        ("SHCA", "《上海市市容环境卫生管理条例》"),
    ],
)
def test_citations_of_one_text_are_drawn_together(text: str, written: str) -> None:
    assert cite(text, ACTS) == written


def test_two_texts_under_one_title_are_told_apart() -> None:
    assert cite("PPL17 §42; PPL21 §63", ACTS) == (
        "《中华人民共和国行政处罚法》（2017年修正）第四十二条、《中华人民共和国行政处罚法》（2021年修订）第六十三条"
    )


@pytest.mark.parametrize("text", ["XYZ §1", "", "PPL21 §1; ; SHCA §2"])
def test_it_refuses_an_act_that_stands_in_no_table(text: str) -> None:
    with pytest.raises(UnknownAct):
        cite(text, ACTS)


def test_every_clause_of_every_cause_of_action_can_be_written(shelf: Shelf) -> None:
    path = REFERENCE / "causes.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        clauses = {row[name] for row in csv.DictReader(stream) for name in ("violates", "basis")}
    assert len(clauses) > 50
    for clause in clauses:
        assert cite(clause, shelf.acts).startswith("《")


@pytest.mark.parametrize("name", ["guards.csv", "clocks.csv", "procedure_moves.csv"])
def test_every_article_of_the_draft_tables_can_be_written(shelf: Shelf, name: str) -> None:
    path = EXAMPLES / name
    if not path.is_file():
        pytest.skip("the draft tables are not beside the checkout")
    with path.open(encoding="utf-8", newline="") as stream:
        articles = {row["article"] for row in csv.DictReader(stream) if row["article"]}
    for article in articles:
        assert cite(article, shelf.acts)


def test_every_short_name_of_the_domain_reference_is_an_act(shelf: Shelf) -> None:
    path = EXAMPLES / "DOMAIN.md"
    if not path.is_file():
        pytest.skip("the domain reference is not beside the checkout")
    shorts = set(re.findall(r"\b([A-Z][A-Za-z]{2,}\d{0,2}) §\d", path.read_text(encoding="utf-8")))
    assert len(shorts) > 25
    assert shorts <= set(shelf.acts)
