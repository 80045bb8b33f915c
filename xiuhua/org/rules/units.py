"""Kinds of units and of head-counts, groups of causes, and in whose name a unit acts by default. Pure."""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    BUREAU = "bureau"
    OFFICE = "office"
    CASE_CENTRE = "case_centre"
    DETACHMENT = "detachment"
    BRIGADE = "brigade"
    STREET_SQUAD = "street_squad"
    TOWN_SQUAD = "town_squad"
    SPECIAL_AREA_SQUAD = "special_area_squad"
    TOWN_GOVERNMENT = "town_government"


UNIT_KIND_LABELS = {
    UnitKind.BUREAU: "区局",
    UnitKind.OFFICE: "处室",
    UnitKind.CASE_CENTRE: "案件管理中心",
    UnitKind.DETACHMENT: "支队",
    UnitKind.BRIGADE: "大队",
    UnitKind.STREET_SQUAD: "街道中队",
    UnitKind.TOWN_SQUAD: "镇中队",
    UnitKind.SPECIAL_AREA_SQUAD: "特定区域中队",
    UnitKind.TOWN_GOVERNMENT: "镇人民政府",
}

HANDLING_KINDS = frozenset(
    {
        UnitKind.DETACHMENT,
        UnitKind.BRIGADE,
        UnitKind.STREET_SQUAD,
        UnitKind.TOWN_SQUAD,
        UnitKind.SPECIAL_AREA_SQUAD,
    }
)


class PersonKind(StrEnum):
    """Who works here: only enforcement officers may enforce (SHUM §16)."""

    OFFICER = "officer"
    AUXILIARY = "auxiliary"
    CIVIL = "civil"


PERSON_KIND_LABELS = {
    PersonKind.OFFICER: "执法人员",
    PersonKind.AUXILIARY: "协管人员",
    PersonKind.CIVIL: "其他工作人员",
}


class HeadcountKind(StrEnum):
    """Four counts that the report of 2018 uses side by side; never one for another."""

    CASE_BEARING = "case_bearing"
    LOCATED = "located"
    TRAINED = "trained"
    ESTABLISHED = "established"


HEADCOUNT_LABELS = {
    HeadcountKind.CASE_BEARING: "办案人数（人均办案数的分母）",
    HeadcountKind.LOCATED: "实时定位执法队员数",
    HeadcountKind.TRAINED: "参训正处级以下人数",
    HeadcountKind.ESTABLISHED: "在册人数",
}

# The groups of the catalogue of causes: the first two letters of a code, as rows of the authority matrix name them.
CAUSE_GROUP_LABELS = {
    "SR": "市容环卫",
    "ZT": "建筑垃圾",
    "LJ": "生活垃圾",
    "WJ": "违法建筑与物业",
    "QZ": "群租",
    "DL": "道路公路",
    "LH": "绿化",
    "HD": "河道排水",
    "HB": "环境保护",
    "JT": "交通运输",
    "RQ": "燃气",
    "GD": "管道",
}


def acts_in_name(kind: UnitKind) -> UnitKind | None:
    """In whose name a handling unit acts by default (SHUM §4): town squads in the town's, others in the bureau's."""
    if kind is UnitKind.TOWN_SQUAD:
        return UnitKind.TOWN_GOVERNMENT
    return UnitKind.BUREAU if kind in HANDLING_KINDS else None
