"""Number plates of motor vehicles (GA 36-2018): what a plate looks like. Pure."""

from __future__ import annotations

import re
from enum import StrEnum


class PlateColour(StrEnum):
    BLUE = "blue"
    YELLOW = "yellow"
    GREEN = "green"
    YELLOW_GREEN = "yellow_green"
    WHITE = "white"
    BLACK = "black"


class VehicleKind(StrEnum):
    CAR = "car"
    TRUCK = "truck"
    MUCK_TRUCK = "muck_truck"
    TAXI = "taxi"
    TRICYCLE = "tricycle"
    OTHER = "other"


COLOUR_LABELS = {
    PlateColour.BLUE: "蓝牌",
    PlateColour.YELLOW: "黄牌",
    PlateColour.GREEN: "绿牌",
    PlateColour.YELLOW_GREEN: "黄绿双拼牌",
    PlateColour.WHITE: "白牌",
    PlateColour.BLACK: "黑牌",
}

VEHICLE_KIND_LABELS = {
    VehicleKind.CAR: "小客车",
    VehicleKind.TRUCK: "货车",
    VehicleKind.MUCK_TRUCK: "渣土车",
    VehicleKind.TAXI: "出租车",
    VehicleKind.TRICYCLE: "三轮车",
    VehicleKind.OTHER: "其他车辆",
}

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SIGNS = "A-HJ-NP-Z0-9"
# New-energy plates have six signs after the authority: small vehicles carry their letter first, large ones last.
_ENERGY = "[A-HJK]"
_PLATES = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Z](?:[{_SIGNS}]{{4}}[{_SIGNS}挂学警港澳]|{_ENERGY}[{_SIGNS}]\d{{4}}|\d{{5}}{_ENERGY})"
)
_ENERGY_COLOURS = {PlateColour.GREEN, PlateColour.YELLOW_GREEN}


def tidy_plate(plate: str) -> str:
    """Upper case, without the dot and spaces people put between."""
    return re.sub(r"[\s·.•]", "", plate).upper()


def plate_fault(plate: str, colour: str = "") -> str:
    """Why `plate` (tidied) is no plate of that colour; empty if it is one. Without a colour only the form counts."""
    if not _PLATES.fullmatch(plate):
        return "号牌格式不对：应为省份简称、发牌机关字母和5位（新能源6位）序号，如沪A12345、沪AD12345"
    if colour and (len(plate) == 8) != (colour in _ENERGY_COLOURS):
        return "号牌颜色与位数不符：新能源号牌为6位序号、绿色或黄绿双拼"
    return ""
