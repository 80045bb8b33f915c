"""Pages of oversight: a draw that is repeated, a film that is judged, a unit that answers, numbers that open rows."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries as recordings
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.evidence.tests.films import film
from xiuhua.kernel import clock, files
from xiuhua.kernel.authz import SYSTEM
from xiuhua.oversight.models import Draw, Sample
from xiuhua.oversight.tests.conftest import lay_reference
from xiuhua.web.conftest import World
from xiuhua.web.evidence.tests.test_pages import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def laid(db: None, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Goals, items, periods, and one film of the squad."""
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    lay_reference()
    now = clock.now()
    station, _ = evidence.open_station(name="示例站", unit=world.squad, by=SYSTEM, at=now)
    data = film(tmp_path / "f.mp4", 1)
    sha256, sm3 = (hashlib.new(name, data).hexdigest() for name in ("sha256", "sm3"))
    start = now - timedelta(seconds=1)
    said = Manifest("示例a.mp4", len(data), sha256, sm3, "video/mp4", started_at=start, ended_at=now)
    by = recordings.station_actor(station)
    row = evidence.dock(station=station, said=said, by=by, at=now)
    evidence.arrive(recording=row, received=files.receive(io.BytesIO(data), "video/mp4"), by=by, at=now)
    assert row.file is not None
    evidence.look_into(file=row.file, by=SYSTEM, at=now)


def drawn(inspector: Reader) -> str:
    month = f"{clock.today():%Y-%m}"
    assert inspector.post("/oversight/draws/", month="2099-01").status_code == 422
    url = inspector.post("/oversight/draws/", month=month)["Location"]
    page = inspector.get(url).content.decode()
    assert "复核一致" in page
    assert Draw.objects.get().seed in page
    return f"/oversight/samples/{Sample.objects.get().pk}/"


def test_a_film_is_drawn_played_judged_answered_and_closed(world: World) -> None:
    inspector, head = Reader(world, "supervision_inspector"), Reader(world, "squad_head")
    url = drawn(inspector)
    assert "示例a.mp4" in inspector.get("/oversight/?state=drawn").content.decode()
    assert "请先播放视频再填写" in inspector.get(url).content.decode()
    assert inspector.post(f"{url}watch/").status_code == 302
    page = inspector.get(url).content.decode()
    assert "<video" in page
    sheet = inspector.get(f"{url}judge/").content.decode()
    assert "PPL21 §55" in sheet
    kept = {"uniform": "kept", "certificate": "fault"}
    assert inspector.post(f"{url}judge/", **kept).status_code == 422
    told = {**kept, "certificate_note": "未出示证件", "certificate_second": "0", "note": "其余规范"}
    assert inspector.post(f"{url}judge/", **told).status_code == 302
    page = head.get(url).content.decode()
    for said in ("未出示证件", "第0秒", "其余规范", "回复整改"):
        assert said in page
    assert inspector.post(f"{url}reply/", text="示例").status_code == 409
    assert head.post(f"{url}reply/", text="").status_code == 422
    assert head.post(f"{url}reply/", text="已培训").status_code == 302
    assert "已培训" in inspector.get(url).content.decode()
    assert inspector.post(f"{url}back/", reason="补材料").status_code == 302
    assert head.post(f"{url}reply/", text="材料已补").status_code == 302
    assert inspector.post(f"{url}close/").status_code == 302
    assert Sample.objects.get().state == "closed"


def test_an_appeal_is_made_and_decided_on_the_pages(world: World) -> None:
    inspector, head = Reader(world, "supervision_inspector"), Reader(world, "squad_head")
    url = drawn(inspector)
    inspector.post(f"{url}watch/")
    inspector.post(f"{url}judge/", uniform="fault", uniform_note="未戴帽", certificate="kept")
    assert head.post(f"{url}appeal/", reason="夏装无帽").status_code == 302
    assert inspector.post(f"{url}decide/", upheld="yes", reason="x").status_code == 409
    deputy = Reader(world, "bureau_deputy_head")
    assert deputy.post(f"{url}decide/", upheld="", reason="x").status_code == 422
    assert deputy.post(f"{url}decide/", upheld="no", reason="属实").status_code == 302
    page = head.get(url).content.decode()
    assert "已撤销" in page
    assert "夏装无帽" in page


def test_numbers_by_unit_open_their_rows(world: World) -> None:
    inspector = Reader(world, "supervision_inspector")
    url = drawn(inspector)
    inspector.post(f"{url}watch/")
    inspector.post(f"{url}judge/", uniform="fault", uniform_note="未戴帽", certificate="kept")
    page = inspector.get("/oversight/units/").content.decode()
    links = [
        link.replace("&amp;", "&") for link in re.findall(r'href="(/oversight/\?[^"]+unit=[^"]+)"', page)
    ]
    assert len(links) == 4
    assert all("示例a.mp4" in inspector.get(link).content.decode() for link in links)
    assert "没有符合条件" in inspector.get(links[0] + "&result=late").content.decode()
    for month in ("2018-01", "0001-01", "9999-12", "示例"):
        assert inspector.get(f"/oversight/units/?month={month}").status_code == 200
    for said in ("unit=x", "month=x", "month=0000-00"):
        assert "请从所列各项中选" in inspector.get(f"/oversight/?{said}").content.decode()
    assert inspector.get("/oversight/?format=csv").status_code == 200


def test_others_see_neither_draws_nor_films_of_another_unit(world: World) -> None:
    inspector = Reader(world, "supervision_inspector")
    url = drawn(inspector)
    stranger, officer = Reader(world, "squad_head", other=True), Reader(world)
    for act in ("", "reply/", "appeal/", "decide/"):
        assert stranger.get(f"{url}{act}").status_code == 404
    assert stranger.get(f"/oversight/draws/{Draw.objects.get().pk}/").status_code == 404
    assert "示例a.mp4" not in stranger.get("/oversight/").content.decode()
    assert officer.get("/oversight/").status_code == 409
    assert stranger.post("/oversight/draws/", month=f"{clock.today():%Y-%m}").status_code == 409
    head = Reader(world, "squad_head")
    assert "示例a.mp4" in head.get("/oversight/").content.decode()
    assert head.post(f"{url}watch/").status_code == 409
