"""The check of a file: rules in, findings out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from xiuhua.cases.checker import days, reading, values
from xiuhua.cases.checker.compiling import DECIDED, LEAD, Functions, Parsed, Places, checked, located, parse
from xiuhua.cases.checker.reading import ParamsOn
from xiuhua.cases.checker.rules import SEVERITIES, Rule
from xiuhua.cases.checker.snapshot import tidied
from xiuhua.kernel.workdays import Calendar

File = Mapping[str, Any]
MOST_PLACES = 8
# Where the answer to a question stands in the file; other questions name no place.
STANDS = {
    "recording_required": "case.recording_steps",
    "eff": "services",
    "svc": "services",
    "paid": "payment.items",
    "suspended_days": "case.suspensions",
    "investigators": "officers",
}


@dataclass(frozen=True, slots=True)
class Law:
    """What the rules need besides the file: working days, parameters in force on an ISO day, parts of the tiers."""

    calendar: Calendar
    params_on: ParamsOn
    tier_span: values.TierSpan


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that the file breaks. `where`: the fields or rows, such as `services[1]` or `notice.served_on`.

    `day` is the ISO day by which the text of the law was chosen; empty where the file names none.
    """

    rule: Rule
    where: tuple[str, ...]
    day: str = ""

    def as_data(self) -> dict[str, Any]:
        return {
            "rule_id": self.rule.id,
            "severity": self.rule.severity,
            "where": ", ".join(self.where),
            "message": self.rule.message,
            "mend": self.rule.mend,
            "message_en": self.rule.message_en,
            "mend_en": self.rule.mend_en,
            "article": self.rule.article,
            "certainty": self.rule.certainty,
        }


@dataclass(frozen=True, slots=True)
class Result:
    """Findings by severity, the gravest first; `unread` are rules that a value of a wrong kind kept from judging."""

    findings: tuple[Finding, ...]
    unread: tuple[Rule, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(finding.rule.id for finding in self.findings)

    def of(self, severity: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.rule.severity == severity)


class Checker:
    """Rules compiled for one state of the law. Raises BadRule for a rule that is not in the notation.

    `check` is pure and never raises for a file that is a dict, whatever lies in it.
    """

    def __init__(self, rules: Sequence[Rule], law: Law) -> None:
        self.rules = tuple(rules)
        self._functions = functions(law)
        self._parsed: tuple[Parsed, ...] = tuple(parse(rule) for rule in self.rules)
        self._check = checked(self._parsed, self._functions)
        self._places: dict[int, Places] = {}

    def check(self, file: File) -> Result:
        plain = tidied(file)
        fired, unread = self._check(plain)
        findings = [(SEVERITIES.index(self.rules[i].severity), i) for i in fired]
        return Result(
            tuple(
                Finding(self.rules[i], self._where(i, plain), key_day(self.rules[i], plain))
                for _, i in sorted(findings)
            ),
            tuple(self.rules[i] for i in sorted(unread)),
        )

    def ids(self, file: File) -> frozenset[str]:
        """Only which rules fire."""
        return frozenset(self.rules[i].id for i in self._check(tidied(file))[0])

    @property
    def reads(self) -> Mapping[str, frozenset[str]]:
        """Rule → the fields that it reads, those of rows as `services.on`, and the questions it asks (`acts()`)."""
        return {
            one.rule.id: frozenset(one.applies.reads | one.condition.reads | one.key.reads)
            for one in self._parsed
        }

    def _where(self, index: int, file: File) -> tuple[str, ...]:
        one = self._parsed[index]
        hits = [
            _named(label, place, file)
            for (label, _), places in zip(one.condition.lists, self._hits(index, file), strict=False)
            for place in places[:MOST_PLACES]
        ]
        return tuple(dict.fromkeys(hits)) or _plain(one.condition.fields) or _plain(one.applies.fields)

    def _hits(self, index: int, file: File) -> list[list[int]]:
        """For each list that the condition walks over, the places at which it finds something."""
        if not self._parsed[index].condition.lists:
            return []
        if index not in self._places:
            self._places[index] = located(self._parsed[index], self._functions)
        try:
            return self._places[index](file)
        except Exception:
            # Another part of the condition made it fire; a row that cannot be read names no place.
            return []


def key_day(rule: Rule, file: File) -> str:
    """The key date of the rule, else the day of the decision, else that of the lead; empty where there is none."""
    for path in (rule.key_date, DECIDED, LEAD):
        block, _, name = path.partition(".")
        value = reading.block(file, block).get(name)
        if type(value) is str and value:
            return value[:10]
    return ""


def _named(label: str, place: int, file: File) -> str:
    """The row at `place` of a list of the file, or the act at `place` by where it stands."""
    if label == "acts()":
        return str(reading.acts(file)[place]["where"])
    return f"{STANDS.get(label.partition('(')[0], label)}[{place}]"


def _plain(read: Sequence[str]) -> tuple[str, ...]:
    """The places of what a rule reads."""
    fields = (STANDS.get(path.partition("(")[0], "") if path.endswith(")") else path for path in read)
    return tuple(dict.fromkeys(path for path in fields if path))


def functions(law: Law) -> Functions:
    """The functions of the notation over this state of the law."""
    params = lru_cache(maxsize=4096)(law.params_on)

    def param(day: str | None, name: str) -> Any:
        return params(day or date.min.isoformat()).get(name)

    of_the_file = {
        name: getattr(reading, name)
        for name in (
            "ordinary", "summary", "penal", "decided_or_closed", "acts", "investigators", "staff", "svc", "eff",
            "recorded", "recording_required", "suspended_days", "review_required", "paid", "demand_due",
            "remedy_days_in", "test_days", "measure_days",
        )
    }  # fmt: skip
    of_days = {
        name: getattr(days, name)
        for name in (
            "d",
            "days",
            "add_days",
            "add_months",
            "add_years",
            "hours",
            "overlap",
            "age_on",
            "night",
        )
    }
    of_values = {
        name: getattr(values, name)
        for name in (
            "plus", "minus", "times", "shared", "at", "cut", "money", "in_order", "re_ten", "usci_ok", "kinds_of",
        )
    }  # fmt: skip
    return {
        **of_the_file,
        **of_days,
        **of_values,
        **days.counting(law.calendar),
        **reading.over_parameters(params),
        **reading.over_periods(law.calendar),
        "sum": values.total,
        "min": values.smaller,
        "max": values.larger,
        "param": param,
        "tier_contains": values.tier_test(law.tier_span, reading.law_day),
    }
