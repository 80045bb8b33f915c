"""A building is noted in the property register while the unlawful state stands, and released when it is gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, queries
from xiuhua.cases.models import Case, Document, Matter
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench, grounds, nothing_written
from xiuhua.cases.tests.bench.measuring import acting, go, refused
from xiuhua.kernel.authz import Refused

# Each walks through many acts.
pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
ASKS = {
    "annotation.property": "示例路1号101室",
    "annotation.reason": "擅自搭建阳光房",
    "annotation.basis": "SHDB §16",
    "annotation.register": "示例不动产登记中心",
}


def begun(bench: Bench, case: Case, at: datetime, **says: Any) -> Matter:
    return actions.begin(
        case=case,
        procedure="property_annotation",
        move="ask_annotation",
        values=ASKS | says,
        by=acting(bench, O1, case, at),
        at=at,
    )


def annotated(bench: Bench, **base: Any) -> tuple[Matter, datetime]:
    case, at = bench.at_step("assign_officers", **base)
    matter = begun(bench, case, at)
    go(bench, matter, DEPUTY, "send_annotation", at)
    go(bench, matter, O1, "note_annotated", at, says={"annotation.answer_no": "示例函1号"})
    return Matter.objects.select_related("case").get(pk=matter.pk), at


def test_letter_and_release_go_out_by_the_head_with_what_the_request_says(bench: Bench) -> None:
    matter, at = annotated(bench, demolition={"removed_on": "2099-01-01"})
    letter = Document.objects.get(step__matter=matter)
    for wanted in ASKS.values():
        shown = "《上海市拆除违法建筑若干规定》第十六条" if wanted == "SHDB §16" else wanted
        assert shown in letter.text or wanted in letter.text, wanted
    assert letter.number
    said = {"annotation.release_reason": "已经自行拆除"}
    assert set(refused(bench, matter, DEPUTY, "release_annotation", at, says=said)) == {"unlawful_state_gone"}
    assert "wrong_role" in refused(bench, matter, O1, "release_annotation", at, says=said)


def test_it_is_released_when_the_correction_was_rechecked_and_not_before(bench: Bench) -> None:
    case, at = bench.at_step("order_correction")
    matter = begun(bench, case, at)
    go(bench, matter, DEPUTY, "send_annotation", at)
    go(bench, matter, O1, "note_annotated", at, says={"annotation.answer_no": "示例函1号"})
    assert queries.file_of(case)["annotations"][0]["state"] == "annotated"
    later, then = bench.at_step("recheck_correction")
    acting(bench, O1, later, then)
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, later, then)
    assert "unlawful_state_stands" in grounds(caught.value.refusals)


def test_one_building_is_noted_once_and_a_refusal_of_the_register_ends_it(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    matter = begun(bench, case, at)
    go(bench, matter, DEPUTY, "send_annotation", at)
    acting(bench, O1, case, at)
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, case, at)
    assert set(grounds(caught.value.refusals)) == {"building_named"}
    other = begun(bench, case, at, **{"annotation.property": "示例路1号102室"})
    assert other.number == 2
    go(bench, matter, O1, "note_refused", at, says={"reason": "证号不符"})
    assert matter.ended
