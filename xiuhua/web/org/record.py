"""The record as the auditor reads it; everybody else reads what they did themselves."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.kernel import queries as kernel
from xiuhua.kernel.models import Checkpoint, Leaf, RecordEntry
from xiuhua.org import queries as org
from xiuhua.web.cases.words import move_labels, side_move_labels
from xiuhua.web.frame import exports, verbs
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, between
from xiuhua.web.frame.parts import Entry
from xiuhua.web.templatetags.xiuhua import agent

ENTRIES: Listing[RecordEntry] = Listing(
    room="record",
    filters=(
        Filter(
            "who", gettext_lazy("行为人"), lambda rows, v: rows.filter(actor_name__contains=v[0]), kind="text"
        ),
        Filter("verb", gettext_lazy("动作"), lambda rows, v: rows.filter(verb__startswith=v[0]), kind="text"),
        Filter("on", gettext_lazy("对象"), lambda rows, v: rows.filter(label__contains=v[0]), kind="text"),
        Filter("at", gettext_lazy("日期"), between("at__date"), kind="day"),
    ),
    sorts=(Sort("new", gettext_lazy("新的在前"), "-id"), Sort("old", gettext_lazy("旧的在前"), "id")),
    columns=(
        Column(gettext_lazy("记录号"), lambda e: e.pk),
        Column(gettext_lazy("时间"), lambda e: e.at),
        Column(gettext_lazy("行为人"), lambda e: e.actor_name),
        Column(gettext_lazy("单位"), lambda e: e.unit_code),
        Column(gettext_lazy("动作"), lambda e: e.verb),
        Column(gettext_lazy("对象"), lambda e: e.label),
        Column(gettext_lazy("事实"), lambda e: e.facts),
        Column(gettext_lazy("事实摘要"), lambda e: e.facts_hash),
    ),
    page=40,
)


# Where two procedures call a move by one name, the label of the ordinary road tells it.
MOVES = {
    **side_move_labels(),
    **move_labels("demolition"),
    **move_labels("summary"),
    **move_labels("ordinary"),
}


# The names of what an entry states; a fact without a name is shown by its own.
FACTS = {
    "agent": gettext_lazy("浏览器"),
    "area": gettext_lazy("区域"),
    "authority": gettext_lazy("执法主体"),
    "cause": gettext_lazy("案由"),
    "digest": gettext_lazy("内容摘要"),
    "from": gettext_lazy("原环节"),
    "facts_sha256": gettext_lazy("事实摘要"),
    "has_reporter": gettext_lazy("有举报人"),
    "ip": gettext_lazy("网络地址"),
    "kind": gettext_lazy("类别"),
    "law": gettext_lazy("适用文本"),
    "move": gettext_lazy("动作"),
    "note": gettext_lazy("说明"),
    "officer": gettext_lazy("人员"),
    "procedure": gettext_lazy("程序"),
    "reason": gettext_lazy("原因"),
    "received_at": gettext_lazy("收到时间"),
    "role": gettext_lazy("角色"),
    "sha256": gettext_lazy("文件摘要"),
    "source": gettext_lazy("来源"),
    "source_ref": gettext_lazy("来源编号"),
    "state": gettext_lazy("状态"),
    "to": gettext_lazy("新环节"),
    "unit": gettext_lazy("单位"),
}


def label_of(entry: RecordEntry) -> str:
    return verbs.label(entry.verb, MOVES)


def said_by(entry: RecordEntry) -> list[tuple[str, str]]:
    """What the entry says, each fact short; the browser of a sign-in by its name."""
    facts: dict[str, Any] = json.loads(entry.facts)
    if "agent" in facts:
        facts["agent"] = agent(str(facts["agent"]))
    return [
        (str(FACTS.get(name, name)), _spoken(value))
        for name, value in facts.items()
        if value not in (None, "", [], {})
    ]


def _spoken(value: Any) -> str:
    """A fact as it is read: yes and no in words, lists with their commas, everything else as it was sealed."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def latest(request: Request, n: int) -> list[Entry]:
    """The last entries this person may read, for the first page."""
    return [
        Entry(e.at, f"{label_of(e)}　{e.label}", e.actor_name, number=e.pk)
        for e in kernel.entries(request.actor)[:n]
    ]


@in_room("record", "record.see")
def record(request: Request) -> HttpResponseBase:
    base = RecordEntry.objects.visible(request.actor)
    if exports.wanted(request):
        return exports.respond(request, _("全过程记录"), ENTRIES.columns, ENTRIES.ordered(request, base))
    shown = ENTRIES.show(request, base)
    sealed = dict(
        Leaf.objects.filter(entry_id__in=[e.pk for e in shown.rows]).values_list("entry_id", "index")
    )
    units = {u.code: (in_english() and u.name_en) or u.short_name for u in org.units(request.actor)}
    context = {
        "shown": shown,
        "table": [
            (e, label_of(e), said_by(e), sealed.get(e.pk), units.get(e.unit_code, e.unit_code))
            for e in shown.rows
        ],
        "checkpoint": Checkpoint.objects.order_by("-size").first(),
        "room": "record",
    }
    return show(request, "web/org/record.html", context, part="web/org/_record.html")
