"""The papers of a hearing: notice, record, report, in what was held and in what was not."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.cases.documents import Shelf, paper
from xiuhua.cases.tests.documents.people import header
from xiuhua.cases.tests.documents.samples import fume, merged

HELD: dict[str, Any] = {
    "requested_on": "2023-05-12",
    "notice_served_on": "2023-05-17",
    "planned_at": "2023-05-29T09:30",
    "planned_place": "示例听证室",
    "public": True,
    "host_id": "L",
    "recorder_id": "S",
    "held_on": "2023-05-29",
    "from_at": "2023-05-29T09:30",
    "to_at": "2023-05-29T11:05",
    "place": "示例听证室",
    "investigator_ids": ["X", "Y"],
    "attended_by": "王示例",
    "case_put": "建议罚款五万元。",
    "party_said": "请求从轻。",
    "record_signed": True,
    "finding": "事实清楚。",
    "opinion": "建议维持。",
    "report_on": "2023-05-31",
}
ABSENT = {"attendance": "absent", "absence_reason": "等候三十分钟未到。", "ended_by_absence": True}


def words(shelf: Shelf, kind: str, day: str = "2023-05-31", **hearing: Any) -> tuple[str, list[str]]:
    """The words of the paper, and the fields that it misses."""
    one = paper(shelf, kind, merged(fume(), {"hearing": hearing}), header("示例号", day), on=day)
    return one.text(), [blank.field for blank in one.blanks]


@pytest.mark.parametrize("kind", ["hearing_notice", "hearing_record", "hearing_report"])
def test_a_hearing_that_was_held_leaves_no_blank(shelf: Shelf, kind: str) -> None:
    assert words(shelf, kind, **HELD)[1] == []


def test_the_notice_says_when_where_by_whom_and_what_absence_means(shelf: Shelf) -> None:
    text, _ = words(shelf, "hearing_notice", **HELD)
    for said in ("2023年5月29日9时30分", "示例听证室公开举行", "由示例审核人主持", "视为放弃听证权利"):
        assert said in text
    assert "延期" not in text
    private = words(shelf, "hearing_notice", **HELD | {"private_ground": "涉及商业秘密。"})[0]
    assert "不公开举行听证" in private
    assert "理由：涉及商业秘密。" in private
    late = words(
        shelf,
        "hearing_notice",
        **HELD | {"postponed_from": "2023-05-25T09:30", "postponed_reason": "当事人住院"},
    )[0]
    assert "原定于2023年5月25日9时30分举行的听证，因当事人住院延期" in late


def test_the_notice_of_2018_cites_the_text_of_2017(shelf: Shelf) -> None:
    assert "第四十二条" in words(shelf, "hearing_notice", "2018-10-08", **HELD)[0]
    assert "第四十三条" in words(shelf, "hearing_report", "2018-10-16", **HELD)[0]
    assert "第六十五条" in words(shelf, "hearing_report", **HELD)[0]


def test_the_record_of_a_party_that_stayed_away_ends_the_hearing(shelf: Shelf) -> None:
    text, blanks = words(shelf, "hearing_record", **HELD | ABSENT)
    assert blanks == []
    assert "等候三十分钟未到" in text
    assert "宣布听证终止" in text
    assert "请求从轻" not in text
    assert "请求从轻" in words(shelf, "hearing_record", **HELD)[0]


def test_the_report_says_why_there_was_no_hearing(shelf: Shelf) -> None:
    bare = {key: HELD[key] for key in ("requested_on", "host_id", "notice_served_on", "opinion", "report_on")}
    absent, blanks = words(shelf, "hearing_report", **bare | ABSENT)
    assert blanks == []
    assert "当事人无正当理由未到场" in absent
    withdrawn, _ = words(shelf, "hearing_report", **bare | {"waived_in_writing": True})
    assert "书面放弃或者撤回" in withdrawn


def test_the_report_says_whether_the_record_was_signed(shelf: Shelf) -> None:
    refused = HELD | {"record_signed": False, "refusal_noted": True, "refusal_reason": "不认可记录"}
    assert "拒绝签名，已注明：不认可记录" in words(shelf, "hearing_report", **refused)[0]
