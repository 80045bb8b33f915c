"""The parameters that guards read: thresholds and rules of the authority, dated data in the reference tables.

Periods are not here: the law's days and months stand in `periods`, with their event, unit and article.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Param:
    """A value in force on a day. `kind`: money (yuan), percent, count, yes_no, choice, list (apart by semicolons)."""

    name: str
    kind: str
    meaning_zh: str
    meaning: str


PARAMS = (
    Param("min_officers", "count", "执法人员最少人数", "fewest certified officers in any enforcement act"),
    Param("summary_fine_citizen", "money", "简易程序罚款上限（公民）", "highest on-the-spot fine, citizen"),
    Param("summary_fine_organisation", "money", "简易程序罚款上限（单位）", "the same, organisation"),
    Param(
        "cash_limit", "money", "当场收缴罚款上限", "highest fine that may be taken in cash without a ground"
    ),
    Param(
        "hearing_fine_citizen", "money", "听证罚款标准（公民）", "planned fine that opens a hearing, citizen"
    ),
    Param("hearing_fine_organisation", "money", "听证罚款标准（单位）", "the same, organisation"),
    Param(
        "hearing_confiscation_counts",
        "yes_no",
        "没收价值计入听证标准",
        "the planned value of confiscation opens a hearing at the same amount",
    ),
    Param(
        "individual_business_counts_as",
        "choice",
        "个体工商户按何种当事人计",
        "citizen or organisation, for every limit above",
    ),
    Param(
        "legal_review_every_ordinary",
        "yes_no",
        "普通程序案件全部法制审核",
        "every ordinary case in the bureau's name passes legal review",
    ),
    Param(
        "legal_review_qualification",
        "yes_no",
        "初次从事法制审核须有法律职业资格",
        "a first-time reviewer needs the national legal qualification",
    ),
    Param("discussion_quorum", "count", "集体讨论最少人数", "fewest leaders in a collective discussion"),
    Param(
        "on_spot_reconsideration_first",
        "yes_no",
        "当场处罚须先复议",
        "an on-the-spot penalty goes to reconsideration before the court",
    ),
    Param("reconsideration_bodies", "list", "复议机关", "bodies that may be asked for reconsideration"),
    Param(
        "reconsideration_bodies_of_town",
        "list",
        "镇人民政府决定的复议机关",
        "the same, of a decision of a town government",
    ),
    Param(
        "reconsideration_simple_amount",
        "money",
        "复议简易程序案件款额上限",
        "highest amount at stake in a simple reconsideration",
    ),
    Param("surcharge_percent", "percent", "加处罚款每日比例", "surcharge of a day, of the fine"),
    Param("surcharge_cap_percent", "percent", "加处罚款上限", "most the surcharge may reach, of the fine"),
    Param(
        "summary_cases_per_volume", "count", "简易程序案卷每卷最多件数", "most summary cases in one volume"
    ),
)

NAMES = frozenset(p.name for p in PARAMS)
