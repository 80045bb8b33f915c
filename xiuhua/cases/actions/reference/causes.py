"""The catalogue of causes of action."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.cases.models import Cause
from xiuhua.org import rules
from xiuhua.org.actions.reference import DATED, SOURCED, Sheet, Tables, unknown_acts
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, amount, one_of, some_of, yes_no

KINDS = (
    "warning",
    "public_criticism",
    "fine",
    "confiscate_gains",
    "confiscate_property",
    "confiscate_vehicle",
    "downgrade",
    "restrict_trade",
    "suspend_business",
    "close_business",
    "revoke_licence",
)

# What a range counts: yuan, or yuan for each of something, or a share or multiple of an amount.
RANGES = (
    "yuan",
    "none",
    "per_head",
    "per_tonne",
    "per_m2",
    "per_m2_day",
    "percent_of_cost",
    "multiple_of_compensation",
    "multiple_of_disposal_cost",
    "multiple_of_repair",
    "multiple_of_gains",
)

# Departments as the acts print them: C 城管, G 绿化, W 水务, H 房屋, T 交通, E 生态环境, M 市政, U 燃气, P 规划,
# TG 镇政府, O 其他.
ENFORCERS = ("C", "G", "W", "H", "T", "E", "M", "U", "P", "TG", "O")

# How a doubtful column is called in the note that people read.
DOUBTS = {
    "violates": "违反条款",
    "basis": "处罚依据",
    "floor": "下限",
    "ceiling": "上限",
    "needs_refusal": "是否以拒不改正为前提",
    "seize_power": "暂扣权",
    "statutory_enforcer": "法定执法部门",
    "transfer_basis": "划转依据",
    "valid_from": "施行日期",
    "valid_to": "失效日期",
}


def _causes(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    joined = ("kinds_allowed", "statutory_enforcer", "tier_factors", "unverified")
    for index, row in enumerate(table.rows):
        doubts = "、".join(DOUBTS[d] for d in row["unverified"])
        notes = (row["note"], f"未核实：{doubts}" if doubts else "")
        yield (
            index,
            {
                **row,
                **{k: ";".join(row[k]) for k in joined},
                "note": "；".join(n for n in notes if n),
                "search": rules.search_text(row["name"], row["code"], row["name_en"]),
            },
        )


def _check_causes(table: Table, tables: Tables) -> Iterator[Fault]:
    for index, row in enumerate(table.rows):
        if row["group"] != row["code"][:2]:
            yield table.fault(index, "group", f"{row['code']} does not begin with it")
        for low, high in (("floor", "ceiling"), ("floor_organisation", "ceiling_organisation")):
            if row[low] is not None and (row[high] is None or row[low] > row[high]):
                yield table.fault(index, high, f"lies below the {low.replace('_', ' ')}")
        if ("fine" in row["kinds_allowed"]) != (row["unit"] != "none"):
            yield table.fault(index, "unit", "is “none” exactly where no fine is allowed")
        if row["statutory_enforcer"] != ("C",) and not row["transfer_basis"]:
            yield table.fault(index, "transfer_basis", "the act names another department: say why we act")
    yield from unknown_acts(table, ("violates", "basis", "transfer_basis"), tables)


CAUSES = Sheet(
    shape=Shape(
        "causes.csv",
        (
            Column("code", needed=True),
            *DATED,
            Column("name", needed=True),
            Column("name_en", needed=True),
            Column("group", one_of(rules.CAUSE_GROUP_LABELS), needed=True),
            Column("violates", needed=True),
            Column("basis", needed=True),
            Column("floor", amount),
            Column("ceiling", amount),
            Column("floor_organisation", amount),
            Column("ceiling_organisation", amount),
            Column("unit", one_of(RANGES), needed=True),
            Column("kinds_allowed", some_of(KINDS)),
            Column("needs_refusal", yes_no, needed=True),
            Column("may", yes_no, needed=True),
            Column("seize_power", yes_no, needed=True),
            Column("hearing_always", yes_no, needed=True),
            Column("direct_penalty", yes_no, needed=True),
            Column("statutory_enforcer", some_of(ENFORCERS), needed=True),
            Column("actual_enforcer", one_of(ENFORCERS), needed=True),
            Column("transfer_basis"),
            Column("tier_factors", some_of()),
            Column("note"),
            *SOURCED,
            Column("unverified", some_of(DOUBTS)),
        ),
        key=("code",),
        dated=True,
    ),
    model=Cause,
    key=("code", "valid_from"),
    wanted=_causes,
    check=_check_causes,
)
