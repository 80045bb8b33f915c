"""The check of a file: rules in, findings out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.cases.checker import reading
from xiuhua.cases.checker.apart import View, views
from xiuhua.cases.checker.compiling import Places, checked, located
from xiuhua.cases.checker.findings import Finding, Result
from xiuhua.cases.checker.law import Law, functions
from xiuhua.cases.checker.parsing import DECIDED, LEAD, Parsed, parse
from xiuhua.cases.checker.rules import SEVERITIES, Rule
from xiuhua.cases.checker.tidying import tidied

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
        looks = views(plain)
        if len(looks) > 1:
            return self._apart(looks)
        fired, unread = self._check(plain)
        findings = [(SEVERITIES.index(self.rules[i].severity), i) for i in fired]
        return Result(
            tuple(
                Finding(self.rules[i], self._where(i, plain), key_day(self.rules[i], plain))
                for _, i in sorted(findings)
            ),
            tuple(self.rules[i] for i in sorted(unread)),
        )

    def _apart(self, looks: Sequence[View]) -> Result:
        """Every rule over each look that it takes; what it finds in all of them is the whole file's."""
        hits: dict[int, list[View]] = {}
        blind: set[int] = set()
        for view in looks:
            fired, unread = self._check(view.file)
            blind |= {i for i in unread if view.looks(self.rules[i].group)}
            for i in fired:
                if view.looks(self.rules[i].group):
                    hits.setdefault(i, []).append(view)
        findings = []
        for i in sorted(hits, key=lambda i: (SEVERITIES.index(self.rules[i].severity), i)):
            rule, first = self.rules[i], hits[i][0].file
            everywhere = len(hits[i]) == sum(view.looks(rule.group) for view in looks)
            of = () if everywhere else tuple(view.of for view in hits[i])
            findings.append(Finding(rule, self._where(i, first), key_day(rule, first), of))
        return Result(tuple(findings), tuple(self.rules[i] for i in sorted(blind)))

    def ids(self, file: File) -> frozenset[str]:
        """Only which rules fire."""
        return self.check(file).ids if len(views(plain := tidied(file))) > 1 else self._fired(plain)

    def _fired(self, plain: File) -> frozenset[str]:
        return frozenset(self.rules[i].id for i in self._check(plain)[0])

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
