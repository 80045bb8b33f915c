"""The columns of a file of leads. Pure."""

from __future__ import annotations

# Every column, in the order in which rows are handed on; cells are text.
COLUMNS = (
    "source",  # patrol, report, open311, hotline, complaint, campaign, regulation, detector, camera, transfer, superior
    "source_ref",  # the number that the source gave it; needed, so that no row comes in twice
    "number",  # the number it had as a lead, by which cases name it; one is taken where it is empty
    "kind",  # code of a kind of lead
    "content",
    "received_at",  # 2018-05-16T09:10, +08:00 where no zone is given
    "place",
    "lon",  # WGS-84, degrees
    "lat",
    "area",  # code; found by the point where it is empty
    "cause",  # code of the likeliest cause
    "unit",  # code of the handling unit
    "outcome",  # case_closed, persuaded, no_violation, filing_refused, referred, refused, transferred
    "outcome_note",  # the sentence for the public; the usual one where it is empty
    "outcome_at",
    "answered_at",  # when the reporter was told
    "reporter_name",
    "reporter_phone",
    "reporter_email",
)
NEEDED = ("source", "source_ref", "kind", "content", "received_at")
