"""Templates of typical cases and notes beside a step: from which day, for which case, by whom, and withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, figures, queries
from xiuhua.cases.actions.notes import MOST_MOVES, known_moves
from xiuhua.cases.models import CaseTemplate, Cause, GuidanceNote
from xiuhua.cases.reviewing.wording import LINE
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, LEGAL, O1, REVIEWER, Bench, Who, nothing_written
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org.figures import Period
from xiuhua.registers.tests.bureau import AT, TODAY

WORDS = actions.Wording(
    title="示例：油烟",
    facts="{当事人}在{违法地点}未开启设施",
    evidence=["现场检查笔录", "照片"],
    reasons="示例理由写法",
    proposal="示例建议罚款{拟罚款}元",
)
TOMORROW = TODAY + timedelta(days=1)


def publish(bench: Bench, who: Who = LEGAL, **more: Any) -> CaseTemplate:
    said: dict[str, Any] = {"cause_code": "HB01", "wording": WORDS, "valid_from": TODAY, "code": "HB01"}
    return actions.publish_template(**said | more, by=bench.actor(who), at=AT)


def note(bench: Bench, who: Who = LEGAL, **more: Any) -> GuidanceNote:
    said: dict[str, Any] = {
        "title": "示例：先拍照再询问",
        "text": "示例：到场先开执法记录仪，再出示证件。",
        "moves": ["interview", "inspect"],
        "valid_from": TODAY,
    }
    return actions.publish_note(**said | more, by=bench.actor(who), at=AT)


def test_seven_typical_cases_come_with_the_platform_and_say_who_wrote_them(bench: Bench) -> None:
    found = list(queries.templates_on(bench.actor(O1, bench.bureau.east), TODAY))
    assert [t.code for t in found] == ["HB01", "LJ01", "SR11", "SR12", "SR14", "WJ06", "ZT04"]
    assert all(t.author and t.source and t.certainty == "design" for t in found)


def test_a_template_counts_from_its_day_and_the_sorting_rules_did_not_yet_in_2018(bench: Bench) -> None:
    user = bench.actor(O1, bench.bureau.east)
    in_2018 = {t.code for t in queries.templates_on(user, date(2018, 5, 16))}
    assert "LJ01" not in in_2018
    assert {"SR11", "HB01"} <= in_2018


def test_the_form_of_a_step_is_offered_the_text_filled_from_the_case(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    user = bench.actor(O1, case.handling_unit)
    file = queries.file_of(case)
    (found,) = queries.offered(user, case, file, "inspect", at.date())
    text = found.texts["inspection.facts"]
    assert case.place in text
    assert "示例餐饮有限公司" in text
    assert LINE in text  # what nobody found out stays a line
    assert "{" not in text
    assert found.evidence


def test_a_step_or_a_cause_without_template_is_offered_nothing(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    user, file = bench.actor(O1, case.handling_unit), queries.file_of(case)
    assert queries.offered(user, case, file, "serve_decision", at.date()) == []
    case.cause = Cause.objects.filter(code="GD01")[0]
    assert queries.offered(user, case, file, "inspect", at.date()) == []


def test_a_later_version_takes_over_on_its_day_and_the_earlier_stays(bench: Bench) -> None:
    row = publish(bench, valid_from=TOMORROW)
    user = bench.actor(O1, bench.bureau.east)
    today = queries.templates_on(user, TODAY).get(code="HB01")
    tomorrow = queries.templates_on(user, TOMORROW).get(code="HB01")
    assert (today.published_at, tomorrow.pk) == (None, row.pk)
    assert (row.author, row.published_at) == (bench.actor(LEGAL).name, AT)
    assert RecordEntry.objects.latest("pk").verb == "cases.publish_template"


def test_a_further_template_of_a_cause_gets_a_code_of_its_own(bench: Bench) -> None:
    row = publish(bench, code="")
    assert row.code == "HB01-2"
    user = bench.actor(O1, bench.bureau.east)
    assert queries.templates_on(user, TODAY).filter(cause_code="HB01").count() == 2


def test_a_withdrawn_template_is_offered_no_more_and_no_earlier_version_comes_back(bench: Bench) -> None:
    row = publish(bench)
    actions.withdraw_template(template=row, reason="示例：条文已改", by=bench.actor(REVIEWER), at=AT)
    user = bench.actor(O1, bench.bureau.east)
    assert not queries.templates_on(user, TODAY).filter(code="HB01").exists()
    by = bench.actor(REVIEWER)
    with nothing_written(), pytest.raises(Refused):
        actions.withdraw_template(template=row, reason="示例：再来一次", by=by, at=AT)


@pytest.mark.parametrize("reason", ["", " 短 "])
def test_nothing_is_withdrawn_without_a_reason(bench: Bench, reason: str) -> None:
    by, row, words = bench.actor(LEGAL), publish(bench), note(bench)
    with nothing_written(), pytest.raises(Invalid):
        actions.withdraw_template(template=row, reason=reason, by=by, at=AT)
    with nothing_written(), pytest.raises(Invalid):
        actions.withdraw_note(note=words, reason=reason, by=by, at=AT)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"cause_code": "XX99"}, "cause_code"),
        ({"valid_from": TODAY - timedelta(days=1)}, "valid_from"),
        ({"wording": replace(WORDS, facts="{who}在{违法地点}未开启设施")}, "facts"),
        ({"wording": replace(WORDS, reasons="")}, "reasons"),
        ({"wording": replace(WORDS, evidence=[])}, "evidence"),
        ({"wording": replace(WORDS, title="短")}, "title"),
    ],
)
def test_a_template_that_cannot_be_used_is_named_by_its_field(
    bench: Bench, more: dict[str, Any], field: str
) -> None:
    bench.actor(LEGAL)
    with nothing_written(), pytest.raises(Invalid) as caught:
        publish(bench, **more)
    assert field in caught.value.errors


def test_two_versions_do_not_begin_on_one_day(bench: Bench) -> None:
    publish(bench)
    with nothing_written(), pytest.raises(Invalid) as caught:
        publish(bench)
    assert caught.value.errors.keys() == {"valid_from"}


@pytest.mark.parametrize("who", [O1, HEAD])
def test_who_handles_cases_writes_no_templates_and_no_notes(bench: Bench, who: Who) -> None:
    row, words, by = publish(bench), note(bench), bench.actor(who, bench.bureau.east)
    for refused in (
        lambda: actions.publish_template(
            cause_code="HB01", wording=WORDS, valid_from=TOMORROW, by=by, at=AT, code="HB01"
        ),
        lambda: actions.withdraw_template(template=row, reason="示例：不喜欢", by=by, at=AT),
        lambda: actions.publish_note(
            title="示例：一条指引", text="示例：内容内容", moves=["inspect"], valid_from=TODAY, by=by, at=AT
        ),
        lambda: actions.withdraw_note(note=words, reason="示例：不喜欢", by=by, at=AT),
    ):
        with nothing_written(), pytest.raises(Refused):
            refused()


def test_a_note_stands_beside_its_steps_and_for_its_causes_only(bench: Bench) -> None:
    everybody, group = note(bench), note(bench, title="示例：环保类案件", cause="HB", moves=["inspect"])
    user = bench.actor(O1, bench.bureau.east)

    def at(move: str, cause: str) -> set[int]:
        return {n.pk for n in queries.notes_at(user, move, cause, TODAY)}

    assert at("inspect", "HB01") == {everybody.pk, group.pk}
    assert at("inspect", "SR11") == {everybody.pk}
    assert at("interview", "HB01") == {everybody.pk}
    assert at("interview_at_check", "HB01") == set()  # the name of one step lies in that of another


def test_a_note_stands_from_its_first_day_to_its_last_and_not_after_it_is_withdrawn(bench: Bench) -> None:
    row = note(bench, valid_from=TOMORROW, valid_to=TOMORROW)
    user = bench.actor(O1, bench.bureau.east)
    days = [TODAY, TOMORROW, TOMORROW + timedelta(days=1)]
    assert [bool(queries.notes_at(user, "inspect", "HB01", d)) for d in days] == [False, True, False]
    actions.withdraw_note(note=row, reason="示例：不再适用", by=bench.actor(DEPUTY), at=AT)
    assert queries.notes_at(user, "inspect", "HB01", TOMORROW) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": "短"}, "text"),
        ({"text": "长" * 801}, "text"),
        ({"moves": []}, "moves"),
        ({"moves": ["no_such_move"]}, "moves"),
        ({"moves": sorted(known_moves())[: MOST_MOVES + 1]}, "moves"),
        ({"moves": sorted(known_moves(), key=len)[-MOST_MOVES:]}, "moves"),
        ({"moves": ["court_application:inspect"]}, "moves"),
        ({"cause": "XX"}, "cause"),
        ({"valid_to": TODAY - timedelta(days=1)}, "valid_to"),
    ],
)
def test_a_note_that_cannot_stand_is_named_by_its_field(
    bench: Bench, more: dict[str, Any], field: str
) -> None:
    bench.actor(LEGAL)
    with nothing_written(), pytest.raises(Invalid) as caught:
        note(bench, **more)
    assert caught.value.errors.keys() == {field}


def test_each_reader_says_once_of_a_note_what_it_was_worth_and_the_later_word_counts(bench: Bench) -> None:
    row = note(bench)
    for who in (O1, ("officer", 1)):
        actions.mark_note(note=row, mark="helped", by=bench.actor(who, bench.bureau.east), at=AT)
    actions.mark_note(note=row, mark="outdated", by=bench.actor(O1, bench.bureau.east), at=AT)
    found: Any = queries.notes(bench.actor(LEGAL)).get(pk=row.pk)
    assert (found.helped, found.outdated) == (1, 1)
    assert queries.marks_of(bench.actor(O1, bench.bureau.east), [row]) == {row.pk: "outdated"}


def test_a_note_is_not_marked_with_other_words_nor_by_others_nor_when_it_is_gone(bench: Bench) -> None:
    row, reader, stranger = note(bench), bench.actor(O1, bench.bureau.east), bench.actor(("auditor", 0))
    with nothing_written(), pytest.raises(Invalid):
        actions.mark_note(note=row, mark="nonsense", by=reader, at=AT)
    with nothing_written(), pytest.raises(Refused):
        actions.mark_note(note=row, mark="helped", by=stranger, at=AT)
    gone = actions.withdraw_note(note=row, reason="示例：不再适用", by=bench.actor(LEGAL), at=AT)
    with nothing_written(), pytest.raises(Refused):
        actions.mark_note(note=gone, mark="helped", by=reader, at=AT)


def test_the_figure_counts_a_template_in_the_year_of_its_first_version(bench: Bench) -> None:
    figure = next(f for f in figures.GUIDANCE if f.id == "C04")
    user = bench.actor(DEPUTY)
    before = figure.rows(user, Period.year(2026)).count()
    publish(bench)
    assert figure.rows(user, Period.year(2026)).count() == before
    publish(bench, code="")
    assert figure.rows(user, Period.year(2026)).count() == before + 1
    assert figure.rows(user, Period.year(2018)).count() == 6
