"""Documents as one DOCX file for agencies that finish them in a word processor: the same blocks, fonts by name.

The East Asian fonts are named (仿宋_GB2312, 方正小标宋简体, 黑体), not embedded; the machine that opens the file
has them or takes its own. The file is the same for the same input.
"""

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from xiuhua.cases.documents.blocks import (
    Addressee,
    Block,
    Code,
    Copies,
    Facts,
    Heading,
    Line,
    Note,
    Number,
    PageBreak,
    Paragraph,
    Row,
    Rule,
    Seal,
    Signatures,
    Speech,
    Table,
    Title,
    plain,
)
from xiuhua.cases.documents.code import png
from xiuhua.cases.documents.render import Paper, Stamp
from xiuhua.cases.documents.signers import line_stamps, places, seal_of

BODY, TITLE, HEADING, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "Times New Roman"
_RED = RGBColor(0xC8, 0x16, 0x1D)
_SIZES = {"letter": (16, 29), "record": (14, 25), "form": (12, 20), "cover": (14, 26)}
_COLUMNS, _LABEL = 12, 2
_WIDTH = Mm(156)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_UNDATED = "2000-01-01"


def to_docx(papers: Sequence[Paper]) -> bytes:
    """All documents in one file, each on a new page with page numbers from 1."""
    document = docx.Document()
    _set_fonts(document)
    day = max((paper.header.issued_on for paper in papers), default="") or _UNDATED
    core = document.core_properties
    core.title = "、".join(dict.fromkeys(paper.title for paper in papers))
    core.author = core.last_modified_by = papers[0].header.authority_name
    core.created = core.modified = datetime.fromisoformat(day).replace(tzinfo=UTC)
    for place, paper in enumerate(papers):
        if place:
            document.add_section()
        _Sheet(document, paper).draw()
    return _packed(document)


