"""The registry of devices, the hours in which they may be followed, their faults, and who looked at whose track."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet
from xiuhua.observations import rules

T = TypeVar("T", bound=models.Model)


def seen_by(user: Actor, permission: str, prefix: str = "") -> models.Q | None:
    """Devices of the units that `permission` opens, and the person's own; None for all of them."""
    scope = user.scope(permission)
    if scope.everything:
        return None
    found = models.Q(**{f"{prefix}unit__in": scope.units}) if scope.units else models.Q(pk__in=[])
    if user.officer_id is not None:
        found |= models.Q(**{f"{prefix}officer": user.officer_id})
    return found


class DeviceQuerySet(LegalQuerySet["Device"]):
    def visible(self, user: Actor) -> Self:
        """Devices of the user's units, or all for a post of the whole bureau; everybody sees their own."""
        return self._by(seen_by(user, "devices.see"), user)

    def followed(self, user: Actor) -> Self:
        """Devices whose positions the user may look at."""
        return self._by(seen_by(user, "positions.see"), user)

    def _by(self, seen: models.Q | None, user: Actor) -> Self:
        if seen is None:
            return self
        return self.none() if user.user_id is None else self.filter(seen)


class Device(LegalModel):
    """A device that tells where a vehicle or a person of ours is.

    `identity` is what it calls itself by; `code_hash` the SHA-256 of the code or key by which it proves that it is
    the one. `lenient`: wrong checksums and lengths are let pass. `datum` is the one it sends in.
    """

    Kind = rules.DeviceKind
    Protocol = rules.Protocol

    kind = models.CharField(
        "设备种类", max_length=20, choices=[(k.value, rules.DEVICE_KIND_LABELS[k]) for k in Kind]
    )
    protocol = models.CharField(
        "协议", max_length=10, choices=[(p.value, rules.PROTOCOL_LABELS[p]) for p in Protocol]
    )
    identity = models.CharField("设备号", max_length=64)
    name = models.CharField("名称", max_length=60)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="配属单位")
    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="使用人"
    )
    plate = models.CharField("所装车辆号牌", max_length=20, default="")
    datum = models.PositiveSmallIntegerField(
        "坐标系",
        choices=[(int(d), rules.DATUM_LABELS[d]) for d in rules.Datum],
        default=int(rules.Datum.WGS84),
    )
    lenient = models.BooleanField("放宽校验", default=False)
    code_hash = models.CharField("鉴权码摘要", max_length=64, default="")
    told = models.JSONField("设备自报", default=dict)
    revision = models.BigIntegerField("变更序号", default=0)
    registered_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("停用时间", null=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = "定位设备"
        constraints = [
            models.UniqueConstraint(
                fields=["protocol", "identity"],
                name="device_once",
                condition=models.Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name


class HoursQuerySet(LegalQuerySet["DutyHours"]):
    def visible(self, user: Actor) -> Self:
        """Hours are shown by the room that made them; here they only say what may be kept."""
        return self if user.is_system else self.none()


class DutyHours(LegalModel):
    """Somebody, a vehicle's device or a whole unit is on duty from one moment to another. Exactly one of the three.

    `source` names who said so, such as `duty.shift:17`: what it says anew takes the place of what it said.
    """

    officer = models.ForeignKey("org.Officer", models.PROTECT, null=True, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="hours")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    source = models.CharField("出处", max_length=60, db_index=True)
    ended = models.BooleanField("已作废", default=False)

    objects = HoursQuerySet.as_manager()

    class Meta:
        verbose_name = "当班时段"
        indexes = [models.Index(fields=["ends_at"], name="duty_hours_end")]
        constraints = [
            models.CheckConstraint(
                name="duty_hours_of_one",
                condition=models.Q(officer__isnull=False, device__isnull=True, unit__isnull=True)
                | models.Q(officer__isnull=True, device__isnull=False, unit__isnull=True)
                | models.Q(officer__isnull=True, device__isnull=True, unit__isnull=False),
            ),
            models.CheckConstraint(
                name="duty_hours_end_later", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.source


class OfDeviceQuerySet(LegalQuerySet[T]):
    def visible(self, user: Actor) -> Self:
        """Whoever sees the device sees its faults."""
        seen = seen_by(user, "devices.see", "device__")
        if seen is None:
            return self
        return self.none() if user.user_id is None else self.filter(seen)


class FaultQuerySet(OfDeviceQuerySet["DeviceFault"]):
    def visible(self, user: Actor) -> Self:
        """Whoever sees the device, and whoever is to mend it."""
        seen = seen_by(user, "devices.see", "device__")
        if seen is None:
            return self
        if user.user_id is None:
            return self.none()
        return self.filter(seen | models.Q(officer=user.officer_id or 0))


class DeviceFault(LegalModel):
    """A fault as a work item: open until its sign is gone or somebody says that it is mended.

    `what` says it in words where a person reported it; `officer` is whom it was given to.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="faults")
    kind = models.CharField(
        "故障", max_length=12, choices=[(k.value, rules.FAULT_LABELS[k]) for k in rules.FaultKind]
    )
    what = models.CharField("情况", max_length=200, default="")
    since = models.DateTimeField("发现时间")
    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="处理人员"
    )
    assigned_at = models.DateTimeField("指派时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_by = models.CharField("处理人", max_length=60, default="")
    note = models.CharField("处理说明", max_length=200, default="")

    objects = FaultQuerySet.as_manager()

    class Meta:
        verbose_name = "设备故障"
        constraints = [
            models.UniqueConstraint(
                fields=["device", "kind"], name="fault_open_once", condition=models.Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.get_kind_display()}"


class WatchQuerySet(LegalQuerySet["Watch"]):
    def visible(self, user: Actor) -> Self:
        """Everybody reads who looked at them, at the map of their unit too, and what they looked at themselves;
        auditors read all.
        """
        if user.scope("record.see").everything:
            return self
        if user.user_id is None:
            return self.none()
        mine = models.Q(watcher=user.user_id)
        if user.officer_id is not None:
            mine |= models.Q(officer=user.officer_id) | models.Q(whole=True)
            mine |= models.Q(pk__in=Watch.units.through.objects.filter(unit=user.unit_id).values("watch"))
        return self.filter(mine)


class Watch(LegalModel):
    """Somebody looked at the track of a person or vehicle, ordered its terminal to show where it is or what it sees, or
    looked at what is live.

    Written once, in the act of looking or of ordering. A look at the map is of everybody of `units`, or of the `whole`
    bureau, and of no single device.
    """

    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="watches")
    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="被查看人"
    )
    watcher = models.BigIntegerField("查看人账号", null=True)
    watcher_name = models.CharField("查看人", max_length=60)
    unit_code = models.CharField("查看人单位", max_length=20)
    whole = models.BooleanField("查看全区", default=False)
    units = models.ManyToManyField("org.Unit", related_name="+", verbose_name="被查看单位")
    reason = models.CharField("查看事由", max_length=200)
    what = models.CharField(
        "查看内容",
        max_length=12,
        choices=[(w.value, rules.WATCH_LABELS[w]) for w in rules.WatchKind],
        default=rules.WatchKind.PATH.value,
    )
    day = models.DateField("轨迹日期")
    at = models.DateTimeField("查看时间")

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = "查看登记"
        indexes = [
            models.Index(fields=["officer", "at"], name="watch_officer"),
            models.Index(fields=["watcher", "what", "at"], name="watch_watcher"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what="map", device__isnull=True)
                | ~models.Q(what="map") & models.Q(device__isnull=False, whole=False),
                name="watch_of_device_or_map",
            )
        ]

    def __str__(self) -> str:
        return f"{self.watcher_name} {self.day}"
