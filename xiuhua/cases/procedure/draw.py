"""The diagram of a table as SVG: the main road straight down, branches beside it. Pure.

Every state is a box that lists the moves leaving it, so nothing of the table is left out; lines show where the
branches begin. Colours are those of the page around it (`currentColor`), marks carry classes, nothing is styled
inline, so the picture follows light and dark and a strict content policy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

from xiuhua.cases.procedure.moves import Move, State, Table
from xiuhua.cases.procedure.road import SPINE

WIDTH, GAP, MARGIN, INDENT = 400, 46, 24, 22
SIDE_AT = MARGIN + WIDTH + 90
TITLE, LINE = 30, 19


Cite = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: a table, and how its articles are cited."""

    table: Table
    cite: Cite


@dataclass(frozen=True, slots=True)
class Box:
    """A state with its place: left and top edge, height, the lines inside."""

    state: State
    x: int
    y: int
    height: int
    lines: tuple[str, ...]

    @property
    def bottom(self) -> int:
        return self.y + self.height


def _wide(text: str) -> float:
    return sum(12.0 if east_asian_width(c) in "WFA" else 7.0 for c in text)


def _clipped(text: str) -> str:
    while _wide(text) > WIDTH - 24:
        text = text[:-2] + "…"
    return text


def _line(move: Move, table: Table, onward: str, cite: Cite) -> str:
    """How a move is told inside its box: staying, along the road, or off it."""
    mark = "↺" if move.stays else ("↓" if move.target == onward else "→")
    to = "" if mark != "→" else f"：{table.state(move.target).label}"
    article = f"　{'；'.join(map(cite, move.articles))}" if move.articles else ""
    return _clipped(f"{mark} {move.label}{to}{article}")


def _box(drawing: Drawing, state: State, at: tuple[int, int], onward: str) -> Box:
    table, (x, y) = drawing.table, at
    lines = tuple(_line(m, table, onward, drawing.cite) for m in table.leaving(state.id))
    return Box(state, x, y, TITLE + LINE * len(lines) + (8 if lines else 0), lines)


def spine_of(table: Table) -> Sequence[str]:
    """The states drawn straight down: the main road, or where none is named the first way to an end.

    At each state it goes on with the move that stands first in the table, whose rows tell the usual course first.
    """
    if table.procedure in SPINE:
        return SPINE[table.procedure]
    names = [table.initial]
    while onward := [m for m in table.leaving(names[-1]) if m.target not in names]:
        names.append(next((m for m in onward if not table.state(m.target).final), onward[0]).target)
    return names


def _spine(drawing: Drawing) -> dict[str, Box]:
    boxes: dict[str, Box] = {}
    table = drawing.table
    y, names = MARGIN, spine_of(table)
    for name, onward in zip(names, (*names[1:], ""), strict=True):
        boxes[name] = _box(drawing, table.state(name), (MARGIN, y), onward)
        y = boxes[name].bottom + GAP
    return boxes


def _branches(drawing: Drawing, spine: Mapping[str, Box]) -> dict[str, tuple[Box, Box]]:
    """The states off the road: each box with the box it is first reached from, one below the other.

    What a branch leads to stands right below it, a little further in.
    """
    placed: dict[str, tuple[Box, Box]] = {}
    table, free = drawing.table, MARGIN

    def place(origin: Box, depth: int) -> None:
        nonlocal free
        for move in table.leaving(origin.state.id):
            if move.target not in spine and move.target not in placed:
                y = free if depth else max(free, origin.y)
                box = _box(drawing, table.state(move.target), (SIDE_AT + INDENT * depth, y), "")
                placed[move.target], free = (box, origin), box.bottom + 14
                place(box, depth + 1)

    for origin in spine.values():
        place(origin, 0)
    # Another beginning, and what only it leads to, stands below the rest.
    for state in table.states:
        if state.id not in spine and state.id not in placed:
            box = _box(drawing, state, (SIDE_AT, free), "")
            placed[state.id], free = (box, box), box.bottom + 14
            place(box, 1)
    return placed


def _drawn(box: Box, here: str) -> str:
    kind = "state" + (" is-final" if box.state.final else "") + (" is-here" if box.state.id == here else "")
    edge = "2.5" if box.state.id == here else "1"
    parts = [
        f"<g class={quoteattr(kind)} data-state={quoteattr(box.state.id)}>",
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="6" fill="none" '
        f'stroke="currentColor" stroke-width="{edge}"{_dash(box)}/>',
        f'<text x="{box.x + 12}" y="{box.y + 21}" font-size="15" font-weight="600" fill="currentColor">'
        f"{escape(box.state.label)}</text>",
    ]
    for n, line in enumerate(box.lines):
        parts.append(
            f'<text x="{box.x + 12}" y="{box.y + TITLE + LINE * n + 13}" font-size="12" fill="currentColor">'
            f"{escape(line)}</text>"
        )
    return "".join((*parts, "</g>"))


def _dash(box: Box) -> str:
    return ' stroke-dasharray="5 3"' if box.state.final else ""


def _down(upper: Box, lower: Box, label: str) -> str:
    x = upper.x + 40
    return (
        f'<path d="M{x} {upper.bottom}V{lower.y - 2}" stroke="currentColor" stroke-width="2" '
        f'marker-end="url(#arrow)"/><text x="{x + 12}" y="{upper.bottom + 28}" font-size="13" '
        f'fill="currentColor">{escape(label)}</text>'
    )


def _across(origin: Box, target: Box) -> str:
    """A thin line to a branch: across from the road, or down from the branch above it."""
    y1, x1 = target.y + 16, target.x - 2
    if origin.x < SIDE_AT:
        x0, y0 = origin.x + WIDTH, origin.y + 16
        way = f"M{x0} {y0}C{(x0 + x1) // 2} {y0} {(x0 + x1) // 2} {y1} {x1} {y1}"
    else:
        way = f"M{origin.x + 10} {origin.bottom}V{y1}H{x1}"
    return (
        f'<path class="branch" d="{way}" fill="none" stroke="currentColor" stroke-opacity=".45" '
        'marker-end="url(#arrow)"/>'
    )


def _road(table: Table, boxes: Sequence[Box]) -> list[str]:
    arrows = []
    for upper, lower in pairwise(boxes):
        labels = [m.label for m in table.leaving(upper.state.id) if m.target == lower.state.id]
        arrows.append(_down(upper, lower, _clipped(" / ".join(labels))))
    return arrows


def svg(table: Table, here: str = "", cite: Cite = str) -> str:
    """The diagram of `table`; the state `here`, if any, is marked. `cite` says an article as its readers call it."""
    drawing = Drawing(table, cite)
    spine = _spine(drawing)
    side = _branches(drawing, spine)
    every = [*spine.values(), *(box for box, _ in side.values())]
    height = max(b.bottom for b in every) + MARGIN
    width = max(b.x for b in every) + WIDTH + MARGIN
    title = f"{table.procedure} {table.version}"
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" class="procedure" '
            f'role="img" aria-label={quoteattr(title)} font-family="sans-serif">',
            '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            'orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>',
            *(_across(origin, box) for box, origin in side.values() if origin is not box),
            *_road(table, list(spine.values())),
            *(_drawn(b, here) for b in every),
            "</svg>",
        )
    )
