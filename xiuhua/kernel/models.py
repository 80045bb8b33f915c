"""Tables of the bedrock."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from xiuhua.kernel.authz import Actor

acting: ContextVar[bool] = ContextVar("acting", default=False)

M = TypeVar("M", bound=models.Model)


class OutsideAction(RuntimeError):
    """Something tried to write a row of legal effect outside an act of the record."""


def require_act(what: str) -> None:
    """Raise OutsideAction unless an act is under way."""
    if not acting.get():
        raise OutsideAction(f"{what} is written by actions only (kernel.record.act)")


class LegalQuerySet(models.QuerySet[M]):
    """A queryset whose writes are refused outside an act. Rooms subclass it and add `visible`."""

    def visible(self, user: Actor) -> Self:
        """Rows `user` may see. A room that forgets to say so shows nothing."""
        return self.none()

    def update(self, **kwargs: Any) -> int:
        require_act(self.model.__name__)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise OutsideAction(f"{self.model.__name__} is never deleted")

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        require_act(self.model.__name__)
        return super().bulk_create(objs, *args, **kwargs)


class LegalModel(models.Model):
    """A model of legal effect: saved in acts only, deleted never."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        require_act(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise OutsideAction(f"{type(self).__name__} is never deleted")


class InsideQuerySet(LegalQuerySet[M]):
    """Rows that are known to everybody who is signed in."""

    def visible(self, user: Actor) -> Self:
        return self if user.user_id is not None or user.is_system else self.none()


class Threshold(LegalModel):
    """One number of a room, as its file of the reference data has it: how near, how late, how many."""

    FILE: ClassVar[str]

    code = models.CharField("代码", max_length=30, unique=True)
    value = models.PositiveIntegerField("数值")
    measure = models.CharField("单位", max_length=12)
    meaning = models.CharField("含义", max_length=200)
    meaning_en = models.CharField("英文含义", max_length=200)
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = InsideQuerySet["Threshold"].as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class RecordQuerySet(LegalQuerySet["RecordEntry"]):
    def visible(self, user: Actor) -> Self:
        """The auditor reads everything; everybody reads what they did themselves."""
        if user.scope("record.see").everything:
            return self
        return self.filter(actor_id=user.user_id) if user.user_id is not None else self.none()

    def about(self, subject: str) -> Self:
        return self.filter(subject=subject)


class RecordEntry(LegalModel):
    """One act, as it was said. Written once; the database itself refuses to change or delete it."""

    at = models.DateTimeField("时间")
    verb = models.CharField("动作", max_length=60)
    actor_id = models.BigIntegerField("行为人", null=True)
    actor_name = models.CharField("行为人姓名", max_length=60)
    unit_code = models.CharField("单位", max_length=20)
    subject = models.CharField("对象", max_length=80, db_index=True)
    label = models.CharField("对象名称", max_length=200)
    facts = models.TextField("事实")
    facts_hash = models.CharField("事实摘要", max_length=64)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = "记录"
        indexes = [models.Index(fields=["actor_id", "id"], name="record_actor")]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"


class Leaf(models.Model):
    """Where an entry stands in the sealed log: leaf `index` is entry `entry_id`."""

    index = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)

    class Meta:
        verbose_name = "封存位置"


