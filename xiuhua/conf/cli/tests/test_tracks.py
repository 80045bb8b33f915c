"""`xiuhua tracks`: a GPX file goes in as far as it lies on duty, and a day comes out as one, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiuhua.conf.cli import main
from xiuhua.kernel import clock
from xiuhua.observations import rules
from xiuhua.observations.models import Position, Watch
from xiuhua.observations.queries.known import milliseconds
from xiuhua.observations.tests.street import HOUR, car, on_duty
from xiuhua.registers.tests.bureau import AT, built

NUMBER = "13800000001"


@pytest.fixture
def track(db: None, tmp_path: Path) -> Path:
    """A file of four fixes, two of them on duty."""
    unit = built().east
    car(unit)
    on_duty(unit=unit, at=AT, hours=0.5)
    fixes = [rules.Fix(milliseconds(AT) + n * 1_200_000, 121.505, 31.205 + n / 100) for n in range(4)]
    path = tmp_path / "in.gpx"
    path.write_text(rules.write_gpx("示例", fixes), encoding="utf-8")
    return path


def test_a_track_goes_in_and_a_day_comes_out(track: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = track.with_name("out.gpx")
    with clock.held_at(AT + 2 * HOUR):
        assert main(["tracks", "import", str(track), "--device", NUMBER]) == 0
        assert "2 positions kept, 2 outside duty hours." in capsys.readouterr().out
        said = ["--day", f"{AT:%Y-%m-%d}", "--reason", "示例：核对"]
        assert main(["tracks", "export", str(out), "--device", NUMBER, *said]) == 0
    assert len(rules.read_gpx(out.read_text(encoding="utf-8"))) == Position.objects.count() == 2
    assert Watch.objects.get().reason == "示例：核对"


def test_an_unknown_device_and_a_file_that_is_none_are_refused(
    track: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tracks", "import", str(track), "--device", "0"]) == 1
    assert "没有这台在用设备" in capsys.readouterr().err
    assert main(["tracks", "import", str(track.with_name("no.gpx")), "--device", NUMBER]) == 1
    assert "不能读取" in capsys.readouterr().err
