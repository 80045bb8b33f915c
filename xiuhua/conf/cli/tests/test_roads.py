"""`xiuhua roads`: what it prints and writes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from xiuhua.conf.cli import roads
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import Road

pytestmark = pytest.mark.django_db


def xiuhua_roads(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    roads.arguments(parser)
    return roads.run(parser.parse_args(arguments))


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "roads.geojson"
    way = {"type": "LineString", "coordinates": [[121.5, 31.2], [121.51, 31.2]]}
    features = [
        {"type": "Feature", "properties": {"name": name, "grade": grade}, "geometry": way}
        for name, grade in (("示例一路", "主干道"), ("示例二路", "支路"))
    ]
    path.write_text(
        json.dumps({"type": "FeatureCollection", "attribution": "示例测绘", "features": features}), "utf-8"
    )
    return path


def test_a_dry_run_tells_what_is_in_the_file_and_writes_nothing(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert xiuhua_roads("import", str(survey), "--dry-run") == 0
    said = capsys.readouterr().out
    assert "2 roads are in order, 1.9 km in all: arterial 1, local 1." in said
    assert "nothing was written" in said
    assert not Road.objects.exists()


def test_an_import_takes_the_place_of_the_sketch(survey: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert xiuhua_roads("schematic") == 0
    sketched = Road.objects.count()
    assert xiuhua_roads("import", str(survey)) == 0
    assert f"2 roads taken over, {sketched} of the sketch gone." in capsys.readouterr().out
    assert set(Road.objects.values_list("source", flat=True)) == {"示例测绘"}


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="读不出"):
        xiuhua_roads("import", str(tmp_path / "absent.geojson"))
