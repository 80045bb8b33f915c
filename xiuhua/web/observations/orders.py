"""Orders to terminals: the list, the form of each kind, and the latest of a device on its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiuhua.evidence import queries as evidence
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.observations import actions, permissions, queries, rules
from xiuhua.observations.models import Device, DeviceOrder
from xiuhua.org import queries as org
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.citing import said as cited
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, one_of
from xiuhua.web.frame.parts import State
from xiuhua.web.observations.saying import answer_of, state_of, what_of

LATEST = 6
WATCHING = sorted(rules.WATCHING)


def _named(rows: QuerySet[DeviceOrder], words: Sequence[str]) -> QuerySet[DeviceOrder]:
    text = words[0].strip()
    found = Q(device__name__icontains=text) | Q(device__plate__icontains=text)
    return rows.filter(found | Q(device__identity__icontains=text))


ORDERS: Listing[DeviceOrder] = Listing(
    room="device-orders",
    filters=(
        Filter("device", gettext_lazy("设备"), _named, kind="text", placeholder=gettext_lazy("名称、号牌、设备号")),
        Filter(
            "state",
            gettext_lazy("状态"),
            one_of("state"),
            choices=lambda _r: [(s.value, _(label)) for s, label in rules.ORDER_STATE_LABELS.items()],
        ),
        Filter(
            "kind",
            gettext_lazy("指令"),
            one_of("kind"),
            choices=lambda _r: [(k.value, _(label)) for k, label in rules.ORDER_LABELS.items()],
        ),
    ),
    sorts=(Sort("new", gettext_lazy("下达时间"), "-at"), Sort("old", gettext_lazy("最早下达"), "at")),
    columns=(
        Column(gettext_lazy("设备"), lambda o: o.device.name),
        Column(gettext_lazy("指令"), lambda o: _(o.get_kind_display())),
        Column(gettext_lazy("内容"), what_of),
        Column(gettext_lazy("依据"), lambda o: o.basis),
        Column(gettext_lazy("事由"), lambda o: o.why),
        Column(gettext_lazy("下达人"), lambda o: o.by_name),
        Column(gettext_lazy("下达时间"), lambda o: o.at),
        Column(gettext_lazy("状态"), lambda o: _(o.get_state_display())),
        Column(gettext_lazy("应答时间"), lambda o: o.answered_at),
        Column(gettext_lazy("应答"), answer_of),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("未了结"), "state=queued&state=sent"),
        View(gettext_lazy("未成"), "state=refused&state=timed_out"),
        View(gettext_lazy("看人的"), "&".join(f"kind={kind}" for kind in WATCHING)),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """An order as it is drawn; `exhibits` are those of its pictures that the reader may open."""

    order: DeviceOrder
    state: State
    what: str
    why: str
    purpose: str
    unit: str
    answer: str
    exhibits: list[int]
    may_withdraw: bool


def lines(request: Request, found: Iterable[DeviceOrder]) -> list[Line]:
    orders = list(found)
    taken = {pk for order in orders for pk in order.facts.get("exhibits", [])}
    open_ = set(evidence.exhibits(request.actor).filter(pk__in=taken).values_list("pk", flat=True))
    known, english = queries.purposes(), in_english()
    units = {u.code: (english and u.name_en) or u.name for u in org.units(request.actor)}
    return [
        Line(
            order,
            state_of(order),
            what_of(order),
            order.why,
            _purpose(known.get(order.purpose), order.basis),
            units.get(order.unit_code, order.unit_code),
            answer_of(order),
            [pk for pk in order.facts.get("exhibits", []) if pk in open_],
            permissions.can_withdraw_order(order, request.actor),
        )
        for order in orders
    ]


def _purpose(purpose: rules.Purpose | None, basis: str) -> str:
    english = in_english()
    if purpose is None:
        return cited(basis, english)
    words = {"purpose": purpose.label_en if english else purpose.label, "basis": cited(basis, english)}
    return _("%(purpose)s（%(basis)s）") % words


@in_room("devices", "devices.see")
def orders(request: Request) -> HttpResponseBase:
    base = queries.orders(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("终端指令"), ORDERS.columns, ORDERS.ordered(request, base))
    shown = ORDERS.show(request, base)
    context = {"shown": shown, "rows": lines(request, shown.rows), "room": "device-orders"}
    return show(request, "web/observations/orders.html", context, part="web/observations/_orders.html")


def _kinds(request: Request, device: Device, working: bool) -> list[tuple[str, str]]:
    """The kinds that may be ordered now."""
    return [
        (kind.value, _(rules.ORDER_LABELS[kind]))
        for kind in rules.OrderKind
        if permissions.can_order(device, kind, request.actor) and (working or kind not in rules.WATCHING)
    ]


def on_duty(request: Request, device: Device) -> bool:
    at = round(request.at.timestamp() * 1000)
    return rules.on_duty(at, queries.hours_of(device, request.at))


def panel(request: Request, device: Device, working: bool) -> dict[str, Any] | None:
    """What the page of a device shows of its orders; None for devices that take none."""
    if device.protocol != rules.Protocol.JT808:
        return None
    in_use = device.withdrawn_at is None
    kinds = _kinds(request, device, working) if in_use else []
    watches = permissions.can_order(device, rules.OrderKind.PHOTO, request.actor)
    return {
        "kinds": kinds,
        "off_duty": in_use and watches and not working,
        "lines": lines(request, queries.orders_of(device, request.actor)[:LATEST]),
    }


@in_room("devices")
def order(request: Request, pk: int, kind: str) -> HttpResponse:
    """The form of one kind. Off duty there is none for what looks at people."""
    device = get_object_or_404(queries.devices(request.actor).filter(withdrawn_at__isnull=True), pk=pk)
    if kind not in set(rules.OrderKind) or device.protocol != rules.Protocol.JT808:
        raise Http404
    wanted, working = rules.OrderKind(kind), on_duty(request, device)
    permissions.check_can_order(device, wanted, request.actor)
    if wanted in rules.WATCHING and not working:
        raise Refused(permissions.OFF_DUTY)
    form = Form(_fields(wanted), now=request.at, data=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            said = {name: value for name, value in form.values().items() if value is not None}
            why, purpose = said.pop("why", ""), said.pop("purpose", "")
            actions.order_device(
                device=device,
                kind=wanted,
                parameters=_parameters(wanted, said),
                why=why,
                purpose=purpose,
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            messages.success(request, _("指令已下达，终端在线即发送。"))
            return redirect("web:device", pk=pk)
    context = {
        "form": form,
        "title": _(rules.ORDER_LABELS[wanted]),
        "kind": kind,
        "kinds": _kinds(request, device, working),
        "watches": wanted in rules.WATCHING,
        "device": device,
        "back": reverse("web:device", args=[pk]),
    }
    status = 422 if form.errors or form.general else 200
    return show(request, "web/observations/order.html", context, status=status)


@require_POST
@in_room("devices")
def withdraw_order(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.orders(request.actor), pk=pk)
    actions.withdraw_order(order=found, by=request.actor, at=request.at)
    messages.success(request, _("指令已撤回。"))
    return redirect("web:device", pk=found.device_id)


def _parameters(kind: rules.OrderKind, said: dict[str, Any]) -> dict[str, Any]:
    if kind is not rules.OrderKind.TEXT:
        return said
    flags = set(said.get("flags", []))
    return {"text": said["text"], **{flag: flag in flags for flag in rules.FLAGS}}


def _fields(kind: rules.OrderKind) -> list[Field]:
    seconds, minutes = _("秒"), _("分钟")
    own: dict[rules.OrderKind, list[Field]] = {
        rules.OrderKind.TEXT: [
            Field("text", _("文字内容"), Kind.LONG, required=True, focus=True, wide=True),
            Field(
                "flags",
                _("方式"),
                Kind.MANY,
                choices=[("urgent", _("紧急")), ("display", _("终端显示")), ("speak", _("语音播报"))],
                initial=["display"],
                required=True,
                wide=True,
            ),
        ],
        rules.OrderKind.TRACK: [
            Field("interval", _("上报间隔"), Kind.NUMBER, required=True, initial=10, unit=seconds),
            Field("minutes", _("持续"), Kind.NUMBER, required=True, initial=10, unit=minutes),
        ],
        rules.OrderKind.PHOTO: [Field("channel", _("摄像头通道"), Kind.NUMBER, required=True, initial=1)],
        rules.OrderKind.SETTINGS: [
            Field(name, _(label), Kind.NUMBER, unit=seconds) for name, label in rules.SETTINGS.items()
        ],
    }
    why = Field("why", _("事由"), required=kind in rules.WATCHING, wide=True)
    return [*own.get(kind, []), *([_purposes()] if kind in rules.WATCHING else []), why]


def _purposes() -> Field:
    choices = [(p.code, _purpose(p, p.basis)) for p in queries.purposes().values()]
    return Field("purpose", _("目的和依据"), Kind.CHOICE, required=True, choices=choices, wide=True)
