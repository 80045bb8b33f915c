"""The words of the notation: its functions with the number of their arguments, and the signs it knows. Pure data."""

from __future__ import annotations

import ast
from collections.abc import Mapping

LONGEST = 1000  # characters of one expression
DEEPEST = 40  # parts within parts
LARGEST = 10**9

# Functions of the file alone: worked out once for a file. `ordinary` and `summary` stand without brackets.
OF_THE_FILE = frozenset({
    "acts", "decided_or_closed", "demand_due", "hearing_due", "investigators", "limit_kind", "paid", "pay_due", "penal",
    "recording_required", "request_in_time", "review_required", "suspended_days",
})  # fmt: skip
BARE = frozenset({"ordinary", "summary"})
# name → how many arguments. The first group reads the file, the second only its arguments.
READING: Mapping[str, int] = {
    "officer": 1, "svc": 1, "eff": 1, "recorded": 1, "remedy_days_in": 2, "measure_days": 1, "test_days": 1,
    "tier_contains": 4,
}  # fmt: skip
PLAIN: Mapping[str, int] = {
    "days": 2, "wd": 2, "wdays": 2, "add_days": 2, "add_months": 2, "add_years": 2, "hours": 2, "overlap": 4, "d": 1,
    "age_on": 2, "night": 1, "legal_holiday": 1, "in_order": 2, "re_ten": 1, "usci_ok": 1, "money": 1, "kinds_of": 1,
    "min": 2, "max": 2,
}  # fmt: skip
INLINE: Mapping[str, int] = {
    "missing": 1, "present": 1, "before": 2, "after": 2, "len": 1, "set": 1, "sum": 1, "any": 1,
}  # fmt: skip
# What the rows are that a function gives back, or walks over.
ROWS_OF = {"officer": "officers[]", "svc": "services[]", "recorded": "recording[]", "acts": "acts[]"}
ACT_FIELDS = {"on": "day", "officer_ids": "ids", "certificate_shown": "flag"}

ORDER = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
SAME = {ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not"}
WITHIN = {ast.In: "in", ast.NotIn: "not in"}
ARITHMETIC = {ast.Add: "plus", ast.Sub: "minus", ast.Mult: "times", ast.BitAnd: "shared"}
