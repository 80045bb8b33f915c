"""The forms as files: headers, tables, and that the law of the forms agrees with the law elsewhere."""

import csv
import re
from pathlib import Path

import pytest

from xiuhua.cases.documents import FormError, Shelf, load, tables
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.tests.documents.conftest import EXAMPLES, REFERENCE, WriteForm

# Letters and cards of the field's form sets that the list of documents beside the checkout does not name.
BESIDE_THE_LIST = {
    "fine_bill",
    "evidence_request",
    "property_annotation_letter",
    "property_annotation_release",
    "case_statistics_card",
    "exhibit_sheet",
}


def test_every_kind_of_document_has_a_form(shelf: Shelf) -> None:
    assert set(shelf.formed_kinds()) == set(shelf.kinds)


@pytest.mark.parametrize("day", ["2017-01-01", "2018-05-16", "2021-07-14", "2021-07-15", "2026-01-01"])
def test_every_kind_has_exactly_one_form_on_every_day(shelf: Shelf, day: str) -> None:
    for kind in shelf.formed_kinds():
        assert shelf.form(kind, day).kind == kind


def test_it_knows_no_form_of_an_unknown_kind(shelf: Shelf) -> None:
    with pytest.raises(FormError, match="0 forms of love_letter"):
        shelf.form("love_letter", "2018-05-16")


def test_forms_come_in_the_order_of_the_archive(shelf: Shelf) -> None:
    groups = [shelf.kinds[kind].archive_group for kind in shelf.formed_kinds()]
    order = ["filing", "investigation", "review_and_decision", "execution", "other"]
    assert groups == sorted(groups, key=order.index)


def test_the_index_names_every_kind_of_the_procedures() -> None:
    path = EXAMPLES / "documents.csv"
    if not path.is_file():
        pytest.skip("the list of documents is not beside the checkout")
    with path.open(encoding="utf-8", newline="") as stream:
        wanted = {row["document"] for row in csv.DictReader(stream)}
    assert set(tables.kinds(REFERENCE / "documents" / "index.csv")) == wanted | BESIDE_THE_LIST


def test_every_kind_of_document_is_made_by_a_move_or_with_its_row(shelf: Shelf) -> None:
    every = [t for ts in (*TABLES.values(), *(s.tables for s in SIDES.values())) for t in ts]
    made = {kind for table in every for move in table.moves for kind in move.documents}
    # A bill is drawn with the bill itself, the sheet of an exhibit with the volume.
    assert set(shelf.kinds) - made == {"fine_bill", "exhibit_sheet"}


def test_a_sealed_document_goes_to_the_party_and_bears_a_number(shelf: Shelf) -> None:
    for form in shelf.forms:
        if form.sealed:
            assert (form.audience, form.number, form.issuer) == ("party", True, "authority"), form.kind
            assert "\n@ " in form.path.read_text(encoding="utf-8"), form.kind


def test_only_decisions_bear_a_red_head(shelf: Shelf) -> None:
    assert {form.kind for form in shelf.forms if form.head == "red"} == {
        "penalty_decision",
        "no_penalty_decision",
    }


def test_no_form_has_a_sign_that_some_fonts_draw_wrongly() -> None:
    for path in (REFERENCE / "documents").glob("*.txt"):
        assert "￥" not in path.read_text(encoding="utf-8"), path.name


def test_no_number_of_the_law_is_typed_into_a_form(shelf: Shelf) -> None:
    for path in (REFERENCE / "documents").glob("*.txt"):
        wording = re.sub(r"\{[{%].*?[%}]\}", "", path.read_text(encoding="utf-8"))
        found = re.findall(r"[0-9一二三四五六七八九十]+(?:个工作日|个月|日内|%|％|条)", wording)
        assert not found, (path.name, found)


def test_every_row_of_the_law_is_used_by_a_form() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in (REFERENCE / "documents").glob("*.txt"))
    rows = tables.law(REFERENCE / "documents" / "law.csv", REFERENCE / "parameters.csv")
    with (REFERENCE / "documents" / "law.csv").open(encoding="utf-8", newline="") as stream:
        own = {row["key"] for row in csv.DictReader(stream)}
    assert own <= {row.key for row in rows}
    assert {key for key in own if f"law.{key}" not in texts} == set()


def test_every_field_that_forms_may_print_is_printed_by_one(shelf: Shelf) -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in (REFERENCE / "documents").glob("*.txt"))
    indirect = {
        "officers[].id",
        "officers[].name",
        "officers[].certificate_no",
        "payment.items[].id",
        "services[].id",
    }
    indirect |= {"inspections[].id", "interviews[].id"}
    said = set(re.findall(r"[a-z][a-z0-9_]*", texts))
    unused = {name for name in shelf.fields if name.rpartition(".")[2].removesuffix("[]") not in said}
    assert unused - indirect == set()


