"""The panel of discretion in the form of a step: range, suggestion and reasons; with scripts and without; no write."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from xiuhua.cases.models import Case, Cause
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, ORDINARY, REPORTED, STATES, Bench, nothing_written
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.tests.conftest import browser

HTMX = {"HX-Request": "true"}
FINE, TIER = "investigation_report.proposed_fine", "investigation_report.tier"
REASONS = "investigation_report.tier_reasons"


def asked(client: Client, case: Case, at: Any, move: str = "close_investigation", **says: Any) -> Any:
    """The panel alone, as htmx gets it."""
    with clock.held_at(at), nothing_written():
        answer = client.post(f"/cases/{case.pk}/do/{move}/weigh/", says, headers=HTMX)
    assert answer.status_code == 200
    return answer


def test_the_form_of_the_closing_report_shows_the_range_with_its_tiers(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    with clock.held_at(at):
        answer = browser(bench, O1).get(f"/cases/{case.pk}/do/close_investigation/")
    panel, page = answer.context["weigh"], answer.content.decode()
    assert [(p.id, int(p.low), int(p.high)) for p in panel.parts] == [
        ("lighter", 5000, 18500),
        ("ordinary", 18500, 36500),
        ("heavier", 36500, 50000),
    ]
    assert [p.id for p in panel.parts if p.suggested] == ["ordinary"]
    assert 'class="ruler"' in page
    assert "5,000元以上50,000元以下" in page
    assert "大气污染防治法第一百一十八条第一款" in page
    assert 'hx-target="#weigh-now"' in page


def test_ticked_circumstances_move_the_suggestion_and_say_their_articles(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    answer = asked(browser(bench, O1), case, at, weigh=["harm_lessened", "complaints:high"])
    panel = answer.context["weigh"]
    assert (panel.found.suggestion.tier, panel.found.suggestion.high) == ("lighter", Decimal(18500))
    page = answer.content.decode()
    assert "行政处罚法第三十二条" in page or "行政处罚法》第三十二条" in page
    assert "须经法制审核" in page
    assert page.lstrip().startswith('<section id="weigh"')
    assert json.loads(answer.context["weigh_fills"]) == {TIER: "lighter", REASONS: panel.sentence}


def test_the_sum_that_is_typed_stands_on_the_ruler(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    client = browser(bench, O1)
    assert asked(client, case, at, **{FINE: "27500"}).context["weigh"].at == "300.0"
    for odd in ("4000", "60000", "many", ""):
        assert asked(client, case, at, **{FINE: odd}).context["weigh"].at is None


def test_what_must_not_be_punished_is_said_and_no_amount_offered(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    answer = asked(browser(bench, O1), case, at, weigh="slight_corrected")
    assert "应当不予处罚" in answer.content.decode()
    assert answer.context["weigh"].offered == []
    assert TIER not in answer.context["weigh"].fills


def test_without_scripts_the_page_comes_back_with_what_was_typed_and_ticked(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    url = f"/cases/{case.pk}/do/close_investigation/weigh/"
    said = {FINE: "8000", "investigation_report.proposed_kinds": "fine", "weigh": "first_offence"}
    client = browser(bench, O1)
    with clock.held_at(at), nothing_written():
        answer = client.post(url, said)
    form, page = answer.context["form"], answer.content.decode()
    assert form[FINE].text == "8000"
    assert form[TIER].text == ""
    assert 'value="first_offence" checked' in page
    with clock.held_at(at), nothing_written():
        answer = client.post(url, {**said, "weigh_take": "1"})
    form = answer.context["form"]
    assert (form[TIER].text, form[FINE].text) == ("lighter", "8000")
    assert form[REASONS].text.startswith("当事人首次被查处")


def test_the_suggestion_taken_over_is_lawful(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    panel = asked(browser(bench, O1), case, at, weigh="first_offence").context["weigh"]
    said = {
        "investigation_report.proposed_kinds": "fine",
        FINE: str(panel.offered[0]),
        "case.complex_or_major": "no",
        **panel.fills,
    }
    with clock.held_at(at):
        answer = browser(bench, O1).post(f"/cases/{case.pk}/do/close_investigation/", said)
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
    assert case.state == "investigation_closed"


def test_the_decision_begins_with_the_circumstances_of_the_closing_report(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    panel = asked(browser(bench, O1), case, at, weigh=["first_offence", "m3:low"]).context["weigh"]
    closing = replace(ORDINARY[STATES["close_investigation"] - 1], says=REPORTED | {REASONS: panel.sentence})
    at = bench.walk(case, [closing, *ORDINARY[STATES["close_investigation"] : STATES["waive_defence"]]], at)
    with clock.held_at(at):
        answer = browser(bench, DEPUTY).get(f"/cases/{case.pk}/do/decide_penalty/")
    found = answer.context["weigh"].found
    assert found.ticked == {"first_offence", "m3:low"}
    assert found.suggestion.tier == "lighter"
    assert answer.context["weigh"].fills == {"decision.tier": "lighter"}


def test_a_step_that_proposes_no_fine_has_no_panel(bench: Bench) -> None:
    case, at = bench.at_step("check_lead")
    with clock.held_at(at):
        answer = browser(bench, O1).get(f"/cases/{case.pk}/do/propose_filing/")
    assert answer.context["weigh"] is None
    assert 'id="weigh"' not in answer.content.decode()


def test_nobody_weighs_the_case_of_another_squad(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    with clock.held_at(at):
        other = browser(bench, O1, bench.bureau.west)
        assert other.post(f"/cases/{case.pk}/do/close_investigation/weigh/", {}).status_code == 404
        mine = browser(bench, O1)
        assert mine.get(f"/cases/{case.pk}/do/close_investigation/weigh/").status_code == 405
        assert mine.post(f"/cases/{case.pk}/do/no_such_move/weigh/", {}).status_code == 404


def test_on_the_spot_the_panel_follows_cause_and_party(bench: Bench) -> None:
    client = browser(bench, O1)
    said = {"cause.code": "SR11", "party.number": "110101199001010015", "weigh": ["repeat_in_year"]}
    answer = client.post("/cases/on-spot/weigh/", said, headers=HTMX)
    panel = answer.context["weigh"]
    assert panel.found.suggestion.tier == "heavier"
    codes = {tick.value for group in panel.groups for tick in group.ticks}
    assert {"area:high", "area:low", "food", "age_14_17"} <= codes
    company = client.post(
        "/cases/on-spot/weigh/", {**said, "party.number": "91310115MA1H7XMP2T"}, headers=HTMX
    ).context["weigh"]
    assert "age_14_17" not in {tick.value for group in company.groups for tick in group.ticks}


def test_on_the_spot_the_boxes_stay_while_cause_and_party_do(bench: Bench) -> None:
    client, said = browser(bench, O1), {"cause.code": "SR11", "party.number": "110101199001010015"}
    first = client.post("/cases/on-spot/weigh/", said, headers=HTMX)
    assert "HX-Retarget" not in first
    said["weigh_of"] = first.context["weigh"].of
    assert client.post("/cases/on-spot/weigh/", said, headers=HTMX)["HX-Retarget"] == "#weigh-now"
    assert "HX-Retarget" not in client.post(
        "/cases/on-spot/weigh/", said | {"cause.code": "SR12"}, headers=HTMX
    )


def test_on_the_spot_without_scripts_nothing_is_decided_by_weighing(bench: Bench) -> None:
    client = browser(bench, O1)
    party = {"party.number": "110101199001010015", "party.name": "示例摊主"}
    said = {"cause.code": "SR11", "weigh": "repeat_in_year", **party}
    with nothing_written():
        answer = client.post("/cases/on-spot/weigh/", said)
    assert answer.status_code == 200
    assert answer.context["form"]["party.name"].text == "示例摊主"
    assert answer.context["weigh"].found.suggestion.tier == "heavier"
    assert client.get("/cases/on-spot/weigh/").status_code == 405


@pytest.mark.parametrize(("code", "spans"), [("WJ04", ["", "grave"]), ("SR11", [""])])
def test_a_norm_with_bands_asks_which_applies(bench: Bench, code: str, spans: list[str]) -> None:
    client = browser(bench, O1)
    assert Cause.objects.filter(code=code).exists()
    answer = client.post("/cases/on-spot/weigh/", {"cause.code": code, "weigh_band": spans[-1]}, headers=HTMX)
    panel = answer.context["weigh"]
    assert [key for key, _, _ in panel.bands] == spans
    assert panel.found.suggestion.span.code == spans[-1]


def test_the_band_that_is_chosen_is_taken_over_into_the_form_and_stands_in_the_decision(bench: Bench) -> None:
    """SHPM §83: the grave range is decided only where the form names the band."""
    case = bench.open(AT, cause="WJ04", facts="拆除承重墙")
    with record.act("示例", by=SYSTEM, at=AT) as act:
        case.state = "investigating"
        case.save()
        act.entry(on=case, facts={})
    client = browser(bench, O1)
    path = f"/cases/{case.pk}/do/close_investigation/"
    page = client.get(path)
    assert 'name="investigation_report.band"' in page.content.decode()
    assert "investigation_report.band" not in page.context["weigh"].fills
    chosen = client.post(f"{path}weigh/", {"weigh_band": "grave"}, headers=HTMX)
    assert chosen.context["weigh"].fills["investigation_report.band"] == "grave"
    assert (chosen.context["weigh"].parts[0].low, chosen.context["weigh"].parts[-1].high) == (100000, 200000)
