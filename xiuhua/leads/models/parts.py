"""What was sent with a lead, and who reported it."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet, StoredFile
from xiuhua.leads.models.lead import Lead, seen_through

T = TypeVar("T", bound=models.Model)


class PartOfLeadQuerySet(LegalQuerySet[T]):
    def visible(self, user: Actor) -> Self:
        """What belongs to a lead is seen by those who see the lead."""
        condition = seen_through(user, "lead__")
        return self.none() if condition is None else self.filter(condition)


class LeadMedia(LegalModel):
    """A photo that came with a lead, or the address of one that somebody else keeps (it is never fetched by us)."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="media")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    url = models.URLField(max_length=500, default="")
    name = models.CharField("名称", max_length=120, default="")
    added_at = models.DateTimeField("加入时间")

    objects = PartOfLeadQuerySet["LeadMedia"].as_manager()

    class Meta:
        verbose_name = "线索附件"
        constraints = [
            models.CheckConstraint(
                name="file_or_url",
                condition=models.Q(file__isnull=False, url="")
                | (models.Q(file__isnull=True) & ~models.Q(url="")),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.url


class ReporterQuerySet(LegalQuerySet["Reporter"]):
    def visible(self, user: Actor) -> Self:
        """Reporters of leads that lie with the user's own unit, for those who work them; and what a machine posted.

        No bureau-wide post opens this table: who reported is secret (SHUM §26).
        """
        units = user.scope("leads.work").units
        posted = user.scope("leads.post").own_id
        found = models.Q()
        if units:
            found |= models.Q(lead__unit__in=units)
        if posted is not None:
            found |= models.Q(lead__registered_by=posted)
        return self.filter(found) if found else self.none()


class Reporter(LegalModel):
    """Who reported a lead, sealed apart from it. Every look at a row is an act (`actions.reveal_reporter`)."""

    lead = models.OneToOneField(Lead, models.PROTECT, related_name="reporter")
    name = models.CharField("姓名", max_length=60, default="")
    phone = models.CharField("联系电话", max_length=40, default="")
    email = models.CharField("电子邮箱", max_length=120, default="")
    account = models.CharField("来件账号", max_length=120, default="")

    objects = ReporterQuerySet.as_manager()

    class Meta:
        verbose_name = "举报人"

    def __str__(self) -> str:
        return f"{self.lead_id}"
