"""Row by row: the catalogue of causes and the table of parameters against the paper of the domain they come from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.cases.actions.reference import BANDS, CAUSES, FACTORS, PARAMETERS
from xiuhua.org import rules
from xiuhua.org.rules.tables import Row, Shape, read

PAPER = Path(__file__).resolve().parents[4] / "shared" / "domain" / "DOMAIN.md"
pytestmark = pytest.mark.skipif(
    not PAPER.exists(), reason=f"{PAPER} is not here: nothing to hold the law against"
)

OLD, NEW = date(2021, 7, 14), date(2021, 7, 15)
NUMBER = re.compile(r"\d[\d,]*")
ARTICLE = re.compile(r"§(\d+)")
CONDITIONS = {"R": (True, False, False), "D": (False, False, True), "D/may": (False, True, False)}

# What the paper says otherwise than the catalogue, and why the catalogue is right.
ENFORCERS = {
    "ZT05": {"C"},  # the other department belongs to APL, under which no fine of this cause is given
    "WJ02": {"TG"},
}
EXTRA_ARTICLES = {"SR29": {"111"}}  # the later act that the paper names among the factors
UNCERTAIN_CONDITION = {"QZ02"}  # “D or R, check”: read as R, the careful side, and marked as doubtful
# Numbers of a cell that are no amounts: years, measures, articles, references to other rows, a published example.
NO_AMOUNTS = {
    "ZT05": {70, 116, 2000, 20000},  # APL
    "QZ02": {2023, 10000},
    "DL02": {3, 5},
    "DL03": {2},
    "LH04": {2},
    "LH05": {2},
    "HB11": {100000},  # the least cost that is counted, said in the note
    "JT01": {2, 10, 20000, 2023},
    "RQ04": {3},
}
SAME_AS = {"DL03": "DL02", "RQ04": "RQ03"}
FACTOR_WORDS = {
    "area m2": "area_m2", "place grade": "place_grade", "repeat in a year": "repeat_in_year", "food?": "food",
    "grade of road": "road_grade", "uncovered share": "uncovered_share", "expert report": "expert_report",
    "m2 x days": "m2_days", "times over limit": "times_over_limit", "hearing first: vehicle value": "vehicle_value",
}  # fmt: skip


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def section(begins: str, ends: str) -> Iterator[list[str]]:
    """Rows of the first table after a heading."""
    text = PAPER.read_text(encoding="utf-8").split(begins)[1].split(ends)[0]
    return (cells(line) for line in text.splitlines() if line.startswith("|") and "---" not in line)


def rows_of(shape: Shape, key: str) -> Mapping[str, list[Row]]:
    table = read(shape, (settings.REFERENCE_DIR / shape.file).read_text(encoding="utf-8"))
    assert not table.faults
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        found[row[key]].append(row)
    return found


def paper_causes() -> list[list[str]]:
    if not PAPER.exists():
        return []
    return [c for c in section("## 3. Seed catalogue", "\n## 4.") if re.fullmatch(r"[A-Z]{2}\d\d", c[0])]


CATALOGUE = rows_of(CAUSES.shape, "code")
EVERY_CAUSE = pytest.mark.parametrize("told", paper_causes(), ids=lambda c: c[0])


def test_the_catalogue_holds_the_causes_of_the_paper_and_no_others() -> None:
    assert {c[0] for c in paper_causes()} == CATALOGUE.keys()
    assert len(CATALOGUE) == 88


@EVERY_CAUSE
def test_a_cause_cites_the_articles_of_the_paper(told: list[str]) -> None:
    code, basis = told[0], told[2]
    cited = {a for v in CATALOGUE[code] for a in ARTICLE.findall(f"{v['violates']} {v['basis']}")}
    assert cited - EXTRA_ARTICLES.get(code, set()) == set(ARTICLE.findall(basis))


@EVERY_CAUSE
def test_the_amounts_of_the_paper_stand_in_the_range_or_in_a_band(told: list[str]) -> None:
    code, consequence = told[0], re.sub(r"\[[^\]]*\]", "", told[3])
    said = {int(n.replace(",", "")) for n in NUMBER.findall(consequence)} - NO_AMOUNTS.get(code, set())
    columns = ("floor", "ceiling", "floor_organisation", "ceiling_organisation")
    ranges = {v[c] for v in CATALOGUE[code] for c in columns if v[c] is not None}
    bands = {b[c] for b in rows_of(BANDS.shape, "cause_code")[code] for c in columns[:2] if b[c] is not None}
    assert said <= ranges | bands
    borrowed = {v[c] for v in CATALOGUE.get(SAME_AS.get(code, ""), []) for c in columns}
    later = {Decimal(100000), Decimal(1000000)} if code == "SR29" else set()
    assert ranges <= said | borrowed | later


@EVERY_CAUSE
def test_it_names_the_department_of_the_act_and_why_we_may_act(told: list[str]) -> None:
    code, names = told[0], re.sub(r"\(.*?\)|环卫", "", told[4])
    said = ENFORCERS.get(code) or {n.strip() for n in re.split(r"/|\bor\b", names)}
    for version in CATALOGUE[code]:
        assert set(version["statutory_enforcer"]) == said
        assert version["actual_enforcer"]
        assert bool(version["transfer_basis"]) == (said != {"C"})


@EVERY_CAUSE
def test_it_says_when_a_fine_is_possible(told: list[str]) -> None:
    code, condition = told[0], told[5]
    for version in CATALOGUE[code]:
        if code in UNCERTAIN_CONDITION:
            assert version["needs_refusal"]
            assert "needs_refusal" in version["unverified"]
            continue
        found = (version["needs_refusal"], version["may"], version["direct_penalty"])
        assert found == CONDITIONS[condition]


@EVERY_CAUSE
def test_it_asks_for_the_factors_of_the_paper_and_each_is_explained(told: list[str]) -> None:
    code, tier = told[0], told[6]
    words = [] if tier == "-" else [w.strip() for w in tier.split(";" if ":" in tier else ",")]
    if code in {"SR10", "SR29"}:  # what follows the semicolon speaks of another act
        words = [w.strip() for w in tier.split(";")[0].split(",")]
    said = {FACTOR_WORDS.get(w, w) for w in words}
    explained = rows_of(FACTORS.shape, "code").keys()
    for version in CATALOGUE[code]:
        assert set(version["tier_factors"]) == said
        assert set(version["tier_factors"]) <= explained


@EVERY_CAUSE
def test_a_power_to_seize_is_claimed_only_where_the_paper_knows_one(told: list[str]) -> None:
    for version in CATALOGUE[told[0]]:
        assert version["seize_power"] == ("seize" in told[3])


@EVERY_CAUSE
def test_what_the_paper_holds_for_doubtful_is_nowhere_marked_as_read(told: list[str]) -> None:
    code, text = told[0], "".join(told[2:6])
    if "check" not in text and "*" not in re.sub(r"\*\*", "", text):
        return
    for version in CATALOGUE[code]:
        assert version["certainty"] != "read" or version["unverified"], code
        assert version["source"]


@EVERY_CAUSE
def test_a_transfer_whose_text_was_not_found_says_so(told: list[str]) -> None:
    for version in CATALOGUE[told[0]]:
        if version["transfer_basis"] and not next(iter(rules.grounds(version["transfer_basis"])))[1]:
            assert "transfer_basis" in version["unverified"]


# Row of the paper → the parameters that carry it, and the numbers that each column must show among their values.
PARAMETER_ROWS: Mapping[str, tuple[str, set[str], set[str]]] = {
    "summary fine limit, citizen": ("summary_fine_citizen", {"50"}, {"200"}),
    "summary fine limit, organisation": ("summary_fine_organisation", {"1000"}, {"3000"}),
    "officers": ("min_officers", {"2"}, {"2"}),
    "show certificate": ("certificate_shown", {"yes"}, {"yes"}),
    "cash on the spot": ("cash_limit cash_hard_to_enforce cash_remote_on_request", {"20"}, {"100"}),
    "hand cash in": ("cash_hand_in_days cash_deposit_days", {"2 calendar_day"}, {"2 working_day"}),
    "filing": ("filing_required", {"no"}, {"yes"}),
    "evidence registration": (
        "registration_days registration_by_head", {"7 calendar_day"}, {"7 working_day"},
    ),
    "decision limit": (
        "decision_days decision_months_environment", {"0 calendar_day", "3 month"}, {"90 calendar_day"},
    ),
    "prior notice": ("notice_planned_penalty_required", {"no"}, {"yes"}),
    "hearing kinds": (
        "hearing_kinds", {"large_fine;suspend_business;revoke_licence"},
        {"large_fine;large_confiscation;downgrade;revoke_licence;suspend_business;close_business;restrict_trade;"
         "other_heavier"},
    ),
    "hearing request": ("hearing_request_days", {"3 calendar_day"}, {"5 working_day"}),
    "hearing notice": ("hearing_notice_days", {"7 calendar_day"}, {"7 working_day"}),
    "after hearing": ("hearing_record_binding", {"no"}, {"yes"}),
    "large fine, Shanghai": (
        "hearing_fine_citizen hearing_fine_organisation", {"5000", "50000"}, {"5000", "50000"},
    ),
    "legal review": (
        "legal_review_qualification legal_review_kinds", {"yes"},
        {"public_interest;major_rights_and_hearing;complex;other_by_law"},
    ),
    "collective discussion": ("discussion_needs_heavier", {"yes"}, {"no"}),
    "service of decision": (
        "service_days electronic_service", {"7 calendar_day", "no"}, {"7 working_day", "yes"},
    ),
    "announcement service": ("announcement_days", {"60"}, {"60"}),
    "pay": ("pay_days", {"15 calendar_day"}, {"15 calendar_day"}),
    "surcharge": (
        "surcharge_percent surcharge_cap_percent surcharge_pauses_in_remedy",
        {"3", "100", "no"}, {"3", "100", "yes"},
    ),
    "limitation": ("limitation_months limitation_months_health", {"24"}, {"24", "60"}),
    "same act, two fines": ("same_act_higher_range", {"no"}, {"yes"}),
    "publicity": (
        "publicity_days publicity_withdrawal_days publication_of_decisions",
        {"7 working_day", "no"}, {"3 working_day", "yes"},
    ),
    "camera evidence": ("camera_review_required", {"no"}, {"yes"}),
    "reconsideration request": (
        "reconsideration_days reconsideration_bodies on_spot_reconsideration_first",
        {"60", "district_government;city_department", "no"}, {"60"},
    ),
    "reconsideration decision": (
        "reconsideration_decision_days reconsideration_extension_days reconsideration_answer_days",
        {"60", "30", "10 calendar_day"}, {"60", "30"},
    ),
    "suit": (
        "litigation_months litigation_days_after_reconsideration litigation_answer_days",
        {"6 month", "15"}, {"6 month", "15"},
    ),
}  # fmt: skip
TABLE = rows_of(PARAMETERS.shape, "name")
# Articles of a row that are carried elsewhere, or begin to hold later and are read below.
ELSEWHERE = {
    "after hearing": {"38"},  # the general rule on decisions
    "prior notice": {"62"},  # no notice, no decision: a guard
    "reconsideration request": {"20", "23", "24"},
    "reconsideration decision": {"48", "54", "62"},
    "announcement service": {"95"},
}


def paper_parameters() -> list[list[str]]:
    if not PAPER.exists():
        return []
    return [c for c in section("### 2.1 Parameter table", "Counting of days.") if c[0] != "parameter"]


EVERY_PARAMETER = pytest.mark.parametrize("told", paper_parameters(), ids=lambda c: c[0])


def on(name: str, day: date) -> Row:
    (row,) = [r for r in TABLE[name] if (r["valid_from"] or day) <= day <= (r["valid_to"] or day)]
    return row


def test_every_row_of_the_paper_is_carried_by_parameters() -> None:
    assert {c[0] for c in paper_parameters()} == PARAMETER_ROWS.keys()


@EVERY_PARAMETER
def test_a_parameter_says_before_and_since_2021_what_the_paper_says(told: list[str]) -> None:
    names, before, after = PARAMETER_ROWS[told[0]]
    for day, wanted in ((OLD, before), (NEW, after)):
        rows = [on(name, day) for name in names.split()]
        found = {r["value"] for r in rows} | {f"{r['value']} {r['unit']}" for r in rows}
        assert wanted <= found


@EVERY_PARAMETER
def test_a_parameter_cites_the_articles_of_the_paper(told: list[str]) -> None:
    names = PARAMETER_ROWS[told[0]][0].split()
    for cell, day in ((told[1], OLD), (told[2], NEW)):
        if "same" in cell and "§" not in cell:
            continue
        said = set(ARTICLE.findall("".join(re.findall(r"\[law: [^\]]*\]|§\d+", cell))))
        cited = {a for name in names for a in ARTICLE.findall(on(name, day)["article"])}
        assert said - ELSEWHERE.get(told[0], set()) <= cited, day


@pytest.mark.parametrize(
    ("name", "day", "value", "article"),
    [
        ("announcement_days", date(2022, 1, 1), "30", "CivPL21 §95"),
        ("reconsideration_bodies", date(2024, 1, 1), "district_government", "ARL23 §24"),
        ("on_spot_reconsideration_first", date(2024, 1, 1), "yes", "ARL23 §23"),
        ("reconsideration_days", date(2024, 1, 1), "60", "ARL23 §20"),
        ("reconsideration_decision_days_simple", date(2024, 1, 1), "30", "ARL23 §62"),
        ("reconsideration_answer_days", date(2024, 1, 1), "10", "ARL23 §48"),
        ("reconsideration_answer_days_simple", date(2024, 1, 1), "5", "ARL23 §54"),
    ],
)
def test_later_changes_of_the_paper_have_their_own_day(
    name: str, day: date, value: str, article: str
) -> None:
    row = on(name, day)
    assert row["value"] == value
    assert article in row["article"]
    assert row["valid_from"] == day


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_number_of_the_law_of_2017_is_not_marked_as_read_unless_it_was(name: str) -> None:
    """Of the text of 2017 only §20 to §28 and §42 to §46 were seen, on secondary pages."""
    for row in TABLE[name]:
        if "PPL17" in row["article"]:
            assert row["certainty"] != "read"
