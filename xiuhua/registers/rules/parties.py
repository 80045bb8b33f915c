"""Kinds of parties, and what must hold for the fields of one. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from xiuhua.kernel.authz import Said
from xiuhua.registers.rules.numbers import birth_date_of, credit_code_fault, resident_id_fault, sex_of


class PartyKind(StrEnum):
    """Citizen, individual business (with a trade name that is the party, without it the operator is), organisation."""

    CITIZEN = "citizen"
    INDIVIDUAL_BUSINESS = "individual_business"
    ORGANISATION = "organisation"


class IdKind(StrEnum):
    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    PERMIT = "permit"
    OTHER = "other"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


PARTY_KIND_LABELS = {
    PartyKind.CITIZEN: "公民",
    PartyKind.INDIVIDUAL_BUSINESS: "个体工商户",
    PartyKind.ORGANISATION: "单位",
}
ID_KIND_LABELS = {
    IdKind.RESIDENT_ID: "居民身份证",
    IdKind.PASSPORT: "护照",
    IdKind.PERMIT: "港澳台居民通行证",
    IdKind.OTHER: "其他证件",
}
SEX_LABELS = {Sex.MALE: "男", Sex.FEMALE: "女"}

# Fields that a party of each kind has; the others must be empty.
_CITIZENS = frozenset({"id_kind", "id_no", "birth_date", "sex"})
FIELDS_OF = {
    PartyKind.CITIZEN: _CITIZENS,
    PartyKind.INDIVIDUAL_BUSINESS: _CITIZENS | {"trade_name", "operator", "credit_code"},
    PartyKind.ORGANISATION: frozenset({"credit_code", "representative"}),
}
_BOUND = frozenset().union(*FIELDS_OF.values())
_SAID = {
    "id_kind": "证件种类",
    "id_no": "证件号码",
    "birth_date": "出生日期",
    "sex": "性别",
    "trade_name": "字号",
    "operator": "经营者",
    "credit_code": "统一社会信用代码",
    "representative": "法定代表人",
}
_PHONE = re.compile(r"\+?[\d\- ]{7,20}")
_ID_LENGTH = 30
LENGTHS = {
    "name": 120,
    "trade_name": 120,
    "operator": 60,
    "representative": 60,
    "address": 200,
    "id_no": _ID_LENGTH,
}


def tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are kept: no blanks around, numbers in upper case, and what an identity number says by itself.

    The name of an individual business is its trade name, without one its operator's.
    """
    tidied = {k: v.strip() if isinstance(v, str) else v for k, v in values.items()}
    for name in ("id_no", "credit_code"):
        tidied[name] = re.sub(r"\s", "", tidied.get(name) or "").upper()
    tidied["phone"] = (tidied.get("phone") or "").replace("－", "-")
    if tidied.get("kind") == PartyKind.INDIVIDUAL_BUSINESS:
        tidied["name"] = call_name(
            tidied.get("trade_name") or "", tidied.get("operator") or ""
        ) or tidied.get("name", "")
    if tidied["id_no"] and not tidied.get("id_kind"):
        tidied["id_kind"] = IdKind.RESIDENT_ID
    return tidied


def call_name(trade_name: str, operator: str) -> str:
    """Who the party is where an individual business is punished: the trade name, without one the operator."""
    return trade_name or operator


def faults(values: Mapping[str, Any], on: date) -> dict[str, str]:
    """Field → reason for everything that is wrong with a party's (tidied) fields on the day `on`."""
    kind = values.get("kind")
    if kind not in set(PartyKind):
        return {"kind": "当事人种类应为公民、个体工商户或单位"}
    found: dict[str, str] = {
        name: Said("%(kind)s没有“%(item)s”一项", kind=PARTY_KIND_LABELS[PartyKind(kind)], item=_SAID[name])
        for name in sorted(_BOUND - FIELDS_OF[PartyKind(kind)])
        if values.get(name)
    }
    for name, limit in LENGTHS.items():
        if len(values.get(name) or "") > limit:
            found[name] = Said("最长%(n)s字", n=limit)
    if not values.get("name"):
        found["name"] = "请填写姓名" if kind == PartyKind.CITIZEN else "请填写名称"
    if (code := values.get("credit_code")) and (fault := credit_code_fault(code)):
        found["credit_code"] = fault
    if (phone := values.get("phone")) and not _PHONE.fullmatch(phone):
        found["phone"] = "联系电话应为7至20位数字"
    return _identity_faults(values, on) | found


def _identity_faults(values: Mapping[str, Any], on: date) -> dict[str, str]:
    found: dict[str, str] = {}
    number, born, sex = values.get("id_no"), values.get("birth_date"), values.get("sex")
    if values.get("id_kind") and values["id_kind"] not in set(IdKind):
        found["id_kind"] = "没有这种证件"
    if sex and sex not in set(Sex):
        found["sex"] = "性别应为男或女"
    if born and born > on:
        found["birth_date"] = "出生日期不能晚于今天"
    if not number or values.get("id_kind") != IdKind.RESIDENT_ID:
        return found
    if fault := resident_id_fault(number, on):
        return found | {"id_no": fault}
    if born and born != birth_date_of(number):
        found["birth_date"] = "出生日期与公民身份号码不符"
    if sex and "sex" not in found and sex != sex_of(number):
        found["sex"] = "性别与公民身份号码不符"
    return found
