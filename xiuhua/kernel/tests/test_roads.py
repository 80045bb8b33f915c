"""Roads: what files are taken, what is refused with a reason, and the sketch."""

from __future__ import annotations

from typing import Any

import pytest
from shapely.geometry import LineString

from xiuhua.kernel import roads
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import RecordEntry, Road
from xiuhua.kernel.roads import Grade, Line
from xiuhua.kernel.tests.harness import AT, CLERK

WAY = {"type": "LineString", "coordinates": [[121.5, 31.2], [121.51, 31.2]]}


def feature(name: str = "示例路", grade: str = "主干路", geometry: Any = WAY, **more: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name, "grade": grade, **more}, "geometry": geometry}


def file(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("快速路", Grade.EXPRESSWAY),
        ("主干路", Grade.ARTERIAL),
        ("主干道", Grade.ARTERIAL),
        ("次干路", Grade.COLLECTOR),
        ("次干道", Grade.COLLECTOR),
        ("支路", Grade.LOCAL),
        ("local", Grade.LOCAL),
    ],
)
def test_grades_are_read_as_people_and_the_standard_write_them(said: str, grade: Grade) -> None:
    (line,) = roads.check(file(feature(grade=said)))
    assert (line.code, line.grade) == ("示例路", grade)
    # A hundredth of a degree of longitude at 31.2° north.
    assert line.length_km == pytest.approx(0.953, abs=0.002)


@pytest.mark.parametrize(
    ("data", "field", "reason"),
    [
        ([], "file", "不是 GeoJSON"),
        ({"type": "Feature"}, "file", "不是 GeoJSON"),
        (file(), "features", "没有任何道路"),
        (file("x"), "features[0].properties", "缺少属性"),
        (file(feature(name=" ")), "features[0].name", "缺少"),
        (file(feature(grade="国道")), "features[0].grade", "等级应为快速路、主干路、次干路、支路"),
        (file(feature(name="示" * 61)), "features[0].name", "超过60字"),
        (file(feature(), feature()), "features[1].code", "出现两次"),
        (file(feature(geometry=None)), "features[0].geometry", "不是 LineString"),
        (file(feature(geometry={**WAY, "type": "Polygon"})), "features[0].geometry", "不是 LineString"),
        (
            file(feature(geometry={**WAY, "coordinates": [["x", 1], [2, 3]]})),
            "features[0].geometry",
            "读不出来",
        ),
        (file(feature(geometry={**WAY, "coordinates": []})), "features[0].geometry", "没有长度"),
        (
            file(feature(geometry={**WAY, "coordinates": [[31.2, 121.5], [31.3, 121.5]]})),
            "features[0].geometry",
            "经度在前",
        ),
    ],
)
def test_a_faulty_file_is_refused_with_the_place_of_each_fault(data: Any, field: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        roads.check(data)
    assert reason in refused.value.errors[field]


def test_of_very_many_faults_the_first_are_named_and_the_rest_counted() -> None:
    with pytest.raises(Invalid) as refused:
        roads.check(file(*[feature(name="") for _ in range(40)]))
    assert refused.value.errors["…"] == "另有 10 处"


def test_two_roads_of_one_name_are_told_apart_by_their_code() -> None:
    found = roads.check(file(feature(code="1"), feature(code="2")))
    assert [line.code for line in found] == ["1", "2"]


def place(name: str, lon: float, lat: float, kind: str = "street") -> dict[str, Any]:
    return {"name": name, "short_name": name, "kind": kind, "lon": lon, "lat": lat, "area_km2": 4}


ROWS = [
    place("甲", 121.50, 31.20),
    place("乙", 121.53, 31.20),
    place("丙", 121.56, 31.201),
    place("丁", 121.53, 31.25),
    place("特", 121.53, 31.21, "special"),
]


def test_the_sketch_joins_nearest_neighbours_by_larger_roads_and_gives_each_area_two_local_ones() -> None:
    drawn = {line.name: line.grade for line in roads.sketch(ROWS)}
    assert drawn["甲—乙路"] == drawn["乙—丙路"] == Grade.ARTERIAL
    assert drawn["甲—丁路"] == Grade.COLLECTOR
    assert sum(grade == Grade.LOCAL for grade in drawn.values()) == 8
    assert not any("特" in name for name in drawn)
    assert roads.sketch(ROWS) == roads.sketch(ROWS)
    assert roads.sketch(ROWS[:2]) == []


@pytest.mark.django_db
def test_surveyed_roads_take_the_place_of_the_sketch_and_are_put_again_by_their_code() -> None:
    assert not roads.known()
    sketched = roads.put_sketch(ROWS, source="示意", by=CLERK, at=AT)
    assert sketched == Road.objects.filter(schematic=True).count() > 8
    line = Line("1", "示例路", Grade.LOCAL, LineString([(121.5, 31.2), (121.6, 31.2)]))
    assert roads.put([line], source="示例测绘", by=CLERK, at=AT) == (1, sketched)
    better = Line("1", "示例大道", Grade.ARTERIAL, line.geometry)
    assert roads.put([better], source="示例测绘", by=CLERK, at=AT) == (1, 0)
    road = Road.objects.visible(CLERK).get()
    assert (road.name, road.grade, road.schematic, road.source) == (
        "示例大道",
        "arterial",
        False,
        "示例测绘",
    )
    entry = RecordEntry.objects.filter(verb="roads.put").order_by("-pk").first()
    assert entry is not None
    assert entry.label == "示例大道等1条道路"


@pytest.mark.django_db
def test_where_there_is_nothing_to_join_nothing_is_sketched() -> None:
    assert roads.put_sketch(ROWS[:2], source="示意", by=CLERK, at=AT) == 0
    assert not roads.known()
