"""The diagram says all that the table says."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from xiuhua.cases.procedure.draw import spine_of, svg
from xiuhua.cases.procedure.moves import Table
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES, latest

EVERY = [t for tables in (*TABLES.values(), *(s.tables for s in SIDES.values())) for t in tables]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_every_state_and_every_move_is_drawn_once(table: Table) -> None:
    root = ElementTree.fromstring(svg(table))
    boxes = [g for g in root.iter(f"{SVG}g") if g.get("data-state")]
    assert sorted(str(g.get("data-state")) for g in boxes) == sorted(table.states_by_id)
    for box in boxes:
        lines = [str(t.text) for t in box.iter(f"{SVG}text")][1:]
        moves = table.leaving(str(box.get("data-state")))
        assert len(lines) == len(moves)
        assert all(m.label in line for m, line in zip(moves, lines, strict=True))


@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_boxes_do_not_lie_on_each_other(table: Table) -> None:
    root = ElementTree.fromstring(svg(table))
    places = [
        tuple(int(str(r.get(k))) for k in ("x", "y", "width", "height")) for r in root.iter(f"{SVG}rect")
    ]
    for n, (x, y, w, h) in enumerate(places):
        for x2, y2, w2, h2 in places[n + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_the_way_straight_down_goes_from_move_to_move_and_ends_at_an_end() -> None:
    for table in EVERY:
        names = spine_of(table)
        assert len(set(names)) == len(names)
        for a, b in pairwise(names):
            assert any(m.target == b for m in table.leaving(a)), (table.procedure, a, b)


def test_the_state_reached_is_marked_and_nothing_is_styled_inline() -> None:
    drawn = svg(latest("summary"), here="told")
    assert drawn.count("is-here") == 1
    assert "style=" not in drawn
    assert "is-here" not in svg(latest("summary"))
