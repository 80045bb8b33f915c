"""Joint investigation (协查共管): a case in the bureau's name on which a town squad works with the case's unit.

While it lasts, the officers whom the squad named see the case and what was shared with them, and nothing else.
"""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from xiuhua.cases.models.case import SHARED_WHILE, Case, CaseExhibit, Document, seen_through
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet

# Who answers a request for the squad.
ANSWERS = frozenset({"squad_head"})


class JointWorkQuerySet(LegalQuerySet["JointWork"]):
    def visible(self, user: Actor) -> Self:
        """Seen by those who see the case; by the head of the squad while it is asked and at work; by the named
        officers from the acceptance to the end."""
        condition = models.Q()
        through = seen_through(user, "case__")
        if through is not None:
            condition |= models.Q(pk__in=JointWork.objects.filter(through).values("pk"))
        headed = {grant.unit_id for grant in user.grants if grant.role in ANSWERS}
        if headed:
            open_ = (JointWork.State.ASKED, JointWork.State.ACCEPTED)
            condition |= models.Q(squad__in=headed, state__in=open_, case__closed_on__isnull=True)
        if user.officer_id is not None and user.scope("cases.work").units:
            condition |= models.Q(pk__in=self.model.objects.worked_by(user).values("pk"))
        return self.filter(condition) if condition else self.none()

    def worked_by(self, user: Actor) -> Self:
        """What is at work with this person among the named, for a squad whose post he or she still holds."""
        return self.filter(
            state=SHARED_WHILE,
            case__closed_on__isnull=True,
            squad__in=user.scope("cases.work").units,
            officers__officer=user.officer_id,
        )


class JointWork(LegalModel):
    """A request to a town squad to work on a case, and what came of it."""

    class State(models.TextChoices):
        ASKED = "asked", "待答复"
        ACCEPTED = SHARED_WHILE, "协查中"
        DECLINED = "declined", "未接受"
        ENDED = "ended", "已结束"

    case = models.ForeignKey(Case, models.PROTECT, related_name="joint_works")
    squad = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="协查中队")
    purpose = models.CharField("协查事由", max_length=300)
    basis = models.CharField("依据", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    asked_at = models.DateTimeField("请求时间")
    asked_by = models.CharField("请求人", max_length=60)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.CharField("答复人", max_length=60, default="")
    answer_reason = models.CharField("不接受的理由", max_length=300, default="")
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_by = models.CharField("结束人", max_length=60, default="")
    end_reason = models.CharField("结束理由", max_length=300, default="")

    objects = JointWorkQuerySet.as_manager()

    class Meta:
        verbose_name = "协查共管"
        indexes = [models.Index(fields=["squad", "state"], name="joint_squad")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "squad"],
                name="one_joint_work_at_a_time",
                condition=models.Q(state__in=("asked", "accepted")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.squad_id}"


T = TypeVar("T", bound=models.Model)


class PartOfJointQuerySet(LegalQuerySet[T]):
    def visible(self, user: Actor) -> Self:
        """What belongs to a joint investigation is seen by those who see it."""
        return self.filter(joint__in=JointWork.objects.visible(user))


class JointOfficer(LegalModel):
    """An officer of the squad whom it named for the case."""

    joint = models.ForeignKey(JointWork, models.PROTECT, related_name="officers")
    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="协查人员")

    objects = PartOfJointQuerySet["JointOfficer"].as_manager()

    class Meta:
        verbose_name = "协查人员"
        constraints = [models.UniqueConstraint(fields=["joint", "officer"], name="joint_officer_once")]

    def __str__(self) -> str:
        return f"{self.joint_id} {self.officer_id}"


class JointTask(LegalModel):
    """What the squad is asked to do by a day, and its report."""

    joint = models.ForeignKey(JointWork, models.PROTECT, related_name="tasks")
    what = models.CharField("任务", max_length=300)
    due_on = models.DateField("期限")
    report = models.TextField("办理情况", default="")
    done_at = models.DateTimeField("完成时间", null=True)
    done_by = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="完成人"
    )

    objects = PartOfJointQuerySet["JointTask"].as_manager()

    class Meta:
        verbose_name = "协查任务"

    def __str__(self) -> str:
        return self.what


class JointEvidence(LegalModel):
    """Evidence that the squad collected and handed in; the case's unit takes it on the list of the case, or not."""

    joint = models.ForeignKey(JointWork, models.PROTECT, related_name="evidence")
    exhibit = models.ForeignKey("evidence.Exhibit", models.PROTECT, related_name="+")
    shows = models.CharField("证明内容", max_length=200)
    handed_in_at = models.DateTimeField("提交时间")
    handed_in_by = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="提交人")
    taken_at = models.DateTimeField("采用时间", null=True)
    taken_by = models.CharField("采用人", max_length=60, default="")

    objects = PartOfJointQuerySet["JointEvidence"].as_manager()

    class Meta:
        verbose_name = "协查证据"
        constraints = [models.UniqueConstraint(fields=["joint", "exhibit"], name="joint_evidence_once")]

    def __str__(self) -> str:
        return self.shows


class JointShare(LegalModel):
    """A document or an exhibit of the case that the named officers may read while the work lasts."""

    joint = models.ForeignKey(JointWork, models.PROTECT, related_name="shares")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="joint_shares")
    exhibit = models.ForeignKey(CaseExhibit, models.PROTECT, null=True, related_name="joint_shares")
    shared_at = models.DateTimeField("共享时间")
    shared_by = models.CharField("共享人", max_length=60)

    objects = PartOfJointQuerySet["JointShare"].as_manager()

    class Meta:
        verbose_name = "协查共享"
        constraints = [
            models.CheckConstraint(
                name="a_document_or_an_exhibit",
                condition=models.Q(document__isnull=False, exhibit__isnull=True)
                | models.Q(document__isnull=True, exhibit__isnull=False),
            ),
            models.UniqueConstraint(fields=["joint", "document"], name="document_shared_once"),
            models.UniqueConstraint(fields=["joint", "exhibit"], name="exhibit_shared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.joint_id} {self.document_id or self.exhibit_id}"
