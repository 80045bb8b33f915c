"""The page of a case's recordings: what is missing is shown, taken, left and explained where it is seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from xiuhua.cases.tests.bench.bench import O1, Bench
from xiuhua.cases.tests.bench.test_bench_recordings import interview, recorded
from xiuhua.kernel import clock
from xiuhua.web.cases.tests.conftest import browser

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_holes_are_shown_and_recordings_are_taken_left_and_explained(bench: Bench) -> None:
    case, at = bench.at_step("interview")
    officer = bench.person(O1, case.handling_unit)
    kept, start, minutes = interview(case, bench)
    taken = recorded(bench, case, officer, start - timedelta(minutes=1), 1 + minutes / 2)
    left = recorded(bench, case, officer, start - timedelta(minutes=9), 1)
    told = {"step": kept.need.step, "stated": kept.need.stated}
    url = reverse("web:case-recordings", args=[case.pk])
    with clock.held_at(at):
        reader = browser(bench, O1, case.handling_unit)
        page = reader.get(url).content.decode()
        assert "没有记录" in page
        assert taken.file_name in page
        assert left.file_name in page
        assert reader.post(f"{url}leave/", {"recording": left.pk, "reason": ""}).status_code == 422
        assert reader.post(f"{url}leave/", {"recording": left.pk, "reason": "另一件"}).status_code == 302
        assert reader.post(f"{url}tie/", {"recording": taken.pk, **told}).status_code == 302
        assert reader.post(f"{url}tie/", {"recording": "x", **told}).status_code == 404
        page = reader.get(url).content.decode()
        assert "50%" in page
        assert case.number in reader.get(reverse("web:exhibit", args=[taken.exhibit_id])).content.decode()
        assert f"{start + timedelta(minutes=minutes / 2):%H:%M:%S}–" in page
        assert left.file_name not in page
        assert reader.post(f"{url}explain/", {**told, "reason": "电池耗尽"}).status_code == 302
        assert "电池耗尽" in reader.get(url).content.decode()
        assert url in reader.get(reverse("web:case", args=[case.pk])).content.decode()


def test_others_neither_see_nor_tie(bench: Bench) -> None:
    case, at = bench.at_step("interview")
    url = reverse("web:case-recordings", args=[case.pk])
    with clock.held_at(at):
        stranger = browser(bench, O1, bench.bureau.town)
        assert stranger.get(url).status_code == 404
        for act in ("tie", "leave", "explain"):
            assert stranger.post(f"{url}{act}/", {}).status_code == 404
