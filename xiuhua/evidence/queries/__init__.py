"""Reads of the exhibits. Every list starts from `visible(user)`; the classes of the rows are here for annotations."""

from xiuhua.evidence.models import Exhibit, Recording, Station
from xiuhua.evidence.queries.custody import decisions, media_of, origin_of, time_of, trail
from xiuhua.evidence.queries.docked import (
    docked_at,
    recording_of,
    recordings,
    station_actor,
    station_of,
    stations,
    token_hash,
    wanted_of,
)
from xiuhua.evidence.queries.exhibits import evidence_block, exhibits

__all__ = [
    "Exhibit",
    "Recording",
    "Station",
    "decisions",
    "docked_at",
    "evidence_block",
    "exhibits",
    "media_of",
    "origin_of",
    "recording_of",
    "recordings",
    "station_actor",
    "station_of",
    "stations",
    "time_of",
    "token_hash",
    "trail",
    "wanted_of",
]
