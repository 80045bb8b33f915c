"""`xiuhua areas` and `xiuhua worker --once`: what they print and write."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from xiuhua.conf import jobs
from xiuhua.conf.cli import areas, worker
from xiuhua.kernel import outbox
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import Area, Job, Leaf
from xiuhua.kernel.tests.harness import AT, write_entries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        "code,name,kind,lon,lat,area_km2",
        "A,示例一街道,street,121.5,31.2,20",
        "B,示例二镇,town,121.55,31.2,30",
    ]
    (tmp_path / "streets.csv").write_text("\n".join(rows), "utf-8")
    monkeypatch.setattr(settings, "REFERENCE_DIR", tmp_path)


def xiuhua_areas(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    areas.arguments(parser)
    return areas.run(parser.parse_args(arguments))


def boundary(code: str) -> dict[str, Any]:
    ring = [[121.5, 31.2], [121.51, 31.2], [121.51, 31.21], [121.5, 31.21], [121.5, 31.2]]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "name": "示例一街道"},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        ],
    }


def test_a_dry_run_checks_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.geojson"
    file.write_text(json.dumps(boundary("A")), "utf-8")
    assert xiuhua_areas("import", str(file), "--dry-run") == 0
    said = capsys.readouterr().out
    assert "文件中没有 1 个已知区域，保留原边界：示例二镇" in said
    assert "1 boundaries are in order, 1.1 km² in all" in said
    assert not Area.objects.exists()
    assert xiuhua_areas("import", str(file), "--source", "示例来源") == 0
    assert Area.objects.get().source == "示例来源"
    assert xiuhua_areas("at", "121.505", "31.205") == 0
    assert "A 示例一街道" in capsys.readouterr().out
    assert xiuhua_areas("at", "0", "0") == 1


def test_a_wrong_file_is_refused_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "a.geojson"
    file.write_text(json.dumps(boundary("X")), "utf-8")
    with pytest.raises(Invalid, match="X（示例一街道）不是已知的区域代码"):
        xiuhua_areas("import", str(file))
    file.write_text("code,name", "utf-8")
    with pytest.raises(Invalid, match=r"a\.geojson：不是 JSON"):
        xiuhua_areas("import", str(file))
    with pytest.raises(Invalid, match="读不出文件"):
        xiuhua_areas("import", str(tmp_path / "nothing"))
    assert not Area.objects.exists()


def test_the_schematic_map_is_taken_over_or_written_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.geojson"
    assert xiuhua_areas("schematic", "--out", str(out)) == 0
    assert len(json.loads(out.read_text("utf-8"))["features"]) == 2
    assert not Area.objects.exists()
    assert xiuhua_areas("schematic") == 0
    assert Area.objects.filter(schematic=True).count() == 2
    assert "2 schematic areas taken over" in capsys.readouterr().out


def test_the_worker_does_once_what_is_due_and_seals(capsys: pytest.CaptureFixture[str]) -> None:
    write_entries(2)
    outbox.put("nobody", {}, run_at=AT)
    assert worker.run(argparse.Namespace(once=True)) == 0
    assert capsys.readouterr().out == "1 jobs tried, 2 entries sealed\n"
    assert Leaf.objects.count() == 2
    assert Job.objects.get().last_error == "there is no handler nobody"


def test_every_job_has_a_function_that_exists() -> None:
    assert set(jobs.resolve()) == set(jobs.HANDLERS)
    assert jobs.resolve({"join": "os.path.join"}) == {"join": import_string("os.path.join")}
    with pytest.raises(ImportError):
        jobs.resolve({"nothing": "xiuhua.nowhere.nothing"})
