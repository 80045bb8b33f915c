"""The roles as a page for the auditor, drawn from the table so that it cannot fall behind. Pure."""

from __future__ import annotations

from itertools import combinations

from xiuhua.kernel.authz import Reach
from xiuhua.org.rules.roles import ROLES
from xiuhua.org.rules.separation import PLACES, parted
from xiuhua.org.rules.units import UNIT_KIND_LABELS

_REACH = {
    Reach.OWN: "本人登记的",
    Reach.UNIT: "本单位的",
    Reach.AUTHORITY: "以所属执法主体名义的",
    Reach.BUREAU: "全区的",
}


def _place(role: str) -> str:
    kinds = PLACES.get(role)
    if kinds is None:
        return "区局机关"
    return "、".join(label for kind, label in UNIT_KIND_LABELS.items() if kind in kinds)


def roles_page() -> str:
    """Markdown: every role with its sentence, rights, reach and place; then the pairs that one person may not hold."""
    lines = [
        "# 角色与权限 Roles",
        "",
        "由 `xiuhua reference roles` 生成，有测试保证一致。Drawn from the table of roles; a test keeps it current.",
        "",
        "| 角色 | 标识 | 一句话 | 范围 | 任职单位 | 权限 |",
        "|---|---|---|---|---|---|",
    ]
    for role in ROLES.values():
        rights = "、".join(f"`{p}`" for p in sorted(role.permissions))
        reach, place = _REACH[role.reach], _place(role.id)
        lines.append(f"| {role.label} | `{role.id}` | {role.sentence} | {reach} | {place} | {rights} |")
    lines += [
        "",
        "## 不得兼任 What one person may not hold at once",
        "",
        "管理、审计、接口、协管岗位只能单独担任。其余不得兼任的：",
        "",
        "| 角色 | 角色 | 依据 |",
        "|---|---|---|",
    ]
    for a, b in combinations(ROLES.values(), 2):
        refusal = parted(a.id, b.id)
        if refusal is not None and refusal.code == "duties_apart":
            lines.append(f"| {a.label} | {b.label} | {refusal.ground or '内部规则'} |")
    return "\n".join(lines) + "\n"
