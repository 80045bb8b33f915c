"""The schematic map is a partition: every area has its size, neighbours share their border, nothing is left over."""

from __future__ import annotations

import math
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from xiuhua.kernel import geojson
from xiuhua.kernel.schematic import schematic


def place(
    code: str, lon: float = 121.5, lat: float = 31.2, area: float = 20, kind: str = "town"
) -> dict[str, Any]:
    return {"code": code, "name": f"示例{code}", "kind": kind, "lon": lon, "lat": lat, "area_km2": area}


def cells(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {each["properties"]["code"]: shape(each["geometry"]) for each in schematic(rows)["features"]}


@pytest.mark.slow
@settings(max_examples=8)
@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(5, 60)),
        min_size=2,
        max_size=12,
        unique_by=lambda each: (each[0], each[1]),
    )
)
def test_the_schematic_map_divides_one_shape_among_all_without_gap_or_overlap(
    places: list[tuple[int, int, float]],
) -> None:
    rows = [place(str(i), 121.4 + x * 0.04, 31.0 + y * 0.04, size) for i, (x, y, size) in enumerate(places)]
    parts = list(cells(rows).values())
    assert all(part.is_valid and part.geom_type == "Polygon" for part in parts)
    assert shapely.coverage_is_valid(parts)
    whole = shapely.union_all(parts)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    for row, part in zip(rows, parts, strict=True):
        assert math.isclose(geojson.km2(part), row["area_km2"], rel_tol=0.05)


@pytest.mark.slow
def test_a_district_of_even_towns_keeps_its_shape() -> None:
    rows = [place(str(i), 121.4 + i % 6 * 0.06, 30.9 + i // 6 * 0.06, 27) for i in range(36)]
    drawn = cells([*rows, place("special", 121.55, 31.05, 6, "special")])
    inside = [drawn[row["code"]].contains(shapely.Point(row["lon"], row["lat"])) for row in rows]
    assert sum(inside) >= 30
    assert math.isclose(geojson.km2(drawn["special"]), 6, rel_tol=0.01)


def test_a_partition_needs_two_areas() -> None:
    with pytest.raises(ValueError, match="two areas"):
        schematic([place("1"), place("2", kind="special")])
