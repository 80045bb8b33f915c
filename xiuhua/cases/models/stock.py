"""Numbered paper forms: each sheet on its way from the warehouse to a unit, to an officer, and to its end."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet

# Who keeps the warehouse of the bureau, and who hands forms out inside a unit.
STOCK, HAND_OUT = "forms.stock", "forms.hand_out"


class PaperFormQuerySet(LegalQuerySet["PaperForm"]):
    def visible(self, user: Actor) -> Self:
        """Forms of the user's units and of those that act in the same name; bureau-wide posts see the warehouse."""
        scope = user.scope("cases.see")
        if scope.everything or user.scope(STOCK).everything:
            return self
        if scope.nothing:
            return self.none()
        return self.filter(
            models.Q(unit__in=scope.units) | models.Q(authority__in=scope.authorities, unit__isnull=False)
        )


class PaperForm(LegalModel):
    """One numbered sheet. `case` and `document` say what it was used for, `reason` why it is void or lost."""

    class State(models.TextChoices):
        STORED = "stored", "在库"
        ALLOTTED = "allotted", "在单位"
        HANDED = "handed", "在个人"
        USED = "used", "已使用"
        VOID = "void", "已作废"
        LOST = "lost", "遗失"

    kind = models.CharField("文书", max_length=40)
    number = models.CharField("编号", max_length=60)
    serial = models.PositiveIntegerField("序号")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.STORED)
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+", verbose_name="单位")
    authority = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name="执法主体"
    )
    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="领用人"
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="paper_forms")
    document = models.ForeignKey("cases.Document", models.PROTECT, null=True, related_name="+")
    reason = models.CharField("原因", max_length=200, default="")
    # The prefix of the unit to which the number belongs; empty where the printer numbered the sheets for anybody.
    prefix = models.CharField("编号前缀", max_length=10, default="")
    received_at = models.DateTimeField("入库时间")
    moved_at = models.DateTimeField("最近变动")

    objects = PaperFormQuerySet.as_manager()

    class Meta:
        verbose_name = "编号文书纸"
        indexes = [models.Index(fields=["unit", "state", "kind"], name="paper_form_where")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="paper_form_once"),
            models.CheckConstraint(
                name="paper_form_end_has_reason",
                condition=~models.Q(state__in=["void", "lost"]) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
