"""One complaint all the way through: a citizen's report becomes a case, is decided, paid, closed and counted, and the
citizen's own client reads what came of it. Beside it the short road: a finding becomes a penalty on the spot."""

from __future__ import annotations

import re
from collections.abc import Mapping

import httpx
import pytest
from georeport import GeoReport
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.people import People, fill, send, step
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site
from xiuhua.kernel import clock

pytestmark = pytest.mark.journey

PLACE = {"lat": "31.2180", "long": "121.5460"}

# Who makes which move, and what they say beside what the platform knows.
ROAD: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("officer1", "check_lead", {"inspection.certificate_shown": "yes", "inspection.party_signed": "yes"}),
    ("officer1", "propose_filing", {}),
    ("squadhead", "approve_filing", {}),
    ("squadhead", "assign_officers", {}),
    (
        "officer1",
        "order_correction",
        {"correction.requirement": "立即开启油烟净化设施", "correction.due_on": "今天"},
    ),
    (
        "officer1",
        "interview",
        {
            "interview.from_at": "今天 00:05",
            "interview.to_at": "今天 00:20",
            "interview.place": "中队询问室",
            "interview.certificate_shown": "yes",
            "interview.rights_told": "yes",
            "interview.exchanges": "问：设施为何没有开启？\n答：忘记了。",
            "interview.pages_signed": "1",
        },
    ),
    (
        "officer1",
        "recheck_correction",
        {"correction.recheck_result": "corrected", "correction.recheck_facts": "净化设施已经开启"},
    ),
    (
        "officer1",
        "close_investigation",
        {
            "investigation_report.proposed_kinds": "fine",
            "investigation_report.proposed_fine": "8000",
            "investigation_report.tier": "lighter",
            "investigation_report.tier_reasons": "首次发现，当日改正",
        },
    ),
    ("reviewer", "adjudicate", {}),
    ("legal", "pass_legal_review", {}),
    ("officer1", "serve_prior_notice", {}),
    ("officer1", "waive_defence", {"defence.waived_in_writing": "yes"}),
    ("deputy", "decide_penalty", {}),
    (
        "officer1",
        "serve_decision",
        {"service.receipt": "yes", "service.receiver_relation": "legal_representative"},
    ),
    ("publicity", "publish_decision", {}),
    ("officer1", "perform", {"item.receipt_no": "示例票0001"}),
    ("squadhead", "close_performed", {}),
    ("clerk", "archive_case", {"archive.index_pages": "40", "archive.actual_pages": "40"}),
)


@pytest.fixture(scope="module", autouse=True)
def morning(quiet_bureau: Site) -> None:
    """Whenever this is run, the day began long ago and does not end meanwhile."""
    quiet_bureau.go_on(clock.now().replace(hour=10, minute=0))


@pytest.fixture
def people(quiet_bureau: Site, open_page: OpenPage) -> People:
    return People(quiet_bureau.url, PASSWORD, open_page)


def report(bureau: Site) -> str:
    """A citizen's client posts a report; its id."""
    key = bureau.run("users", "key", "intake", "--label", "市民热线").strip().splitlines()[-1].split()[-1]
    answer = httpx.post(
        f"{bureau.url}/open311/v2/requests.json",
        data={
            "api_key": key,
            "service_code": "catering_fume",
            **PLACE,
            "address_string": "示例路9号",
            "description": "楼下饭店油烟很大，晚上没法开窗",
            "first_name": "示例",
            "last_name": "市民",
            "phone": "000-00000000",
            "attribute[shop_name]": "示例餐饮",
        },
    )
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()[0]["service_request_id"])


def status(bureau: Site, request_id: str) -> Mapping[str, str]:
    """What the stock client reads of the report."""
    client = GeoReport(f"{bureau.url}/open311/v2", output_format="json")
    found: Mapping[str, str] = client.get_service_request(request_id)
    return found


def to_the_squad(people: People) -> str:
    """The desk verifies and dispatches the lead, the squad accepts it; the address of the lead."""
    desk = people.at("dispatcher")
    desk.goto(f"{people.base}/leads/")
    desk.locator("#list td.lead a").first.click()
    desk.wait_for_url(re.compile(r".*/leads/\d+/$"))
    lead_url = desk.url
    desk.locator('#can [href$="/do/verify/"], #can form[action$="/do/verify/"] button').first.click()
    desk.wait_for_url(lead_url)
    desk.locator('#can a[href$="/do/dispatch/"]').click()
    send(desk)
    desk.wait_for_url(lead_url)
    clerk = people.at("clerk")
    clerk.goto(lead_url)
    accept = clerk.locator('#can form[action$="/do/accept/"] button')
    accept.click()
    # The page comes back at its own address: that it is another one is seen by the button.
    expect(accept).to_have_count(0)
    return lead_url