class Tile(models.Model):
    """A C2SP tile: up to 256 hashes (32 bytes each) of one level of the Merkle tree."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    width = models.PositiveSmallIntegerField()
    data = models.BinaryField()

    class Meta:
        verbose_name = "默克尔树块"
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tile_place")]


class Checkpoint(models.Model):
    """A signed head of the log: size, root and the note text with its signature (C2SP tlog-checkpoint)."""

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "检查点"


class LogHead(models.Model):
    """Where the sealed log stands: one row, moved on by whichever sealer holds the lease.

    `settled`: every entry up to this id is sealed or will never exist. `watched_id` becomes settled once
    every transaction older than `watched_xid` has ended (PostgreSQL only, where entries may appear out of
    order).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    origin = models.CharField(max_length=80)
    verifier_key = models.CharField(max_length=200)
    size = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    watched_id = models.BigIntegerField(default=0)
    watched_xid = models.BigIntegerField(default=0)
    holder = models.CharField(max_length=60, default="")
    lease_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "封存进度"
        constraints = [models.CheckConstraint(name="one_log", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"


class Job(models.Model):
    """A row of the outbox: what must happen later. Claimed by conditional update, kept when done."""

    name = models.CharField(max_length=60)
    payload = models.JSONField()
    unique_key = models.CharField(max_length=120, null=True, unique=True)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=60, default="")
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        verbose_name = "待办"
        indexes = [
            models.Index(
                fields=["run_at"],
                name="job_waiting",
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class Day(models.Model):
    """A day that differs from the plain week: a holiday, a moved workday, or a day the bureau adds itself.

    `source` names the State Council notice; `extra` marks days of the extra-days table (a typhoon closure).
    """

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40)
    named_holiday = models.BooleanField(default=False)
    extra = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    certainty = models.CharField(max_length=12)

    class Meta:
        verbose_name = "工作日历"


class Series(models.Model):
    """A run of document numbers (文号) for one kind, year and unit."""

    kind = models.CharField("文书种类", max_length=40)
    unit_code = models.CharField("单位", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    pattern = models.CharField("格式", max_length=60)
    last = models.PositiveIntegerField("已用到", default=0)
    limit = models.PositiveIntegerField("上限", null=True)

    class Meta:
        verbose_name = "编号序列"
        constraints = [models.UniqueConstraint(fields=["kind", "unit_code", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_code} {self.year}"


class TakenNumber(LegalModel):
    """One number that was given out, to what, and if it was voided, why: so that a gap explains itself."""

    # No index of its own: the constraint below begins with the series, and numbers come in by the hundred thousand.
    series = models.ForeignKey(Series, models.PROTECT, related_name="taken", db_index=False)
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=60, unique=True)
    subject = models.CharField(max_length=80)
    taken_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, default="")

    objects: models.Manager[TakenNumber] = LegalQuerySet["TakenNumber"].as_manager()

    class Meta:
        verbose_name = "已用编号"
        constraints = [
            models.UniqueConstraint(fields=["series", "serial"], name="serial_once"),
            models.CheckConstraint(
                name="void_has_reason",
                condition=models.Q(voided_at__isnull=True, void_reason="")
                | (models.Q(voided_at__isnull=False) & ~models.Q(void_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


def new_revision() -> int:
    """A number that no earlier state of a row is likely to have had; the sum over all rows tells their state."""
    return secrets.randbits(40)


class AreaQuerySet(models.QuerySet["Area"]):
    def visible(self, user: Actor) -> Self:
        """Boundaries are public."""
        return self


class Area(models.Model):
    """A polygon on the ground (WGS-84, GeoJSON order lon, lat): a subdistrict, a town, a special area."""

    class Kind(models.TextChoices):
        STREET = "street", "街道"
        TOWN = "town", "镇"
        SPECIAL = "special", "特定区域"

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    lon = models.FloatField("经度")
    lat = models.FloatField("纬度")
    area_km2 = models.FloatField("面积（平方公里）")
    geometry = models.JSONField("边界")
    schematic = models.BooleanField("示意", default=False)
    source = models.CharField("来源", max_length=200)
    revision = models.BigIntegerField("版次", default=new_revision, db_index=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "区域"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Each change takes a new revision, so that processes that keep the areas in memory notice."""
        self.revision = new_revision()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name


class RoadQuerySet(models.QuerySet["Road"]):
    def visible(self, user: Actor) -> Self:
        """Roads are public."""
        return self


class Road(models.Model):
    """A road on the ground (WGS-84, GeoJSON order lon, lat) with its grade (CJJ 37-2012 §3.1.1)."""

    class Grade(models.TextChoices):
        EXPRESSWAY = "expressway", "快速路"
        ARTERIAL = "arterial", "主干路"
        COLLECTOR = "collector", "次干路"
        LOCAL = "local", "支路"

    code = models.CharField("代码", max_length=70, unique=True)
    name = models.CharField("路名", max_length=60)
    grade = models.CharField("道路等级", max_length=10, choices=Grade)
    length_km = models.FloatField("长度（公里）")
    geometry = models.JSONField("线形")
    schematic = models.BooleanField("示意", default=False)
    source = models.CharField("来源", max_length=200)

    objects = RoadQuerySet.as_manager()

    class Meta:
        verbose_name = "道路"

    def __str__(self) -> str:
        return self.name


class StoredFile(LegalModel):
    """Bytes kept under their SHA-256. Written once; the same bytes are the same row.

    `sm3` is empty where bytes came before it was taken.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    sm3 = models.CharField("SM3", max_length=64, default="")
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    objects: models.Manager[StoredFile] = LegalQuerySet["StoredFile"].as_manager()

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.sha256[:12]
