"""Where in a file a finding of the check is, in words."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiuhua.cases import queries
from xiuhua.web.frame.http import in_english

# Lists of the file, for the place of a row.
LISTS = {
    "inspections": gettext_noop("检查笔录"),
    "interviews": gettext_noop("询问笔录"),
    "evidence": gettext_noop("证据"),
    "registrations": gettext_noop("先行登记保存"),
    "measures": gettext_noop("查封扣押"),
    "recusals": gettext_noop("回避"),
    "services": gettext_noop("送达记录"),
    "documents": gettext_noop("文书"),
    "recording": gettext_noop("执法记录"),
    "officers": gettext_noop("执法人员"),
    "confiscated": gettext_noop("没收物品"),
    "other_decisions": gettext_noop("其他处罚决定"),
    "payment.items": gettext_noop("缴款"),
    "deferral.plan": gettext_noop("分期计划"),
    "case.suspensions": gettext_noop("中止"),
    "case.recording_steps": gettext_noop("应当摄录的环节"),
    "decision.kinds": gettext_noop("处罚种类"),
}
_ROW = re.compile(r"([a-z_.]+)\[(\d+)\]")


def said(path: str) -> str:
    """`services[1]` as 送达第2条, `notice.served_on` by the name that documents use."""
    found = _ROW.fullmatch(path)
    if found is not None:
        name = LISTS.get(found[1], found[1])
        return _("%(list)s第%(n)d条") % {"list": _(name), "n": int(found[2]) + 1}
    if path in LISTS:
        return _(LISTS[path])
    return path.replace(".", ": ").replace("_", " ") if in_english() else queries.shelf().label(path)
