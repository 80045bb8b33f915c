"""How an entry of the record reads on a timeline: its verb in words, and what it says besides."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiuhua.kernel.models import RecordEntry

LABELS: dict[str, Promise] = {
    "org.sign_in": _("登录"),
    "org.sign_out": _("退出登录"),
    "org.make_user": _("开账号"),
    "org.set_password": _("改密码"),
    "org.disable_user": _("停用账号"),
    "org.enable_user": _("启用账号"),
    "org.make_key": _("发接口密钥"),
    "org.end_key": _("收回接口密钥"),
    "org.hire": _("人员入职"),
    "org.grant_certificate": _("发执法证"),
    "org.appoint": _("任职"),
    "org.end_post": _("免职"),
    "org.add_unit": _("设立单位"),
    "org.set_authority": _("定权责"),
    "org.set_headcount": _("登记人数"),
    "evidence.add": _("加入证据"),
    "evidence.share": _("共享证据"),
    "evidence.view": _("查看证据"),
    "evidence.play": _("播放证据"),
    "evidence.copy": _("复制证据"),
    "evidence.clip": _("截取证据"),
    "evidence.blur": _("遮挡证据"),
    "evidence.export": _("导出证据"),
    "evidence.stamp": _("加盖时间戳"),
    "evidence.correct_time": _("更正拍摄时间"),
    "evidence.decide_link": _("决定是否采用"),
    "evidence.dock": _("接入执法记录"),
    "evidence.arrive": _("执法记录入库"),
    "evidence.ask_for": _("调取执法记录"),
    "evidence.look_into": _("读取文件信息"),
    "evidence.open_station": _("设立采集站"),
    "evidence.close_station": _("停用采集站"),
    "registers.register_premises": _("登记场所"),
    "registers.register_vehicle": _("登记车辆"),
    "cases.open": _("登记案件"),
    "leads.register": _("登记线索"),
    "leads.register_finding": _("巡查发现"),
    "leads.verify": _("核实"),
    "leads.merge": _("并入另一条线索"),
    "leads.absorb": _("并入了一条线索"),
    "leads.refuse": _("不予受理"),
    "leads.dispatch": _("派发"),
    "leads.accept": _("接收"),
    "leads.return": _("退回"),
    "leads.arrive": _("到场"),
    "leads.transfer_out": _("移送其他机关"),
    "leads.hand_to_case": _("转案件办理"),
    "leads.settle": _("不立案办结"),
    "leads.record_outcome": _("案件结果回填"),
    "leads.share_outcome": _("随并入的线索办结"),
    "leads.tell_reporter": _("告知举报人"),
    "leads.reveal_reporter": _("查看举报人信息"),
    "registers.register_party": _("登记当事人"),
    "registers.find_party_again": _("再次遇到当事人"),
    "registers.update_party": _("更改登记"),
    "registers.make_known": _("告知承办单位"),
}
# What an entry says that a person wants to read at a glance.
SPOKEN = ("reason", "note", "public_note", "to", "into", "label")


def label(verb: str, others: Mapping[str, str] | None = None) -> str:
    """The act in words; `others`: move → words of the procedure. An act without words is shown by its own name."""
    room, _sep, act = verb.partition(".")
    if verb not in LABELS and room == "cases" and others and act in others:
        return gettext(others[act])
    return str(LABELS.get(verb, verb))


def note(entry: RecordEntry, units: Mapping[str, str] | None = None) -> str:
    """The first thing an entry says in words. `units`: code → name of the units it may speak of."""
    facts = json.loads(entry.facts)
    if unit := (units or {}).get(str(facts.get("unit", ""))):
        return unit
    return next((str(facts[name]) for name in SPOKEN if facts.get(name)), "")
