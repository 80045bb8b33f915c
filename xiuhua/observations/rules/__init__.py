"""Datums, duty hours, health, stops and trips, GPX: what observations know without a database."""

from xiuhua.observations.rules.datum import DATUM_LABELS, Datum, from_wgs84, to_wgs84
from xiuhua.observations.rules.devices import (
    DEVICE_KIND_LABELS,
    PROTOCOL_LABELS,
    DeviceKind,
    Protocol,
    digest_code,
    faults,
    plausible,
    play_url,
    tidy_identity,
)
from xiuhua.observations.rules.gpx import BadGpx, read_gpx, write_gpx
from xiuhua.observations.rules.health import BY_HAND, FAULT_LABELS, FaultKind, Health, found_faults
from xiuhua.observations.rules.keeping import Hours, KeepingRule, keeping_rules, merged, on_duty, stretch_at
from xiuhua.observations.rules.odd import Doubt, Frame808, dump, read_jt808, text_of
from xiuhua.observations.rules.tracks import (
    Fix,
    Stop,
    Trip,
    metres,
    seconds_inside,
    stops,
    thinned,
    track_metres,
    trips,
)

__all__ = [
    "BY_HAND",
    "DATUM_LABELS",
    "DEVICE_KIND_LABELS",
    "FAULT_LABELS",
    "PROTOCOL_LABELS",
    "BadGpx",
    "Datum",
    "DeviceKind",
    "Doubt",
    "FaultKind",
    "Fix",
    "Frame808",
    "Health",
    "Hours",
    "KeepingRule",
    "Protocol",
    "Stop",
    "Trip",
    "digest_code",
    "dump",
    "faults",
    "found_faults",
    "from_wgs84",
    "keeping_rules",
    "merged",
    "metres",
    "on_duty",
    "plausible",
    "play_url",
    "read_gpx",
    "read_jt808",
    "seconds_inside",
    "stops",
    "stretch_at",
    "text_of",
    "thinned",
    "tidy_identity",
    "to_wgs84",
    "track_metres",
    "trips",
    "write_gpx",
]
