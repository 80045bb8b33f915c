"""Pages of evidence: who looks leaves a trace, who plays says why, films are wound in ranges, others see nothing."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from xiuhua.evidence import actions, queries
from xiuhua.evidence.models import Exhibit, Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.evidence.tests.films import film, jpeg
from xiuhua.kernel import clock, sealing
from xiuhua.kernel.authz import SYSTEM
from xiuhua.web.conftest import World
from xiuhua.web.evidence import showing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")


def drained(answer: Any) -> bytes:
    """The whole of an answer that streams. Closing it by hand would close the connection under the test."""
    return b"".join(answer)


# Held at the bureau, not in a squad.
BUREAU_ROLES = {"evidence_custodian", "supervision_inspector", "bureau_deputy_head"}


class Reader:
    """Somebody at the pages."""

    def __init__(self, world: World, role: str = "officer", *, other: bool = False) -> None:
        where = world.bureau if role in BUREAU_ROLES else world.other if other else world.squad
        person = world.person(role, where)
        self.client, self.actor = world.client(person), world.actor(person)

    def get(self, url: str, **headers: str) -> Any:
        return self.client.get(url, headers=headers)

    def post(self, url: str, **said: object) -> Any:
        return self.client.post(url, said)


def filmed(officer: Reader, tmp_path: Path) -> Exhibit:
    data, at = film(tmp_path / "f.mp4", 2), clock.now()
    exhibit = actions.add(
        kind="audio_visual", name="示例录像", data=data, by=officer.actor, at=at, captured_at=at
    )
    assert exhibit.file is not None
    actions.look_into(file=exhibit.file, by=SYSTEM, at=clock.now())
    return exhibit


def verbs(exhibit: Exhibit) -> list[str]:
    return [entry.verb.removeprefix("evidence.") for entry in queries.trail(exhibit)]


def test_a_film_is_played_after_the_reason_was_given_and_wound_in_ranges(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = Reader(world)
    exhibit = filmed(officer, tmp_path)
    url = f"/evidence/{exhibit.pk}/"
    page = officer.get(url).content.decode()
    assert "<video" not in page
    assert f"{url}picture/" in page
    assert officer.get(f"{url}file/").status_code == 409
    assert officer.post(f"{url}play/", why="").status_code == 422
    assert officer.post(f"{url}play/", why="核对现场").status_code == 302
    page = officer.get(url).content.decode()
    assert "<video" in page
    assert "核对现场" in page
    whole = b"".join(officer.get(f"{url}file/"))
    part = officer.get(f"{url}file/", Range="bytes=10-19")
    assert (part.status_code, b"".join(part)) == (206, whole[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert b"".join(officer.get(f"{url}file/", Range="bytes=-5")) == whole[-5:]
    assert b"".join(officer.get(f"{url}file/", Range="bytes=5-")) == whole[5:]
    assert officer.get(f"{url}file/", Range=f"bytes={len(whole)}-").status_code == 416
    monkeypatch.setattr(showing, "PIECE", 100)
    piece = officer.get(f"{url}file/", Range="bytes=5-")
    assert (b"".join(piece), piece["Content-Length"]) == (whole[5:105], "100"), "the player asks on"
    assert piece["Content-Range"] == f"bytes 5-104/{len(whole)}"
    assert b"".join(officer.get(f"{url}file/")) == whole
    absurd = officer.get(f"{url}file/", Range=f"bytes=0-{'9' * 5000}")
    assert (absurd.status_code, b"".join(absurd)) == (200, whole), "a range that is none is not heard"
    small = officer.get(f"{url}picture/")
    assert small["Content-Type"] == "image/jpeg"
    drained(small)
    assert verbs(exhibit) == ["add", "view", "play"]


def test_others_see_no_exhibit_and_leave_no_trace(world: World, tmp_path: Path) -> None:
    exhibit = filmed(Reader(world), tmp_path)
    stranger = Reader(world, other=True)
    for act in ("", "file/", "picture/", "play/", "copy/", "export/", "clip/", "blur/", "time/"):
        assert stranger.get(f"/evidence/{exhibit.pk}/{act}").status_code == 404
    assert "示例录像" not in stranger.get("/evidence/").content.decode()
    assert Reader(world, "auxiliary").get("/evidence/").status_code == 409
    assert verbs(exhibit) == ["add"]


def test_copies_and_packages_are_taken_with_a_reason(world: World, tmp_path: Path) -> None:
    officer = Reader(world)
    exhibit = filmed(officer, tmp_path)
    url = f"/evidence/{exhibit.pk}/"
    copied = officer.post(f"{url}copy/", why="交法制审核")
    assert copied["Content-Disposition"].startswith("attachment")
    drained(copied)
    assert officer.post(f"{url}export/", why="移送法院").status_code == 409
    sealing.seal_all()
    packed = officer.post(f"{url}export/", why="移送法院")
    with zipfile.ZipFile(io.BytesIO(b"".join(packed))) as bag:
        assert f"evidence-{exhibit.pk}/data/check_bag.py" in bag.namelist()
    assert verbs(exhibit) == ["add", "copy", "export"]


def test_clips_covers_and_corrections_are_made_on_the_page(world: World, tmp_path: Path) -> None:
    officer = Reader(world)
    exhibit = filmed(officer, tmp_path)
    url = f"/evidence/{exhibit.pk}/"
    assert officer.post(f"{url}clip/", start="1", end="0", why="x").status_code == 422
    clipped = officer.post(f"{url}clip/", start="0", end="1", why="提交法庭")
    assert "示例录像（截取）" in officer.get(clipped["Location"]).content.decode()
    covered = officer.post(f"{url}blur/", left="0", top="0", right="50", bottom="50", why="公开")
    assert "示例录像（遮挡）" in officer.get(covered["Location"]).content.decode()
    assert officer.post(f"{url}time/", captured_at="2026-05-13 08:00", reason="校时单").status_code == 302
    page = officer.get(url).content.decode()
    for said in ("已更正", "校时单", "示例录像（截取）", "示例录像（遮挡）"):
        assert said in page


def test_several_regions_are_typed_looked_at_and_made(world: World, tmp_path: Path) -> None:
    officer = Reader(world)
    exhibit = filmed(officer, tmp_path)
    url = f"/evidence/{exhibit.pk}/blur/"
    assert 'name="left"' in officer.get(url).content.decode()
    two = {
        "left": ["0", "50", ""],
        "top": ["0", "50", ""],
        "right": ["50", "100", ""],
        "bottom": ["50", "100", ""],
    }
    said: dict[str, Any] = {**two, "start": ["", "0.5", ""], "end": ["", "1", ""], "why": "公开"}
    page = officer.post(url, **said, preview="1", second="0.6").content.decode()
    [shown] = re.findall(r'src="([^"]+blur/frame/[^"]+)"', page)
    assert officer.get(shown.replace("&amp;", "&"))["Content-Type"] == "image/jpeg"
    # Whoever draws regions sees the frame, and nothing is made by looking.
    assert verbs(exhibit) == ["add", "view"]
    wrong = {**said, "end": ["", "0.2", ""]}
    page = officer.post(url, **wrong)
    assert page.status_code == 422
    assert "结束秒应晚于开始秒" in page.content.decode()
    for side in ("x", "-1", "200"):
        assert officer.post(url, **{**said, "left": [side, "50", ""]}).status_code == 422
    assert officer.post(url, why="公开").status_code == 422
    made = officer.post(url, **said)
    assert "示例录像（遮挡）" in officer.get(made["Location"]).content.decode()
    told = queries.origin_of(Exhibit.objects.latest("pk"))
    assert told is not None
    assert told.how["regions"] == [[0, 0, 0.5, 0.5], [0.5, 0.5, 1, 1, 0.5, 1]]
    assert Reader(world, other=True).get(shown.replace("&amp;", "&")).status_code == 404
    officer.post(f"/evidence/{exhibit.pk}/play/", why="遮挡")
    assert "<video" in officer.get(url).content.decode()
    assert officer.get(f"{url}frame/?second=0.5").status_code == 200


def test_a_photo_and_a_thing_have_their_pages(world: World) -> None:
    officer = Reader(world)
    photo = actions.add(kind="audio_visual", name="示例照片", data=jpeg(), by=officer.actor, at=clock.now())
    assert photo.file is not None
    actions.look_into(file=photo.file, by=SYSTEM, at=clock.now())
    assert "2026:05:13 08:15:00" in officer.get(f"/evidence/{photo.pk}/").content.decode()
    officer.post(f"/evidence/{photo.pk}/play/", why="复核")
    assert "图" in officer.get(f"/evidence/{photo.pk}/").content.decode()
    thing = actions.add(kind="physical", name="示例秤", by=officer.actor, at=clock.now())
    assert "这件证据没有文件" in officer.get(f"/evidence/{thing.pk}/").content.decode()
    assert officer.post(f"/evidence/{thing.pk}/copy/", why="x").status_code == 422
    assert officer.get(f"/evidence/{thing.pk}/file/").status_code == 404
    assert officer.get(f"/evidence/{thing.pk}/picture/").status_code == 404


def test_recordings_are_listed_asked_for_and_counted_at_their_station(world: World) -> None:
    officer = Reader(world)
    station, _ = actions.open_station(name="示例采集站", unit=world.squad, by=SYSTEM, at=clock.now())
    said = Manifest(
        "示例001.mp4", 5, "a" * 64, "b" * 64, "video/mp4", recorder_no="0000123", started_at=clock.now()
    )
    actions.dock(station=station, said=said, by=queries.station_actor(station), at=clock.now())
    row = Recording.objects.get()
    assert "示例001.mp4" in officer.get("/evidence/recordings/?q=0000123").content.decode()
    assert "没有符合条件" in officer.get("/evidence/recordings/?q=none").content.decode()
    assert officer.get(f"/evidence/recordings/{row.pk}/ask/").status_code == 405
    assert officer.post(f"/evidence/recordings/{row.pk}/ask/").status_code == 302
    row.refresh_from_db()
    assert row.asked_at is not None
    assert "示例采集站" in officer.get("/evidence/stations/").content.decode()
    assert "示例采集站" not in Reader(world, other=True).get("/evidence/stations/").content.decode()
    for url in ("/evidence/?format=csv", "/evidence/recordings/?format=csv"):
        assert officer.get(url).status_code == 200


def test_a_stamp_that_cannot_be_had_is_said(world: World) -> None:
    officer = Reader(world)
    photo = actions.add(kind="audio_visual", name="示例照片", data=jpeg(), by=officer.actor, at=clock.now())
    assert officer.post(f"/evidence/{photo.pk}/stamp/").status_code == 422
