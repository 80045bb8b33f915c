"""Documents as one PDF/A-2b file, the same bytes for the same input.

The sheet is drawn by `paper.typ`; this module hands it the words. Only the fonts of the package and of the given
folders are used, never those of the machine. A character that no font has is refused, not drawn as an empty box.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal

import pylopdf_fonts_zh_cn
import typst

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
from xiuhua.cases.documents.code import svg_file
from xiuhua.cases.documents.render import Paper, Stamp
from xiuhua.cases.documents.signers import line_stamps, places, seal_of

# Families in the order of preference; the last of each is in the package.
_FAMILIES = {
    "body": (
        "FangSong_GB2312",
        "仿宋_GB2312",
        "FangSong",
        "仿宋",
        "FandolFang R",
        "FandolFang",
        "Noto Serif SC",
    ),
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FandolSong", "Noto Serif SC"),
    "heading": ("SimHei", "黑体", "FandolHei", "Noto Sans SC"),
}
_FALLBACK = ("Noto Serif SC", "Noto Sans SC")
_UNDATED = "2000-01-01"


class PrintError(ValueError):
    """The documents cannot be printed, for example because no font has a character of a name."""


@dataclass(slots=True)
class Press:
    """A compiler with its fonts, for one document at a time. `lock` is held by whoever draws."""

    compiler: typst.Compiler
    fonts: dict[str, list[str]]
    lock: Lock = field(default_factory=Lock)

    def draw(
        self, data: Mapping[str, object], on: datetime, standard: Literal["a-2b", "1.7"] = "a-2b"
    ) -> bytes:
        """The sheets that `data` describes, as a PDF that says it is from the day `on`. Raises PrintError."""
        inputs = {"data": json.dumps({**data, "fonts": self.fonts}, ensure_ascii=False)}
        try:
            drawn = self.compiler.compile(
                format="pdf", sys_inputs=inputs, pdf_standards=[standard], timestamp=on
            )
        except typst.TypstError as wrong:
            raise PrintError(wrong.message) from wrong
        assert isinstance(drawn, bytes)
        return drawn


def to_pdf(papers: Sequence[Paper], font_dirs: Sequence[Path] = ()) -> bytes:
    """All documents in one file, each beginning on a page 1 of its own. Raises PrintError.

    `font_dirs` are folders with fonts of the agency (仿宋, 小标宋); they are preferred to those of the package.
    """
    found = press(font_dirs)
    with found.lock:
        return found.draw(sheets(papers), timestamp(papers))


def sheets(papers: Sequence[Paper]) -> dict[str, object]:
    """What `paper.typ` draws of these papers."""
    return {
        "title": "、".join(dict.fromkeys(paper.title for paper in papers)),
        "author": papers[0].header.authority_name,
        "volume": False,
        "papers": [_paper(paper) for paper in papers],
    }


def press(font_dirs: Sequence[Path], use: str = "") -> Press:
    """The press for these folders. A `use` has a press of its own: a long volume holds up no single document."""
    return _press(tuple(str(folder) for folder in font_dirs), use)


def families(available: Sequence[str]) -> dict[str, list[str]]:
    """The families to draw with, by use, from those that are there."""
    return {
        use: list(dict.fromkeys(name for name in (*wanted, *_FALLBACK) if name in available))
        for use, wanted in _FAMILIES.items()
    }


@cache
def _press(font_dirs: tuple[str, ...], use: str) -> Press:
    """One compiler for each set of folders and use: it keeps what it has set before."""
    fonts = _fonts(font_dirs)
    # Images lie where the bureau keeps its files, so the root is that of the machine.
    compiler = typst.Compiler(input=Path(__file__).with_name("paper.typ"), root="/", font_paths=fonts)
    return Press(compiler, families(fonts.families()))


@cache
def _fonts(font_dirs: tuple[str, ...]) -> typst.Fonts:
    package = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*font_dirs, package]
    )


def timestamp(papers: Sequence[Paper]) -> datetime:
    """The last day of issue, so that the file says when the document is from and not when it was printed."""
    day = max((paper.header.issued_on for paper in papers), default="") or _UNDATED
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _paper(paper: Paper) -> dict[str, object]:
    header, form = paper.header, paper.form
    name = header.unit_name if form.issuer == "unit" and header.unit_name else header.authority_name
    return {
        "layout": form.layout,
        "head": "" if form.head == "none" else name,
        "red": form.head == "red",
        "sealed": form.sealed,
        "ring": {"done": header.seal, "text": "已用印" if header.seal else "（印章）"},
        "seal": _stamp(seal_of(paper)),
        "blocks": _blocks(paper),
        "files": [],
    }


def _blocks(paper: Paper) -> list[dict[str, object]]:
    """The blocks as data; a title takes the number that follows it along, a heading stays with what follows,
    and the last words before the seal go with it to a new page."""
    drawn: list[dict[str, object]] = []
    blocks = paper.blocks
    for place, block in enumerate(blocks):
        before = blocks[place - 1] if place else None
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if isinstance(block, Number) and isinstance(before, Title):
            continue
        data = _opening(block, after, first=not place) if isinstance(block, Title) else _block(paper, block)
        drawn.append(data | {"sticky": _stays(block, after)})
    return drawn


def _opening(title: Title, after: Block | None, *, first: bool) -> dict[str, object]:
    number = _run(after.text) if isinstance(after, Number) else None
    return {"t": "opening", "title": _run(title.text), "number": number, "first": first}


def _stays(block: Block, after: Block | None) -> bool:
    """Whether a block goes to a new page with the one that follows it."""
    match block, after:
        case (Heading(), _) | (Seal(), Note() | Copies()):
            return True
        case Facts() | Table(), _:
            return False
        case _, Seal() | Signatures():
            return True
    return False


def _block(paper: Paper, block: Block) -> dict[str, object]:
    match block:
        case Addressee(text):
            return {"t": "addressee", "x": _run(text)}
        case Heading(text) | Title(text):
            return {"t": "heading", "x": _run(text)}
        case Number(text):
            return {"t": "paragraph", "x": _run(text), "indent": False}
        case Paragraph(text, indent):
            return {"t": "paragraph", "x": _run(text), "indent": indent}
        case Speech(asked, text):
            return {"t": "speech", "mark": "问：" if asked else "答：", "x": _run(text)}
        case Facts(rows):
            return {"t": "facts", "rows": [_row(paper, row) for row in rows]}
        case Table(head, widths, rows):
            cells = [[_run(cell) for cell in row] for row in rows]
            return {"t": "table", "head": [_run(cell) for cell in head], "widths": widths, "rows": cells}
        case Signatures():
            signed = [{"label": _run(one.label), "stamp": _stamp(one.stamp)} for one in places(paper, block)]
            return {"t": "signatures", "places": signed}
        case Seal(authority, day):
            return {"t": "seal", "authority": _run(authority), "day": _run(day)}
        case Note(text):
            return {"t": "note", "x": _run(text)}
        case Copies(text):
            return {"t": "copies", "x": _run(text)}
        case Code(content, text):
            return {"t": "code", "svg": svg_file(plain(content)).decode(), "x": _run(text)}
        case Rule():
            return {"t": "rule"}
        case PageBreak():
            return {"t": "page"}


def _row(paper: Paper, row: Row) -> dict[str, object]:
    pairs = [{"label": _run(pair.label), "value": _run(pair.value)} for pair in row.pairs]
    return {"pairs": pairs, "tall": row.tall, "foot": _run(row.foot)} | {
        "stamps": [_stamp(stamp) for stamp in line_stamps(paper, row.foot)]
    }


def _stamp(stamp: Stamp | None) -> dict[str, object] | None:
    """An image as the sheet takes it: by its path from the root, whatever its name ends in."""
    if stamp is None:
        return None
    return {"path": str(stamp.image.resolve()), "entry": f"记录{stamp.entry}"}


def _run(line: Line) -> list[str]:
    return [span.text for span in line]
