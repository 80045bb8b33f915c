"""Pages of keeping: why a recording is kept and how long, holds by hand, and the three hands that let one go."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.cases.tests.documents.pdf_reader import Pdf
from xiuhua.evidence import actions, queries
from xiuhua.evidence.models import Category, Destruction, Hold, Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.evidence.tests.films import jpeg
from xiuhua.kernel import clock, record, stores
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import RecordEntry
from xiuhua.web.conftest import World
from xiuhua.web.evidence.tests.test_pages import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def kept(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """A station with two recordings of a year ago, and a rule by which they are past their time."""
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    at = clock.now() - timedelta(days=365)
    with record.act("示例", by=SYSTEM, at=at) as act:
        row = Category(code="routine", name="日常", name_en="Routine", keep_days=180, source="示例")
        row.certainty = "design"
        row.save()
        act.entry(on=row, facts={})
    station, _ = actions.open_station(name="示例站", unit=world.squad, by=SYSTEM, at=at)
    for mark in "ab":
        said = Manifest(f"示例{mark}.mp4", 5, mark * 64, mark * 64, "video/mp4", started_at=at)
        actions.dock(station=station, said=said, by=queries.station_actor(station), at=at)


def test_three_people_let_recordings_go_and_the_report_says_what_stayed(world: World) -> None:
    officer, second, third = (
        Reader(world),
        Reader(world, "evidence_custodian"),
        Reader(world, "evidence_custodian"),
    )
    first, other = Recording.objects.order_by("pk")
    page = officer.get("/evidence/destructions/new/").content.decode()
    assert first.file_name in page
    assert officer.post("/evidence/destructions/new/", recordings=[], reason="期满").status_code == 422
    said = {"recordings": [first.pk, other.pk], "reason": "期满"}
    url = officer.post("/evidence/destructions/new/", **said)["Location"]
    assert "没有超过保存期限" in officer.get("/evidence/destructions/new/").content.decode()
    assert "证据保管员" in officer.get(url).content.decode()
    assert officer.post(f"{url}review/").status_code == 409
    assert second.post(f"{url}review/").status_code == 302
    assert "不同的人" in second.get(url).content.decode()
    assert second.post(f"{url}destroy/").status_code == 409
    held = f"/evidence/recordings/{other.pk}/hold/"
    day = (clock.today() + timedelta(days=30)).isoformat()
    assert officer.post(held, ground="信访待复查", ends_on="").status_code == 422
    assert officer.post(held, ground="信访待复查", ends_on=day).status_code == 302
    assert "保全中" in third.get(url).content.decode()
    assert second.get(f"{url}destroy/").status_code == 409
    assert "不能恢复" in third.get(f"{url}destroy/").content.decode()
    for wrong in ("", "1", "两"):
        assert third.post(f"{url}destroy/", count=wrong).status_code == 422
    assert set(Recording.objects.values_list("state", flat=True)) == {"docked"}
    assert third.post(f"{url}destroy/", count="2").status_code == 302
    page = third.get(url).content.decode()
    assert "销毁报告" in page
    assert "清单2件，销毁1件" in page
    states = dict(Recording.objects.values_list("pk", "state"))
    assert states == {first.pk: "destroyed", other.pk: "docked"}
    assert "销毁清单" in third.get("/evidence/destructions/").content.decode()
    printed = third.get(f"{url}report.pdf")
    drawn = Pdf(printed.content)
    assert (printed["Content-Type"], drawn.missing) == ("application/pdf", 0)
    at = clock.now()
    actions.lift(hold=Hold.objects.get(), reason="信访已答复", by=third.actor, at=at)
    assert "保全中：人工保全" in third.get(url).content.decode(), "a report says what held it then"
    url = officer.post("/evidence/destructions/new/", recordings=[other.pk], reason="期满")["Location"]
    assert second.post(f"{url}review/").status_code == 302
    assert third.post(f"{url}destroy/", count="1").status_code == 302
    assert Recording.objects.get(pk=other.pk).state == "destroyed"
    first_list = Destruction.objects.order_by("pk")[0]
    url = f"/evidence/destructions/{first_list.pk}/"
    assert "清单2件，销毁1件" in third.get(url).content.decode()
    assert third.get(f"{url}report.pdf").content == printed.content, "a report says the same for ever"


def test_the_report_names_three_hands_with_their_entries_and_what_went_with_its_hashes(world: World) -> None:
    officer, second, third = (
        Reader(world),
        Reader(world, "evidence_custodian"),
        Reader(world, "evidence_custodian"),
    )
    first, other = Recording.objects.order_by("pk")
    said = {"recordings": [first.pk, other.pk], "reason": "保存期满"}
    url = officer.post("/evidence/destructions/new/", **said)["Location"]
    assert third.get(f"{url}report.pdf").status_code == 404
    second.post(f"{url}review/")
    assert third.get(f"{url}report.pdf").status_code == 404
    actions.hold(recording=other, subject="cases.case:1", label="示例案号", by=officer.actor, at=clock.now())
    third.post(f"{url}destroy/", count="2")
    assert f"{url}report.pdf" in third.get(url).content.decode()
    text = "".join(Pdf(officer.get(f"{url}report.pdf").content).text.split())
    entries = RecordEntry.objects.filter(verb__endswith="destruction") | RecordEntry.objects.filter(
        verb="evidence.destroy", subject__startswith="evidence.destruction:"
    )
    assert entries.count() == 3
    for entry in entries:
        assert f"（记录{entry.pk}）" in text
    for reader in (officer, second, third):
        assert reader.actor.name in text
    for wanted in ("执法记录销毁报告", "保存期满", "2件", "1件", first.sha256, first.sm3, "未销毁", "案件"):
        assert wanted in text, wanted
    assert other.file_name in text
    assert other.sha256 not in text
    assert Reader(world, other=True).get(f"{url}report.pdf").status_code == 404


def test_what_may_not_be_listed_any_more_is_said_and_not_left_out(world: World) -> None:
    officer = Reader(world)
    first, other = Recording.objects.order_by("pk")
    actions.hold(recording=other, subject="cases.case:1", label="示例案号", by=officer.actor, at=clock.now())
    said = {"recordings": [first.pk, other.pk], "reason": "期满"}
    answer = officer.post("/evidence/destructions/new/", **said)
    assert answer.status_code == 422
    assert "已不能列入清单" in answer.content.decode()
    assert not Destruction.objects.exists()


def test_the_page_of_a_recording_says_why_it_is_kept_and_a_hold_is_lifted_with_a_reason(world: World) -> None:
    officer, keeper = Reader(world), Reader(world, "evidence_custodian")
    row = Recording.objects.order_by("pk")[0]
    url = f"/evidence/recordings/{row.pk}/"
    assert "可以列入销毁清单" in officer.get(url).content.decode()
    actions.hold(recording=row, subject="cases.case:1", label="示例案号", by=officer.actor, at=clock.now())
    page = officer.get(url).content.decode()
    for said in ("保全中，不得销毁", "示例案号", "随案卷保存"):
        assert said in page
    for said in ("示例案号", "随案卷保存"):
        assert said in keeper.get("/evidence/holds/?open=yes").content.decode()
    lift = f"/evidence/holds/{Hold.objects.get().pk}/lift/"
    ask = lift.replace("lift", "ask-lift")
    assert officer.post(lift, reason="示例").status_code == 409
    assert lift not in keeper.get(url).content.decode()
    assert ask in officer.get(url).content.decode()
    answer = keeper.post(lift, reason="案卷已销毁")
    assert answer.status_code == 422
    assert "先由办案单位提请" in answer.content.decode()
    assert officer.post(ask, reason="关联有误").status_code == 302
    assert "已提请解除" in officer.get(url).content.decode()
    assert lift in keeper.get("/evidence/holds/?open=yes").content.decode()
    assert "关联有误" in keeper.get(lift).content.decode()
    assert keeper.post(lift, reason="").status_code == 422
    assert keeper.post(lift, reason="案卷已销毁").status_code == 302
    assert "案卷已销毁" in keeper.get("/evidence/holds/?open=no").content.decode()
    assert "示例案号" not in keeper.get("/evidence/holds/?open=yes").content.decode()
    assert keeper.get("/evidence/holds/?format=csv").status_code == 200


def test_another_unit_sees_neither_holds_nor_lists(world: World) -> None:
    officer, stranger = Reader(world), Reader(world, other=True)
    row = Recording.objects.order_by("pk")[0]
    actions.hold(recording=row, subject="cases.case:1", label="示例案号", by=officer.actor, at=clock.now())
    assert "示例案号" not in stranger.get("/evidence/holds/").content.decode()
    for url in (f"recordings/{row.pk}/", f"recordings/{row.pk}/hold/"):
        assert stranger.get(f"/evidence/{url}").status_code == 404
    assert "没有超过保存期限" in stranger.get("/evidence/destructions/new/").content.decode()
    assert not Destruction.objects.exists()


def test_an_exhibit_whose_film_was_destroyed_says_so_and_gives_nothing_out(world: World) -> None:
    officer, at = Reader(world), clock.now()
    exhibit = actions.add(kind="audio_visual", name="示例照片", data=jpeg(), by=officer.actor, at=at)
    assert exhibit.file is not None
    small = actions.look_into(file=exhibit.file, by=SYSTEM, at=at).thumbnail
    assert small is not None
    url = f"/evidence/{exhibit.pk}/"
    assert b"".join(officer.get(f"{url}picture/"))
    assert [e.verb for e in queries.trail(exhibit)] == ["evidence.add", "evidence.view"]
    assert "已销毁，登记信息" not in officer.get(url).content.decode()
    for file in (exhibit.file, small):
        stores.chosen().destroy(file.sha256)
    page = officer.get(url).content.decode()
    assert "已销毁，登记信息和摘要值保留" in page
    assert exhibit.file.sha256 in page
    for name in ("play", "copy", "export", "blur"):
        assert f"{url}{name}/" not in page
    for name in ("play", "copy", "export"):
        assert officer.post(f"{url}{name}/", why="核对").status_code in (409, 422)
    for name in ("picture", "blur"):
        assert officer.get(f"{url}{name}/").status_code == 404
    assert [e.verb for e in queries.trail(exhibit)] == ["evidence.add", "evidence.view"]
