"""Which recordings a case needs, and what later rows add to them."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.cases.procedure.recordings import Need, merged, needs

ROW = {"step": "scene", "from_at": "2026-05-13T09:00", "running": True}
SCENE = {"from_at": "2026-05-13T08:50", "to_at": "2026-05-13T09:10"}


@pytest.mark.parametrize(
    ("fragments", "found"),
    [
        ([], []),
        ([{"recording": [ROW]}], [Need("scene", "2026-05-13T09:00", "2026-05-13T09:00", "")]),
        (
            [{"recording": [ROW], "inspections": [SCENE]}],
            [Need("scene", "2026-05-13T09:00", "2026-05-13T08:50", "2026-05-13T09:10")],
        ),
        (
            [{"recording": [ROW], "inspections": [{"from_at": "2026-05-13T08:50"}], "interviews": [SCENE]}],
            [Need("scene", "2026-05-13T09:00", "2026-05-13T08:50", "2026-05-13T09:10")],
        ),
        (
            [
                {"recording": [ROW], "inspections": [SCENE]},
                {"recording": [{"step": "scene", "from_at": "2026-05-13T09:00", "item_ids": ["7"]}]},
                {"recording": [{"step": "scene", "from_at": "2026-05-13T09:00", "item_ids": ["8"]}]},
                {"recording": [{"step": "scene", "from_at": "2026-05-13T09:00", "gap_reason": "没电"}]},
            ],
            [Need("scene", "2026-05-13T09:00", "2026-05-13T08:50", "2026-05-13T09:10", ("7", "8"), "没电")],
        ),
        ([{"recording": [{}, None]}], [Need("", "", "", "")]),
    ],
)
def test_a_need_has_the_span_of_its_act_and_all_that_was_tied_or_said(
    fragments: list[dict[str, Any]], found: list[Need]
) -> None:
    assert needs(fragments) == found


def test_rows_of_one_step_and_moment_are_one_and_others_stay_apart() -> None:
    tied = {"step": "scene", "from_at": "2026-05-13T09:00", "item_ids": ["7"], "recorded_seconds": 5}
    other = {"step": "scene", "from_at": "2026-05-14T09:00", "gap_reason": "没电"}
    assert merged([ROW, other, tied]) == [{**ROW, **tied}, other]
    assert merged([{"step": "scene", "item_ids": None}]) == [{"step": "scene", "item_ids": None}]
