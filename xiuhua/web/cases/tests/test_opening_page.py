"""The page on which a case is opened: what was chosen in it is seen again when it comes back."""

from __future__ import annotations

import pytest

from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import O1, Bench
from xiuhua.kernel import clock
from xiuhua.leads.rules import State
from xiuhua.leads.tests.desk import ROADS
from xiuhua.registers import actions as registers
from xiuhua.registers.models import Party
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.opening import cause_words
from xiuhua.web.cases.tests.conftest import browser


@pytest.fixture
def party(bench: Bench) -> Party:
    return registers.register_party(kind="citizen", name="示例选中人", by=bench.actor(O1), at=AT)


def test_a_chosen_cause_and_party_keep_their_words_beside_what_was_typed_wrong(
    bench: Bench, party: Party
) -> None:
    before = Case.objects.count()
    answer = browser(bench, O1).post(
        "/cases/new/", {"cause": "HB01", "party": str(party.pk), "found_on": "不是日期"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert cause_words(AT.date(), "HB01").startswith("HB01 ")
    assert f'value="{cause_words(AT.date(), "HB01")}"' in page
    assert f'value="{party.name}"' in page
    assert Case.objects.count() == before


def test_a_draft_brings_the_words_of_its_cause_back(bench: Bench) -> None:
    client = browser(bench, O1)
    assert client.post("/drafts/case-new-0/", {"cause": "HB01"}).status_code == 200
    assert f'value="{cause_words(AT.date(), "HB01")}"' in client.get("/cases/new/").content.decode()


def test_a_cause_or_a_party_that_is_not_there_has_no_words(bench: Bench) -> None:
    """Nor has a party of others, whose name would be told by its key."""
    theirs = registers.register_party(
        kind="citizen", name="示例别处人", by=bench.actor(O1, bench.bureau.town), at=AT
    )
    answer = browser(bench, O1).post("/cases/new/", {"cause": "XX99", "party": str(theirs.pk)})
    form = answer.context["form"]
    assert (form["cause"].shown, form["party"].shown) == ("", "")
    assert "示例别处人" not in answer.content.decode()


def test_the_cause_guessed_with_the_lead_stands_in_the_form(bench: Bench) -> None:
    lead = bench.desk.report(at=AT, cause="HB01")
    for step in ROADS[State.ACCEPTED]:
        bench.desk.move(step, lead, AT)
    with clock.held_at(AT):
        answer = browser(bench, O1).get(f"/cases/new/?lead={lead.pk}")
    assert answer.context["form"]["cause"].text == "HB01"
    assert answer.context["form"]["place"].text == lead.place


def test_earlier_cases_of_the_chosen_party_stand_beside_the_form(bench: Bench) -> None:
    case, at = bench.at_step("serve_decision")
    said = {"cause": case.cause.code, "party": str(case.party_id), "found_on": at.date().isoformat()}
    with clock.held_at(at):
        page = browser(bench, O1).post("/cases/new/earlier/", said).content.decode()
        other = browser(bench, O1, bench.bureau.west).post("/cases/new/earlier/", said).content.decode()
        nothing = browser(bench, O1).post("/cases/new/earlier/", {"found_on": "昨天"}).content.decode()
        own = browser(bench, O1).get(f"/cases/{case.pk}/").content.decode()
    assert case.number in page
    assert "再次违法：此前同一案由已处罚" in page
    assert "本案由的裁量因素没有列出再次违法" in page
    assert case.number not in other
    assert "以往案件" not in nothing
    assert "以往案件" in own
