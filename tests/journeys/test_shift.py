"""A shift from end to end: an officer checks in on the phone, the car moves on the dispatcher's map, a finding with a
photo becomes a lead and a case, the body camera's films arrive from the station and propose themselves, their hole is
found and explained, and the package for the court is checked by a Python that knows nothing of Xiuhua.

Everything is a real process on a real socket: pages and stream, gateways, intake of uploads, the station's agent.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.journeys import devices
from tests.journeys.conftest import PASSWORD
from tests.journeys.devices import Car
from tests.journeys.life import Life
from tests.journeys.people import People, fill, send
from tests.journeys.test_offline import at_the_point, home
from tests.journeys.test_one_complaint import open_case
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site, free_port, served
from xiuhua.kernel.clock import SHANGHAI

pytestmark = pytest.mark.journey

UNIT = "SQ-310115016"
MORNING = datetime(2026, 5, 13, 8, 40, tzinfo=SHANGHAI)
NOON = MORNING.replace(hour=11)
PHONE, PLATE = "13900000001", "沪A00001"
# The inspection, and what the camera has of it: a minute is missing in the middle.
FROM, TO = MORNING.replace(hour=9, minute=30), MORNING.replace(hour=9, minute=36)
FILMS = ((FROM, 180), (FROM + timedelta(minutes=4), 120))
HOLE = "09:33:00–09:34:00"
WHY = "示例：电池耗尽，更换电池后继续摄录"


@dataclass(frozen=True)
class Street:
    """The bureau with all that runs beside it. `line` is where its gateway hears terminals."""

    site: Site
    line: int
    live: str


@pytest.fixture
def street(template: Path, tmp_path: Path) -> Iterator[Street]:
    """Pages, worker, stream, intake of uploads and all gateways, each a process; they end with the test."""
    var = tmp_path / "bureau"
    var.mkdir()
    subprocess.run(["cp", "-r", f"{template}/.", var], check=True)
    tus, live, line, osmand, sip = (free_port() for _ in range(5))
    with ExitStack() as stack:
        Site("", var).go_on(MORNING)
        site = stack.enter_context(served(var, beside=("--tus", str(tus), "--live", str(live))))
        ports = ("--jt808-port", line, "--osmand-port", osmand, "--gb28181-port", sip)
        told = ("gateways", *map(str, ports))
        stack.enter_context(
            devices.process(var / "gateways.log", site.environment, *told, says="JT/T 808 on")
        )
        yield Street(site, line, f"127.0.0.1:{live}")


@pytest.fixture
def life(street: Street, open_page: OpenPage) -> Life:
    people = People(street.site.url, PASSWORD, open_page)
    return Life(street.site, people, "shift")


def planned(life: Life) -> None:
    """The head lays a beat with a point and plans the officer's shift; the administrator registers the car."""
    lon, lat = home()
    head = life.people.at("squadhead")
    beat = {"code": "A", "name": "示例一巡区"}
    point = {"code": "01", "name": "示例岗点", "lon": f"{lon}", "lat": f"{lat}", "beat": "示例一巡区"}
    for path, values in (("/duty/beats/new/", beat), ("/duty/points/new/", point)):
        written(head, path, values)
    written(head, "/duty/shifts/new/", {"officer": "D001　示例甲一", "kind": "day", "beat": "示例一巡区"})
    expect(head.locator(".roster")).to_contain_text("日班")
    life.picture(head, "roster")
    terminal = {"name": "示例巡逻车", "identity": PHONE, "unit": "花木街道中队", "plate": PLATE}
    written(life.people.at("admin"), "/devices/new/", terminal)


def written(page: Page, path: str, values: dict[str, str]) -> None:
    """Fill a form and send it; what is chosen from a list is chosen by its words."""
    page.goto(path)
    for name, value in values.items():
        field = page.locator(f'[name="{name}"]').first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            fill(page, {name: value})
    send(page)
    page.wait_for_url(lambda url: not url.endswith(path))


def checked_in(life: Life) -> Page:
    """The officer stands at the point and says so."""
    phone = life.people.at("officer1", size="phone")
    at_the_point(phone.context)
    phone.clock.set_fixed_time(life.site.now)
    phone.goto("/duty/check-in/")
    expect(phone.locator("[data-said-place]")).to_have_text("在范围内")
    life.picture(phone, "check-in")
    phone.locator(".dock .btn-main").click()
    expect(phone.locator("[data-said-done]")).to_contain_text("有效")
    expect(phone.locator("[data-stops] .n")).to_have_text("1 / 1")
    life.picture(phone, "checked-in")
    return phone


