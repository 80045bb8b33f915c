"""The bound volume and the images of signatures and seals, drawn from typed-in cases without a database."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from xiuhua.cases.documents import Officer, Paper, Shelf, Stamp, paper, to_docx, to_html, to_pdf
from xiuhua.cases.documents.signers import wanted
from xiuhua.cases.documents.volume import BoundWrongly, Leaf, bind, contents, enclosed, page_count
from xiuhua.cases.tests.documents.conftest import WriteForm
from xiuhua.cases.tests.documents.pdf_reader import Pdf
from xiuhua.cases.tests.documents.people import header
from xiuhua.cases.tests.documents.pngs import png
from xiuhua.cases.tests.documents.samples import merged, muck

pytestmark = pytest.mark.slow

ON = "2018-09-26"
KINDS = ("filing_form", "interview_record", "penalty_decision")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture kept as the bureau keeps its files: its name has no ending."""
    path = tmp_path / "a1b2"
    path.write_bytes(png(300, 200))
    return path


def leaves(shelf: Shelf, *more: Leaf) -> list[Leaf]:
    made = [
        Leaf(shelf.kinds[k].label_zh, paper(shelf, k, muck(), header(), on=ON), "示例号", ON) for k in KINDS
    ]
    return [*made, *more]


def index(shelf: Shelf, bound: list[Leaf]) -> Paper:
    archive = {"contents": contents(bound), "page_count": page_count(), "archived_on": "2018-10-30"}
    return paper(shelf, "archive_index", merged(muck(), {"archive": archive}), header(), on="2018-10-30")


def exhibit(shelf: Shelf, name: str, path: Path | None, media_type: str = "image/png") -> Leaf:
    file = enclosed(path, media_type) if path else None
    row = {"id": "1", "name": name, "kind": "audio_visual", "note": "示例", "printed": file is not None}
    shown = row | {"media_type": media_type, "size": "2.0 MB", "sha256": "a" * 64}
    sheet = paper(shelf, "exhibit_sheet", merged(muck(), {"evidence": [shown]}), header(), on=ON)
    return Leaf(name, sheet, "", ON, files=(file,) if file else ())


def test_pages_run_through_from_the_first_document_and_the_index_names_them(shelf: Shelf) -> None:
    bound = leaves(shelf)
    drawn = bind(index(shelf, bound), bound)
    assert drawn.spans == ((1, 1), (2, 3), (4, 6))
    assert drawn.pages == 6
    pages = Pdf(drawn.data).pages
    listed = re.sub(r"\s", "", pages[1])
    assert all(said in listed for said in ("立案审批表", "询问（调查）笔录", "2–3", "4–6"))
    assert "卷内页数6页" in re.sub(r"\s", "", pages[0])
    assert [pages[2 + n].startswith(str(n + 1)) for n in range(6)] == [True] * 6
    assert "备考表" in pages[-1]


def test_the_volume_is_an_archive_file_and_equal_volumes_are_equal_bytes(shelf: Shelf) -> None:
    first, second = (bind(index(shelf, leaves(shelf)), leaves(shelf)).data for _ in range(2))
    assert first == second
    assert b"<pdfaid:part>2</pdfaid:part>" in first


def test_a_picture_stands_on_its_sheet_and_what_cannot_be_printed_is_explained(
    shelf: Shelf, picture: Path
) -> None:
    clip = picture.with_name("clip")
    clip.write_bytes(b"\x00")
    bound = leaves(shelf, exhibit(shelf, "照片", picture), exhibit(shelf, "录像", clip, "video/mp4"))
    drawn = bind(index(shelf, bound), bound)
    assert drawn.spans[-2:] == ((7, 7), (8, 8))
    pages = Pdf(drawn.data).pages
    assert b"/Subtype/Image" in drawn.data
    assert "不宜打印成页" not in pages[-3]
    assert "不宜打印成页" in pages[-2]


def test_every_page_of_a_pdf_is_bound_in_and_counted(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "c3d4"
    path.write_bytes(to_pdf([paper(shelf, "penalty_decision", muck(), header(), on=ON)]))
    own = enclosed(path, "application/pdf")
    assert own is not None
    assert own.pages == 3
    bound = leaves(shelf, exhibit(shelf, "合同", path, "application/pdf"))
    drawn = bind(index(shelf, bound), bound)
    assert drawn.spans[-1] == (7, 10)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 rubbish", b"hello"])
def test_a_broken_pdf_is_explained_like_a_clip(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken"
    path.write_bytes(data)
    assert enclosed(path, "application/pdf") is None


def test_a_form_of_the_index_without_its_three_parts_is_a_fault(write_form: WriteForm, shelf: Shelf) -> None:
    bare = replace(index(shelf, leaves(shelf)), blocks=())
    with pytest.raises(BoundWrongly, match="cover, index and note sheet"):
        bind(bare, leaves(shelf))


# Signatures and seals.


def stamped(shelf: Shelf, kind: str, picture: Path, *stamps: Stamp) -> Paper:
    own = replace(
        header("示例号", ON),
        officers=(Officer("示例甲", "示例0001", "A"), Officer("示例乙", "示例0002", "B")),
        stamps=stamps,
    )
    return paper(shelf, kind, muck(), own, on=ON)


def test_a_signature_stands_in_the_place_of_its_owner_with_the_entry_in_all_three_drawings(
    shelf: Shelf, picture: Path
) -> None:
    one = stamped(shelf, "inspection_record", picture, Stamp(picture, 4711, "B"))
    page = to_html(one)
    before, _, after = page.partition('<img class="signature"')
    assert before.count("执法人员签名：") == 2
    assert "记录4711" in after
    assert "记录4711" in Pdf(to_pdf([one])).text
    word = docx.Document(BytesIO(to_docx([one])))
    assert len(word.inline_shapes) == 1
    assert "记录4711" in word.element.body.xml


def test_the_line_of_an_approver_bears_the_image_of_whom_it_names(shelf: Shelf, picture: Path) -> None:
    signed = stamped(shelf, "filing_form", picture, Stamp(picture, 88, "H"))
    assert (
        to_html(signed).count('class="signature"') == 2
    )  # head of the unit and approver are one person here
    nobody = stamped(shelf, "filing_form", picture, Stamp(picture, 88, "X"))
    assert 'class="signature"' not in to_html(nobody)


def test_the_seal_stands_on_sealed_forms_only(shelf: Shelf, picture: Path) -> None:
    seal = Stamp(picture, 99)
    decision = stamped(shelf, "penalty_decision", picture, seal)
    assert 'class="seal-print"' in to_html(decision)
    assert "（印章）" not in Pdf(to_pdf([decision])).text
    assert "记录99" in Pdf(to_pdf([decision])).text
    assert 'class="seal-print"' not in to_html(stamped(shelf, "filing_form", picture, seal))


def test_a_document_asks_those_to_sign_whom_its_lines_name_and_the_officers_it_has_places_for(
    shelf: Shelf, picture: Path
) -> None:
    assert wanted(stamped(shelf, "inspection_record", picture)) == {"A": {""}, "B": {""}}
    asked = wanted(stamped(shelf, "filing_form", picture))
    assert asked["H"] == {"filing.unit_head_id", "filing.approver_id"}
    assert set(asked) == {"A", "B", "H"}
