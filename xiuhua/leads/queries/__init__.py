"""Reads of the desk. Every list starts from `visible(user)`; the classes of the rows are here for annotations."""

from xiuhua.leads.models import Lead, LeadAttribute, LeadKind, LeadMedia, Reporter
from xiuhua.leads.queries.clocks import clocks_of, due_columns, moments_of, periods
from xiuhua.leads.queries.kinds import (
    attributes_of,
    kind_by_code,
    kinds,
    kinds_with_questions,
    questions_of,
)
from xiuhua.leads.queries.lists import (
    HEAPS,
    Near,
    counts_for,
    due_soon,
    leads,
    media_of,
    moves,
    near_duplicates,
    refusals_of,
    reporter_known,
    timeline,
    to_do,
)
from xiuhua.leads.queries.public import (
    Answer,
    answer_clocks,
    answer_of,
    expected_at,
    posted_by,
    published,
)
from xiuhua.leads.queries.updates import Update, updates_of

__all__ = [
    "HEAPS",
    "Answer",
    "Lead",
    "LeadAttribute",
    "LeadKind",
    "LeadMedia",
    "Near",
    "Reporter",
    "Update",
    "answer_clocks",
    "answer_of",
    "attributes_of",
    "clocks_of",
    "counts_for",
    "due_columns",
    "due_soon",
    "expected_at",
    "kind_by_code",
    "kinds",
    "kinds_with_questions",
    "leads",
    "media_of",
    "moments_of",
    "moves",
    "near_duplicates",
    "periods",
    "posted_by",
    "published",
    "questions_of",
    "refusals_of",
    "reporter_known",
    "timeline",
    "to_do",
    "updates_of",
]
