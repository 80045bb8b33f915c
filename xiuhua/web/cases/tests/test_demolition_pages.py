"""Demolitions on pages: opened by the minute, shown with their hours, found in lists, told of in figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import CLERK, O1, O2, Bench
from xiuhua.cases.tests.bench.test_bench_demolition import driven
from xiuhua.cases.tests.procedure import demolition_live as live
from xiuhua.kernel import clock
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.tests.conftest import browser


def said(bench: Bench, **more: Any) -> dict[str, Any]:
    return {
        "cause": "WJ01",
        "place": "示例路9号",
        "being_built": "yes",
        "found_at": AT.strftime("%Y-%m-%d 08:30"),
        "second": str(bench.person(O2).pk),
        "facts": "楼顶正在搭建",
        **more,
    }


def opened(bench: Bench, client: Client, **more: Any) -> Case:
    answer = client.post("/cases/new/demolition/", said(bench, **more))
    assert answer.status_code in (204, 302), answer.content.decode()[:2000]
    return Case.objects.latest("pk")


def test_a_building_is_registered_with_the_minute_and_its_hours_run(bench: Bench) -> None:
    client = browser(bench, O1)
    case = opened(bench, client)
    assert (case.procedure, case.state, case.party) == ("demolition", "found_being_built", None)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "在建违法建筑到场（10:30前）" in page
    assert "到场取证(正在搭建)" in page
    assert case.due_at is not None
    assert case.due_at.astimezone(clock.SHANGHAI).strftime("%H:%M") == "10:30"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"cause": "HB01"}, "cause"),
        ({"being_built": ""}, "being_built"),
        ({"found_at": "昨天晚上"}, "found_at"),
        ({"place": ""}, "place"),
    ],
)
def test_what_is_typed_wrong_stands_at_its_field_and_nothing_is_opened(
    bench: Bench, more: dict[str, str], field: str
) -> None:
    before = Case.objects.count()
    answer = browser(bench, O1).post("/cases/new/demolition/", said(bench, **more))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Case.objects.count() == before


def test_the_list_knows_the_procedure_its_stations_and_the_minute(bench: Bench) -> None:
    client = browser(bench, O1)
    case = opened(bench, client)
    for query in ("procedure=demolition", "station=arrive", "procedure=demolition&station=arrive"):
        page = client.get(f"/cases/?{query}").content.decode()
        assert case.number in page
        assert "10:30前" in page
    for query in ("procedure=ordinary", "station=decide_force", "station=investigate"):
        assert case.number not in client.get(f"/cases/?{query}").content.decode()


def test_the_form_of_the_scene_asks_for_the_building_and_the_page_tells_of_it(bench: Bench) -> None:
    client = browser(bench, O1)
    case = opened(bench, client)
    address = f"/cases/{case.pk}/do/go_to_scene_building/"
    form = client.get(address).context["form"]
    asked = {bound.field.name for bound in form}
    assert {"demolition.area_m2", "demolition.structure", "demolition.village_area"} <= asked
    officers = [str(bench.person(who).pk) for who in (O1, O2)]
    answer = client.post(
        address,
        {
            "demolition.arrived_at": AT.strftime("%Y-%m-%d %H:%M"),
            "inspection.officer_ids": officers,
            "inspection.certificate_shown": "yes",
            "inspection.facts": "楼顶正在浇筑",
            "demolition.area_m2": "36.5",
            "demolition.structure": "light_steel",
            "demolition.storeys": "1",
            "demolition.builder_known": "no",
            "demolition.village_area": "no",
            "inspection.party_signed": "no",
            "inspection.refusal_noted": "yes",
            "inspection.no_witness_reason": "无见证人",
            "video.running": "yes",
        },
    )
    assert answer.status_code in (204, 302), answer.content.decode()[:3000]
    case.refresh_from_db()
    assert (case.state, case.due_at) == ("on_scene_building", None)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "36.5 m²" in page
    assert "彩钢板" in page


@pytest.mark.slow
def test_the_clerk_files_a_closed_demolition_away_on_its_page_which_tells_the_number(bench: Bench) -> None:
    case = driven(bench, live.by_force, 2026)
    day = datetime(2026, 11, 5, 15, tzinfo=clock.SHANGHAI)
    address = f"/cases/{case.pk}/do/archive_case/"
    with clock.held_at(day):
        clerk = browser(bench, CLERK)
        assert address in clerk.get(f"/cases/{case.pk}/").content.decode()
        assert address not in browser(bench, O1).get(f"/cases/{case.pk}/").content.decode()
        told = {
            "archive.archived_on": "2026-11-05",
            "archive.case_count_in_volume": "1",
            "archive.index_pages": "30",
            "archive.actual_pages": "30",
            "archive.cover": "yes",
            "archive.note_sheet": "yes",
        }
        track = clerk.get(f"/cases/{case.pk}/").context["track"]
        assert [s.mark for s in track if s.label in ("结案", "归档")] == ["done", ""]
        wrong = clerk.post(address, told | {"archive.actual_pages": "29"})
        assert "案卷未按规定立卷" in wrong.content.decode()
        answer = clerk.post(address, told)
        assert answer.status_code in (204, 302), answer.content.decode()[:3000]
        case.refresh_from_db()
        page = clerk.get(f"/cases/{case.pk}/")
    assert case.archive_number in page.content.decode()
    assert [s.mark for s in page.context["track"] if s.label == "归档"] == ["done"]
    assert page.context["may"] == []
