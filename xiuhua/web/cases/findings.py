"""What the file check found, as pages show it: by severity, each with its place, how to mend it, and the article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiuhua.cases.checker.findings import Finding, Result
from xiuhua.cases.checker.rules import ERROR, GROUPS, VETO, WARNING
from xiuhua.cases.models import Case
from xiuhua.cases.queries import checking
from xiuhua.org import queries as org
from xiuhua.web.cases import places
from xiuhua.web.frame.http import in_english
from xiuhua.web.frame.parts import State

TONES = {VETO: "refused", ERROR: "now", WARNING: "wait"}
# Before these moves whoever makes them reads what the file check has found so far.
CHECKED_BEFORE = frozenset(
    {
        "adjudicate",
        "pass_legal_review",
        "fail_legal_review",
        "decide_penalty",
        "decide_after_discussion",
        "archive_case",
    }
)
SHOWN = 3
LABELS = {VETO: gettext_noop("否决"), ERROR: gettext_noop("错误"), WARNING: gettext_noop("提醒")}
# Short name of an act → the days between which it is in force, None where open.
Acts = Mapping[str, tuple[date | None, date | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """A finding in the language of the page."""

    rule: str
    group: str
    message: str
    mend: str
    article: str
    places: tuple[str, ...]
    is_remembered: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity."""

    severity: str
    state: State
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The file check of a case. `unread` are rules that a value of a wrong kind kept from judging."""

    groups: tuple[Group, ...]
    unread: tuple[str, ...]
    count: int

    @property
    def vetoes(self) -> tuple[Row, ...]:
        return next((group.rows for group in self.groups if group.severity == VETO), ())

    @property
    def others(self) -> int:
        return self.count - len(self.vetoes)

    @property
    def first(self) -> tuple[tuple[Group, Row], ...]:
        """The gravest few with their severity, for the page of the case."""
        return tuple((group, row) for group in self.groups for row in group.rows)[:SHOWN]


def checked(case: Case, file: Mapping[str, Any] | None = None) -> Checked:
    """What is wrong with the file of a case as it stands."""
    return shown(checking.check_case(case, None if file is None else dict(file)))


def shown(result: Result) -> Checked:
    acts = {act.short: (act.valid_from, act.valid_to) for act in org.acts_of_law()} if result.findings else {}
    groups = tuple(
        Group(severity, State(_(label), TONES[severity]), tuple(_row(finding, acts) for finding in found))
        for severity, label in LABELS.items()
        if (found := result.of(severity))
    )
    return Checked(groups, tuple(rule.id for rule in result.unread), len(result.findings))


def in_force(article: str, day: str, acts: Acts) -> str:
    """Of what a rule cites, the acts in force on its key day; all of it where that leaves none."""
    if not day:
        return article
    that = date.fromisoformat(day)
    over = {
        short for short, (begins, ends) in acts.items() if (begins or that) > that or (ends or that) < that
    }
    held = [part for part in article.split("; ") if part.partition(" §")[0] not in over]
    return "; ".join(held) or article


def _row(finding: Finding, acts: Acts) -> Row:
    rule, english = finding.rule, in_english()
    return Row(
        rule=rule.id,
        group=rule.group if english else GROUPS[rule.group],
        message=rule.message_en if english else rule.message,
        mend=rule.mend_en if english else rule.mend,
        article=in_force(rule.article, finding.day, acts),
        places=(*finding.of, *(places.said(path) for path in finding.where)),
        is_remembered=rule.certainty == "memory",
    )
