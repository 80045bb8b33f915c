"""What a report must say, and its public number. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiuhua.kernel.authz import Said
from xiuhua.leads.rules.states import Source

LONGEST_CONTENT = 4000  # GeoReport v2
LONGEST = {
    "place": 200,
    "source_ref": 60,
    "reporter_name": 60,
    "reporter_phone": 40,
    "reporter_email": 120,
    "reporter_account": 120,
}

# No signs that people confuse, none that a word could be made of by chance.
PUBLIC_SIGNS = "23456789bcdfghjkmnpqrstvwxz"
PUBLIC_LENGTH = 16
PUBLIC_NOISE = 32  # bytes
# Each byte below 243 = 9 · 27 gives one sign, so that all signs are equally likely; the others give none.
_SIGN_OF = bytes(ord(PUBLIC_SIGNS[byte % 27]) for byte in range(256))
_NO_SIGN = bytes(range(243, 256))

_SOURCES = frozenset(Source)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[+\d][\d\- ()]{4,30}")


def public_id(noise: bytes) -> str:
    """The number by which the public asks: 16 signs out of 27, about 76 bits, from PUBLIC_NOISE random bytes.

    Raises ValueError for noise that is not long enough, which 32 random bytes are but once in 10^17.
    """
    signs = noise.translate(_SIGN_OF, _NO_SIGN)[:PUBLIC_LENGTH]
    if len(signs) < PUBLIC_LENGTH:
        raise ValueError("more noise is needed")
    return signs.decode("ascii")


def point_faults(lon: float | None, lat: float | None) -> dict[str, str]:
    """Why a WGS-84 point is none; empty if it is one, or if there is none at all."""
    if lon is None and lat is None:
        return {}
    if lon is None or lat is None:
        return {"lon" if lon is None else "lat": "经度和纬度应同时填写"}
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return {"lon": "坐标应为有限的数"}
    if abs(lat) > 90 and abs(lon) <= 90 and abs(lat) <= 180:
        return {"lat": "纬度应在-90至90之间；经度和纬度可能写反了"}
    found = {}
    if not -180 <= lon <= 180:
        found["lon"] = "经度应在-180至180之间"
    if not -90 <= lat <= 90:
        found["lat"] = "纬度应在-90至90之间"
    return found


def reporter_faults(values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what a reporter says of himself or herself; every field may be empty."""
    found: dict[str, str] = {
        name: Said("最长%(n)s字", n=LONGEST[name])
        for name in LONGEST
        if len(values.get(name) or "") > LONGEST[name]
    }
    if (email := values.get("reporter_email")) and not _EMAIL.fullmatch(email):
        found["reporter_email"] = "电子邮箱格式不对"
    if (phone := values.get("reporter_phone")) and not _PHONE.fullmatch(phone):
        found["reporter_phone"] = "联系电话应为数字"
    return found


def faults(values: Mapping[str, Any], at: datetime) -> dict[str, str]:
    """Field → reason for what is wrong with a report that comes in at `at`."""
    found = point_faults(values.get("lon"), values.get("lat"))
    if values.get("source") not in _SOURCES:
        found["source"] = "没有这种线索来源"
    content = values.get("content") or ""
    if not content.strip():
        found["content"] = "请写明反映的情况"
    elif len(content) > LONGEST_CONTENT:
        found["content"] = Said("最长%(n)s字", n=LONGEST_CONTENT)
    if not (values.get("place") or "").strip() and values.get("lon") is None:
        found["place"] = "请写明地点或在地图上标出位置"
    if values["received_at"] > at:
        found["received_at"] = "收到时间不能晚于现在"
    return found | reporter_faults(values)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question that a kind of lead asks. `values`: key → label of the answers for a list."""

    code: str
    datatype: str
    required: bool
    description: str
    values: Mapping[str, str]


def attribute_faults(attributes: Sequence[Attribute], answers: Mapping[str, Any]) -> dict[str, str]:
    """`attribute[code]` → reason: missing required answers, answers of another type, unknown questions."""
    found = {}
    for attribute in attributes:
        answer = answers.get(attribute.code)
        if fault := _answer_fault(attribute, answer):
            found[f"attribute[{attribute.code}]"] = fault
    for code in sorted(set(answers) - {a.code for a in attributes}):
        found[f"attribute[{code}]"] = "没有这个问题"
    return found


def _answer_fault(attribute: Attribute, answer: Any) -> str:
    if answer in (None, "", []):
        return (
            Said("请回答：%(description)s", description=attribute.description) if attribute.required else ""
        )
    many = answer if isinstance(answer, list) else [answer]
    match attribute.datatype:
        case "number":
            return "" if len(many) == 1 and _is_number(many[0]) else "应为数字"
        case "datetime":
            return (
                "" if len(many) == 1 and _is_moment(many[0]) else "应为日期时间，如2026-01-02T03:04:05+08:00"
            )
        case "singlevaluelist":
            return "" if len(many) == 1 and many[0] in attribute.values else "应为所列选项之一"
        case "multivaluelist":
            return "" if set(many) <= set(attribute.values) else "应为所列选项"
        case _:
            return "" if len(many) == 1 and len(str(many[0])) <= LONGEST_CONTENT else "应为一段文字"


def _is_number(text: Any) -> bool:
    try:
        return math.isfinite(float(text))
    except (TypeError, ValueError):
        return False


def _is_moment(text: Any) -> bool:
    try:
        datetime.fromisoformat(str(text))
    except ValueError:
        return False
    return True
