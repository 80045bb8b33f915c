"""Powers moved down to towns on their pages: moved down, mentored, taken back, counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from xiuhua.kernel import clock
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.org import actions
from xiuhua.org.models import Delegation, MentoringSession, Unit
from xiuhua.org.queries import actor_for
from xiuhua.registers.tests.bureau import AT, TODAY, Bureau, built

SAID = {
    "cause_group": "HB",
    "name": "bureau",
    "valid_from": TODAY.isoformat(),
    "document": "示例：浦环〔2026〕1号",
    "basis": "SHUM §4",
}


@pytest.fixture(scope="module")
def whole_bureau(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bureau]:
    yield from kept(django_db_blocker, built)


@pytest.fixture
def bureau(whole_bureau: Bureau, db: None) -> Iterator[Bureau]:
    with clock.held_at(AT):
        yield fresh(whole_bureau)


def browser(bureau: Bureau, role: str, where: Unit) -> Client:
    user, client = bureau.user(role, where), Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    actions.start_session(
        user=user,
        session_key=client.session.session_key or "",
        ip="127.0.0.1",
        agent="test",
        by=actor_for(user, AT),
        at=AT,
    )
    return client


def moved(bureau: Bureau) -> tuple[Client, Delegation]:
    client = browser(bureau, "bureau_deputy_head", bureau.top)
    said = SAID | {"unit": str(bureau.town.pk)}
    assert client.get("/units/delegation/new/").status_code == 200
    assert client.post("/units/delegation/new/", said | {"document": ""}).status_code == 422
    assert client.post("/units/delegation/new/", said | {"unit": str(bureau.east.pk)}).status_code == 422
    assert client.post("/units/delegation/new/", said).status_code == 302
    assert client.post("/units/delegation/new/", said).status_code == 422
    return client, Delegation.objects.get()


@pytest.mark.slow
def test_a_group_is_moved_down_mentored_and_taken_back(bureau: Bureau) -> None:
    client, made = moved(bureau)
    path = f"/units/delegation/{made.pk}/"
    mentor = bureau.user("bureau_head", bureau.top).officer
    said = {
        "held_on": TODAY.isoformat(),
        "mentor": str(mentor.pk),
        "place": "示例镇",
        "attendees": "8",
        "programme": "示例：油烟检查要点",
    }
    assert client.post(f"{path}mentoring/", said | {"attendees": "0"}).status_code == 422
    assert client.post(f"{path}mentoring/", said).status_code == 302
    session = MentoringSession.objects.get()
    assert (session.attendees, session.parties_checked, session.mentor_id) == (8, 0, mentor.pk)
    back = {"last_day": TODAY.isoformat(), "document": "示例：收回文件"}
    assert client.post(f"{path}take-back/", back | {"document": ""}).status_code == 422
    assert client.post(f"{path}take-back/", back).status_code == 302
    assert client.post(f"{path}take-back/", back).status_code == 409
    page = client.get(path).content.decode()
    assert "示例：收回文件" in page
    assert "示例：油烟检查要点" in page
    made.refresh_from_db()
    assert made.row.valid_to == TODAY


def test_the_name_of_the_town_is_that_of_its_own_government(bureau: Bureau) -> None:
    client = browser(bureau, "bureau_head", bureau.top)
    said = SAID | {"unit": str(bureau.town.pk), "name": "town"}
    assert client.post("/units/delegation/new/", said).status_code == 302
    assert Delegation.objects.get().row.authority_id == bureau.government.pk


@pytest.mark.slow
def test_the_list_and_its_figures_open_their_rows(bureau: Bureau) -> None:
    client, made = moved(bureau)
    page = client.get(f"/units/delegation/?year={TODAY.year}")
    assert [d.pk for d, _group in page.context["now"]] == [made.pk]
    values = {f["id"]: f["value"] for f in page.context["figures"]}
    assert (values["B01"], values["B02"], values["B06"]) == ("1", "0", "0")
    for figure in values:
        assert client.get(f"/units/delegation/{figure}/?year={TODAY.year}").status_code == 200, figure
    assert client.get("/units/delegation/B99/").status_code == 404
    assert client.get("/units/delegation/?year=nonsense").status_code == 200


def test_others_read_the_list_and_neither_move_nor_record_nor_count(bureau: Bureau) -> None:
    _client, made = moved(bureau)
    officer = browser(bureau, "system_administrator", bureau.office)
    assert officer.get("/units/delegation/").context["figures"] == []
    assert officer.get(f"/units/delegation/{made.pk}/").status_code == 200
    for path in ("new/", f"{made.pk}/mentoring/", f"{made.pk}/take-back/", "B06/"):
        assert officer.get(f"/units/delegation/{path}").status_code in {403, 409}, path
        assert officer.post(f"/units/delegation/{path}").status_code in {403, 409}, path


def test_a_brigade_records_mentoring_and_moves_nothing(bureau: Bureau) -> None:
    _client, made = moved(bureau)
    brigade = browser(bureau, "brigade_head", bureau.brigade)
    page = brigade.get(f"/units/delegation/{made.pk}/")
    assert page.context["may_mentor"] is True
    assert page.context["may_take_back"] is False
    assert brigade.get(f"/units/delegation/{made.pk}/mentoring/").status_code == 200
    assert brigade.post("/units/delegation/new/").status_code in {403, 409}