def _set_fonts(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name = LATIN
    named = style.element.get_or_add_rPr()
    named.get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    named.append(language)


class _Sheet:
    """Writes one paper at the end of the document."""

    def __init__(self, document: Document, paper: Paper) -> None:
        self._document, self._paper = document, paper
        self._size, self._pitch = _SIZES[paper.form.layout]

    def draw(self) -> None:
        self._page()
        self._page_number()
        blocks = self._paper.blocks
        for place, block in enumerate(blocks):
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            if isinstance(block, Title) and not place:
                self._head(after)
            if not (isinstance(block, Number) and self._red()):
                self._block(block)
            if isinstance(block, Heading) or isinstance(after, Seal):
                self._document.paragraphs[-1].paragraph_format.keep_with_next = True

    def _red(self) -> bool:
        return self._paper.form.head == "red"

    def _page(self) -> None:
        section = self._document.sections[-1]
        letter = self._paper.form.layout == "letter"
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = (Mm(37), Mm(35)) if letter else (Mm(27), Mm(25))
        section.left_margin, section.right_margin = Mm(28), Mm(26)

    def _block(self, block: Block) -> None:
        match block:
            case Title(text):
                self._text(text, size=22, font=TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, pitch=36)
            case Number(text):
                self._text(text, align=WD_ALIGN_PARAGRAPH.RIGHT)
            case Heading(text):
                self._text(text, font=HEADING, indent=True)
            case Addressee(text):
                self._text(text)
            case Paragraph(text, indent):
                self._text(text, indent=indent)
            case Speech(asked, text):
                paragraph = self._text((), align=None)
                _write(paragraph, "问：" if asked else "答：", self._size, HEADING)
                _write(paragraph, plain(text), self._size, BODY)
            case Facts(rows):
                self._facts(rows)
            case Table():
                self._list(block)
            case Signatures():
                self._signatures(block)
            case Seal(authority, day):
                self._signed(authority, self._size * 2)
                self._signed(day, 0)
                if (stamp := seal_of(self._paper)) is not None:
                    _picture(self._signed((), 0), stamp, Mm(38))
            case Note(text) | Copies(text):
                self._text(text, size=10.5, pitch=16)
            case Code(content, text):
                coded = self._text(())
                coded.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
                coded.add_run().add_picture(BytesIO(png(plain(content))), width=Mm(28))
                self._text(text, size=10.5, pitch=16)
            case Rule():
                _bordered(self._text((), pitch=8))
            case PageBreak():
                self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _head(self, after: Block | None) -> None:
        """The issuer above the title; a red one takes the number below it, over the red line."""
        form, header = self._paper.form, self._paper.header
        if form.head == "none":
            return
        name = header.unit_name if form.issuer == "unit" and header.unit_name else header.authority_name
        size = 26 if self._red() else 18
        last = self._document.add_paragraph()
        _shape(last, WD_ALIGN_PARAGRAPH.CENTER, size * 1.5)
        run = _write(last, name, size, TITLE)
        if not self._red():
            return
        run.font.color.rgb = _RED
        if isinstance(after, Number):
            last = self._text(after.text, align=WD_ALIGN_PARAGRAPH.CENTER)
        _bordered(last, "C8161D", 12)
        self._text((), pitch=14)

    def _text(
        self,
        line: Line,
        *,
        size: float = 0,
        font: str = BODY,
        align: WD_ALIGN_PARAGRAPH | None = WD_ALIGN_PARAGRAPH.JUSTIFY,
        indent: bool = False,
        pitch: float = 0,
    ) -> WordParagraph:
        paragraph = self._document.add_paragraph()
        size = size or self._size
        _shape(paragraph, align, pitch or self._pitch)
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(size * 2)
        _write(paragraph, plain(line), size, font)
        return paragraph

    def _signatures(self, block: Signatures) -> None:
        room = "_" * (24 // len(block.places))
        paragraph = self._text((), align=WD_ALIGN_PARAGRAPH.LEFT)
        paragraph.paragraph_format.space_before = Pt(10)
        written = ""
        for number, one in enumerate(places(self._paper, block)):
            written += f"{'　' if number else ''}{plain(one.label)}："
            if one.stamp is None:
                written += room
                continue
            _write(paragraph, written, self._size, BODY)
            written = _picture(paragraph, one.stamp, Mm(18))
        _write(paragraph, written, self._size, BODY)

    def _signed(self, line: Line, room: float) -> WordParagraph:
        """A line of the issuer, on the right with room above for the seal."""
        paragraph = self._text(line, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = Pt(self._size * 2)
        paragraph.paragraph_format.space_before = Pt(room)
        return paragraph

    def _facts(self, rows: Sequence[Row]) -> None:
        table = self._table([1] * _COLUMNS)
        for row in rows:
            line = table._tbl.add_tr()
            width = _COLUMNS // len(row.pairs) - _LABEL
            for pair in row.pairs:
                _fill(self._cell(table, line, _LABEL), plain(pair.label), HEADING, centred=True)
                value = self._cell(table, line, width)
                _fill(value, plain(pair.value) + ("\n" if row.tall else ""), BODY)
                if row.foot:
                    self._foot(value, row)

    def _foot(self, cell: _Cell, row: Row) -> None:
        """The signature line of a row, with the images of those who have signed."""
        last = cell.add_paragraph()
        _shape(last, WD_ALIGN_PARAGRAPH.RIGHT, 18)
        _write(last, plain(row.foot), 12, BODY)
        for stamp in line_stamps(self._paper, row.foot):
            _picture(last, stamp, Mm(18))

    def _list(self, block: Table) -> None:
        table = self._table(block.widths)
        share = _WIDTH / sum(block.widths)
        for place, row in enumerate((block.head, *block.rows)):
            line = table._tbl.add_tr()
            for cell, width in zip(row, block.widths, strict=True):
                drawn = self._cell(table, line, 1, int(share * width))
                _fill(drawn, plain(cell), BODY if place else HEADING, centred=not place)

    def _cell(self, table: WordTable, line: CT_Row, span: int, width: int = 0) -> _Cell:
        """One cell at the end of a row, written straight into it: merging cells of a whole grid is far slower."""
        made = line.add_tc()
        made.width = Emu(width or _WIDTH * span // _COLUMNS)
        if span > 1:
            made.grid_span = span
        return _Cell(made, table)

    def _table(self, widths: Sequence[int]) -> WordTable:
        table: WordTable = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        for column, share in zip(table.columns, widths, strict=True):
            column.width = int(_WIDTH * share / sum(widths))
        return table

    def _page_number(self) -> None:
        section = self._document.sections[-1]
        section.footer.is_linked_to_previous = False
        self._count_from_one(section)
        if self._paper.form.layout == "cover":
            return
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, "— ", 14, BODY)
        _page_field(paragraph)
        _write(paragraph, " —", 14, BODY)

    def _count_from_one(self, section: Section) -> None:
        """A new section is a copy of the one before, so the mark may be there already."""
        if section._sectPr.find(qn("w:pgNumType")) is None:
            start = OxmlElement("w:pgNumType")
            start.set(qn("w:start"), "1")
            section._sectPr.append(start)


def _shape(paragraph: WordParagraph, align: WD_ALIGN_PARAGRAPH | None, pitch: float) -> None:
    """A new paragraph takes a copy of properties made before: setting them one by one is what takes the time."""
    if paragraph._p.pPr is None:
        paragraph._p.insert(0, deepcopy(_shaped(align, pitch)))
    else:
        _set_shape(paragraph, align, pitch)


@cache
def _shaped(align: WD_ALIGN_PARAGRAPH | None, pitch: float) -> BaseOxmlElement:
    paragraph = WordParagraph(OxmlElement("w:p"), cast(Any, None))
    _set_shape(paragraph, align, pitch)
    return paragraph._p.get_or_add_pPr()


def _set_shape(paragraph: WordParagraph, align: WD_ALIGN_PARAGRAPH | None, pitch: float) -> None:
    shape = paragraph.paragraph_format
    shape.alignment = align
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    shape.space_before = shape.space_after = Pt(0)


def _write(paragraph: WordParagraph, text: str, size: float, font: str) -> Run:
    element = deepcopy(_lettered(size, font))
    paragraph._p.append(element)
    run = Run(element, paragraph)
    run.text = text
    return run


@cache
def _lettered(size: float, font: str) -> BaseOxmlElement:
    """An empty run with its font and size, to be copied."""
    run = Run(OxmlElement("w:r"), cast(Any, None))
    run.font.size, run.font.name = Pt(size), LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run._element


def _picture(paragraph: WordParagraph, stamp: Stamp, width: int) -> str:
    """An image in the line, on lines as high as it needs, with its entry in small print; nothing is left to write."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.add_run().add_picture(str(stamp.image), width=width)
    _write(paragraph, f"记录{stamp.entry}", 5.5, BODY)
    return ""


def _fill(cell: _Cell, text: str, font: str, *, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    _shape(paragraph, WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT, 18)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _write(paragraph, text, 12, font)


def _bordered(paragraph: WordParagraph, colour: str = "000000", weight: int = 4) -> None:
    """A line under a paragraph; `weight` in eighths of a point."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", str(weight)), ("space", "1"), ("color", colour)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _page_field(paragraph: WordParagraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _packed(document: Document) -> bytes:
    """The file with the days of its parts taken out, so that equal documents are equal bytes."""
    raw, packed = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, _ZIP_DAY)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return packed.getvalue()
