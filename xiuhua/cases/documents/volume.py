"""The archive volume of a case (案卷): cover, index, documents and exhibits in the order of the archive, note sheet.

One PDF whose pages are numbered through from the first document on. It is an archive file (PDF/A-2b) as long as no PDF
from outside is bound in; those come in as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typst

from xiuhua.cases.documents.as_pdf import Press, PrintError, press, sheets, timestamp
from xiuhua.cases.documents.blocks import Block, PageBreak
from xiuhua.cases.documents.render import Paper

# What stands in the index in place of pages that only the press knows (see `paper.typ`).
_PAGES, _ALL_PAGES = "\ue000", "\ue001"
_COUNT = re.compile(r"only has (\d+) page")
# Pictures that the press can set, by media type.
PICTURES: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
}
PDF = "application/pdf"
FRONT = 1


class BoundWrongly(ValueError):
    """The form of the index lacks its parts: cover, index and note sheet, each on a page of its own."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of an exhibit; `pages` of a PDF, 0 for a picture."""

    path: Path
    media_type: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing in the volume: how the index calls it, the sheet that is printed, and the files behind the sheet."""

    name: str
    sheet: Paper
    number: str = ""
    on: str = ""
    note: str = ""
    files: tuple[Enclosed, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """The printed volume: its bytes, the numbered pages, and its leaves with their first and last page."""

    data: bytes
    pages: int
    leaves: tuple[Leaf, ...]
    spans: tuple[tuple[int, int], ...]


def contents(leaves: Sequence[Leaf]) -> list[dict[str, str]]:
    """The rows of the index (`archive.contents` of the file); the pages are filled in by the press."""
    return [
        {
            "name": leaf.name,
            "number": leaf.number,
            "on": leaf.on,
            "page": f"{_PAGES}{place}",
            "note": leaf.note,
        }
        for place, leaf in enumerate(leaves, start=FRONT)
    ]


def page_count() -> str:
    """What stands on cover and note sheet in place of the number of pages."""
    return _ALL_PAGES


def enclosed(path: Path, media_type: str, font_dirs: Sequence[Path] = ()) -> Enclosed | None:
    """The file as pages of a volume; None where it cannot be printed: a clip, a table, a broken PDF."""
    if media_type in PICTURES:
        return Enclosed(path, media_type)
    pages = _pages_of(path) if media_type == PDF else 0
    return Enclosed(path, media_type, pages) if pages else None


def _pages_of(path: Path) -> int:
    """The pages of a PDF, as the press itself counts them; 0 if it cannot read it."""
    asked = f'#image({json.dumps(str(path.resolve()))}, format: "pdf", page: 99999)'
    try:
        typst.Compiler(input=asked.encode(), root="/").compile(format="pdf")
    except typst.TypstError as wrong:
        told = _COUNT.search(" ".join(wrong.hints))
        return int(told[1]) if told else 0
    return 0


def bind(index: Paper, leaves: Sequence[Leaf], font_dirs: Sequence[Path] = ()) -> Volume:
    """Print the volume. `index` is the form of the index, filled from a file with these `contents`.

    Raises BoundWrongly when the form has not its three parts, PrintError when a leaf cannot be printed.
    """
    front, note_sheet = _parted(index)
    papers = [front, *(leaf.sheet for leaf in leaves), note_sheet]
    data = sheets(papers)
    data |= {"volume": True, "front": FRONT, "papers": _with_files(data["papers"], leaves)}
    foreign = any(file.pages for leaf in leaves for file in leaf.files)
    found = press(font_dirs, "volume")
    with found.lock:
        drawn = found.draw(data, timestamp(papers), "1.7" if foreign else "a-2b")
        spans = _spans(found)
    begin = spans[FRONT][0] - 1
    numbered = tuple((first - begin, last - begin) for first, last in spans[FRONT:-1])
    return Volume(drawn, numbered[-1][1] if numbered else 0, tuple(leaves), numbered)


def _with_files(drawn: object, leaves: Sequence[Leaf]) -> list[dict[str, object]]:
    assert isinstance(drawn, list)
    front, *middle, last = drawn
    filled = [
        paper | {"files": [_file(file) for file in leaf.files]}
        for paper, leaf in zip(middle, leaves, strict=True)
    ]
    return [front, *filled, last]


def _file(file: Enclosed) -> dict[str, object]:
    return {
        "path": str(file.path.resolve()),
        "format": PICTURES.get(file.media_type, "pdf"),
        "pages": file.pages,
    }


def _spans(with_press: Press) -> list[tuple[int, int]]:
    """First and last page of every paper just drawn, counted from the first sheet of the file."""
    try:
        told = json.loads(with_press.compiler.query("<places>", field="value", one=True))
    except (typst.TypstError, RuntimeError) as wrong:
        raise PrintError(str(wrong)) from wrong
    return [(int(first), int(last)) for first, last in told]


def _parted(index: Paper) -> tuple[Paper, Paper]:
    """Cover and index before the documents, the note sheet behind them."""
    breaks = [place for place, block in enumerate(index.blocks) if isinstance(block, PageBreak)]
    if len(breaks) < 2:
        raise BoundWrongly(f"{index.form.path.name}: the index wants cover, index and note sheet")
    last: tuple[Block, ...] = index.blocks[breaks[-1] + 1 :]
    return replace(index, blocks=index.blocks[: breaks[-1]]), replace(index, blocks=last)
