"""What guides those who handle cases: templates of typical cases, and short notes that stand beside a step."""

from __future__ import annotations

from django.db import models

from xiuhua.kernel.models import InsideQuerySet, LegalModel


class CaseTemplate(LegalModel):
    """A template of a typical case (典型案例模板): texts with blanks for one cause, from a day on.

    Of one `code` the latest version that has begun and is not withdrawn counts. `evidence` is one item a line.
    """

    code = models.CharField("代码", max_length=20)
    cause_code = models.CharField("案由代码", max_length=10)
    title = models.CharField("名称", max_length=80)
    title_en = models.CharField("英文名称", max_length=120, default="")
    facts = models.TextField("违法事实写法")
    evidence = models.TextField("应有证据")
    reasons = models.TextField("裁量理由写法")
    proposal = models.TextField("处理建议写法")
    author = models.CharField("撰写", max_length=60)
    valid_from = models.DateField("起用")
    published_at = models.DateTimeField("发布时间", null=True)
    withdrawn_on = models.DateField("停用", null=True)
    withdrawn_by = models.CharField("停用人", max_length=60, default="")
    withdrawn_reason = models.CharField("停用理由", max_length=200, default="")
    source = models.CharField("来源", max_length=200, default="")
    certainty = models.CharField("确定程度", max_length=12, default="")

    objects = InsideQuerySet["CaseTemplate"].as_manager()

    class Meta:
        verbose_name = "典型案例模板"
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="template_once")]

    def __str__(self) -> str:
        return self.title


class GuidanceNote(LegalModel):
    """A short note (办案指引) that stands beside the steps it is about. `moves`: their names, parted by `;`.

    `cause` is empty (every case), a group of causes, or the code of one. `valid_to` is the last day.
    """

    title = models.CharField("标题", max_length=60)
    text = models.TextField("内容")
    moves = models.CharField("步骤", max_length=300)
    cause = models.CharField("案由", max_length=10, default="")
    author = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="撰写")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True)
    published_at = models.DateTimeField("发布时间")
    withdrawn_on = models.DateField("撤下", null=True)
    withdrawn_by = models.CharField("撤下人", max_length=60, default="")
    withdrawn_reason = models.CharField("撤下理由", max_length=200, default="")

    objects = InsideQuerySet["GuidanceNote"].as_manager()

    class Meta:
        verbose_name = "办案指引"

    def __str__(self) -> str:
        return self.title


class NoteMark(LegalModel):
    """What somebody who read a note says of it; one mark a person, the latest counts."""

    class Mark(models.TextChoices):
        HELPED = "helped", "有用"
        OUTDATED = "outdated", "已过时"

    note = models.ForeignKey(GuidanceNote, models.PROTECT, related_name="marks")
    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+")
    mark = models.CharField("评价", max_length=10, choices=Mark.choices)
    at = models.DateTimeField("时间")

    objects = InsideQuerySet["NoteMark"].as_manager()

    class Meta:
        verbose_name = "指引评价"
        constraints = [models.UniqueConstraint(fields=["note", "officer"], name="note_mark_once")]

    def __str__(self) -> str:
        return f"{self.note_id} {self.mark}"
