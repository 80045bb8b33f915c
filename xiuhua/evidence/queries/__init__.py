"""Reads of the exhibits. Every list starts from `visible(user)`; the classes of the rows are here for annotations."""

from xiuhua.evidence.models import Destruction, Exhibit, Hold, Recording, Station
from xiuhua.evidence.queries.custody import decisions, media_of, origin_of, taken_for, time_of, trail
from xiuhua.evidence.queries.docked import (
    docked_at,
    docked_between,
    recorded_during,
    recording_behind,
    recording_of,
    recordings,
    station_actor,
    station_of,
    stations,
    token_hash,
    wanted_of,
)
from xiuhua.evidence.queries.exhibits import evidence_block, exhibits
from xiuhua.evidence.queries.kept import (
    Keeping,
    destructions,
    held_at,
    held_for,
    holds,
    keeping_of,
    on_open_lists,
    past_retention,
)
from xiuhua.evidence.queries.links import link_limits

__all__ = [
    "Destruction",
    "Exhibit",
    "Hold",
    "Keeping",
    "Recording",
    "Station",
    "decisions",
    "destructions",
    "docked_at",
    "docked_between",
    "evidence_block",
    "exhibits",
    "held_at",
    "held_for",
    "holds",
    "keeping_of",
    "link_limits",
    "media_of",
    "on_open_lists",
    "origin_of",
    "past_retention",
    "recorded_during",
    "recording_behind",
    "recording_of",
    "recordings",
    "station_actor",
    "station_of",
    "stations",
    "taken_for",
    "time_of",
    "token_hash",
    "trail",
    "wanted_of",
]
