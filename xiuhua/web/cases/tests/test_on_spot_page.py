"""The page of an on-the-spot penalty: how little it asks, what it knows, what it says of the limit."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from xiuhua.cases.models import Case
from xiuhua.cases.tests.bench.bench import O1, Bench
from xiuhua.leads.models import Lead
from xiuhua.leads.rules import State
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.opening import cause_words
from xiuhua.web.cases.tests.conftest import browser

CITIZEN, ORGANISATION = "110101199001010015", "91310115MA1H7XMP2T"


class Inputs(HTMLParser):
    """The names a person has to answer in the form with this id: one for a set of chips, none for what is hidden."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside, self.names = form, False, set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.inside = told.get("id") == self.form
        if not self.inside or tag not in {"input", "select", "textarea"}:
            return
        if told.get("role") == "combobox":
            self.names.add(f"search {told.get('id')}")
        elif told.get("type") != "hidden" and told.get("name"):
            self.names.add(str(told["name"]))


def inputs_of(page: str) -> set[str]:
    parser = Inputs("on-spot")
    parser.feed(page)
    return parser.names


@pytest.fixture
def finding(bench: Bench) -> Lead:
    """A street vendor whom the squad has found and taken on."""
    return bench.desk.in_state(State.ACCEPTED)


def test_it_asks_at_most_twelve_things_besides_the_name_and_the_number_of_the_party(
    bench: Bench, finding: Lead
) -> None:
    page = browser(bench, O1).get(f"/cases/on-spot/?lead={finding.pk}").content.decode()
    names = inputs_of(page)
    assert {"party.name", "party.number"} <= names
    assert 0 < len(names - {"party.name", "party.number"}) <= 12


def test_everything_a_finding_knows_stands_in_the_page(bench: Bench, finding: Lead) -> None:
    bench.spot(fine=50)
    form = browser(bench, O1).get(f"/cases/on-spot/?lead={finding.pk}").context["form"]
    assert form["violation.place"].text == finding.place
    assert form["violation.facts"].text == finding.content
    assert form["cause.code"].text == finding.cause_hint
    assert form["scene.arrived_at"].text
    assert form["second_officer"].text == str(bench.person(("officer", 1)).pk)


def said(bench: Bench, **more: str) -> dict[str, str]:
    return {
        "party.name": "示例摊主",
        "party.number": CITIZEN,
        "cause.code": "SR11",
        "violation.place": "示例路1号",
        "scene.arrived_at": f"{AT:%Y-%m-%d %H:%M}",
        "violation.facts": "占道设摊",
        "notice.planned_kinds": "fine",
        "notice.planned_fine": "100",
        "second_officer": str(bench.person(("officer", 1)).pk),
        "confirmed": "1",
        "paying": "bank",
        **{name.replace("__", "."): value for name, value in more.items()},
    }


def test_one_page_takes_a_finding_to_the_delivered_decision(bench: Bench, finding: Lead) -> None:
    client = browser(bench, O1)
    answer = client.post("/cases/on-spot/", said(bench) | {"lead": str(finding.pk)})
    assert answer.status_code == 302
    case = Case.objects.get(lead=finding)
    assert case.state == "delivered"
    assert case.fine == 100
    page = client.get(answer["Location"]).content.decode()
    assert f"已当场作出决定并交付，决定书 {case.decision_number}。" in page
    assert "现在走的期限：缴纳罚款" in page


def test_a_fine_over_the_limit_is_refused_with_the_article_and_nothing_is_lost(bench: Bench) -> None:
    before = Case.objects.count()
    answer = browser(bench, O1).post("/cases/on-spot/", said(bench, notice__planned_fine="300"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "行政处罚法第五十一条" in page
    assert 'value="300"' in page
    assert Case.objects.count() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"party__number": "110101199001010016"}, "party.number"),
        ({"party__number": "91310115MA1H7XMP2X"}, "party.number"),
        ({"confirmed": ""}, "confirmed"),
        ({"cause__code": "XX99"}, "cause.code"),
        ({"notice__planned_fine": ""}, "notice.planned_fine"),
        ({"paying": "small_amount"}, "item.receipt_no"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_keeps_the_rest(
    bench: Bench, wrong: dict[str, str], field: str
) -> None:
    answer = browser(bench, O1).post("/cases/on-spot/", said(bench, **wrong))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"]["violation.facts"].text == "占道设摊"


@pytest.mark.parametrize(("fine", "status"), [("", 422), ("300", 409)])
def test_the_words_of_a_chosen_cause_stand_in_the_page_that_comes_back(
    bench: Bench, finding: Lead, fine: str, status: int
) -> None:
    chosen = said(bench, cause__code="HB01", notice__planned_fine=fine) | {"lead": str(finding.pk)}
    answer = browser(bench, O1).post("/cases/on-spot/", chosen)
    assert answer.status_code == status
    assert f'value="{cause_words(AT.date(), "HB01")}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("number", "fine", "told"),
    [
        (CITIZEN, "200", "当场处罚：公民不超过 200 元"),
        (CITIZEN, "201", "超过当场处罚上限：公民 200 元"),
        (ORGANISATION, "201", "当场处罚：单位不超过 3,000 元"),
        ("", "201", "超过当场处罚上限：公民 200 元"),
        (CITIZEN, "20", "不在法定幅度内"),
        (CITIZEN, "二百", "法定 50–500 元"),
    ],
)
def test_beside_the_fine_stand_the_range_and_the_limit_of_the_day(
    bench: Bench, number: str, fine: str, told: str
) -> None:
    typed = {"cause.code": "SR11", "party.number": number, "notice.planned_fine": fine}
    page = browser(bench, O1).post("/cases/on-spot/span/", typed).content.decode()
    assert told in page
    assert "法定 50–500 元" in page
    assert "从轻" in page


def test_without_a_cause_there_is_no_range_to_tell(bench: Bench) -> None:
    page = browser(bench, O1).post("/cases/on-spot/span/", {"cause.code": "?"}).content.decode()
    assert "选定案由后" in page
