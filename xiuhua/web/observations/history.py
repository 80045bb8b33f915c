"""What became of a device in the registry, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from xiuhua.observations import queries, rules
from xiuhua.observations.models import Device
from xiuhua.org import queries as org
from xiuhua.web.frame import verbs
from xiuhua.web.frame.http import Request, in_english

LATEST = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """One entry of the history; `changes` say a fact before and after each."""

    at: datetime
    label: str
    by: str
    reason: str
    changes: list[str]


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


Words = Mapping[str, Mapping[str, str]]


def _words(request: Request, told: Iterable[Mapping[str, object]]) -> Words:
    """Fact → what the record keeps → how people call it. Who is not known here any more stays as the record has it."""
    english, numbers = in_english(), {str(facts.get("officer") or "") for facts in told}
    people = org.officers(request.actor).filter(staff_no__in=numbers)
    return {
        "unit": {u.code: (english and u.name_en) or u.name for u in org.units(request.actor)},
        "officer": dict(people.values_list("staff_no", "name")),
        "datum": {str(int(datum)): _(label) for datum, label in rules.DATUM_LABELS.items()},
        "lenient": {"True": _("是"), "False": _("否")},
    }


def turns(request: Request, device: Device) -> list[Turn]:
    """The latest first."""
    entries = [(entry, json.loads(entry.facts)) for entry in queries.registry_history(device)[:LATEST]]
    labels = _labels()
    words = _words(request, [told for _entry, facts in entries for told in (facts, facts.get("before", {}))])
    out = []
    for entry, facts in entries:
        before = facts.get("before", {})
        changes = [
            _change(label, *(_said(words.get(name, {}), told.get(name)) for told in (before, facts)))
            for name, label in labels.items()
            if name in before
        ]
        reason = str(facts.get("reason") or facts.get("note") or facts.get("what") or "")
        out.append(Turn(entry.at, verbs.label(entry.verb), entry.actor_name, reason, changes))
    return out


def _said(words: Mapping[str, str], value: object) -> str:
    return words.get(str(value), str(value)) if value not in (None, "") else "—"


def _change(label: str, before: str, after: str) -> str:
    return _("%(what)s：%(before)s → %(after)s") % {"what": label, "before": before, "after": after}