def moves_on_the_map(life: Life, street: Street) -> None:
    """The dispatcher picks the car; when its terminal says that it drove on, the ring around it goes along."""
    lon, lat = home()
    desk = life.people.at("dispatcher")
    life.people.watch("dispatcher").also.add(street.live)
    with Car(street.line, PHONE, PLATE) as car:
        car.tell(life.site.now, lon, lat)
        picked(desk)
        expect(desk.locator("#card")).to_contain_text(PLATE)
        expect(desk.locator("#live-at")).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
        before = ring(desk)
        life.picture(desk, "map")
        car.tell(life.site.now, lon + 0.004, lat)
        for _ in range(160):
            after = ring(desk)
            if after[0] > before[0] + 20:
                break
            desk.wait_for_timeout(250)
        life.picture(desk, "map-moved")
        assert after[0] > before[0] + 20, "east is where the car went"
        assert abs(after[1] - before[1]) < 6


def picked(desk: Page) -> None:
    """Pick the car in the list below the map. What is known of a device now is written once a second, and the stream
    reads every few: until the map has it, the row leads to a page of its own."""
    row = desk.locator("#list a[data-mover]", has_text=PLATE)
    chosen = desk.locator('#map[data-chosen]:not([data-chosen=""])')
    for _ in range(20):
        until_there(desk, "/command/", row)
        expect(desk.locator("#map")).to_have_attribute("data-ready", re.compile(r"\d+"))
        row.click()
        expect(chosen.or_(desk.locator(".card-page"))).to_be_attached()
        if chosen.count():
            return


def until_there(page: Page, path: str, wanted: Locator, many: int = 1) -> None:
    """Open the page anew until it shows so many of what is wanted."""
    for _ in range(60):
        page.goto(path)
        if wanted.count() == many:
            return
        page.wait_for_timeout(250)
    expect(wanted).to_have_count(many)


def ring(desk: Page) -> tuple[float, float]:
    """Where on the map, in pixels, the ring around what was picked is drawn."""
    box = desk.locator("#map").bounding_box()
    assert box is not None
    left, right = box["x"] + 340, box["x"] + box["width"] - 340
    shot = Image.open(
        io.BytesIO(
            desk.screenshot(
                clip={"x": left, "y": box["y"] + 70, "width": right - left, "height": box["height"] - 140}
            )
        )
    )
    accent = desk.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()")
    wanted = np.array([int(accent[i : i + 2], 16) for i in (1, 3, 5)])
    near = np.abs(np.asarray(shot.convert("RGB")).astype(int) - wanted).max(axis=2) < 24
    ys, xs = np.nonzero(near)
    assert len(xs), "no ring is drawn"
    return float(np.median(xs)), float(np.median(ys))


def found(life: Life, phone: Page) -> str:
    """A photo, what it is; the place is there already. The address of the lead."""
    phone.clock.set_fixed_time(life.site.now)
    phone.goto("/leads/finding/")
    phone.locator('input[name="photos"]').set_input_files(
        {"name": "found.jpg", "mimeType": "image/jpeg", "buffer": devices.photo()}
    )
    expect(phone.locator("#photos img")).to_be_visible()
    phone.locator("details.more > summary").click()
    fill(phone, {"kind": "catering_fume", "content": "油烟净化设施没有开启"})
    expect(phone.locator('input[name="place"]')).to_have_value("花木街道示例岗点附近")
    life.picture(phone, "finding")
    phone.locator(".dock .btn-main").click()
    phone.wait_for_url(re.compile(r".*/leads/\d+/$"))
    life.picture(phone, "lead")
    return phone.url


def in_hand(life: Life, lead_url: str) -> None:
    """What an officer finds is verified, dispatched to the own squad and accepted at once: so the desk sees it."""
    desk = life.people.at("dispatcher")
    desk.goto(lead_url)
    expect(desk.locator("main")).to_contain_text("处理中")
    expect(desk.locator("main")).to_contain_text("承办 花木中队")
    expect(desk.locator("main img").first).to_be_visible()
    life.picture(desk, "lead-at-the-desk")
    desk.goto("/command/")
    expect(desk.locator(".map-left")).to_contain_text("花木街道示例岗点附近")


def inspected(life: Life, lead_url: str) -> None:
    """The case is opened, and its inspection lasted six minutes."""
    life.url = open_case(life.people, lead_url)
    life.step(
        "officer1",
        "check_lead",
        {
            "inspection.from_at": f"{FROM:%Y-%m-%d %H:%M}",
            "inspection.to_at": f"{TO:%Y-%m-%d %H:%M}",
            "inspection.certificate_shown": "yes",
            "inspection.party_signed": "yes",
        },
    )


def docked(life: Life, folder: Path) -> None:
    """The camera's films lie in the station's folder, as the camera named and dated them."""
    for number, (start, seconds) in enumerate(FILMS, 1):
        name = f"0000123_D001_{start:%Y%m%d%H%M%S}_{number:04}.mp4"
        devices.film(folder / f".{name}", seconds)
        (folder / f".{name}").rename(folder / name)
        ends = (start + timedelta(seconds=seconds)).timestamp()
        os.utime(folder / name, (ends, ends))


