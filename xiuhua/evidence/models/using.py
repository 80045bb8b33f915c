"""What is known and made of an exhibit after it came in: each a row of its own, the exhibit stays as it was."""

from __future__ import annotations

from django.db import models

from xiuhua.evidence.models.exhibits import Exhibit
from xiuhua.kernel.models import LegalModel, LegalQuerySet, StoredFile


class Media(LegalModel):
    """What a file of pictures or sound holds, read from it once: sizes, seconds, codecs, EXIF; and a small picture."""

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="media")
    facts = models.JSONField()
    thumbnail = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = LegalQuerySet["Media"].as_manager()

    class Meta:
        verbose_name = "媒体信息"

    def __str__(self) -> str:
        return str(self.file)


class TimeFact(LegalModel):
    """When an exhibit was really captured, where the device's clock was wrong. The latest one holds."""

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="time_facts")
    captured_at = models.DateTimeField("真实拍摄时间")
    reason = models.CharField("依据", max_length=200)
    at = models.DateTimeField("更正时间")
    by_name = models.CharField("更正人", max_length=60)

    objects = LegalQuerySet["TimeFact"].as_manager()

    class Meta:
        verbose_name = "拍摄时间更正"

    def __str__(self) -> str:
        return f"{self.exhibit_id} {self.captured_at:%F %T}"


class Derived(LegalModel):
    """A clip or a redacted copy: an exhibit of its own that knows what it was made of, and how."""

    parent = models.ForeignKey(Exhibit, models.PROTECT, related_name="derived")
    child = models.OneToOneField(Exhibit, models.PROTECT, related_name="origin")
    how = models.JSONField()

    objects = LegalQuerySet["Derived"].as_manager()

    class Meta:
        verbose_name = "派生证据"

    def __str__(self) -> str:
        return f"{self.parent_id} → {self.child_id}"


class TimeStamp(LegalModel):
    """An RFC 3161 token over the SHA-256 of an exhibit's file: it existed when the authority says."""

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="time_stamps")
    token = models.BinaryField()
    said_at = models.DateTimeField("时间戳时间")
    authority = models.CharField("时间戳机构", max_length=200)
    at = models.DateTimeField("取得时间")

    objects = LegalQuerySet["TimeStamp"].as_manager()

    class Meta:
        verbose_name = "可信时间戳"

    def __str__(self) -> str:
        return f"{self.exhibit_id} {self.said_at:%F %T}"


class LinkDecision(LegalModel):
    """What a person said of a recording that was proposed for something: taken for a step of it, or not belonging."""

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="link_decisions")
    subject = models.CharField("对象", max_length=80, db_index=True)
    step = models.CharField("环节", max_length=60, default="")
    taken = models.BooleanField("采用")
    reason = models.CharField("理由", max_length=200, default="")
    at = models.DateTimeField("时间")
    by_name = models.CharField("决定人", max_length=60)

    objects = LegalQuerySet["LinkDecision"].as_manager()

    class Meta:
        verbose_name = "关联决定"
        constraints = [models.UniqueConstraint(fields=["exhibit", "subject", "step"], name="decided_once")]

    def __str__(self) -> str:
        return f"{self.exhibit_id} {self.subject} {self.step}"
