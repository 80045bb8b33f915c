"""What a reconsideration or suit came to, read off its matter: the row that lists, oversight and figures count."""

from __future__ import annotations

from django.db import models

from xiuhua.cases.models.case import Case, Matter, PartOfCaseQuerySet
from xiuhua.kernel.models import LegalModel


class Remedy(LegalModel):
    """One reconsideration or suit. `accepted_on` is the day of acceptance, of a suit the day on which it was filed.

    `outcome` is empty until the last word; `overturned` says that it went against the decision. `head_attended` is
    None until the trial. `party_name` is whose it is where a case has several parties, and empty otherwise.
    """

    class Kind(models.TextChoices):
        RECONSIDERATION = "reconsideration", "行政复议"
        LITIGATION = "litigation", "行政诉讼"

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="remedy")
    case = models.ForeignKey(Case, models.PROTECT, related_name="remedies")
    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    party_name = models.CharField("申请人或原告", max_length=120, default="")
    instance = models.CharField("审级", max_length=10, default="")
    accepted_on = models.DateField("受理或起诉日期", null=True)
    outcome = models.CharField("结果", max_length=30, default="")
    ended_on = models.DateField("结果日期", null=True)
    overturned = models.BooleanField("被纠正", default=False)
    ground = models.CharField("纠正理由", max_length=20, default="")
    found = models.TextField("认定的问题", default="")
    document = models.CharField("文书", max_length=200, default="")
    heard_on = models.DateField("开庭日期", null=True)
    head_attended = models.BooleanField("负责人出庭", null=True)

    objects = PartOfCaseQuerySet["Remedy"].as_manager()

    class Meta:
        verbose_name = "复议诉讼"
        indexes = [
            models.Index(fields=["kind", "accepted_on"], name="remedy_accepted"),
            models.Index(
                fields=["-ended_on", "-id"], name="remedy_overturned", condition=models.Q(overturned=True)
            ),
            models.Index(
                fields=["heard_on"], name="remedy_heard", condition=models.Q(heard_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.outcome}".strip()
