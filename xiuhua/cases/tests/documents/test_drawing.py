"""The three drawings of one document: the same words, no missing glyph, the same bytes for the same input."""

import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pylopdf_fonts_zh_cn
import pytest
from docx.shared import Mm

from xiuhua.cases.documents import Header, Paper, PrintError, Shelf, load, paper, to_docx, to_html, to_pdf
from xiuhua.cases.documents.as_pdf import families
from xiuhua.cases.documents.blocks import lines, plain
from xiuhua.cases.documents.measure import measure
from xiuhua.cases.tests.documents.conftest import REFERENCE, WriteForm
from xiuhua.cases.tests.documents.pdf_reader import Pdf
from xiuhua.cases.tests.documents.people import AUTHORITY, header
from xiuhua.cases.tests.documents.samples import fume, merged, muck, vending

CASES: list[tuple[str, dict[str, Any], str]] = [
    ("street vending 2018", vending(), "2018-05-16"),
    ("muck truck 2018", muck(), "2018-09-26"),
    ("catering fume 2023", fume(), "2023-05-18"),
    ("street vending 2024", vending("2024", 200), "2024-05-16"),
]
KINDS = sorted({path.name.split(".")[0] for path in (REFERENCE / "documents").glob("[a-z]*.txt")})
PAGE_NUMBER = re.compile(r"(— \d+ —|第 \d+ 页　共 \d+ 页)$")
EMPTY_ELEMENTS = {"br", "hr", "col"}


