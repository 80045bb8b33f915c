"""Seal and seizure in the browser: the clocks on the page of the case, the forms, and who hands goods back."""

from __future__ import annotations

from datetime import timedelta

from xiuhua.cases.models import Matter
from xiuhua.cases.tests.bench import test_bench_matters as walks
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench
from xiuhua.cases.tests.bench.measuring import ASKED, CUSTODIAN, begin, go, in_force, power
from xiuhua.kernel import clock
from xiuhua.web.cases.tests.conftest import browser

DAY = timedelta(days=1)


def test_the_page_of_the_case_tells_the_last_day_once_and_what_then_happens(bench: Bench) -> None:
    matter, at = in_force(bench)
    with clock.held_at(at + 28 * DAY):
        said = browser(bench, O1).get(f"/cases/{matter.case_id}/").content.decode()
    section = said[said.index('id="matters"') : said.index("可以另起的程序")]
    assert section.count("剩 2 日") == 1
    assert "期限届满应解除" in section


def test_an_urgent_measure_counts_its_hours_on_the_page(bench: Bench) -> None:
    case, at = power(bench)
    begin(bench, case, at, "implement_urgently")
    with clock.held_at(at + timedelta(hours=3)):
        said = browser(bench, O1).get(f"/cases/{case.pk}/").content.decode()
    section = said[said.index('id="matters"') : said.index("可以另起的程序")]
    assert "20 小时" in section or "21 小时" in section


def test_the_custodian_hands_the_goods_back_in_the_browser(bench: Bench) -> None:
    matter, at = in_force(bench)
    go(bench, matter, DEPUTY, "decide_release", at, says={"measure.release_ground": "unrelated"})
    client = browser(bench, CUSTODIAN)
    address = f"/cases/{matter.case_id}/matters/{matter.pk}/return_goods/"
    with clock.held_at(at + DAY):
        assert address in client.get(f"/cases/{matter.case_id}/").content.decode()
        form = client.get(address).context["form"]
        says = {bound.field.name: bound.raw for bound in form} | {"measure.receipt_signed": "yes"}
        assert client.post(address, says).status_code in (302, 303)
    matter.refresh_from_db()
    assert matter.state == "returned"


def test_the_list_of_a_custodian_holds_the_cases_whose_things_are_kept_and_no_others(bench: Bench) -> None:
    matter, at = in_force(bench)
    other = bench.open(at)
    client = browser(bench, CUSTODIAN)
    with clock.held_at(at + DAY):
        said = client.get("/cases/").content.decode()
        assert client.get(f"/cases/{other.pk}/").status_code == 404
        assert client.get(f"/cases/{matter.case_id}/").status_code == 200
    assert matter.case.number in said
    assert other.number not in said


def test_turning_a_registration_into_a_seizure_shows_the_goods_that_were_listed(bench: Bench) -> None:
    case, at = power(bench)
    matter = walks.begun(bench, case, at)
    go(bench, matter, DEPUTY, "approve_registration", at)
    go(bench, matter, O1, "register_items", at, says=walks.LISTED)
    made = {"registration.outcome": "seized", "registration.outcome_reason": "与违法行为有关"}
    go(bench, matter, DEPUTY, "decide_registration", at, says=made)
    client, address = browser(bench, O1), f"/cases/{case.pk}/matters/{matter.pk}/turn_into_seizure/"
    with clock.held_at(at):
        form = client.get(address).context["form"]
        says = {bound.field.name: bound.raw for bound in form}
        assert "货架，2个，完好\n秤，1台，旧" in says["measure.wanted"]
        answers = {
            path: ("yes" if value else "no") if isinstance(value, bool) else value
            for path, value in ASKED.items()
        }
        assert client.post(address, says | answers).status_code in (302, 303)
    begun = Matter.objects.get(case=case, procedure="coercive_measure")
    assert begun.state == "measure_asked"
