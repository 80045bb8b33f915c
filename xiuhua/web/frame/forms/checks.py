"""Rules beyond the kind of a field, taken from the rooms that own them."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.kernel import clock
from xiuhua.registers import rules
from xiuhua.web.frame.forms.fields import Check, Kind


def id_number(text: str) -> str:
    """An identity number with its check digit (GB 11643)."""
    if fault := rules.resident_id_fault(text, clock.today()):
        raise ValueError(fault)
    return text


def credit_code(text: str) -> str:
    """A unified social credit code with its check sign (GB 32100)."""
    if fault := rules.credit_code_fault(text):
        raise ValueError(fault)
    return text


def plate(text: str) -> str:
    """A number plate (GA 36)."""
    if fault := rules.plate_fault(rules.tidy_plate(text)):
        raise ValueError(fault)
    return rules.tidy_plate(text)


CHECKS: Mapping[Kind, Check] = {Kind.ID_NUMBER: id_number, Kind.CREDIT_CODE: credit_code, Kind.PLATE: plate}
