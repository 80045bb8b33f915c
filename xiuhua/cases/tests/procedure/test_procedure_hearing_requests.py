"""What each further party said to its right to a hearing stands apart."""

from __future__ import annotations

from xiuhua.cases.procedure.guards.hearing import request_by


def test_each_party_is_answered_by_its_own_rows_the_later_over_the_earlier() -> None:
    file = {
        "hearing_requests": [
            {"party": "P2", "requested_on": "2023-05-10"},
            {"party": "P3", "waived_in_writing": True},
            {"party": "P2", "reason": "示例"},
        ]
    }
    assert request_by(file, "P2") == {"party": "P2", "requested_on": "2023-05-10", "reason": "示例"}
    assert request_by(file, "P3") == {"party": "P3", "waived_in_writing": True}
    assert request_by(file, "P4") == {}
