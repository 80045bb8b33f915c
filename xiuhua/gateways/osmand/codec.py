"""Requests of OsmAnd and of Traccar Client: addresses, forms and JSON as one report. Pure; facts are in `messages`.

GET or POST /?id=…&lat=…&lon=…&timestamp=…&speed=…    deviceid is id, location is lat,lon
POST application/json {"location": {"timestamp", "coords": {…}, …}, "device_id"}        Traccar Client from 9 on
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from xiuhua.gateways.osmand.messages import KNOT_KMH, MPS_KMH, BadReport, Report, moment, number

MOST_BYTES = 64 * 1024
MOST_FIELDS = 100
# Names that are facts of their own; any other is an attribute.
_KNOWN = frozenset(
    {"id", "deviceid", "lat", "lon", "location", "timestamp", "speed", "bearing", "heading", "altitude", "accuracy",
     "batt", "valid", "key", "cell", "wifi", "datum"}
)  # fmt: skip


def read(query: str, content_type: str, body: bytes) -> Report:
    """The report of a request. Raises BadReport for one that names no device or cannot be read."""
    if len(body) > MOST_BYTES:
        raise BadReport("too long")
    if content_type.partition(";")[0].strip().lower() == "application/json" and body:
        return _json(body, query)
    text = query
    if body:
        try:
            text = f"{query}&{body.decode()}" if query else body.decode()
        except UnicodeDecodeError as error:
            raise BadReport("no text") from error
    return _fields(_pairs(text))


def _pairs(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS):
            found.setdefault(name, []).append(value)
    except ValueError as error:
        raise BadReport("too many fields") from error
    return found


def _first(fields: Mapping[str, list[str]], *names: str) -> str:
    return next((fields[name][0] for name in names if fields.get(name)), "")


def _fields(fields: Mapping[str, list[str]]) -> Report:
    device = _first(fields, "id", "deviceid")
    if not device:
        raise BadReport("no device")
    lat, lon = _first(fields, "lat"), _first(fields, "lon")
    if not lat and not lon:
        lat, _, lon = _first(fields, "location").partition(",")
    valid = _first(fields, "valid").lower() not in {"0", "false"}
    speed = number(_first(fields, "speed"))
    attributes: dict[str, Any] = {name: values[0] for name, values in fields.items() if name not in _KNOWN}
    for name in ("cell", "wifi"):
        if fields.get(name):
            attributes[name] = fields[name]
    return Report(
        device=device,
        key=_first(fields, "key"),
        at=moment(_first(fields, "timestamp")),
        lat=number(lat) if valid else None,
        lon=number(lon) if valid else None,
        speed=speed * KNOT_KMH if speed is not None else None,
        course=number(_first(fields, "bearing", "heading")),
        altitude=number(_first(fields, "altitude")),
        accuracy=number(_first(fields, "accuracy")),
        battery=number(_first(fields, "batt")),
        mock=False,
        attributes=attributes,
    )


def _json(body: bytes, query: str) -> Report:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadReport("no JSON") from error
    if not isinstance(told, dict):
        raise BadReport("no object")
    device = told.get("device_id")
    if not isinstance(device, str | int) or device == "":
        raise BadReport("no device")
    location = _part(told, "location")
    coords, battery, activity = (_part(location, name) for name in ("coords", "battery", "activity"))
    level = _known(battery.get("level"))
    speed = _known(coords.get("speed"))
    attributes = {name: location[name] for name in ("event", "is_moving", "odometer") if name in location}
    if "type" in activity:
        attributes["activity"] = activity["type"]
    attributes |= _part(location, "extras")
    return Report(
        device=str(device),
        key=_first(_pairs(query), "key"),
        at=moment(str(location.get("timestamp", ""))),
        lat=_plain(coords.get("latitude")),
        lon=_plain(coords.get("longitude")),
        speed=speed * MPS_KMH if speed is not None else None,
        course=_known(coords.get("heading")),
        altitude=_plain(coords.get("altitude")),
        accuracy=_known(coords.get("accuracy")),
        battery=level * 100 if level is not None else None,
        mock=location.get("mock") is True,
        attributes=attributes,
    )


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name)
    return found if isinstance(found, dict) else {}


def _plain(value: object) -> float | None:
    """A number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def _known(value: object) -> float | None:
    """`_plain`, where -1 stands for what is not known."""
    found = _plain(value)
    return None if found is None or found < 0 else found
