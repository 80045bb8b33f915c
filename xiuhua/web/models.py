"""What the pages keep for a person: drafts of forms and saved filters. Neither has legal effect."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What a person has typed into one form and not sent yet. `data` maps a field name to its list of texts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField("表单", max_length=120)
    data = models.JSONField("内容")
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "草稿"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]

    def __str__(self) -> str:
        return self.key


class KeptFile(models.Model):
    """A file that came with a form which was not in order. It goes when the form is sent or its draft is dropped."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField("表单", max_length=120)
    name = models.CharField("名称", max_length=120)
    data = models.BinaryField("内容")
    kept_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "未交的文件"
        indexes = [models.Index(fields=["user", "key"], name="kept_of_form")]

    def __str__(self) -> str:
        return self.name


class SavedFilter(models.Model):
    """A filter of a list that a person has named. `query` is the query string of the list's address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    room = models.CharField("列表", max_length=30)
    name = models.CharField("名称", max_length=30)
    query = models.CharField("条件", max_length=500)

    class Meta:
        verbose_name = "保存的筛选"
        constraints = [models.UniqueConstraint(fields=["user", "room", "name"], name="filter_once")]

    def __str__(self) -> str:
        return self.name
