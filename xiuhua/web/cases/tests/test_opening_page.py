"""The page on which a case is opened: what was chosen in it is seen again when it comes back."""

from __future__ import annotations

import pytest

from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import O1, Bench
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
