"""What the registers know without a database: numbers with check digits, plates, what is hidden, what a party needs."""

from xiuhua.registers.rules.masking import masked_id, masked_name, masked_phone
from xiuhua.registers.rules.numbers import (
    birth_date_of,
    credit_code_fault,
    credit_code_sum,
    resident_id_fault,
    resident_id_sum,
    sex_of,
)
from xiuhua.registers.rules.parties import (
    ID_KIND_LABELS,
    PARTY_KIND_LABELS,
    SEX_LABELS,
    IdKind,
    PartyKind,
    Sex,
    call_name,
    faults,
    tidy,
)
from xiuhua.registers.rules.plates import (
    COLOUR_LABELS,
    VEHICLE_KIND_LABELS,
    PlateColour,
    VehicleKind,
    plate_fault,
    tidy_plate,
)

__all__ = [
    "COLOUR_LABELS",
    "ID_KIND_LABELS",
    "PARTY_KIND_LABELS",
    "SEX_LABELS",
    "VEHICLE_KIND_LABELS",
    "IdKind",
    "PartyKind",
    "PlateColour",
    "Sex",
    "VehicleKind",
    "birth_date_of",
    "call_name",
    "credit_code_fault",
    "credit_code_sum",
    "faults",
    "masked_id",
    "masked_name",
    "masked_phone",
    "plate_fault",
    "resident_id_fault",
    "resident_id_sum",
    "sex_of",
    "tidy",
    "tidy_plate",
]
