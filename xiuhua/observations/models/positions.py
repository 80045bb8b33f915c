"""Rows of positions: many, written by the gateways below the ORM, read through devices. Moments are ms since 1970 UTC.

On SQLite they lie in a database file of their own (`positions`), so that a minute of ten thousand positions holds up
no page; there are no foreign keys to the main file. On PostgreSQL they are tables of the one database.
"""

from __future__ import annotations

from django.db import models

from xiuhua.observations import rules


class Position(models.Model):
    """Where a device was: WGS-84, with the coordinates and datum as sent where they were others."""

    pk = models.CompositePrimaryKey("device", "at")
    device = models.BigIntegerField("设备")
    at = models.BigIntegerField("定位时间")
    received = models.BigIntegerField("收到时间")
    lon = models.FloatField("经度")
    lat = models.FloatField("纬度")
    lon_sent = models.FloatField("原经度", null=True)
    lat_sent = models.FloatField("原纬度", null=True)
    datum = models.SmallIntegerField("原坐标系")
    speed = models.FloatField("速度", null=True)
    course = models.SmallIntegerField("方向", null=True)
    altitude = models.FloatField("海拔", null=True)
    accuracy = models.FloatField("精度", null=True)
    alarm = models.BigIntegerField("报警位", default=0)
    status = models.BigIntegerField("状态位", default=0)
    items = models.BinaryField("附加信息", null=True)

    class Meta:
        verbose_name = "位置"


class Current(models.Model):
    """What is known of a device now. Position and fix are those of the last duty; `heard` is whenever it spoke.

    `alarm` gathers the bits since the last look at its health; `frames` and `bad` count since then.
    """

    device = models.BigIntegerField("设备", primary_key=True)
    heard = models.BigIntegerField("最近通信")
    at = models.BigIntegerField("定位时间", null=True)
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)
    speed = models.FloatField("速度", null=True)
    course = models.SmallIntegerField("方向", null=True)
    alarm = models.BigIntegerField("报警位", default=0)
    status = models.BigIntegerField("状态位", default=0)
    frames = models.BigIntegerField("报文数", default=0)
    bad = models.BigIntegerField("错误报文数", default=0)
    off_duty = models.BigIntegerField("非当班未存", default=0)

    class Meta:
        verbose_name = "设备现况"


class OddFrame(models.Model):
    """What came in and was not taken, kept for a look: why, from where, its first bytes."""

    at = models.BigIntegerField("时间")
    protocol = models.CharField("协议", max_length=10)
    peer = models.CharField("来处", max_length=60)
    identity = models.CharField("设备号", max_length=64, default="")
    fault = models.CharField("原因", max_length=20)
    raw = models.BinaryField("报文", max_length=2048)

    class Meta:
        verbose_name = "异常报文"
        indexes = [models.Index(fields=["at"], name="odd_frame_at")]

    def get_protocol_display(self) -> str:
        """The name of the protocol, or what was written where it is none of ours."""
        labels = {protocol.value: label for protocol, label in rules.PROTOCOL_LABELS.items()}
        return labels.get(self.protocol, self.protocol)
