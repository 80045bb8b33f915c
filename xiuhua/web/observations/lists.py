"""The list of devices."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.observations import rules
from xiuhua.observations.models import Device, DeviceFault
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, one_of


def _named(rows: QuerySet[Device], words: Sequence[str]) -> QuerySet[Device]:
    text = words[0].strip()
    found = Q(name__icontains=text) | Q(plate__icontains=text) | Q(officer__name__icontains=text)
    return rows.filter(found | Q(identity__icontains=text))


def _faulty(rows: QuerySet[Device], words: Sequence[str]) -> QuerySet[Device]:
    open_ = DeviceFault.objects.filter(device=OuterRef("pk"), ended_at__isnull=True)
    return rows.filter(Exists(open_) if "yes" in words else ~Exists(open_))


DEVICES: Listing[Device] = Listing(
    room="devices",
    filters=(
        Filter(
            "q",
            gettext_lazy("查找"),
            _named,
            kind="text",
            placeholder=gettext_lazy("名称、号牌、使用人、设备号"),
        ),
        Filter(
            "kind",
            gettext_lazy("设备种类"),
            one_of("kind"),
            choices=lambda _r: [(k.value, label) for k, label in rules.DEVICE_KIND_LABELS.items()],
        ),
        Filter(
            "faulty",
            gettext_lazy("故障"),
            _faulty,
            choices=lambda _r: [("yes", _("有故障")), ("no", _("无故障"))],
        ),
    ),
    sorts=(
        Sort("name", gettext_lazy("名称"), "name"),
        Sort("new", gettext_lazy("登记时间"), "-registered_at"),
    ),
    columns=(
        Column(gettext_lazy("名称"), lambda d: d.name),
        Column(gettext_lazy("设备种类"), lambda d: _(d.get_kind_display())),
        Column(gettext_lazy("协议"), lambda d: d.get_protocol_display()),
        Column(gettext_lazy("设备号"), lambda d: d.identity),
        Column(gettext_lazy("配属单位"), lambda d: d.unit.name),
        Column(gettext_lazy("使用人"), lambda d: d.officer.name if d.officer else ""),
        Column(gettext_lazy("号牌"), lambda d: d.plate),
        Column(gettext_lazy("登记时间"), lambda d: d.registered_at),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("有故障"), "faulty=yes"),
        View(gettext_lazy("车载终端"), "kind=vehicle_terminal"),
        View(gettext_lazy("移动执法终端"), "kind=phone"),
        View(gettext_lazy("执法记录仪"), "kind=body_camera"),
    ),
)
