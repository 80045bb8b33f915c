"""Texts of typical cases: which steps offer which text, and how its blanks are filled from a case. Pure.

A blank is a name in braces. What the case does not know stays a line to be written on, so that nobody takes an empty
place for a fact that was found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

LINE = "＿＿＿"
# Blanks that a text may have, as people write them: words → name of what the case knows.
BLANKS = {
    "当事人": "party",
    "违法地点": "place",
    "发现日期": "found_on",
    "案由": "cause",
    "违反条款": "violates",
    "处罚依据": "basis",
    "拟罚款": "fine",
    "改正要求": "requirement",
}
# Move → field of its form → which text of the template it can take.
USES: Mapping[str, Mapping[str, str]] = {
    "check_lead": {"inspection.facts": "facts", "violation.facts": "facts"},
    "inspect": {"inspection.facts": "facts"},
    "propose_filing": {"filing.checked_facts": "facts"},
    "close_investigation": {"investigation_report.tier_reasons": "reasons"},
    "adjudicate": {"adjudication.comment": "proposal"},
    "pass_legal_review": {"legal_review.comment": "proposal"},
    "serve_prior_notice": {"notice.reasons_text": "reasons"},
}
# Moves beside which the list of expected evidence stands.
LISTS_EVIDENCE = frozenset(
    {"check_lead", "inspect", "close_investigation", "adjudicate", "pass_legal_review"}
)
TEXTS = ("facts", "reasons", "proposal")
_BLANK = re.compile(r"\{([^{}]*)\}")


def filled(text: str, known: Mapping[str, str]) -> str:
    """`text` with its blanks filled from `known` (name → words); what is not known, and a strange blank, is a line."""
    return _BLANK.sub(lambda found: known.get(BLANKS.get(found.group(1), "")) or LINE, text)


def strange_blanks(text: str) -> list[str]:
    """Blanks of `text` that no case fills, and braces that do not pair, as they stand there."""
    strange = [name for name in _BLANK.findall(text) if name not in BLANKS]
    return strange + [sign for sign in "{}" if sign in _BLANK.sub("", text)]


def applies(scope: str, cause: str) -> bool:
    """Whether what is said of `scope` (nothing, a group of causes, or one cause) is said of `cause`."""
    return scope in ("", cause, cause[:2])
