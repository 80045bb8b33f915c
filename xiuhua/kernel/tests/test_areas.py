"""Boundaries get in whole and sound or not at all; a point finds its area; the schematic map is a partition."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from xiuhua.kernel import areas, geojson
from xiuhua.kernel.authz import NOBODY, Invalid
from xiuhua.kernel.models import Area, RecordEntry
from xiuhua.kernel.tests.harness import AT, CLERK
from xiuhua.kernel.tests.test_schematic import place

REAL = Path(__file__).parents[4] / "shared" / "geo" / "pudong_streets.geojson"
KNOWN = {
    "A": geojson.Known("示例一街道", "street", 121.5, 31.2),
    "B": geojson.Known("示例二镇", "town", 121.6, 31.2),
}


def square(lon: float, lat: float, side: float = 0.1) -> list[list[list[float]]]:
    return [[[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]]


def feature(code: str, name: str, coordinates: Any, **more: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, **more},
        "geometry": {"type": "Polygon", "coordinates": coordinates},
    }


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def two() -> dict[str, Any]:
    return collection(
        feature("A", "示例一街道", square(121.5, 31.2)), feature("B", "示例二镇", square(121.6, 31.2))
    )


def put(data: dict[str, Any], **more: Any) -> list[Area]:
    checked = geojson.check(data, areas.known(), allow_new=True)
    return areas.put(checked.shapes, source="示例来源", by=CLERK, at=AT, **more)


def with_kinds(data: dict[str, Any]) -> dict[str, Any]:
    for each in data["features"]:
        each["properties"].setdefault("kind", "town")
    return data


def test_sound_boundaries_pass_without_a_note() -> None:
    checked = geojson.check(two(), KNOWN)
    assert [(each.code, each.kind) for each in checked.shapes] == [("A", "street"), ("B", "town")]
    assert checked.notes == []


def test_sizes_are_those_on_the_ground() -> None:
    east, north = geojson.degree_km(31.25)
    assert math.isclose(
        geojson.km2(shape({"type": "Polygon", "coordinates": square(121.5, 31.2)})), east * north / 100
    )
    assert math.isclose(geojson.degree_km(0)[0], 111.3207, rel_tol=1e-5)
    assert math.isclose(geojson.degree_km(45)[1], 111.1317, rel_tol=1e-5)


def spoiled(change: Callable[[dict[str, Any]], Any]) -> str:
    data = two()
    change(data)
    with pytest.raises(Invalid) as caught:
        geojson.check(data, KNOWN)
    return str(caught.value)


def first(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["features"][0]
    return found


FAULTS: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (lambda d: d.update(type="Feature"), "不是 GeoJSON FeatureCollection"),
    (lambda d: d.update(features=None), "不是 GeoJSON FeatureCollection"),
    (lambda d: d.update(features=[]), "没有任何区域"),
    (lambda d: d["features"].append("text"), "features[2].properties：缺少"),
    (lambda d: first(d)["properties"].pop("code"), "features[0].code：缺少"),
    (lambda d: first(d)["properties"].update(name=" "), "features[0].name：缺少"),
    (lambda d: first(d)["properties"].update(code="X9"), "X9（示例一街道）不是已知的区域代码"),
    (lambda d: first(d)["properties"].update(code="B"), "B 出现两次"),
    (lambda d: first(d)["geometry"].update(type="Point"), "不是 Polygon"),
    (lambda d: first(d).update(geometry=None), "不是 Polygon"),
    (lambda d: first(d)["geometry"].update(coordinates=[]), "不足四点"),
    (lambda d: first(d)["geometry"].update(coordinates=None), "不足四点"),
    (lambda d: first(d)["geometry"].update(coordinates=[[[1, 2], [3, 4], [1, 2]]]), "不足四点"),
    (lambda d: first(d)["geometry"]["coordinates"][0].pop(), "没有闭合"),
    (lambda d: first(d)["geometry"]["coordinates"][0].__setitem__(1, ["a", "b"]), "坐标读不出来"),
    (lambda d: first(d)["geometry"]["coordinates"][0].__setitem__(1, [121.5]), "坐标读不出来"),
    (lambda d: first(d)["geometry"]["coordinates"][0].__setitem__(1, [math.nan, 31]), "超出 WGS-84"),
    (lambda d: first(d)["geometry"]["coordinates"][0].__setitem__(1, [361.0, 31]), "超出 WGS-84"),
    (
        lambda d: first(d)["geometry"].update(coordinates=[[p[::-1] for p in square(121.5, 31.2)[0]]]),
        "像是颠倒了",
    ),
    (lambda d: first(d)["geometry"].update(coordinates=square(13.0, 52.0)), "远离已知位置"),
    (
        lambda d: first(d)["geometry"].update(coordinates=[[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]),
        "边界无效：Self-intersection",
    ),
]


@pytest.mark.parametrize(("change", "says"), FAULTS, ids=[says for _, says in FAULTS])
def test_a_faulty_file_is_refused_naming_the_feature_and_the_fault(
    change: Callable[[dict[str, Any]], Any], says: str
) -> None:
    assert says in spoiled(change)


def test_coordinates_turned_round_within_range_are_noticed_by_the_known_place() -> None:
    known = {"A": geojson.Known("示例", "town", 71.0, 31.0)}
    with pytest.raises(Invalid, match="像是颠倒了"):
        geojson.check(collection(feature("A", "示例", square(31.0, 71.0))), known)


def test_every_fault_is_named_at_once_but_not_without_end() -> None:
    many = collection(*[feature(f"X{i}", "示例", square(121.5, 31.2)) for i in range(40)])
    with pytest.raises(Invalid) as caught:
        geojson.check(many, KNOWN)
    assert len(caught.value.errors) == geojson.NAMED_AT_MOST + 1
    assert caught.value.errors["…"] == "另有 10 处"


def test_a_new_area_needs_leave_and_a_kind() -> None:
    data = collection(feature("N", "示例新镇", square(121.5, 31.2)))
    with pytest.raises(Invalid, match="类别应为"):
        geojson.check(data, {}, allow_new=True)
    assert geojson.check(with_kinds(data), {}, allow_new=True).shapes[0].kind == "town"


def test_overlaps_other_names_and_absent_areas_are_noted() -> None:
    data = collection(
        feature("A", "示例一新街道", square(121.5, 31.2)),
        feature("N", "示例", square(121.55, 31.2), kind="town"),
    )
    notes = geojson.check(data, KNOWN, allow_new=True).notes
    assert notes[0] == "A 原名 示例一街道，文件中为 示例一新街道"
    assert notes[1] == "文件中没有 1 个已知区域，保留原边界：示例二镇"
    assert notes[2].startswith("示例一新街道 与 示例 重叠 52.")


@pytest.mark.django_db
def test_a_point_finds_the_area_in_which_it_lies() -> None:
    put(with_kinds(two()))
    assert str(areas.area_at(121.55, 31.25)) == "示例一街道"
    assert str(areas.area_at(121.65, 31.25)) == "示例二镇"
    for outside in ((121.45, 31.25), (0, 0), (math.nan, 31.2), (math.inf, 31.2), (31.25, 121.55)):
        assert areas.area_at(*outside) is None


@pytest.mark.django_db
def test_where_areas_overlap_the_special_one_goes_first_and_then_the_smaller() -> None:
    data = collection(
        feature("L", "大", square(121.5, 31.2, 0.5), kind="town"),
        feature("S", "小", square(121.6, 31.3, 0.1), kind="town"),
        feature("X", "特定", square(121.5, 31.2, 0.4), kind="special"),
    )
    put(data)
    assert str(areas.area_at(121.65, 31.35)) == "特定"
    Area.objects.filter(code="X").delete()
    assert str(areas.area_at(121.65, 31.35)) == "小"
    places = [(121.65, 31.35), (0, 0), (math.nan, 31.2), (121.95, 31.65)]
    assert [str(area) for area in areas.locator().at_many(places)] == ["小", "None", "None", "大"]
    assert areas.locator().at_many([(math.nan, 0)]) == [None]
    assert str(areas.area_at(121.95, 31.65)) == "大"


@pytest.mark.django_db
def test_changed_boundaries_are_noticed_at_once_and_unchanged_ones_not_read_again() -> None:
    assert areas.area_at(121.55, 31.25) is None
    put(with_kinds(two()))
    before = areas.locator()
    assert areas.area_at(121.55, 31.25) is not None
    assert areas.locator() is before
    moved = two()
    first(moved)["geometry"]["coordinates"] = square(121.3, 31.2)
    put(moved)
    assert areas.locator() is not before
    assert areas.area_at(121.55, 31.25) is None


@pytest.mark.django_db
def test_each_boundary_taken_over_is_recorded_and_public() -> None:
    put(with_kinds(two()))
    assert RecordEntry.objects.filter(verb="areas.put").count() == 2
    area = Area.objects.get(code="A")
    assert (area.source, area.schematic) == ("示例来源", False)
    assert shape(area.geometry).contains(shapely.Point(area.lon, area.lat))
    assert Area.objects.all().visible(NOBODY).count() == 2
    with pytest.raises(ValueError, match="no boundaries"):
        areas.put([], source="", by=CLERK, at=AT)


@pytest.mark.django_db
def test_if_one_boundary_cannot_be_written_none_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = geojson.check(two(), KNOWN).shapes
    save = Area.save

    def broken(self: Area, *args: Any, **kwargs: Any) -> None:
        if self.code == "B":
            raise OSError("disk full")
        save(self, *args, **kwargs)

    monkeypatch.setattr(Area, "save", broken)
    with pytest.raises(OSError, match="disk full"):
        areas.put(shapes, source="", by=CLERK, at=AT)
    assert not Area.objects.exists()
    assert not RecordEntry.objects.exists()


@pytest.mark.django_db
def test_the_database_knows_places_better_than_the_reference_data() -> None:
    rows = [
        {"code": "A", "name": "旧名", "kind": "town", "lon": "1", "lat": "2"},
        {**place("C"), "name": "丙"},
    ]
    put(with_kinds(two()))
    found = areas.known(rows)
    assert {code: place.name for code, place in found.items()} == {
        "A": "示例一街道",
        "B": "示例二镇",
        "C": "丙",
    }


@pytest.mark.slow
@pytest.mark.django_db
def test_the_real_boundaries_of_a_district_come_in() -> None:
    if not REAL.exists():
        pytest.skip(f"{REAL} is not here")
    data = json.loads(REAL.read_text("utf-8"))
    checked = geojson.check(data, {}, allow_new=True)
    assert len(checked.shapes) == 36
    assert checked.notes == []
    for each, found in zip(data["features"], checked.shapes, strict=True):
        assert math.isclose(found.area_km2, each["properties"]["area_km2"], rel_tol=0.001)
    put(data)
    for each in data["features"]:
        lon, lat = each["properties"]["label"]
        assert str(areas.area_at(lon, lat)) == each["properties"]["name"]
    swapped = copy.deepcopy(data)
    ring = swapped["features"][3]["geometry"]["coordinates"]
    swapped["features"][3]["geometry"]["coordinates"] = [[point[::-1] for point in part] for part in ring]
    with pytest.raises(Invalid, match=r"features\[3\].geometry"):
        geojson.check(swapped, areas.known())


@pytest.mark.django_db
def test_the_schematic_areas_are_taken_over_and_say_what_they_are() -> None:
    rows = [place(str(i), 121.4 + i * 0.05, 31.0, 20) for i in range(3)]
    areas.put_schematic([*rows, place("S", 121.45, 31.0, 2, "special")], source="示例", by=CLERK, at=AT)
    assert Area.objects.filter(schematic=True).count() == 4
    for area in Area.objects.all():
        assert areas.area_at(area.lon, area.lat) == area or area.code != "S"
