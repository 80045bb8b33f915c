"""The review centre: how it divides its work, whose line is what, and who reviews which case."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.cases.models.case import Case, seen_through
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import InsideQuerySet, LegalModel, LegalQuerySet


class ReviewQuerySet(LegalQuerySet["Review"]):
    def visible(self, user: Actor) -> Self:
        """The reviews of a case are seen by those who see the case."""
        condition = seen_through(user, "case__")
        return self.none() if condition is None else self.filter(condition)


class Review(LegalModel):
    """One review of a case: given to a reviewer, and what came of it. A case sent back comes again in a new round."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews")
    stage = models.CharField("阶段", max_length=14)
    round = models.PositiveSmallIntegerField("次数")
    reviewer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="审核人"
    )
    own_line = models.BooleanField("本线", default=False)
    given_at = models.DateTimeField("分派时间")
    ended_at = models.DateTimeField("办结时间", null=True)
    result = models.CharField("结果", max_length=10, default="")
    codes = models.CharField("退回原因", max_length=120, default="")
    moved_reason = models.CharField("改派理由", max_length=200, default="")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "审核"
        indexes = [
            models.Index(fields=["reviewer"], name="review_open", condition=models.Q(ended_at__isnull=True)),
            models.Index(fields=["stage", "given_at"], name="review_given"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="one_review_at_a_time", condition=models.Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage} {self.round}"


class ReviewLine(LegalModel):
    """What one reviewer is there for: handling units and groups of causes, codes parted by `;`."""

    reviewer = models.OneToOneField("org.Officer", models.PROTECT, related_name="+")
    units = models.CharField("块：办案单位", max_length=400, default="")
    groups = models.CharField("条：案由大类", max_length=120, default="")

    objects = InsideQuerySet["ReviewLine"].as_manager()

    class Meta:
        verbose_name = "审理分工"

    def __str__(self) -> str:
        return f"{self.reviewer_id}"


class ReviewDivision(LegalModel):
    """How the work is divided from a moment on: by territory (块审理) or by subject (条审理). The latest row counts."""

    division = models.CharField("分工方式", max_length=10)
    since = models.DateTimeField("自")
    reason = models.CharField("理由", max_length=200)

    objects = InsideQuerySet["ReviewDivision"].as_manager()

    class Meta:
        verbose_name = "审理分工方式"

    def __str__(self) -> str:
        return self.division
