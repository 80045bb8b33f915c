"""Reads of the exhibits. Every list starts from `visible(user)`; the classes of the rows are here for annotations."""

from xiuhua.evidence.models import Exhibit, Recording, Station
from xiuhua.evidence.queries.docked import (
    docked_at,
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
    "docked_at",
    "evidence_block",
    "exhibits",
    "recordings",
    "station_actor",
    "station_of",
    "stations",
    "token_hash",
    "wanted_of",
]
