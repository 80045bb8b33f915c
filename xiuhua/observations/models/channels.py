"""Channels: what a camera or recorder told that it can show."""

from __future__ import annotations

from django.db import models

from xiuhua.kernel.models import LegalModel
from xiuhua.observations.models.devices import Device, OfDeviceQuerySet


class Channel(LegalModel):
    """A row of the catalogue of a device of GB/T 28181, by its number there, which is kept when it is shared on."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="channels")
    identity = models.CharField("通道编码", max_length=64)
    name = models.CharField("通道名称", max_length=100)
    manufacturer = models.CharField("厂商", max_length=60, default="")
    model = models.CharField("型号", max_length=60, default="")
    online = models.BooleanField("在线", default=False)
    parent = models.CharField("上级编码", max_length=64, default="")
    civil_code = models.CharField("行政区划", max_length=20, default="")
    told_at = models.DateTimeField("上报时间")

    objects = OfDeviceQuerySet["Channel"].as_manager()

    class Meta:
        verbose_name = "视频通道"
        constraints = [models.UniqueConstraint(fields=["device", "identity"], name="channel_once")]

    def __str__(self) -> str:
        return self.name
