"""The archive volume of a case, drawn from its documents and exhibits in the order of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from xiuhua.cases.documents.blocks import Paragraph, Span, Title
from xiuhua.cases.documents.render import Header, Paper, paper
from xiuhua.cases.documents.volume import Leaf, Volume, bind, contents, enclosed, page_count
from xiuhua.cases.models import Case, CaseExhibit, Document
from xiuhua.cases.queries import papers
from xiuhua.cases.queries.files import file_of
from xiuhua.cases.queries.joint import exhibits_open_to
from xiuhua.evidence import queries as evidence
from xiuhua.kernel import files
from xiuhua.kernel.authz import Actor

INDEX, EXHIBIT = "archive_index", "exhibit_sheet"
# Sorts among the documents: rank of the kind, day, and which came first.
Place = tuple[int, str, int]


def volume(case: Case, reader: Actor, on: date, audience: str = "") -> Volume:
    """The volume as `reader` may see it, on the day `on`. Raises ValueError where a case has nothing to bind."""
    file = file_of(case)
    leaves = [
        leaf
        for _, leaf in sorted(
            [*_documents(case, audience), *_exhibits(case, reader, file, audience)], key=_place
        )
    ]
    if not leaves:
        raise ValueError("还没有文书，不能装订")
    archive = {**(file.get("archive") or {}), "contents": contents(leaves), "page_count": page_count()}
    known = {"archived_on": on.isoformat(), "case_count_in_volume": 1, "volume_no": case.archive_number}
    whole = {
        **file,
        "case": {**(file.get("case") or {}), "case_no": case.number},
        "archive": {**known, **archive},
    }
    index = paper(papers.shelf(), INDEX, whole, _header(case, file), on=on.isoformat(), audience=audience)
    return bind(index, leaves, papers.font_dirs())


def _place(found: tuple[Place, Leaf]) -> Place:
    return found[0]


def _header(case: Case, file: Mapping[str, Any]) -> Header:
    return papers.header_of(Document(case=case, kind=INDEX, sealed=False), file)


def _documents(case: Case, audience: str) -> Iterable[tuple[Place, Leaf]]:
    shelf = papers.shelf()
    rows = case.documents.exclude(kind=INDEX).select_related("case__authority", "case__handling_unit", "step")
    for row in rows:
        kind = shelf.kinds[row.kind]
        day = row.issued_on.isoformat()
        leaf = Leaf(kind.label_zh, _sheet(row, audience), row.number, day)
        yield (kind.rank, day, row.pk), leaf


def _sheet(row: Document, audience: str) -> Paper:
    """The document; of imported history without its facts, a sheet that says where it is."""
    try:
        return papers.paper_of(row, audience=audience)
    except ValueError:
        return _elsewhere(row)


def _elsewhere(row: Document) -> Paper:
    shelf, header = papers.shelf(), _header(row.case, {})
    blank = paper(shelf, EXHIBIT, {}, header, on=row.issued_on.isoformat())
    said = f"本件为旧系统导入的文书，文号{row.number or '/'}，没有电子正文，原件见纸质案卷。"
    title = Title((Span(shelf.kinds[row.kind].label_zh),))
    return replace(blank, blocks=(title, Paragraph((Span(said),))), blanks=(), shown=())


def _exhibits(
    case: Case, reader: Actor, file: Mapping[str, Any], audience: str
) -> Iterable[tuple[Place, Leaf]]:
    """A sheet for each exhibit that the reader may see; pictures and PDFs are printed behind it."""
    kind, header = papers.shelf().kinds[EXHIBIT], _header(case, file)
    rows = exhibits_open_to(reader).filter(case=case)
    for row in rows.order_by("added_at", "pk"):
        leaf = _exhibit(row, file, header, audience)
        yield (kind.rank, leaf.on, row.pk), leaf


def _exhibit(row: CaseExhibit, file: Mapping[str, Any], header: Header, audience: str) -> Leaf:
    content = row.exhibit.file
    path = files.path_of(content.sha256) if content else None
    printed = enclosed(path, content.media_type) if content and path and path.is_file() else None
    block = {
        **evidence.evidence_block(row.exhibit),
        "shows": row.shows,
        "media_type": content.media_type if content else "",
        "size": _size(content.size) if content else "",
        "printed": printed is not None,
    }
    day = row.exhibit.collected_on.isoformat()
    sheet = paper(papers.shelf(), EXHIBIT, {**file, "evidence": [block]}, header, on=day, audience=audience)
    return Leaf(row.exhibit.name, sheet, "", day, files=(printed,) if printed else ())


def _size(size: int) -> str:
    return f"{size / 1024**2:,.1f} MB" if size >= 1024**2 else f"{max(size // 1024, 1):,} KB"
