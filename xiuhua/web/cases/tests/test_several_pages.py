"""Several parties and acts on the pages: joined through the form, told apart on the case, weighed in one form."""

from __future__ import annotations

import pytest

from xiuhua.cases import queries
from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import O1, Bench, Went
from xiuhua.cases.tests.bench.test_bench_several import OWNER, told
from xiuhua.kernel import clock
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.arranging import after, is_needed
from xiuhua.web.cases.tests.conftest import browser


def investigated(bench: Bench) -> Case:
    case, at = bench.at_step("recheck_correction")
    bench.go(case, Went(O1, "join_party", says=OWNER), at)
    return case


@pytest.mark.slow
def test_a_party_is_joined_through_the_form_and_the_page_names_both(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    with clock.held_at(at):
        client = browser(bench, O1)
        assert "各当事人" not in client.get(f"/cases/{case.pk}/").content.decode()
        answer = client.post(f"/cases/{case.pk}/do/join_party/", OWNER)
        assert answer.status_code == 302
        page = client.get(f"/cases/{case.pk}/").content.decode()
        assert "各当事人" in page
        assert "示例店主" in page
        again = client.post(f"/cases/{case.pk}/do/join_party/", OWNER)
        assert again.status_code == 409
        assert "该当事人已是本案当事人" in again.content.decode()
    assert len(queries.file_of(case)["parties"]) == 2  # what was typed, and what the register knows


def test_a_wrong_number_stands_at_its_field_and_nothing_is_written(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    with clock.held_at(at):
        answer = browser(bench, O1).post(
            f"/cases/{case.pk}/do/join_party/", OWNER | {"joined.id_no": "110101199001010014"}
        )
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"joined.id_no"}
    assert "parties" not in queries.file_of(case)


def test_the_form_of_the_report_asks_for_every_pair_and_the_cause_is_looked_up(bench: Bench) -> None:
    case = investigated(bench)
    with clock.held_at(case.state_since):
        client = browser(bench, O1)
        page = client.get(f"/cases/{case.pk}/do/close_investigation/").content.decode()
        assert 'name="share.P1.V1.kinds"' in page
        assert 'name="share.P2.V1.fine"' in page
        assert 'name="investigation_report.proposed_fine"' not in page
        added = client.get(f"/cases/{case.pk}/do/add_violation/").content.decode()
    assert 'name="added.cause_code"' in added
    assert "/cases/causes" in added
    assert 'name="added.evidence_ids"' in added


def test_what_falls_to_a_party_is_asked_after_its_kinds() -> None:
    assert after("share.P2.V1.fine") == ("share.P2.V1.kinds", "fine")
    assert after("share.P2.V1.mitigation_ground") == ("share.P2.V1.tier", "mitigated")
    assert after("share.P2.V1.kinds") == ("", "")
    assert is_needed("share.P2.V1.tier")
    assert not is_needed("share.P2.V1.band")


@pytest.mark.slow
def test_the_page_says_of_each_party_what_it_was_told_and_what_it_has_to_bear(bench: Bench) -> None:
    case, at = told(bench, AT)
    with clock.held_at(at):
        page = browser(bench, O1).get(f"/cases/{case.pk}/")
    rows = {row.name: row for row in page.context["several"].parties}
    assert (rows["示例餐饮有限公司"].fine, rows["示例店主"].fine) == (9000, 50)
    assert rows["示例店主"].told_on is not None
    assert rows["示例店主"].served_on is None
    acts = page.context["several"].acts
    assert [act.name.split()[0] for act in acts] == ["HB01", "SR20"]
    assert acts[1].proofs
