"""The markup of the forms: what each mark makes, and how faults are told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.documents import blocks as b
from xiuhua.cases.documents.facts import BREAK, CLOSE, MIDDLE, OPEN
from xiuhua.cases.documents.markup import ORIGIN, MarkupError, parse


def form(*lines: str) -> str:
    """Lines with their origin, as the loader puts it: an empty line has an origin of length nought."""
    marked = [
        ORIGIN * 2 if not line else f"{ORIGIN}a.txt:{place}{ORIGIN}{line}"
        for place, line in enumerate(lines, 1)
    ]
    return "\n".join(marked)


def said(text: str) -> b.Line:
    return (b.Span(text),)


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("# 题", b.Title(said("题"))),
        ("## 一、节", b.Heading(said("一、节"))),
        ("№ 1号", b.Number(said("1号"))),
        ("> 示例：", b.Addressee(said("示例："))),
        ("< 平", b.Paragraph(said("平"), indent=False)),
        ("正文", b.Paragraph(said("正文"))),
        ("问：是吗", b.Speech(True, said("是吗"))),
        ("答：是", b.Speech(False, said("是"))),
        ("* 注", b.Note(said("注"))),
        ("% 抄送", b.Copies(said("抄送"))),
        ("~ 签名 | 日期", b.Signatures((said("签名"), said("日期")))),
        ("@ 机关 | 日", b.Seal(said("机关"), said("日"))),
        ("----", b.Rule()),
        ("====", b.PageBreak()),
    ],
)
def test_a_mark_makes_its_block(line: str, block: b.Block) -> None:
    assert parse(form(line)) == (block,)


def test_lines_that_follow_each_other_are_one_paragraph_and_an_empty_line_ends_it() -> None:
    assert parse(form("甲，", "乙。", "", "丙。")) == (
        b.Paragraph(said("甲，乙。")),
        b.Paragraph(said("丙。")),
    )


def test_what_a_template_statement_leaves_behind_is_skipped() -> None:
    text = "\n".join(["  ", form("甲，"), "", f"{ORIGIN}a.txt:3{ORIGIN}", form("乙。")])
    assert parse(text) == (b.Paragraph(said("甲，乙。")),)


def test_rows_of_facts_stay_together_until_an_empty_line() -> None:
    found = parse(form("| 甲 | 1 | 乙 | 2", "|+ 丙 | 3 | 签名", "|+ 丁 | 4", "", "| 戊 | 5"))
    row = b.Row((b.Pair(said("甲"), said("1")), b.Pair(said("乙"), said("2"))))
    tall = b.Row((b.Pair(said("丙"), said("3")),), tall=True, foot=said("签名"))
    open_row = b.Row((b.Pair(said("丁"), said("4")),), tall=True)
    assert found == (b.Facts((row, tall, open_row)), b.Facts((b.Row((b.Pair(said("戊"), said("5")),)),)))


def test_a_list_has_a_heading_with_widths_and_rows() -> None:
    found = parse(form("|: 序号*1 | 名称*4", "|- 1 | 照片", "|- 2 | ", "|: 再*2", "|- 一"))
    first = b.Table((said("序号"), said("名称")), (1, 4), ((said("1"), said("照片")), (said("2"), ())))
    assert found == (first, b.Table((said("再"),), (2,), ((said("一"),),)))


def test_a_fact_keeps_its_field_and_a_blank_says_so() -> None:
    known = f"{OPEN}party.name{MIDDLE}示例{CLOSE}"
    blank = f"{OPEN}?party.address{MIDDLE}____{CLOSE}"
    assert parse(form(f"当事人{known}住{blank}。")) == (
        b.Paragraph(
            (
                b.Span("当事人"),
                b.Span("示例", "party.name"),
                b.Span("住"),
                b.Span("____", "party.address", blank=True),
                b.Span("。"),
            )
        ),
    )


def test_a_break_inside_a_paragraph_begins_a_new_one_with_the_same_field() -> None:
    fact = f"{OPEN}violation.facts{MIDDLE}一{BREAK}二{CLOSE}"
    assert parse(form(f"查明：{fact}。")) == (
        b.Paragraph((b.Span("查明："), b.Span("一", "violation.facts"))),
        b.Paragraph((b.Span("二", "violation.facts"), b.Span("。"))),
    )
    assert parse(form("< 甲¶乙")) == (
        b.Paragraph(said("甲"), indent=False),
        b.Paragraph(said("乙"), indent=False),
    )


def test_a_break_inside_a_cell_stays_in_the_cell() -> None:
    assert parse(form("| 甲¶乙 | 1")) == (b.Facts((b.Row((b.Pair(said("甲\n乙"), said("1")),)),)),)


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1).filter(str.strip))
def test_what_people_type_never_passes_for_markup(typed: str) -> None:
    fact = f"{OPEN}x{MIDDLE}{typed}{CLOSE}"
    for line in (fact, f"| 甲 | {fact}", f"~ {fact} | 日期"):
        (block,) = parse(form(line))
        assert [span.text for text in b.lines(block) for span in text if span.field] == [typed]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["正文", "#题"], "a.txt:2: a space is missing after the mark #"),
        (["# "], "a.txt:1: nothing follows the mark #"),
        (["答："], "a.txt:1: nothing follows the mark 答："),
        (["| 甲"], "a.txt:1: a row has one to three pairs"),
        (["| 甲 | 1", "| 甲 | 1 | 乙"], "a.txt:2: a row has one to three pairs"),
        (["|+ 甲"], "a.txt:1: a tall row has a label"),
        (["|- 1"], "a.txt:1: a list begins with its heading"),
        (["|: 序号"], "a.txt:1: a heading names its share"),
        (["|: 序号*1", "|- 1 | 2"], "a.txt:2: the list has 1 columns, this row 2"),
        (["@ 机关"], "a.txt:1: the seal line names"),
        (["~ 签名 | "], "a.txt:1: a place to sign has no name"),
        (["=="], "a.txt:1: a rule is ----"),
        (["-----"], "a.txt:1: a rule is ----"),
    ],
)
def test_a_fault_names_file_and_line(lines: list[str], told: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(form(*lines))
    assert str(caught.value).startswith(told)
    assert caught.value.origin.startswith("a.txt:")


def test_a_line_that_nobody_marked_has_an_unknown_origin() -> None:
    with pytest.raises(MarkupError, match=r"^\?: a space is missing"):
        parse("#题")
