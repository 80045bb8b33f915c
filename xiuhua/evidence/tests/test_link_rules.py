"""Which recordings are worth a look: of that time, by somebody named or somebody near, the named and the near first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from xiuhua.evidence.rules.links import Match, matches
from xiuhua.evidence.rules.uses import Span
from xiuhua.kernel.clock import SHANGHAI

AT = datetime(2026, 5, 13, 9, tzinfo=SHANGHAI)


def span(first: float, last: float) -> Span:
    return AT + timedelta(minutes=first), AT + timedelta(minutes=last)


@pytest.mark.parametrize(
    ("recorded", "officer", "found"),
    [
        (span(0, 5), 1, Match(9, 300, True, None)),
        (span(-5, 5), 1, Match(9, 300, True, None)),
        (span(0, 5), 2, Match(9, 300, False, 40)),
        (span(0, 5), 3, None),
        (span(0, 5), None, None),
        (span(10, 20), 1, None),
        (span(-20, 0), 2, None),
    ],
)
def test_a_recording_is_proposed_by_person_or_place_within_the_time_only(
    recorded: Span, officer: int | None, found: Match | None
) -> None:
    made = matches(span(0, 10), [(9, recorded, officer)], frozenset({1}), {2: 40})
    assert made == ([found] if found else [])


def test_the_named_come_first_and_then_the_nearest() -> None:
    rows = [(n, span(0, 10), officer) for n, officer in enumerate((4, 3, 2, 1))]
    made = matches(span(0, 10), rows, frozenset({1, 2}), {2: 90, 3: 20, 4: 60})
    assert [rows[one.key][2] for one in made] == [2, 1, 3, 4]
