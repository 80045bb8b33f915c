"""What org knows without a database: kinds of units, roles and their separation, citations, reference tables."""

from xiuhua.org.rules.citations import Title, article_zh, cite, count_zh, grounds
from xiuhua.org.rules.handbook import roles_page
from xiuhua.org.rules.roles import ROLES, Role
from xiuhua.org.rules.searching import search_text
from xiuhua.org.rules.separation import misplaced, parted, unfit
from xiuhua.org.rules.units import (
    CAUSE_GROUP_LABELS,
    HANDLING_KINDS,
    HEADCOUNT_LABELS,
    PERSON_KIND_LABELS,
    UNIT_KIND_LABELS,
    HeadcountKind,
    PersonKind,
    UnitKind,
    acts_in_name,
)

__all__ = [
    "CAUSE_GROUP_LABELS",
    "HANDLING_KINDS",
    "HEADCOUNT_LABELS",
    "PERSON_KIND_LABELS",
    "ROLES",
    "UNIT_KIND_LABELS",
    "HeadcountKind",
    "PersonKind",
    "Role",
    "Title",
    "UnitKind",
    "acts_in_name",
    "article_zh",
    "cite",
    "count_zh",
    "grounds",
    "misplaced",
    "parted",
    "roles_page",
    "search_text",
    "unfit",
]
