"""Which layout the body of a registration (0x0100) has: by its length, whatever the header says. Pure.

Field: a header of 2019 with a body of 2013 is sent by simulators and by terminals upgraded halfway.
"""

from __future__ import annotations

from typing import NamedTuple

# Plate colours of JT/T 415 and GA 36: 0 none (a VIN follows), 1 blue, 2 yellow, 3 black, 4 white, 5 green, 9 other,
# 91 farm yellow-green, 92 farm yellow, 93 yellow-green, 94 gradient green.
COLOURS = frozenset({0, 1, 2, 3, 4, 5, 9, 91, 92, 93, 94})


class Layout(NamedTuple):
    """Sizes of the three text fields after province and city; then colour (one byte) and plate."""

    year: int
    maker: int
    model: int
    terminal: int

    @property
    def colour_at(self) -> int:
        return 4 + self.maker + self.model + self.terminal


LAYOUTS = (Layout(2019, 11, 30, 30), Layout(2013, 5, 20, 7), Layout(2011, 5, 8, 7))


def layout_of(body: bytes, year: int) -> Layout | None:
    """The newest layout, none newer than `year`, that is long enough and has a known plate colour in its place.

    None for a body that no layout fits.
    """
    for layout in LAYOUTS:
        fits = layout.year <= year and len(body) > layout.colour_at
        if fits and body[layout.colour_at] in COLOURS:
            return layout
    return None
