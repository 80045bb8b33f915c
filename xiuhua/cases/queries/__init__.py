"""Reads of the bench. Every list starts from `visible(user)`; the class of the rows is here for annotations."""

from xiuhua.cases.models import Case, Matter
from xiuhua.cases.queries.files import cause_block, file_of, ranges_by_kind, whole_cause
from xiuhua.cases.queries.guidance import (
    blanks_of,
    marks_of,
    notes,
    notes_at,
    notes_on,
    offered,
    templates,
    templates_on,
)
from xiuhua.cases.queries.hearings import Hearing, hearings
from xiuhua.cases.queries.known import known, known_values
from xiuhua.cases.queries.law import cause_on, causes, parameters_on, setting
from xiuhua.cases.queries.lists import (
    due_soon,
    find,
    listed,
    matching,
    of_lead,
    of_party,
    search_of,
    sent_back,
    to_do,
    work_of,
)
from xiuhua.cases.queries.papers import audience_of, font_dirs, paper_of, shelf
from xiuhua.cases.queries.places import Place, beside, choices, may_begin, place_in, road_of, sides
from xiuhua.cases.queries.reach import roles_on
from xiuhua.cases.queries.reviews import (
    BARS,
    Past,
    came_in,
    desks,
    division,
    not_given,
    open_review,
    pace,
    returned_by_code,
    review_candidates,
    reviews,
)
from xiuhua.cases.queries.reviews import ROLES as REVIEW_ROLES
from xiuhua.cases.queries.running import lapse, nearest_clock, running_clocks
from xiuhua.cases.queries.sessions import items_of, may_sit, sessions, sessions_about

__all__ = [
    "BARS",
    "REVIEW_ROLES",
    "Case",
    "Hearing",
    "Matter",
    "Past",
    "Place",
    "audience_of",
    "beside",
    "blanks_of",
    "came_in",
    "cause_block",
    "cause_on",
    "causes",
    "choices",
    "desks",
    "division",
    "due_soon",
    "file_of",
    "find",
    "font_dirs",
    "hearings",
    "items_of",
    "known",
    "known_values",
    "lapse",
    "listed",
    "marks_of",
    "matching",
    "may_begin",
    "may_sit",
    "nearest_clock",
    "not_given",
    "notes",
    "notes_at",
    "notes_on",
    "of_lead",
    "of_party",
    "offered",
    "open_review",
    "pace",
    "paper_of",
    "parameters_on",
    "place_in",
    "ranges_by_kind",
    "returned_by_code",
    "review_candidates",
    "reviews",
    "road_of",
    "roles_on",
    "running_clocks",
    "search_of",
    "sent_back",
    "sessions",
    "sessions_about",
    "setting",
    "shelf",
    "sides",
    "templates",
    "templates_on",
    "to_do",
    "whole_cause",
    "work_of",
]
