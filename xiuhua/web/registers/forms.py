"""Fields of a party by its kind. Other rooms ask for a party with the same fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from xiuhua.registers import rules
from xiuhua.registers.queries import Party
from xiuhua.web.frame.forms import checks
from xiuhua.web.frame.forms.fields import Field, Kind

KINDS = [(kind.value, label) for kind, label in rules.PARTY_KIND_LABELS.items()]


def kind_of(text: str | None) -> rules.PartyKind:
    """The kind that an address or a form names; a citizen when it names none."""
    known = {k.value: k for k in rules.PartyKind}
    return known.get(text or "", rules.PartyKind.CITIZEN)


def party_fields(kind: rules.PartyKind, values: Mapping[str, Any] | None = None) -> list[Field]:
    """What is asked of a party of this kind, filled with `values`."""
    said = values or {}
    asked = {
        rules.PartyKind.CITIZEN: _citizen,
        rules.PartyKind.INDIVIDUAL_BUSINESS: _business,
        rules.PartyKind.ORGANISATION: _organisation,
    }[kind](said)
    return [
        Field("kind", "", Kind.HIDDEN, initial=kind.value),
        *asked,
        Field(
            "address", _("住址") if kind == "citizen" else _("住所"), initial=said.get("address"), wide=True
        ),
        Field("phone", _("联系电话"), Kind.PHONE, initial=said.get("phone")),
    ]


def _identity(said: Mapping[str, Any]) -> list[Field]:
    other = bool(said.get("id_kind")) and said.get("id_kind") != rules.IdKind.RESIDENT_ID
    number = Field(
        "id_no",
        _("证件号码"),
        Kind.TEXT if other else Kind.ID_NUMBER,
        initial=said.get("id_no"),
        check=None if other else checks.id_number,
    )
    kinds = [(k.value, label) for k, label in rules.ID_KIND_LABELS.items()]
    chosen = said.get("id_kind") or rules.IdKind.RESIDENT_ID.value
    return [Field("id_kind", _("证件种类"), Kind.CHOICE, choices=kinds, initial=chosen), number]


def _citizen(said: Mapping[str, Any]) -> list[Field]:
    return [Field("name", _("姓名"), required=True, initial=said.get("name"), focus=True), *_identity(said)]


def _business(said: Mapping[str, Any]) -> list[Field]:
    return [
        Field("trade_name", _("字号"), initial=said.get("trade_name"), focus=True),
        Field("operator", _("经营者"), required=True, initial=said.get("operator")),
        _credit_code(said),
        *_identity(said),
    ]


def _organisation(said: Mapping[str, Any]) -> list[Field]:
    return [
        Field("name", _("名称"), required=True, initial=said.get("name"), wide=True, focus=True),
        _credit_code(said),
        Field("representative", _("法定代表人"), initial=said.get("representative")),
    ]


def _credit_code(said: Mapping[str, Any]) -> Field:
    return Field(
        "credit_code",
        _("统一社会信用代码"),
        Kind.CREDIT_CODE,
        initial=said.get("credit_code"),
        check=checks.credit_code,
    )


def said_of(party: Party) -> dict[str, Any]:
    """The fields of a party as its form shows them."""
    names = (
        "name",
        "trade_name",
        "operator",
        "id_kind",
        "id_no",
        "credit_code",
        "representative",
        "address",
        "phone",
    )
    return {name: getattr(party, name) for name in names}


def premises_fields() -> list[Field]:
    return [
        Field("name", _("名称"), required=True, focus=True),
        Field("address", _("地址"), required=True, wide=True),
    ]


def vehicle_fields() -> list[Field]:
    colours = [(c.value, label) for c, label in rules.COLOUR_LABELS.items()]
    kinds = [(k.value, label) for k, label in rules.VEHICLE_KIND_LABELS.items()]
    return [
        Field("plate", _("号牌"), Kind.PLATE, required=True, check=checks.plate, focus=True),
        Field("colour", _("号牌颜色"), Kind.CHIPS, required=True, choices=colours, initial="blue"),
        Field("kind", _("车辆种类"), Kind.CHIPS, required=True, choices=kinds, wide=True),
    ]