def test_articles_of_the_forms_agree_with_the_table_of_clocks() -> None:
    path = EXAMPLES / "clocks.csv"
    if not path.is_file():
        pytest.skip("the table of clocks is not beside the checkout")
    with path.open(encoding="utf-8", newline="") as stream:
        clocks = {row["clock_id"]: row for row in csv.DictReader(stream)}
    rows = tables.law(REFERENCE / "documents" / "law.csv", REFERENCE / "parameters.csv")
    for day, clock, name in (
        ("2018-09-20", "hearing_request_17", "hearing_request_days"),
        ("2023-05-08", "hearing_request_21", "hearing_request_days"),
        ("2018-09-28", "payment_17", "pay_days"),
        ("2023-05-22", "payment_21", "pay_days"),
        ("2018-09-28", "reconsideration_apply_17", "reconsideration_days"),
        ("2024-05-16", "reconsideration_apply_23", "reconsideration_days"),
        ("2018-09-28", "suit_direct", "litigation_months"),
        ("2024-05-16", "suit_after_reconsideration", "litigation_days_after_reconsideration"),
        ("2018-09-04", "reporter_answer", "reporter_answer_days"),
    ):
        row = clocks[clock]
        assert tables.law_on(rows, day)[name] == {"length": int(row["length"]), "unit": row["unit"]}, clock


def test_a_form_of_a_later_text_of_the_law_takes_over_on_its_day(write_form: WriteForm) -> None:
    write_form("# 旧", valid_to="2021-07-14", title="旧书")
    shelf = load(write_form("# 新", "prior_notice.2021.txt", valid_from="2021-07-15", title="新书"))
    assert shelf.form("prior_notice", "2021-07-14").title == "旧书"
    assert shelf.form("prior_notice", "2021-07-15").title == "新书"


def test_two_forms_of_one_day_are_a_fault(write_form: WriteForm) -> None:
    write_form("# 一")
    shelf = load(write_form("# 二", "prior_notice.2021.txt", valid_from="2021-07-15"))
    with pytest.raises(FormError, match="2 forms of prior_notice hold on 2022-01-01"):
        shelf.form("prior_notice", "2022-01-01")


def test_a_header_line_with_an_unknown_word_names_its_place(write_form: WriteForm) -> None:
    with pytest.raises(
        FormError, match=r"^prior_notice\.txt:7: layout is one of letter, record, form, cover"
    ):
        load(write_form("# 题", layout="poster"))


def test_a_missing_or_unknown_header_line_is_named(write_form: WriteForm) -> None:
    with pytest.raises(FormError, match=r"^prior_notice\.txt:1: .*unknown: colour$"):
        load(write_form("# 题", colour="blue"))


def test_a_form_of_a_kind_that_is_not_in_the_index_is_refused(write_form: WriteForm) -> None:
    with pytest.raises(FormError, match="love_letter is not in index"):
        load(write_form("# 题", "love_letter.txt"))


def test_a_row_with_too_many_cells_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("list,code,label_zh\na,b,c\na,b,c,d\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^codes\.csv:3: wrong number of cells"):
        tables.codes(path)


def test_two_values_of_one_parameter_on_one_day_are_a_fault() -> None:
    rows = (tables.LawRow("pay_days", "15", "calendar_day", "", ""),) * 2
    with pytest.raises(ValueError, match="two values of pay_days hold on 2018-05-16"):
        tables.law_on(rows, "2018-05-16")


def test_the_law_of_a_day_has_its_shapes(shelf: Shelf) -> None:
    old, new = tables.law_on(shelf.law, "2018-05-16"), tables.law_on(shelf.law, "2024-05-16")
    assert (old["procedure_name"], new["procedure_name"]) == ("一般程序", "普通程序")
    assert old["hearing_request_days"] == {"length": 3, "unit": "calendar_day"}
    assert new["hearing_request_days"] == {"length": 5, "unit": "working_day"}
    assert old["reconsideration_bodies"] == ["district_government", "city_department"]
    assert (old["on_spot_reconsideration_first"], new["on_spot_reconsideration_first"]) == (False, True)


@pytest.mark.parametrize("path", sorted((REFERENCE / "documents").glob("*.csv")), ids=lambda path: path.name)
def test_every_row_says_where_it_is_from(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if "certainty" in row:
                assert row["certainty"] in ("read", "checked", "memory", "unverified"), row
                assert row["source"], row
            else:
                assert row["origin"] in ("rule tables", "documents"), row