def arrived(life: Life, station: Path) -> None:
    """A station of its own sends what is docked; both films are proposed on the page of the case."""
    token = life.site.run("station", "open", "示例采集站", "--unit", UNIT, "--policy", "all").strip()
    # It knows nothing of the bureau but the address of its pages and its token.
    environment = {**life.site.environment, "XIUHUA_VAR_DIR": str(station), "XIUHUA_STATION_TOKEN": token}
    folder = station / "docked"
    folder.mkdir(parents=True)
    told = ("station", "watch", str(folder), "--server", life.site.url, "--quiet", "0.5", "--pause", "0.3")
    with devices.process(station / "watch.log", environment, *told, says="Watching"):
        docked(life, folder)
        page = life.people.at("officer1")
        until_there(page, f"{life.url}recordings/", page.locator("#proposals tbody tr"), len(FILMS))
    life.picture(page, "proposed")


def made_whole(life: Life) -> None:
    """The officer takes both films, sees where the hole is, and says why."""
    page = life.people.at("officer1")
    for number in range(1, len(FILMS) + 1):
        page.locator("#proposals .btn-main").first.click()
        # The page comes back at its own address.
        expect(page.locator("#proposals tbody tr")).to_have_count(len(FILMS) - number)
    row = page.locator("tbody tr", has_text="现场检查").first
    expect(row).to_contain_text(HOLE)
    expect(row).to_contain_text("300／360")
    expect(page.locator(".page-head .tag")).to_contain_text("1 个环节待补")
    life.picture(page, "hole")
    page.locator("input[name=reason]").first.fill(WHY)
    page.get_by_role("button", name="说明").click()
    expect(page.locator("tbody tr").first).to_contain_text(WHY)
    expect(page.locator(".page-head .tag")).to_have_count(0)
    life.picture(page, "explained")


def exported(life: Life, court: Path) -> Path:
    """The package of the first film, as it lies at the court; its folder."""
    page = life.people.at("officer1")
    page.locator("tbody td a.id").first.click()
    life.picture(page, "exhibit")
    page.get_by_role("link", name="导出证据包").click()
    page.locator("input[name=why]").fill("示例：移送法院")
    with page.expect_download() as download:
        send(page)
    download.value.save_as(court / "package.zip")
    with zipfile.ZipFile(court / "package.zip") as bag:
        bag.extractall(court)
    return next(path for path in court.iterdir() if path.is_dir())


def court_says(bag: Path, key: str) -> subprocess.CompletedProcess[str]:
    """What the program in the package says, run by a Python with nothing but its standard library."""
    bare = (sys.executable, "-I", "-S")
    stranger = subprocess.run([*bare, "-c", "import xiuhua"], cwd=bag, capture_output=True, check=False)
    assert stranger.returncode, "this Python knows Xiuhua"
    told = [*bare, "data/check_bag.py", key]
    return subprocess.run(told, cwd=bag, env={}, capture_output=True, text=True, check=False)


def sums(bag: Path) -> int:
    """What `sha256sum` says of the manifest."""
    told = ["sha256sum", "--check", "--quiet", "--strict", "manifest-sha256.txt"]
    return subprocess.run(told, cwd=bag, capture_output=True, check=False).returncode


def proved(bag: Path, key: str) -> None:
    """The package holds as it is; with one byte changed, with another key, or with an entry rewritten it does not."""
    said = court_says(bag, key)
    assert said.returncode == 0, said.stderr
    assert said.stdout.count("PROVED: 0000123_D001_20260513093000_0001.mp4") == 1
    assert sums(bag) == 0
    assert court_says(bag, key.replace("+", "x", 1)).returncode
    film = next((bag / "data" / "evidence").iterdir())
    for changed in (film, next((bag / "data" / "proofs").iterdir())):
        true = changed.read_bytes()
        at = len(true) // 2
        changed.write_bytes(true[:at] + bytes([true[at] ^ 1]) + true[at + 1 :])
        said = court_says(bag, key)
        assert said.returncode == 1, said.stdout
        assert f"{changed.relative_to(bag)} is not as" in said.stderr
        assert sums(bag)
        changed.write_bytes(true)
    assert court_says(bag, key).returncode == 0


def test_a_shift_is_driven_from_the_check_in_to_the_package_for_the_court(
    street: Street, life: Life, tmp_path: Path
) -> None:
    planned(life)
    phone = checked_in(life)
    moves_on_the_map(life, street)
    lead_url = found(life, phone)
    in_hand(life, lead_url)
    street.site.go_on(NOON)
    phone.clock.set_fixed_time(life.site.now)
    inspected(life, lead_url)
    arrived(life, tmp_path / "station")
    made_whole(life)
    court = tmp_path / "court"
    court.mkdir()
    proved(exported(life, court), life.site.run("record", "key").split()[-1])
    assert "is whole" in life.site.run("record", "verify")
