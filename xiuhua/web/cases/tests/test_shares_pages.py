"""Two parties fined apart, as pages and the API show them: each with its bill, and with what may be begun of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from xiuhua.cases.models import FineBill, Matter
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench
from xiuhua.cases.tests.bench.test_bench_shares import go, handed_over, lapsed, payment, served
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import actions as org
from xiuhua.web.cases.tests.conftest import browser

pytestmark = pytest.mark.slow


def test_each_party_has_its_bill_on_the_case_and_each_payment_names_whose_it_is(bench: Bench) -> None:
    case, at = served(bench)
    with clock.held_at(at):
        client = browser(bench, O1)
        page = client.get(f"/cases/{case.pk}/")
        text = page.content.decode()
        second = FineBill.objects.get(case=case, party="P2")
        assert f"/cases/money/{second.pk}/" in text
        assert "罚款缴纳　示例店主" in text
        own = client.get(f"/cases/money/{second.pk}/").content.decode()
        assert "示例店主" in own
        assert "9,000" not in own
        shown = client.get("/cases/money/", {"q": "示例店主"}).content.decode()
        assert second.number in shown
        assert FineBill.objects.get(case=case, party="P1").payer == "示例餐饮有限公司"
    rows = {row.name: row for row in page.context["several"].parties}
    assert rows["示例店主"].bill == second
    assert rows["示例店主"].bill_state.label == "待缴"
    assert any("罚款缴纳　示例店主" in entry.label for entry in page.context["entries"])


def test_a_demand_is_begun_of_the_party_that_the_button_names_and_of_no_other(bench: Bench) -> None:
    case, at = handed_over(bench)
    with clock.held_at(at):
        client = browser(bench, O1)
        page = client.get(f"/cases/{case.pk}/").content.decode()
        address = f"/cases/{case.pk}/beside/demand/issue_demand/"
        assert f"{address}?party=P2" in page
        assert f"{address}?party=P1" not in page
        assert client.get(f"{address}?party=P9").status_code == 404
        form = client.get(f"{address}?party=P2")
        assert form.status_code == 200
        assert "示例店主" in str(form.context["papers"])
        assert "示例餐饮有限公司" not in str(form.context["papers"])
        typed = {"demand.amount": "100", "demand.duty_days": "10", "demand.way": "缴至银行"}
        assert client.post(address, typed).status_code == 409
        assert not Matter.objects.filter(case=case, procedure="demand").exists()
        assert client.post(f"{address}?party=P2", typed).status_code == 302
    assert Matter.objects.get(case=case, procedure="demand").party == "P2"


def test_a_deferral_of_one_is_approved_on_its_own_form_with_its_own_sum(bench: Bench) -> None:
    case, at = served(bench)
    own = payment(case, "P1")
    go(bench, own, "apply_deferral", at, {"deferral.kind": "instalment", "deferral.reason": "停业"})
    with clock.held_at(at):
        client = browser(bench, DEPUTY)
        plan = {"plan.count": "2", "plan.first_due": (at.date() + timedelta(days=30)).isoformat()}
        answer = client.post(f"/cases/{case.pk}/matters/{own.pk}/approve_instalments/", plan)
        assert answer.status_code == 302
        bill = FineBill.objects.get(case=case, party="P1")
        page = client.get(f"/cases/money/{bill.pk}/").content.decode()
    assert page.count("4,500") >= 2


def test_the_api_says_of_each_bill_whose_it_is_and_what_is_left(bench: Bench) -> None:
    case, at = served(bench)
    lapsed(case, at + timedelta(days=20))
    user = bench.person(O1, case.handling_unit).user
    _, key = org.make_key(user=user, label="示例", by=SYSTEM, at=at)
    with clock.held_at(at + timedelta(days=20)):
        said = Client().get(f"/api/cases/{case.pk}", headers={"Authorization": f"Bearer {key}"}).json()
    assert [(b["party"], b["payer"], b["left"], b["state"]) for b in said["bills"]] == [
        ("P1", "示例餐饮有限公司", 9000, "open"),
        ("P2", "示例店主", 50, "open"),
    ]
    assert [(m["procedure"], m["party"], m["state"]) for m in said["matters"]] == [
        ("payment", "P2", "overdue"),
        ("payment", "P1", "overdue"),
    ]
