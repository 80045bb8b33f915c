"""The panel of discretion of a case of several: one for each party and each act, with its own range and boxes."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench, Went, nothing_written
from xiuhua.cases.tests.bench.test_bench_several import joined, told
from xiuhua.kernel import clock
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.tests.conftest import browser

pytestmark = pytest.mark.slow

HTMX = {"HX-Request": "true"}
REPORT = "close_investigation"
FINE = "share.P2.V2.fine"


def url(case: Case, key: str = "", move: str = REPORT) -> str:
    return f"/cases/{case.pk}/do/{move}/weigh/" + (f"?of={key}" if key else "")


def test_each_party_and_each_act_has_a_panel_with_the_range_of_its_own_kind(bench: Bench) -> None:
    case, at = joined(bench, AT)
    with clock.held_at(at):
        page = browser(bench, O1).get(f"/cases/{case.pk}/do/{REPORT}/")
    panels = {p.key: p for p in page.context["weighs"]}
    assert list(panels) == [".P1.V1", ".P1.V2", ".P2.V1", ".P2.V2"]
    assert page.context["weigh"] is None
    tops = {key: int(panels[key].found.suggestion.span.ceiling) for key in (".P1.V2", ".P2.V2")}
    assert tops[".P2.V2"] == 200
    assert tops[".P1.V2"] > 200
    text = page.content.decode()
    for key in panels:
        slug = key.replace(".", "-")
        assert text.count(f'id="weigh-now{slug}"') == 1
    assert "示例店主" in panels[".P2.V2"].title


def test_what_is_ticked_for_one_moves_its_own_suggestion_only_and_is_taken_into_its_own_fields(
    bench: Bench,
) -> None:
    case, at = joined(bench, AT)
    ticks: dict[str, Any] = {"weigh.P2.V2": ["first_offence"], FINE: "60"}
    client = browser(bench, O1)
    with clock.held_at(at), nothing_written():
        answer = client.post(url(case, ".P2.V2"), ticks, headers=HTMX)
        other = client.post(url(case, ".P1.V1"), ticks, headers=HTMX)
    mine, others = answer.context["weigh"], other.context["weigh"]
    assert (mine.found.suggestion.tier, others.found.suggestion.tier) == ("lighter", "ordinary")
    assert mine.at is not None
    assert others.at is None
    assert set(mine.fills) == {"share.P2.V2.tier", "share.P2.V2.reasons"}
    text = answer.content.decode()
    assert text.lstrip().startswith('<section id="weigh-P2-V2"')
    assert 'name="weigh.P2.V2"' in text
    assert 'name="weigh"' not in text


def test_without_scripts_one_panel_is_taken_over_and_the_rest_of_the_form_stays(bench: Bench) -> None:
    case, at = joined(bench, AT)
    said = {"weigh.P2.V2": "first_offence", FINE: "60", "share.P1.V1.fine": "8000", "weigh_take": ".P2.V2"}
    client = browser(bench, O1)
    with clock.held_at(at), nothing_written():
        answer = client.post(url(case), said)
    form = answer.context["form"]
    assert (form["share.P2.V2.tier"].text, form["share.P1.V1.tier"].text) == ("lighter", "")
    assert (form[FINE].text, form["share.P1.V1.fine"].text) == ("60", "8000")
    assert form["share.P2.V2.reasons"].text
    assert len(answer.context["weighs"]) == 4


def test_the_decision_begins_with_the_circumstances_that_the_report_named_for_each(bench: Bench) -> None:
    case, at = told(bench, AT)
    at = bench.walk(case, (Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True}),), at)
    with clock.held_at(at):
        page = browser(bench, DEPUTY).get(f"/cases/{case.pk}/do/decide_penalty/")
    assert [p.key for p in page.context["weighs"]] == [".P1.V1", ".P1.V2", ".P2.V1", ".P2.V2"]
    assert page.context["weighs"][0].fine_path == "share.P1.V1.fine"


def test_a_panel_that_the_case_has_not_is_empty_and_a_step_without_shares_has_none(bench: Bench) -> None:
    case, at = joined(bench, AT)
    client = browser(bench, O1)
    with clock.held_at(at), nothing_written():
        assert client.post(url(case, ".P9.V1"), {}, headers=HTMX).context["weigh"] is None
        page = client.get(f"/cases/{case.pk}/do/inspect/")
    assert "weighs" not in page.context
