"""The three lists of the registers: parties, premises, vehicles."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.kernel.models import Area
from xiuhua.registers import rules
from xiuhua.registers.models import Party, Premises, Vehicle
from xiuhua.web.frame.http import Request
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of


def _areas(_request: Request) -> list[tuple[str, str]]:
    return list(Area.objects.order_by("code").values_list("code", "name"))


def number_of(party: Party) -> str:
    """The number a party is known by, masked where it is a person's."""
    return party.credit_code or rules.masked_id(party.id_no)


PARTIES: Listing[Party] = Listing(
    room="parties",
    filters=(
        Filter(
            "q",
            gettext_lazy("查找"),
            lambda rows, v: rows.filter(
                Q(search__contains=v[0].lower()) | Q(id_no=v[0].upper()) | Q(credit_code=v[0].upper())
            ),
            kind="text",
            placeholder=gettext_lazy("姓名、店名、拼音首字母、号码全文或末四位"),
        ),
        Filter(
            "kind",
            gettext_lazy("种类"),
            one_of("kind"),
            choices=lambda _r: [(k.value, label) for k, label in rules.PARTY_KIND_LABELS.items()],
        ),
        Filter("registered", gettext_lazy("登记"), between("registered_at__date"), kind="day"),
    ),
    sorts=(
        Sort("new", gettext_lazy("登记时间"), "-registered_at"),
        Sort("name", gettext_lazy("名称"), "name"),
    ),
    columns=(
        Column(gettext_lazy("名称"), lambda p: p.name),
        Column(gettext_lazy("种类"), lambda p: _(p.get_kind_display())),
        Column(gettext_lazy("号码"), number_of),
        Column(gettext_lazy("住址或住所"), lambda p: p.address),
        Column(gettext_lazy("登记时间"), lambda p: p.registered_at),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("单位"), "kind=organisation"),
        View(gettext_lazy("个体工商户"), "kind=individual_business"),
        View(gettext_lazy("公民"), "kind=citizen"),
    ),
)

PREMISES: Listing[Premises] = Listing(
    room="premises",
    filters=(
        Filter(
            "q", gettext_lazy("查找"), lambda rows, v: rows.filter(search__contains=v[0].lower()), kind="text"
        ),
        Filter("area", gettext_lazy("区域"), one_of("area__code"), choices=_areas),
    ),
    sorts=(
        Sort("new", gettext_lazy("登记时间"), "-registered_at"),
        Sort("name", gettext_lazy("名称"), "name"),
    ),
    columns=(
        Column(gettext_lazy("名称"), lambda p: p.name),
        Column(gettext_lazy("地址"), lambda p: p.address),
        Column(gettext_lazy("区域"), lambda p: p.area.name if p.area else ""),
        Column(gettext_lazy("当事人"), lambda p: p.party.name if p.party else ""),
    ),
)

VEHICLES: Listing[Vehicle] = Listing(
    room="vehicles",
    filters=(
        Filter(
            "q",
            gettext_lazy("号牌"),
            lambda rows, v: rows.filter(search__contains=rules.tidy_plate(v[0]).lower()),
            kind="text",
        ),
        Filter(
            "kind",
            gettext_lazy("车辆种类"),
            one_of("kind"),
            choices=lambda _r: [(k.value, label) for k, label in rules.VEHICLE_KIND_LABELS.items()],
        ),
    ),
    sorts=(
        Sort("new", gettext_lazy("登记时间"), "-registered_at"),
        Sort("plate", gettext_lazy("号牌"), "plate"),
    ),
    columns=(
        Column(gettext_lazy("号牌"), lambda v: v.plate),
        Column(gettext_lazy("号牌颜色"), lambda v: _(v.get_colour_display())),
        Column(gettext_lazy("车辆种类"), lambda v: _(v.get_kind_display())),
        Column(gettext_lazy("当事人"), lambda v: v.party.name if v.party else ""),
    ),
)
