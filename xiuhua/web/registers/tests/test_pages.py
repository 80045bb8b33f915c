"""Pages of the registers: who sees a party, what is masked, what is refused and kept."""

from __future__ import annotations

import pytest

from xiuhua.kernel import clock
from xiuhua.registers import actions, queries, rules
from xiuhua.registers.models import Party
from xiuhua.web.conftest import World

BODY = "31000019900101000"
ID_NUMBER = BODY + rules.resident_id_sum(BODY)
CODE_BODY = "91310000MA0000000"
CREDIT_CODE = CODE_BODY + rules.credit_code_sum(CODE_BODY)


@pytest.fixture
def citizen(world: World) -> Party:
    clerk = world.person("squad_legal_clerk")
    return actions.register_party(
        kind="citizen",
        name="示例甲",
        id_no=ID_NUMBER,
        address="示例路1号",
        phone="13800000000",
        by=world.actor(clerk),
        at=clock.now(),
    )


def test_the_dossier_masks_numbers(world: World, citizen: Party) -> None:
    page = world.client(world.person("officer")).get(f"/parties/{citizen.pk}/").content.decode()
    assert "示例甲" in page
    assert ID_NUMBER not in page
    assert rules.masked_id(ID_NUMBER) in page
    assert "13800000000" not in page


@pytest.mark.parametrize("role", ["duty_dispatcher", "system_administrator", "auditor", "auxiliary"])
def test_who_has_no_right_to_the_registers_sees_no_list_and_no_party(
    world: World, citizen: Party, role: str
) -> None:
    browser = world.client(world.person(role, world.bureau if role != "auxiliary" else world.squad))
    assert browser.get("/parties/").status_code == 409
    answer = browser.get(f"/parties/{citizen.pk}/")
    assert answer.status_code == 409
    assert "示例甲" not in answer.content.decode()


def test_a_unit_that_never_dealt_with_a_party_does_not_find_it(world: World, citizen: Party) -> None:
    browser = world.client(world.person("officer", world.other))
    assert browser.get(f"/parties/{citizen.pk}/").status_code == 404
    assert browser.get("/parties/?q=示例甲").context["shown"].rows == []
    assert "示例甲" not in browser.get("/parties/suggest/?q=示例甲").content.decode()
    assert "示例甲" not in b"".join(browser.get("/parties/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]


def test_the_list_finds_by_name_initials_and_whole_number(world: World, citizen: Party) -> None:
    browser = world.client(world.person("officer"))
    for text in ("示例", "slj", ID_NUMBER, ID_NUMBER[-4:].lower()):
        assert browser.get("/parties/", {"q": text}).context["shown"].rows == [citizen]
    assert browser.get("/parties/", {"q": "乙"}).context["shown"].rows == []


def test_a_wrong_check_digit_is_refused_beside_the_field_and_nothing_typed_is_lost(world: World) -> None:
    browser = world.client(world.person("officer"))
    wrong = ID_NUMBER[:-1] + ("0" if ID_NUMBER[-1] != "0" else "1")
    answer = browser.post("/parties/new/", {"kind": "citizen", "name": "示例乙", "id_no": wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "校验码不符" in page
    assert 'value="示例乙"' in page
    assert f'value="{wrong}"' in page
    assert not Party.objects.filter(name="示例乙").exists()


def test_the_field_itself_says_that_a_check_sign_is_wrong(world: World) -> None:
    browser = world.client(world.person("officer"))
    other = "A" if CREDIT_CODE[-1] != "A" else "B"
    for code, wrong in ((CREDIT_CODE, False), (CREDIT_CODE[:-1] + other, True)):
        page = browser.get("/check/credit_code/", {"credit_code": code}).content.decode()
        assert ("校验码不符" in page) is wrong


def test_the_kind_of_party_decides_what_is_asked_and_keeps_what_was_typed(world: World) -> None:
    browser = world.client(world.person("officer"))
    page = browser.get(
        "/parties/new/", {"kind": "organisation", "name": "示例公司"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert 'name="credit_code"' in page
    assert 'name="id_no"' not in page
    assert 'value="示例公司"' in page
    assert "<html" not in page


def test_an_organisation_is_registered_once(world: World) -> None:
    browser = world.client(world.person("officer"))
    said = {"kind": "organisation", "name": "示例公司", "credit_code": CREDIT_CODE}
    first, second = (browser.post("/parties/new/", said) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Party.objects.filter(credit_code=CREDIT_CODE).count() == 1


def test_a_change_needs_its_reason(world: World, citizen: Party) -> None:
    browser = world.client(world.person("officer"))
    said = {
        "name": "示例甲",
        "id_kind": "resident_id",
        "id_no": ID_NUMBER,
        "address": "示例路2号",
        "phone": "",
    }
    assert browser.post(f"/parties/{citizen.pk}/edit/", said).status_code == 422
    assert browser.post(f"/parties/{citizen.pk}/edit/", said | {"reason": "搬家"}).status_code == 302
    citizen.refresh_from_db()
    assert citizen.address == "示例路2号"


def test_premises_and_vehicles_are_added_on_the_dossier(world: World, citizen: Party) -> None:
    user = world.person("officer")
    browser = world.client(user)
    browser.post(f"/parties/{citizen.pk}/premises/", {"name": "示例铺", "address": "示例路3号"})
    wrong = browser.post(f"/parties/{citizen.pk}/vehicles/", {"plate": "A1", "colour": "blue", "kind": "car"})
    assert (wrong.status_code, "号牌格式不对" in wrong.content.decode()) == (422, True)
    browser.post(f"/parties/{citizen.pk}/vehicles/", {"plate": "沪a·12345", "colour": "blue", "kind": "car"})
    found = queries.dossier(citizen, world.actor(user))
    assert ([p.name for p in found.premises], [v.plate for v in found.vehicles]) == (["示例铺"], ["沪A12345"])


def test_a_list_asks_as_many_questions_for_many_rows_as_for_few(
    world: World, django_assert_max_num_queries: object
) -> None:
    clerk = world.person("squad_legal_clerk")
    browser = world.client(clerk)
    for n in range(30):
        actions.register_party(kind="citizen", name=f"示例{n}", by=world.actor(clerk), at=clock.now())
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert browser.get("/parties/").status_code == 200


def test_pages_of_a_list_follow_one_another_without_gap_or_double(world: World) -> None:
    clerk = world.person("squad_legal_clerk")
    browser = world.client(clerk)
    by = world.actor(clerk)
    for n in range(60):
        actions.register_party(kind="citizen", name=f"示例{n % 7}", by=by, at=clock.now())
    for sort in ("new", "name"):
        seen: list[int] = []
        url = f"/parties/?sort={sort}"
        while url:
            shown = browser.get(url).context["shown"]
            seen += [p.pk for p in shown.rows]
            url = f"/parties/{shown.next}" if shown.next else ""
        assert len(seen) == len(set(seen)) == 60
        back = browser.get(f"/parties/{shown.previous}").context["shown"]
        assert [p.pk for p in back.rows] == seen[25:50]
