"""`xiuhua shots`: which pictures are taken, of which bureau, and where they go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from xiuhua.conf.cli import main, shots
from xiuhua.conf.pages import VISITS, Visit
from xiuhua.conf.testing import browser

pytestmark = pytest.mark.processes

Taken = list[tuple[str, str, str, str]]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Taken:
    """The pictures that were asked for (address, page, size, password); no browser is started."""
    found: Taken = []

    @contextmanager
    def started() -> Iterator[str]:
        yield "示例 browser"

    def take(chromium: str, url: str, visit: Visit, size: str, *, password: str, path: Path) -> None:
        assert chromium == "示例 browser"
        path.write_bytes(b"picture")
        found.append((url, visit.name, size, password))

    monkeypatch.setattr(browser, "started", started)
    monkeypatch.setattr(shots, "take", take)
    return found


@pytest.fixture
def bureaus(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done with bureaus that are made for the pictures."""
    done: list[str] = []

    @contextmanager
    def served(folder: Path, *first: tuple[str, ...]) -> Iterator[Any]:
        assert folder.is_dir()
        done.append(f"served after {first}")
        yield SimpleNamespace(url="http://made.test")
        done.append("ended")

    def lay_out(site: Any, password: str) -> None:
        done.append(f"laid out {site.url}")

    monkeypatch.setattr(shots, "served", served)
    monkeypatch.setattr(shots, "lay_out", lay_out)
    return done


def test_every_page_is_taken_in_every_size_of_a_bureau_made_for_it(
    taken: Taken, bureaus: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "shots"
    assert main(["shots", "--out", str(out)]) == 0
    wanted = {(v.name, size) for v in VISITS for size in browser.SIZES}
    assert {(name, size) for _, name, size, _ in taken} == wanted
    assert {p.name for p in out.iterdir()} == {f"{name}-{size}.png" for name, size in wanted}
    assert {(url, password) for url, _, _, password in taken} == {("http://made.test", shots.PASSWORD)}
    assert bureaus == ["served after (('reference', 'load'),)", "laid out http://made.test", "ended"]
    assert len(capsys.readouterr().out.splitlines()) == len(wanted)


def test_some_pages_in_one_size_are_taken_of_a_bureau_that_is_served_already(
    taken: Taken, bureaus: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size = sorted(browser.SIZES)[0]
    words = ("--only", "search", "--size", size, "--url", "http://there.test", "--password", "示例")
    assert main(["shots", "--out", str(tmp_path), *words]) == 0
    names = [v.name for v in VISITS if v.name.startswith("search")]
    assert taken == [("http://there.test", name, size, "示例") for name in names]
    assert capsys.readouterr().out.split() == [f"{tmp_path / name}-{size}.png" for name in names]
    assert bureaus == []


def test_a_name_that_no_page_has_is_refused_before_anything_is_started(
    taken: Taken, bureaus: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["shots", "--out", str(tmp_path), "--only", "nothing"]) == 1
    assert "没有名称以“nothing”开头的页面" in capsys.readouterr().err
    assert (taken, bureaus) == ([], [])