def open_case(people: People, lead_url: str) -> str:
    """An officer opens the case from the lead; its address."""
    officer = people.at("officer1")
    officer.goto(lead_url)
    officer.locator('#can a[href*="/cases/new/?"]').click()
    officer.wait_for_url("**/cases/new/**")
    second = officer.locator('[name="second"] option').nth(1).get_attribute("value") or ""
    fill(
        officer,
        {
            "cause": "HB01",
            "second": second,
            "new_party.kind": "organisation",
            "new_party.name": "示例餐饮有限公司",
            "new_party.number": "91310115MA1H7XMP2T",
        },
    )
    send(officer)
    officer.wait_for_url(re.compile(r".*/cases/\d+/$"))
    return officer.url


def test_a_report_becomes_a_case_is_closed_counted_and_answered(quiet_bureau: Site, people: People) -> None:
    request_id = report(quiet_bureau)
    assert status(quiet_bureau, request_id)["status"] == "open"

    case_url = open_case(people, to_the_squad(people))
    for login, move, values in ROAD:
        step(people.at(login), case_url, move, values)

    officer = people.at("officer1")
    officer.goto(case_url)
    expect(officer.locator(".case-line")).to_contain_text("已结案")
    number = officer.locator(".case-line h1").inner_text().split()[0]

    answered = status(quiet_bureau, request_id)
    assert answered["status"] == "closed"
    assert "依法处理完毕" in answered["status_notes"]
    assert "示例餐饮" not in answered["status_notes"]

    counted(people.at("statistics"), people.base, number)
    whole = quiet_bureau.run("record", "verify")
    assert "is whole" in whole


def counted(page: Page, base: str, number: str) -> None:
    """The figure of closed cases shows one, and opens exactly that row."""
    page.goto(f"{base}/figures/")
    page.locator("select[name=year]").select_option(index=0)
    page.locator("form.year button").click()
    page.wait_for_url("**year=**")
    page.locator('a[href*="/figures/J04/"]').first.click()
    expect(page.locator(".figure-line .big")).to_have_text("1")
    page.get_by_role("link", name=re.compile("在列表中打开全部")).click()
    expect(page.locator("#list")).to_contain_text(number)
    assert page.locator("#list td.lead").count() == 1


def test_a_decision_before_the_notice_is_refused_with_the_article(quiet_bureau: Site, people: People) -> None:
    report(quiet_bureau)
    case_url = open_case(people, to_the_squad(people))
    for login, move, values in ROAD[:4]:
        step(people.at(login), case_url, move, values)
    deputy = people.at("deputy")
    deputy.goto(case_url)
    blocked = deputy.locator("#can .blocked", has_text="处罚决定")
    expect(blocked).to_contain_text("事先告知书未送达，不得作出处罚决定")
    expect(blocked).to_contain_text("行政处罚法第六十二条")


PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def sample_id() -> str:
    """A number with a right check digit and an area that no place has."""
    digits = "99010119800302001"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def test_a_finding_becomes_a_penalty_on_the_spot_from_the_phone(quiet_bureau: Site, people: People) -> None:
    phone = people.at("officer2", size="phone")
    phone.clock.set_fixed_time(quiet_bureau.now)
    phone.goto(f"{people.base}/leads/finding/")
    phone.locator('input[name="photos"]').set_input_files(
        {"name": "stall.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    phone.locator('input[name="kind"][value="street_vending"]').check(force=True)
    phone.locator('input[name="place"]').fill("示例路2号门前")
    phone.locator('textarea[name="content"]').fill("占道设摊卖水果")
    phone.locator('input[name="next"][value="on_spot"]').check(force=True)
    phone.locator(".dock .btn-main").click()
    phone.wait_for_url(re.compile(r".*/cases/on-spot/.*"))
    second = phone.locator('[name="second_officer"] option').nth(1).get_attribute("value") or ""
    said = {
        "party.name": "示例乙",
        "party.number": sample_id(),
        "cause.code": "SR11",
        "notice.planned_kinds": "fine",
        "notice.planned_fine": "500",
        "second_officer": second,
        "confirmed": "1",
    }
    fill(phone, said)
    people.watch("officer2").expect(409)
    phone.locator(".dock .btn-main").click()
    refused = phone.locator(".error[role=alert]", has_text="罚款超过简易程序限额")
    expect(refused).to_contain_text("第五十一条")
    fill(phone, {"notice.planned_fine": "100"})
    phone.locator(".dock .btn-main").click()
    phone.wait_for_url(re.compile(r".*/cases/\d+/$"))
    expect(phone.locator(".case-line")).to_contain_text("已当场交付")
    expect(phone.locator("#preview")).to_contain_text("当场处罚决定书")
