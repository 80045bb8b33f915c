"""What became of a device in the registry, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xiuhua.observations import queries
from xiuhua.observations.models import Device
from xiuhua.web.frame import verbs

LATEST = 40


@dataclass(frozen=True, slots=True)
class Change:
    """One fact before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One entry of the history."""

    at: datetime
    label: str
    by: str
    reason: str
    changes: list[Change]


def _labels() -> Mapping[str, str]:
    return {
        "identity": _("设备号"),
        "name": _("名称"),
        "unit": _("配属单位"),
        "officer": _("使用人"),
        "plate": _("号牌"),
        "datum": _("坐标系"),
        "lenient": _("放宽校验"),
    }


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value)


def turns(device: Device) -> list[Turn]:
    """The latest first."""
    labels, out = _labels(), []
    for entry in queries.registry_history(device)[:LATEST]:
        facts = json.loads(entry.facts)
        before = facts.get("before", {})
        changes = [
            Change(labels[name], _said(before[name]), _said(facts.get(name, "")))
            for name in labels
            if name in before
        ]
        reason = str(facts.get("reason") or facts.get("note") or facts.get("what") or "")
        out.append(Turn(entry.at, verbs.label(entry.verb), entry.actor_name, reason, changes))
    return out