class Page(HTMLParser):
    """Checks that every element is closed and keeps texts, fields, classes and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        if tag not in EMPTY_ELEMENTS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def values(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def sentences(one: Paper) -> list[str]:
    return [squeezed(plain(line)) for block in one.blocks for line in lines(block) if plain(line).strip()]


def words_of(data: bytes) -> str:
    """All text of a DOCX body in its order, each run of a table once."""
    body = docx.Document(BytesIO(data)).element.body
    return squeezed("".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")))


def only(shelf: Shelf, kind: str, file: dict[str, Any], on: str) -> Paper:
    return paper(shelf, kind, file, header("示例字〔2018〕0001号", on), on=on)


def printed(papers: list[Paper]) -> str:
    """All words of the print of these papers, without page numbers; fails on a glyph that no font has."""
    pdf = Pdf(to_pdf(papers))
    assert pdf.missing == 0
    return squeezed("".join(PAGE_NUMBER.sub("", page) for page in pdf.pages))


@pytest.mark.slow
@pytest.mark.parametrize(("place", "kind"), list(enumerate(KINDS)), ids=KINDS)
def test_the_page_and_the_print_say_every_sentence_and_miss_no_glyph(
    shelf: Shelf, place: int, kind: str
) -> None:
    name, file, on = CASES[place % len(CASES)]
    one = only(shelf, kind, file, on)
    page, words = Page(to_html(one)), printed([one])
    for text in (squeezed(page.text), words):
        assert "￥" not in text, name
        assert "\ufffd" not in text, name
    for sentence in sentences(one):
        assert sentence in squeezed(page.text), (name, sentence)
        assert sentence in words, (name, sentence)
    assert set(page.values("data-field")) <= set(one.shown) | {blank.field for blank in one.blanks}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "file", "on"), CASES, ids=[name for name, _, _ in CASES])
def test_every_form_is_drawn_from_every_sample(
    shelf: Shelf, name: str, file: dict[str, Any], on: str
) -> None:
    papers = [only(shelf, kind, file, on) for kind in KINDS]
    words = printed(papers)
    for one in papers:
        text = squeezed(Page(to_html(one)).text)
        assert all(sentence in text for sentence in sentences(one)), one.kind
        assert all(sentence in words for sentence in sentences(one)), one.kind


def says_all_in_order(one: Paper, text: str) -> None:
    place = -1
    for sentence in sentences(one):
        assert sentence in text, (one.kind, sentence)
        if one.form.head != "red":
            place = text.index(sentence, place + 1) if len(sentence) > 12 else place


@pytest.mark.parametrize("kind", ["penalty_decision", "filing_form", "interview_record", "archive_index"])
def test_the_word_file_says_the_same_sentences_in_the_same_order(shelf: Shelf, kind: str) -> None:
    one = only(shelf, kind, fume(), "2023-05-18")
    says_all_in_order(one, words_of(to_docx([one])))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_word_file_of_every_form_says_the_same(shelf: Shelf, kind: str) -> None:
    one = only(shelf, kind, fume(), "2023-05-18")
    text = words_of(to_docx([one]))
    says_all_in_order(one, text)
    assert "￥" not in text


@pytest.mark.slow
@pytest.mark.parametrize(("number", "on"), [("F1", "2018-05-16"), ("F2", "2018-09-26"), ("F3", "2023-05-18")])
def test_every_form_draws_the_lawful_example_files(
    shelf: Shelf, examples: dict[str, dict[str, Any]], number: str, on: str
) -> None:
    papers = [only(shelf, kind, examples[number], on) for kind in shelf.formed_kinds()]
    words = printed(papers)
    for one in papers:
        text = squeezed(Page(to_html(one)).text)
        assert all(sentence in text for sentence in sentences(one)), one.kind
        assert all(sentence in words for sentence in sentences(one)), one.kind
    assert len(to_docx([only(shelf, "penalty_decision", examples[number], on)])) > 10_000


def test_the_lawful_files_print_party_amount_and_article(
    shelf: Shelf, examples: dict[str, dict[str, Any]]
) -> None:
    for number, kind, on, wanted in (
        (
            "F1",
            "on_spot_decision",
            "2018-05-16",
            ("张示例", "人民币伍拾元整（¥50.00）", "《上海市市容环境卫生管理条例》第二十五条第二款"),
        ),
        ("F2", "penalty_decision", "2018-09-26", ("示例渣土运输有限公司", "¥5,000.00", "第二十七条第二款")),
        (
            "F3",
            "penalty_decision",
            "2023-05-18",
            ("示例餐饮有限公司", "¥45,000.00", "《中华人民共和国大气污染防治法》第一百一十八条第一款"),
        ),
    ):
        text = Pdf(to_pdf([only(shelf, kind, examples[number], on)])).text
        for words in wanted:
            assert words in text, (number, words)


# The page.


def test_the_page_wraps_each_fact_and_has_no_style(shelf: Shelf) -> None:
    page = to_html(only(shelf, "prior_notice", muck(), "2018-09-20"))
    assert '<u data-field="notice.planned_fine">人民币伍仟元整（¥5,000.00）</u>' in page
    assert page.startswith('<article class="a4 is-letter" lang="zh-Hans" aria-label="行政处罚事先告知书">')
    assert f"<header><b>{AUTHORITY}</b><strong>行政处罚事先告知书</strong></header>" in page
    assert not {"style", "onclick"} & {name for name, _ in Page(page).attributes}


def test_the_page_marks_blanks_and_the_place_of_the_seal(shelf: Shelf) -> None:
    draft = to_html(paper(shelf, "correction_order", {}, header(), on="2018-09-04"))
    assert '<u data-field="party.name" class="is-blank">____</u>' in draft
    assert '<div class="seal">用印后显示</div>' in draft
    sealed = to_html(paper(shelf, "correction_order", {}, header(seal=True), on="2018-09-04"))
    assert '<div class="seal is-sealed">已用印</div>' in sealed
    internal = to_html(only(shelf, "filing_form", muck(), "2018-09-07"))
    assert "seal" not in internal


def test_typed_html_is_only_words(shelf: Shelf) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="y">&amp;'
    page = to_html(only(shelf, "prior_notice", merged(muck(), {"violation": {"facts": evil}}), "2018-09-20"))
    assert "<script" not in page
    assert "<img" not in page
    assert squeezed(evil) in squeezed(Page(page).text)


def test_a_paper_of_a_unit_bears_its_name_and_a_paper_of_the_party_none(shelf: Shelf) -> None:
    assert "<b>示例街道中队</b>" in to_html(only(shelf, "lead_register", muck(), "2018-09-04"))
    assert "<header><strong>" in to_html(only(shelf, "waiver_statement", muck(), "2018-09-21"))
    nameless = paper(shelf, "lead_register", muck(), Header(AUTHORITY), on="2018-09-04")
    assert f"<b>{AUTHORITY}</b>" in to_html(nameless)
    assert AUTHORITY in Pdf(to_pdf([nameless])).text


# The print.


def test_equal_documents_are_equal_bytes(shelf: Shelf) -> None:
    first, second = (only(shelf, "penalty_decision", fume(), "2023-05-18") for _ in range(2))
    other = replace(first, header=replace(first.header, seal=True))
    assert to_pdf([first]) == to_pdf([second])
    assert to_pdf([first]) != to_pdf([other])
    assert to_docx([first]) == to_docx([second])


def test_a_whole_file_is_one_print_with_pages_counted_by_document(shelf: Shelf) -> None:
    papers = [
        only(shelf, kind, muck(), "2018-09-26")
        for kind in ("filing_form", "interview_record", "penalty_decision")
    ]
    pages = Pdf(to_pdf(papers)).pages
    assert ["第 1 页　共 1 页" in page for page in pages[:2]] == [True, False]
    assert "第 1 页　共 2 页" in pages[1]
    assert "第 2 页　共 2 页" in pages[2]
    assert [re.findall("— ([0-9]) —", page) for page in pages[3:]] == [["1"], ["2"], ["3"]]


def test_the_print_is_an_archive_file_with_title_and_author(shelf: Shelf) -> None:
    data = to_pdf([only(shelf, "penalty_decision", muck(), "2018-09-26")])
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in data
    assert "行政处罚决定书".encode() in data
    assert b"CreationDate(D:20180926000000Z)" in data


@pytest.mark.slow
def test_the_seal_never_stands_alone_on_a_page(shelf: Shelf) -> None:
    for length in range(0, 200, 20):
        facts = {"violation": {"facts": "违法事实" * length}}
        pages = Pdf(to_pdf([only(shelf, "correction_order", merged(muck(), facts), "2018-09-04")])).pages
        sealed = next(page for page in pages if "（印章）" in page)
        assert "联系地址" in sealed, length


def test_a_rare_character_of_a_name_is_drawn_and_one_that_no_font_has_is_refused(shelf: Shelf) -> None:
    rare = merged(muck(), {"party": {"legal_representative": "喆堃玥昇囧燊芃犇珺赟翀㎡"}})
    drawn = Pdf(to_pdf([only(shelf, "penalty_decision", rare, "2018-09-26")]))
    assert drawn.missing == 0
    assert "喆堃玥昇囧燊芃犇珺赟翀㎡" in drawn.text
    unknown = merged(muck(), {"party": {"legal_representative": "李\U0001f600"}})
    with pytest.raises(PrintError, match="could not be displayed"):
        to_pdf([only(shelf, "penalty_decision", unknown, "2018-09-26")])


def test_the_fonts_of_the_agency_come_first() -> None:
    assert families(["Noto Serif SC", "Noto Sans SC"])["body"] == ["Noto Serif SC", "Noto Sans SC"]
    chosen = families(["Noto Serif SC", "Noto Sans SC", "FangSong_GB2312", "FandolHei"])
    assert chosen["body"] == ["FangSong_GB2312", "Noto Serif SC", "Noto Sans SC"]
    assert chosen["heading"][0] == "FandolHei"


def test_a_folder_with_fonts_is_read(shelf: Shelf, tmp_path: Path) -> None:
    shutil.copy(Path(pylopdf_fonts_zh_cn.serif_path()), tmp_path / "own.otf")
    one = only(shelf, "filing_form", muck(), "2018-09-07")
    assert Pdf(to_pdf([one], [tmp_path])).text == Pdf(to_pdf([one])).text


# The word file.


def test_the_word_file_names_the_fonts_of_official_documents_and_borders_its_tables(shelf: Shelf) -> None:
    document = docx.Document(BytesIO(to_docx([only(shelf, "filing_form", muck(), "2018-09-07")])))
    fonts = set(re.findall('w:eastAsia="([^"]+)"', document.element.body.xml))
    assert {"仿宋_GB2312", "方正小标宋简体", "黑体"} <= fonts
    assert all(table.style is not None and table.style.name == "Table Grid" for table in document.tables)
    assert 'w:w="11906" w:h="16838"' in document.element.body.xml
    letter = docx.Document(BytesIO(to_docx([only(shelf, "penalty_decision", muck(), "2018-09-26")])))
    assert round(Mm(37).twips) == int(re.findall('w:top="([0-9]+)"', letter.element.body.xml)[0])


def test_several_documents_are_one_word_file_with_pages_from_one_each(shelf: Shelf) -> None:
    papers = [
        only(shelf, kind, muck(), "2018-09-26")
        for kind in ("archive_index", "penalty_decision", "discussion_minutes")
    ]
    document = docx.Document(BytesIO(to_docx(papers)))
    assert len(document.sections) == 3
    assert document.element.body.xml.count('w:pgNumType w:start="1"') == 3
    assert "PAGE" not in document.sections[0].footer._element.xml
    assert "PAGE" in document.sections[1].footer._element.xml


# Marks that no form uses yet.


def test_marks_that_are_rare_are_drawn_too(write_form: WriteForm) -> None:
    body = "# 题\n正文\n\n----\n% 抄送：示例处\n====\n№ 附一\n# 附件\n## 一、节\n~ 甲 | 乙\n@ 机关 | 日\n* 注"
    one = paper(load(write_form(body)), "prior_notice", {}, Header(AUTHORITY), on="2018-05-16")
    assert "抄送：示例处" in Page(to_html(one)).text
    assert '<hr class="page-break">' in to_html(one)
    pdf = Pdf(to_pdf([one]))
    assert len(pdf.pages) == 2
    assert "附一" in pdf.pages[1]
    assert "抄送：示例处" in words_of(to_docx([one]))


def test_a_red_head_without_a_number_still_has_its_line(write_form: WriteForm) -> None:
    one = paper(
        load(write_form("# 题\n正文", head="red")), "prior_notice", {}, Header(AUTHORITY), on="2018-05-16"
    )
    assert f'<b class="is-red">{AUTHORITY}</b>' in to_html(one)
    assert AUTHORITY in Pdf(to_pdf([one])).text
    assert "C8161D" in docx.Document(BytesIO(to_docx([one]))).element.body.xml


@pytest.mark.slow
def test_the_bench_times_every_kind(shelf: Shelf) -> None:
    few = replace(shelf, forms=shelf.forms[:2])
    timings = measure(few, muck(), header(), "2018-09-26", repeat=1)
    assert tuple(timing.kind for timing in timings) == few.formed_kinds()
    assert all(min(*timing.paper, *timing.html, *timing.pdf, *timing.docx) > 0 for timing in timings)
