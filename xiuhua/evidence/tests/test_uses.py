"""Every use leaves who and why; times are corrected beside; copies know their parent; packages verify elsewhere."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from PIL import Image

from xiuhua.evidence import actions, queries
from xiuhua.evidence.models import Derived, Exhibit
from xiuhua.evidence.queries import covering, custody, media
from xiuhua.evidence.rules.regions import Region
from xiuhua.evidence.tests.films import HEIGHT, WIDTH, film, jpeg
from xiuhua.evidence.tests.test_actions import photo
from xiuhua.kernel import files, sealing
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.registers.tests.bureau import AT, Bureau

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")


def verbs(exhibit: Exhibit) -> list[str]:
    return [entry.verb.removeprefix("evidence.") for entry in queries.trail(exhibit)]


def test_each_use_is_written_with_who_and_why_and_a_look_once_a_day(bureau: Bureau) -> None:
    officer, head = bureau.actor("officer"), bureau.actor("squad_head")
    exhibit = photo(officer)
    for by, at in (
        (officer, AT),
        (officer, AT + timedelta(hours=1)),
        (head, AT),
        (officer, AT + timedelta(days=1)),
    ):
        actions.use(exhibit=exhibit, how="view", by=by, at=at)
    actions.use(exhibit=exhibit, how="play", why="核对现场", by=head, at=AT)
    assert verbs(exhibit) == ["add", "view", "view", "view", "play"]
    last = custody.said(queries.trail(exhibit).last())  # type: ignore[arg-type]
    assert (last["by"], last["facts"]) == (head.name, {"reason": "核对现场"})


def test_no_use_without_a_reason_or_by_who_does_not_see_it(bureau: Bureau) -> None:
    exhibit = photo(bureau.actor("officer"))
    with pytest.raises(Invalid):
        actions.use(exhibit=exhibit, how="copy", by=bureau.actor("officer"), at=AT)
    for stranger in (NOBODY, bureau.actor("officer", bureau.town)):
        with pytest.raises(Refused):
            actions.use(exhibit=exhibit, how="view", by=stranger, at=AT)
    assert verbs(exhibit) == ["add"]


def test_the_time_of_the_device_stays_and_the_latest_correction_is_believed(bureau: Bureau) -> None:
    officer = bureau.actor("officer")
    exhibit = photo(officer, captured_at=AT - timedelta(hours=2))
    assert queries.time_of(exhibit) == AT - timedelta(hours=2)
    for hours in (3, 1):
        actions.correct_time(
            exhibit=exhibit, captured_at=AT - timedelta(hours=hours), reason="校时单", by=officer, at=AT
        )
    exhibit.refresh_from_db()
    assert (exhibit.captured_at, queries.time_of(exhibit)) == (
        AT - timedelta(hours=2),
        AT - timedelta(hours=1),
    )
    for wrong in (
        {"captured_at": AT + timedelta(hours=1), "reason": "x"},
        {"captured_at": AT, "reason": " "},
    ):
        with pytest.raises(Invalid):
            actions.correct_time(exhibit=exhibit, by=officer, at=AT, **wrong)  # type: ignore[arg-type]


def test_a_link_is_decided_once(bureau: Bureau) -> None:
    officer = bureau.actor("officer")
    exhibit = photo(officer)
    told = {"exhibit": exhibit, "subject": "cases.case:1", "step": "scene", "by": officer, "at": AT}
    actions.decide_link(taken=True, **told)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        actions.decide_link(taken=False, **told)  # type: ignore[arg-type]
    [row] = queries.decisions("cases.case:1")
    assert (row.taken, row.step, row.exhibit) == (True, "scene", exhibit)


def filmed(by: Actor, tmp_path: Path) -> Exhibit:
    return actions.add(
        kind="audio_visual", name="示例录像", data=film(tmp_path / "f.mp4"), by=by, at=AT, captured_at=AT
    )


def path_of(exhibit: Exhibit) -> Path:
    assert exhibit.file is not None
    return files.path_of(exhibit.file.sha256)


@pytest.mark.slow
def test_a_clip_is_a_new_exhibit_that_knows_its_parent(bureau: Bureau, tmp_path: Path) -> None:
    officer = bureau.actor("officer")
    whole = filmed(officer, tmp_path)
    part = actions.clip(exhibit=whole, start=2, end=4, why="提交法庭", by=officer, at=AT)
    assert media.seconds_of(path_of(part)) == pytest.approx(2, abs=0.3)
    assert media.facts_of(path_of(part), "video/mp4")["audio"] == "aac"
    assert part.captured_at == whole.captured_at
    assert verbs(whole) == ["add", "clip"]
    origin = queries.origin_of(part)
    assert origin is not None
    assert (origin.parent, origin.how) == (whole, {"how": "clip", "start": 2, "end": 4})
    assert queries.origin_of(whole) is None


@pytest.mark.slow
def test_covered_regions_of_a_film_are_gone_and_its_voices_too(bureau: Bureau, tmp_path: Path) -> None:
    officer = bureau.actor("officer")
    whole = filmed(officer, tmp_path)
    copy = actions.blur(exhibit=whole, regions=[Region(0, 0, 0.5, 1)], why="公开", by=officer, at=AT)
    facts = media.facts_of(path_of(copy), "video/mp4")
    assert (facts["width"], facts["height"], facts.get("audio")) == (WIDTH, HEIGHT, None)
    before, after = (
        np.array(Image.open(io.BytesIO(media.thumbnail(path_of(e), "video/mp4") or b"")).convert("L"))
        for e in (whole, copy)
    )
    assert np.ptp(before[:, : WIDTH // 4]) > 100
    assert np.ptp(after[:, : WIDTH // 4]) < 20


@pytest.mark.slow
def test_a_region_of_a_film_is_covered_in_its_seconds_only(bureau: Bureau, tmp_path: Path) -> None:
    officer = bureau.actor("officer")
    whole = filmed(officer, tmp_path)
    region = Region(0, 0, 0.5, 1, 1.0, 3.0)
    copy = actions.blur(exhibit=whole, regions=[region], why="公开", by=officer, at=AT)
    origin = queries.origin_of(copy)
    assert origin is not None
    assert origin.how["regions"] == [[0, 0, 0.5, 1, 1.0, 3.0]]
    spread = [
        np.ptp(np.array(media.picture_at(path_of(copy), "video/mp4", second).convert("L"))[:, : WIDTH // 4])
        for second in (0.5, 1.5, 2.5, 3.5)
    ]
    assert [int(found > 60) for found in spread] == [1, 0, 0, 1]
    seen = Image.open(io.BytesIO(covering.preview(path_of(whole), "video/mp4", [region], 2.0)))
    assert np.ptp(np.array(seen.convert("L"))[:, : WIDTH // 4]) < 60


def test_a_covered_photo_has_no_exif_and_only_blocks_in_its_region(bureau: Bureau) -> None:
    officer = bureau.actor("officer")
    exhibit = actions.add(kind="audio_visual", name="示例照片", data=jpeg(), by=officer, at=AT)
    copy = actions.blur(exhibit=exhibit, regions=[Region(0, 0, 1, 1)], why="公开", by=officer, at=AT)
    picture = Image.open(path_of(copy))
    assert (picture.size, len(picture.getexif())) == ((40, 80), 0)
    picture.close()


@pytest.mark.parametrize("box", [(0, 0, 0.3, 0.4), (0.11, 0.2, 0.97, 0.99), (0.5, 0.5, 0.5001, 0.5001)])
def test_a_region_is_covered_to_its_last_pixel(box: tuple[float, float, float, float]) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (37, 53, 3), dtype=np.uint8)
    before = pixels.copy()
    covering.cover(pixels, [Region(*box)])
    left, top, right, bottom = box
    inside = pixels[int(top * 37) : int(np.ceil(bottom * 37)), int(left * 53) : int(np.ceil(right * 53))]
    assert len(np.unique(inside.reshape(-1, 3), axis=0)) <= covering.BLOCKS**2
    outside = np.ones((37, 53), bool)
    outside[int(top * 37) : int(np.ceil(bottom * 37)), int(left * 53) : int(np.ceil(right * 53))] = False
    assert (pixels[outside] == before[outside]).all()


@pytest.mark.slow
def test_what_cannot_be_derived_is_refused(bureau: Bureau, tmp_path: Path) -> None:
    officer = bureau.actor("officer")
    whole, still = filmed(officer, tmp_path), photo(officer)
    thing = actions.add(kind="physical", name="示例秤", by=officer, at=AT)
    box = Region(0, 0, 1, 1)

    def clip(exhibit: Exhibit, start: float, end: float, why: str = "x") -> Exhibit:
        return actions.clip(exhibit=exhibit, start=start, end=end, why=why, by=officer, at=AT)

    wrong: list[Callable[[], object]] = [
        lambda: clip(whole, 4, 2),
        lambda: clip(whole, 100, 200),
        lambda: clip(whole, 0, 1, " "),
        lambda: clip(still, 0, 1),
        lambda: clip(thing, 0, 1),
        lambda: actions.blur(exhibit=whole, regions=[], why="x", by=officer, at=AT),
        lambda: actions.blur(exhibit=whole, regions=[Region(0, 0, 2, 1)], why="x", by=officer, at=AT),
        lambda: actions.blur(exhibit=still, regions=[box], why="x", by=officer, at=AT),
    ]
    for act in wrong:
        with pytest.raises(Invalid):
            act()
    assert not Derived.objects.exists()


def unpacked(exhibit: Exhibit, by: Actor, place: Path) -> Path:
    with actions.export(exhibit=exhibit, why="移送法院", by=by, at=AT) as data, zipfile.ZipFile(data) as bag:
        bag.extractall(place)
    [top] = place.iterdir()
    return top


def check(bag: Path, *key: str) -> subprocess.CompletedProcess[str]:
    """Run the package's own program where there is no Xiuhua."""
    alone = (
        "import sys, runpy; sys.modules['xiuhua'] = None; sys.argv = sys.argv[1:]; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    told = [sys.executable, "-I", "-c", alone, str(bag / "data" / "check_bag.py"), *key]
    return subprocess.run(told, capture_output=True, text=True, check=False, cwd=bag)


def test_a_package_verifies_without_us_and_finds_every_change(bureau: Bureau, tmp_path: Path) -> None:
    officer = bureau.actor("officer")
    exhibit = photo(officer, captured_at=AT)
    actions.correct_time(exhibit=exhibit, captured_at=AT, reason="校时单", by=officer, at=AT)
    with pytest.raises(Refused):
        actions.export(exhibit=exhibit, why="移送法院", by=officer, at=AT)
    assert verbs(exhibit) == ["add", "correct_time"]
    sealing.seal_all()
    bag = unpacked(exhibit, officer, tmp_path / "bag")
    key = (bag / "data" / "verifier_key.txt").read_text().strip()
    done = check(bag, key)
    assert done.returncode == 0, done.stderr
    assert "PROVED: 现场照片" in done.stdout
    assert check(bag).returncode == 0
    assert json.loads((bag / "data" / "custody.json").read_text())[-1]["facts"] == {"reason": "移送法院"}
    assert "bagit.txt" in (bag / "tagmanifest-sm3.txt").read_text()
    name, number, _ = key.split("+", 2)
    other = f"{name}+{number}+{base64.b64encode(bytes([1, *range(32)])).decode()}"
    assert "not signed" in check(bag, other).stderr
    [kept] = (bag / "data" / "evidence").iterdir()
    kept.write_bytes(kept.read_bytes() + b"!")
    assert "is not as manifest-sha256.txt says" in check(bag, key).stderr
    (bag / "data" / "more").write_text("x")
    assert "stands in no manifest" in check(bag, key).stderr


def test_no_package_without_a_reason_or_a_file(bureau: Bureau) -> None:
    officer = bureau.actor("officer")
    thing = actions.add(kind="physical", name="示例秤", by=officer, at=AT)
    with pytest.raises(Invalid):
        actions.export(exhibit=thing, why="x", by=officer, at=AT)
    exhibit = photo(officer)
    sealing.seal_all()
    with pytest.raises(Invalid):
        actions.export(exhibit=exhibit, why=" ", by=officer, at=AT)


@pytest.mark.slow
def test_all_that_is_known_is_told_apart(bureau: Bureau, tmp_path: Path) -> None:
    officer = bureau.actor("officer")
    whole = filmed(officer, tmp_path)
    assert whole.file is not None
    actions.look_into(file=whole.file, by=SYSTEM, at=AT)
    row = actions.look_into(file=whole.file, by=SYSTEM, at=AT)
    assert row.thumbnail is not None
    part = actions.clip(exhibit=whole, start=0, end=1, why="x", by=officer, at=AT)
    told = custody.about(part)
    assert told["derived_from"] == {"exhibit": whole.pk, "how": "clip", "start": 0, "end": 1}
    assert custody.about(whole)["media"]["video"] == "h264"
    thing = actions.add(kind="physical", name="示例秤", by=officer, at=AT)
    assert "sha256" not in custody.about(thing)
    assert queries.media_of(thing) is None


def test_two_who_read_one_file_at_once_write_it_once(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    file = photo(bureau.actor("officer")).file
    assert file is not None
    first: list[int] = []
    facts_of = media.facts_of

    def meanwhile(path: Path, media_type: str) -> dict[str, Any]:
        if not first:
            first.append(0)
            first[0] = actions.look_into(file=file, by=SYSTEM, at=AT).pk
        return facts_of(path, media_type)

    monkeypatch.setattr(media, "facts_of", meanwhile)
    assert actions.look_into(file=file, by=SYSTEM, at=AT).pk == first[0]
    assert RecordEntry.objects.filter(verb="evidence.look_into").count() == 1
